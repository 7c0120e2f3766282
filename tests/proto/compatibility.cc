// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/proto/compatibility.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"

namespace gongkai::proto_test {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::EnumValueDescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;
using google::protobuf::MethodDescriptorProto;
using google::protobuf::ServiceDescriptorProto;

// Everything in a set by its full name.
struct Symbols {
  std::map<std::string, const DescriptorProto*> messages;
  std::map<std::string, const EnumDescriptorProto*> enums;
  std::map<std::string, const ServiceDescriptorProto*> services;
  std::map<std::string, const FieldDescriptorProto*> extensions;

  explicit Symbols(const FileDescriptorSet& files) {
    for (const FileDescriptorProto& file : files.file()) {
      for (const auto& m : file.message_type()) Add(file.package(), m);
      for (const auto& e : file.enum_type()) {
        enums[absl::StrCat(file.package(), ".", e.name())] = &e;
      }
      for (const auto& s : file.service()) {
        services[absl::StrCat(file.package(), ".", s.name())] = &s;
      }
      for (const auto& x : file.extension()) {
        extensions[absl::StrCat(file.package(), ".", x.name())] = &x;
      }
    }
  }

 private:
  void Add(const std::string& scope, const DescriptorProto& message) {
    const std::string name = absl::StrCat(scope, ".", message.name());
    messages[name] = &message;
    for (const auto& nested : message.nested_type()) Add(name, nested);
    for (const auto& e : message.enum_type()) {
      enums[absl::StrCat(name, ".", e.name())] = &e;
    }
    for (const auto& x : message.extension()) {
      extensions[absl::StrCat(name, ".", x.name())] = &x;
    }
  }
};

template <typename Container, typename Value>
bool Contains(const Container& container, const Value& value) {
  return std::find(container.begin(), container.end(), value) !=
         container.end();
}

// The reserved ranges of messages end before `end`, those of enums with it.
bool Reserves(const DescriptorProto& message, int number) {
  return std::any_of(message.reserved_range().begin(),
                     message.reserved_range().end(), [&](const auto& range) {
                       return range.start() <= number && number < range.end();
                     });
}
bool Reserves(const EnumDescriptorProto& type, int number) {
  return std::any_of(type.reserved_range().begin(), type.reserved_range().end(),
                     [&](const auto& range) {
                       return range.start() <= number && number <= range.end();
                     });
}

class Comparer {
 public:
  Comparer(const FileDescriptorSet& before, const FileDescriptorSet& now)
      : before_(before), now_(now) {}

  std::vector<std::string> Compare() {
    ForBoth(before_.messages, now_.messages,
            [this](const std::string& name, const DescriptorProto& was,
                   const DescriptorProto& is) { Message(name, was, is); });
    ForBoth(before_.enums, now_.enums,
            [this](const std::string& name, const EnumDescriptorProto& was,
                   const EnumDescriptorProto& is) { Enum(name, was, is); });
    ForBoth(
        before_.services, now_.services,
        [this](const std::string& name, const ServiceDescriptorProto& was,
               const ServiceDescriptorProto& is) { Service(name, was, is); });
    ForBoth(before_.extensions, now_.extensions,
            [this](const std::string& name, const FieldDescriptorProto& was,
                   const FieldDescriptorProto& is) {
              Same(name, "number", was.number(), is.number());
              Same(name, "extended message", was.extendee(), is.extendee());
              Field(name, was, is);
            });
    return breaks_;
  }

 private:
  void Report(const std::string& element, const std::string& what) {
    breaks_.push_back(absl::StrCat(element, " ", what));
  }

  template <typename Value>
  void Same(const std::string& element, const char* what, const Value& was,
            const Value& is) {
    if (was == is) return;
    Report(element,
           absl::StrCat("changed its ", what, " from ", was, " to ", is));
  }

  template <typename Map, typename Function>
  void ForBoth(const Map& before, const Map& now, Function function) {
    for (const auto& [name, was] : before) {
      auto it = now.find(name);
      if (it == now.end()) {
        Report(name, "was removed");
      } else {
        function(name, *was, *it->second);
      }
    }
  }

