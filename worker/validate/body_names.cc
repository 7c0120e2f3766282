// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/body_names.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"

namespace gongkai::validate {
namespace {

// The first character of a text that is not empty.
absl::string_view Character(absl::string_view text) {
  size_t end = 1;
  while (end < text.size() && (text[end] & 0xC0) == 0x80) ++end;
  return text.substr(0, end);
}

// How many bytes two texts have in common at the front, whole characters.
size_t CommonPrefix(absl::string_view a, absl::string_view b) {
  size_t common = 0;
  while (common < a.size() && common < b.size()) {
    const absl::string_view next = Character(a.substr(common));
    if (!absl::StartsWith(b.substr(common), next)) break;
    common += next.size();
  }
  return common;
}

bool ShareCharacter(absl::string_view a, absl::string_view b) {
  for (size_t at = 0; at < a.size();) {
    const absl::string_view c = Character(a.substr(at));
    if (absl::StrContains(b, c)) return true;
    at += c.size();
  }
  return false;
}

}  // namespace

BodyNames::BodyNames(const forms::v1::ForeignBody& check,
                     const BodyClasses& classes)
    : classes_(classes),
      compared_(classes.Mask(check.compared())),
      place_ends_(check.place_ends().begin(), check.place_ends().end()) {
  for (const std::string& word : check.generic()) {
    generic_.emplace_back(word, "");
  }
}

bool BodyNames::Differ(absl::string_view a, absl::string_view b) const {
  if (a.empty() || b.empty() || absl::StrContains(a, b) ||
      absl::StrContains(b, a)) {
    return false;
  }
  if ((classes_.Of(a) & classes_.Of(b) & compared_) == 0) return false;
  const std::string core_a = absl::StrReplaceAll(a, generic_);
  const std::string core_b = absl::StrReplaceAll(b, generic_);
  const size_t common = CommonPrefix(core_a, core_b);
  // What the names share must be a place; else they are two forms of one name.
  const absl::string_view place = absl::string_view(core_a).substr(0, common);
  if (!place.empty() && std::none_of(place_ends_.begin(), place_ends_.end(),
                                     [place](const std::string& end) {
                                       return absl::EndsWith(place, end);
                                     })) {
    return false;
  }
  const absl::string_view own_a = absl::string_view(core_a).substr(common);
  const absl::string_view own_b = absl::string_view(core_b).substr(common);
  return !own_a.empty() && !own_b.empty() && !ShareCharacter(own_a, own_b);
}

}  // namespace gongkai::validate
