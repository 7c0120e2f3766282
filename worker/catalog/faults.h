// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/faults.h
//
// Collects what is wrong with the files of a catalogue. Private to the
// catalogue.

#ifndef GONGKAI_WORKER_CATALOG_FAULTS_H_
#define GONGKAI_WORKER_CATALOG_FAULTS_H_

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/span.h"
#include "worker/catalog/message_arguments.h"
#include "worker/catalog/source.h"

namespace gongkai::catalog {

class Faults {
 public:
  template <typename... Parts>
  void Fault(const std::string& place, const Parts&... parts) {
    list_.push_back(absl::StrCat(place, ": ", parts...));
  }

  // Faults if the string field is empty.
  void Need(const Locator& at, int field, absl::string_view value,
            absl::string_view what) {
    if (absl::StripAsciiWhitespace(value).empty()) {
      Fault(at.Place(field), what, " is not set");
    }
  }

  // Faults if `key` was noted before, and says where.
  template <typename Key>
  void NeedNew(std::map<Key, std::string>* noted, const Key& key,
               const std::string& place, absl::string_view what) {
    auto [it, inserted] = noted->emplace(key, place);
    if (!inserted) {
      Fault(place, what, " is already declared at ", it->second);
    }
  }

  template <typename Strings>
  void CheckWords(const Locator& at, int field, const Strings& words) {
    for (int i = 0; i < words.size(); ++i) {
      if (words[i].empty()) Fault(at.Place(field, i), "an entry is empty");
    }
  }

  void CheckMessage(const Locator& at, int field, absl::string_view name,
                    absl::string_view message,
                    absl::Span<const absl::string_view> arguments) {
    Need(at, field, message, name);
    ForEachArgument(message, [&](absl::string_view used) {
      if (std::find(arguments.begin(), arguments.end(), used) ==
          arguments.end()) {
        Fault(at.Place(field), name, " uses the unknown argument {", used,
              "}; known are {", absl::StrJoin(arguments, "}, {"), "}");
      }
    });
  }

  // OK, or InvalidArgument with one line for each fault.
  absl::Status Status() const {
    // Past this many the rest is not listed: they are mostly consequences.
    constexpr size_t kMaxListed = 20;
    if (list_.empty()) return absl::OkStatus();
    std::vector<std::string> listed = list_;
    if (listed.size() > kMaxListed) {
      listed.resize(kMaxListed);
      listed.push_back(
          absl::StrCat("and ", list_.size() - kMaxListed, " faults more"));
    }
    return absl::InvalidArgumentError(absl::StrJoin(listed, "\n"));
  }

 private:
  std::vector<std::string> list_;
};

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_FAULTS_H_