  void Field(const std::string& name, const FieldDescriptorProto& was,
             const FieldDescriptorProto& is) {
    Same(name, "name", was.name(), is.name());
    Same(name, "type", FieldDescriptorProto::Type_Name(was.type()),
         FieldDescriptorProto::Type_Name(is.type()));
    Same(name, "type", was.type_name(), is.type_name());
    Same(name, "cardinality", FieldDescriptorProto::Label_Name(was.label()),
         FieldDescriptorProto::Label_Name(is.label()));
    Same(name, "presence", was.proto3_optional(), is.proto3_optional());
    Same(name, "JSON name", was.json_name(), is.json_name());
  }

  static std::string OneofOf(const DescriptorProto& message,
                             const FieldDescriptorProto& field) {
    return field.has_oneof_index() && !field.proto3_optional()
               ? message.oneof_decl(field.oneof_index()).name()
               : "none";
  }

  void Message(const std::string& name, const DescriptorProto& was,
               const DescriptorProto& is) {
    for (const FieldDescriptorProto& field : was.field()) {
      const std::string field_name =
          absl::StrCat(name, ".", field.name(), " = ", field.number());
      auto it = std::find_if(
          is.field().begin(), is.field().end(),
          [&](const auto& f) { return f.number() == field.number(); });
      if (it != is.field().end()) {
        Field(field_name, field, *it);
        Same(field_name, "oneof", OneofOf(was, field), OneofOf(is, *it));
      } else {
        Removed(field_name, field.name(), Reserves(is, field.number()),
                Contains(is.reserved_name(), field.name()));
      }
    }
    for (const auto& range : was.reserved_range()) {
      // Whole ranges may be huge ("to max"); their ends tell enough.
      StillReserved(name, range.start(), range.end() - 1, is);
    }
    for (const std::string& reserved : was.reserved_name()) {
      if (!Contains(is.reserved_name(), reserved)) {
        Report(name, absl::StrCat("no longer reserves the name ", reserved));
      }
    }
  }

  void Enum(const std::string& name, const EnumDescriptorProto& was,
            const EnumDescriptorProto& is) {
    for (const EnumValueDescriptorProto& value : was.value()) {
      const std::string value_name =
          absl::StrCat(name, ".", value.name(), " = ", value.number());
      auto it = std::find_if(
          is.value().begin(), is.value().end(),
          [&](const auto& v) { return v.number() == value.number(); });
      if (it != is.value().end()) {
        Same(value_name, "name", value.name(), it->name());
      } else {
        Removed(value_name, value.name(), Reserves(is, value.number()),
                Contains(is.reserved_name(), value.name()));
      }
    }
    for (const auto& range : was.reserved_range()) {
      StillReserved(name, range.start(), range.end(), is);
    }
    for (const std::string& reserved : was.reserved_name()) {
      if (!Contains(is.reserved_name(), reserved)) {
        Report(name, absl::StrCat("no longer reserves the name ", reserved));
      }
    }
  }

  void Removed(const std::string& element, const std::string& name,
               bool number_reserved, bool name_reserved) {
    if (!number_reserved) {
      Report(element, "was removed and its number is not reserved");
    }
    if (!name_reserved) {
      Report(element, absl::StrCat("was removed and its name ", name,
                                   " is not reserved"));
    }
  }

  template <typename Type>
  void StillReserved(const std::string& name, int first, int last,
                     const Type& is) {
    for (int number : std::set<int>{first, last}) {
      if (Reserves(is, number)) continue;
      Report(name, absl::StrCat("no longer reserves the number ", number));
    }
  }

  void Service(const std::string& name, const ServiceDescriptorProto& was,
               const ServiceDescriptorProto& is) {
    for (const MethodDescriptorProto& method : was.method()) {
      const std::string method_name = absl::StrCat(name, ".", method.name());
      auto it = std::find_if(
          is.method().begin(), is.method().end(),
          [&](const auto& m) { return m.name() == method.name(); });
      if (it == is.method().end()) {
        Report(method_name, "was removed");
        continue;
      }
      Same(method_name, "request", method.input_type(), it->input_type());
      Same(method_name, "response", method.output_type(), it->output_type());
      Same(method_name, "client streaming", method.client_streaming(),
           it->client_streaming());
      Same(method_name, "server streaming", method.server_streaming(),
           it->server_streaming());
    }
  }

  const Symbols before_;
  const Symbols now_;
  std::vector<std::string> breaks_;
};

}  // namespace

std::vector<std::string> Breaks(const FileDescriptorSet& before,
                                const FileDescriptorSet& now) {
  return Comparer(before, now).Compare();
}

}  // namespace gongkai::proto_test
