// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/proto/lint.h"

#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "re2/re2.h"

namespace gongkai::proto_test {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::ServiceDescriptorProto;

// The path of an element in SourceCodeInfo: field numbers of the descriptor
// messages and indexes in turn.
using ElementPath = std::vector<int>;

ElementPath Child(ElementPath path, int field, int index) {
  path.push_back(field);
  path.push_back(index);
  return path;
}

// SectionKind -> SECTION_KIND.
std::string UpperSnake(const std::string& name) {
  std::string out;
  for (char c : name) {
    if (absl::ascii_isupper(c) && !out.empty()) out += '_';
    out += absl::ascii_toupper(c);
  }
  return out;
}

class Linter {
 public:
  void LintFile(const FileDescriptorProto& file) {
    commented_.clear();
    for (const auto& location : file.source_code_info().location()) {
      const bool commented =
          !absl::StripAsciiWhitespace(location.leading_comments()).empty() ||
          !absl::StripAsciiWhitespace(location.trailing_comments()).empty();
      commented_[ElementPath(location.path().begin(), location.path().end())] |=
          commented;
    }
    if (file.syntax() != "proto3") Report(file.name(), "is not proto3");
    LintPackage(file);
    const std::string scope = file.package();
    for (int i = 0; i < file.message_type_size(); ++i) {
      LintMessage(file.message_type(i), scope,
                  {FileDescriptorProto::kMessageTypeFieldNumber, i});
    }
    for (int i = 0; i < file.enum_type_size(); ++i) {
      LintEnum(file.enum_type(i), scope,
               {FileDescriptorProto::kEnumTypeFieldNumber, i});
    }
    for (int i = 0; i < file.extension_size(); ++i) {
      LintField(file.extension(i), scope,
                {FileDescriptorProto::kExtensionFieldNumber, i});
    }
    for (int i = 0; i < file.service_size(); ++i) {
      LintService(file.service(i), scope,
                  {FileDescriptorProto::kServiceFieldNumber, i});
    }
  }

  std::vector<std::string> complaints() const { return complaints_; }

 private:
  void Report(const std::string& element, const std::string& complaint) {
    complaints_.push_back(absl::StrCat(element, " ", complaint));
  }

  void NeedComment(const std::string& element, const ElementPath& path) {
    auto it = commented_.find(path);
    if (it == commented_.end() || !it->second) {
      Report(element, "has no comment");
    }
  }

  void LintPackage(const FileDescriptorProto& file) {
    if (!RE2::FullMatch(file.package(), R"(.+\.v[0-9]+)")) {
      Report(file.name(), absl::StrCat("is in package \"", file.package(),
                                       "\", which does not end in a version"));
    }
    const std::string folder =
        file.name().substr(0, file.name().rfind('/') + 1);
    const std::string wanted =
        absl::StrReplaceAll(file.package(), {{".", "/"}}) + "/";
    if (folder != wanted) {
      Report(file.name(),
             absl::StrCat("is not in the folder of its package, ", wanted));
    }
  }

  void LintMessage(const DescriptorProto& message, const std::string& scope,
                   const ElementPath& path) {
    // The entries of maps are made by the compiler.
    if (message.options().map_entry()) return;
    const std::string name = absl::StrCat(scope, ".", message.name());
    NeedComment(name, path);
    for (int i = 0; i < message.field_size(); ++i) {
      LintField(message.field(i), name,
                Child(path, DescriptorProto::kFieldFieldNumber, i));
    }
    for (int i = 0; i < message.extension_size(); ++i) {
      LintField(message.extension(i), name,
                Child(path, DescriptorProto::kExtensionFieldNumber, i));
    }
    for (int i = 0; i < message.oneof_decl_size(); ++i) {
      if (IsMadeForOptional(message, i)) continue;
      NeedComment(absl::StrCat(name, ".", message.oneof_decl(i).name()),
                  Child(path, DescriptorProto::kOneofDeclFieldNumber, i));
    }
    for (int i = 0; i < message.nested_type_size(); ++i) {
      LintMessage(message.nested_type(i), name,
                  Child(path, DescriptorProto::kNestedTypeFieldNumber, i));
    }
    for (int i = 0; i < message.enum_type_size(); ++i) {
      LintEnum(message.enum_type(i), name,
               Child(path, DescriptorProto::kEnumTypeFieldNumber, i));
    }
  }

  static bool IsMadeForOptional(const DescriptorProto& message, int oneof) {
    for (const FieldDescriptorProto& field : message.field()) {
      if (field.proto3_optional() && field.oneof_index() == oneof) return true;
    }
    return false;
  }

  void LintField(const FieldDescriptorProto& field, const std::string& scope,
                 const ElementPath& path) {
    const std::string name = absl::StrCat(scope, ".", field.name());
    NeedComment(name, path);
    if (field.label() == FieldDescriptorProto::LABEL_REQUIRED) {
      Report(name, "is required");
    }
    if (field.type() == FieldDescriptorProto::TYPE_GROUP) {
      Report(name, "is a group");
    }
    if (!RE2::FullMatch(field.name(), "[a-z][a-z0-9]*(_[a-z0-9]+)*")) {
      Report(name, "is not in lower_snake");
    }
  }

  void LintEnum(const EnumDescriptorProto& type, const std::string& scope,
                const ElementPath& path) {
    const std::string name = absl::StrCat(scope, ".", type.name());
    NeedComment(name, path);
    const std::string prefix = UpperSnake(type.name()) + "_";
    for (int i = 0; i < type.value_size(); ++i) {
      const auto& value = type.value(i);
      const std::string value_name = absl::StrCat(name, ".", value.name());
      NeedComment(value_name,
                  Child(path, EnumDescriptorProto::kValueFieldNumber, i));
      if (!absl::StartsWith(value.name(), prefix)) {
        Report(value_name, absl::StrCat("does not start with ", prefix));
      }
      if ((i == 0) != (value.name() == prefix + "UNSPECIFIED") ||
          (i == 0) != (value.number() == 0)) {
        Report(value_name, absl::StrCat("breaks the rule that 0 comes first "
                                        "and is ",
                                        prefix, "UNSPECIFIED"));
      }
    }
  }

  void LintService(const ServiceDescriptorProto& service,
                   const std::string& scope, const ElementPath& path) {
    const std::string name = absl::StrCat(scope, ".", service.name());
    NeedComment(name, path);
    if (!absl::EndsWith(service.name(), "Service")) {
      Report(name, "does not end in Service");
    }
    for (int i = 0; i < service.method_size(); ++i) {
      const auto& method = service.method(i);
      const std::string method_name = absl::StrCat(name, ".", method.name());
      NeedComment(method_name,
                  Child(path, ServiceDescriptorProto::kMethodFieldNumber, i));
      for (const std::string& type :
           {method.input_type(), method.output_type()}) {
        auto [user, first] = users_.emplace(type, method_name);
        if (!first) {
          Report(method_name, absl::StrCat("uses ", type, ", which ",
                                           user->second, " uses"));
        }
      }
    }
  }

  std::map<ElementPath, bool> commented_;
  // Which RPC uses a message, by the message's name.
  std::map<std::string, std::string> users_;
  std::vector<std::string> complaints_;
};

}  // namespace

std::vector<std::string> Lint(const google::protobuf::FileDescriptorSet& files,
                              const std::string& folder) {
  Linter linter;
  for (const FileDescriptorProto& file : files.file()) {
    if (absl::StartsWith(file.name(), folder)) linter.LintFile(file);
  }
  return linter.complaints();
}

}  // namespace gongkai::proto_test
