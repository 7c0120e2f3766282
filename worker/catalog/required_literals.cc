// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/required_literals.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "re2/filtered_re2.h"
#include "re2/re2.h"

namespace gongkai::catalog {
namespace {

// RE2 gives its strings in lower case. A letter outside ASCII that has two
// cases may be printed as the other one, so nothing can be looked for by it.
bool HasForeignCase(const std::string& text) {
  const int32_t size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT_OR_FFFD(text.data(), i, size, c);
    if (c >= 0x80 && u_hasBinaryProperty(c, UCHAR_CASED)) return true;
  }
  return false;
}

// Longer strings occur less often.
size_t CountCharacters(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(),
                    [](char byte) { return (byte & 0xC0) != 0x80; }));
}

// Behind the count, such as "{2,25}", that begins at pattern[at]; `at` if none
// does.
size_t EndOfCount(absl::string_view pattern, size_t at) {
  const absl::string_view rest = pattern.substr(at);
  if (rest.size() < 2 || rest[0] != '{' || !absl::ascii_isdigit(rest[1])) {
    return at;
  }
  const size_t end = rest.find_first_not_of("0123456789,", 1);
  return end == absl::string_view::npos || rest[end] != '}' ? at : at + end + 1;
}

// The pattern with any number of characters where it wants some that are not of
// a class: "[^。]{2,25}" becomes "[^。]*". It matches more, and needs the same
// strings, but takes a fraction of the time to compile.
std::string WithoutCounts(const std::string& pattern) {
  if (absl::StrContains(pattern, "[:") || absl::StrContains(pattern, "\\Q")) {
    return pattern;
  }
  std::string simple;
  for (size_t i = 0; i < pattern.size();) {
    size_t end = i + (pattern[i] == '\\' ? 2 : 1);
    if (pattern[i] == '[') end = EndOfClass(pattern, i);
    const absl::string_view class_or_character =
        absl::string_view(pattern).substr(i, end - i);
    absl::StrAppend(&simple, class_or_character);
    i = end;
    if (!absl::StartsWith(class_or_character, "[^")) continue;
    const size_t behind = EndOfCount(pattern, end);
    if (behind > end) simple += '*';
    i = behind;
  }
  return simple;
}

}  // namespace

size_t EndOfClass(absl::string_view pattern, size_t open) {
  size_t at = open + 1;
  if (at < pattern.size() && pattern[at] == '^') ++at;
  // A member of the class if it comes first.
  if (at < pattern.size() && pattern[at] == ']') ++at;
  while (at < pattern.size() && pattern[at] != ']') {
    at += pattern[at] == '\\' ? 2 : 1;
  }
  return std::min(at + 1, pattern.size());
}

std::vector<std::string> RequiredLiterals(const std::string& pattern) {
  if (std::optional<std::string> plain = PlainText(pattern);
      plain.has_value() && !plain->empty() && !HasForeignCase(*plain)) {
    return {absl::AsciiStrToLower(*plain)};
  }
  re2::FilteredRE2 filter(/*min_atom_len=*/1);
  int id = 0;
  if (filter.Add(WithoutCounts(pattern), RE2::Quiet, &id) != RE2::NoError) {
    return {};
  }
  std::vector<std::string> strings;
  filter.Compile(&strings);

  // The filter says whether the pattern can match a text in which given strings
  // stand; to take one away never makes it say yes. So a set of strings is what
  // is wanted if the answer is no with all strings but these. Take from the set
  // as long as that holds, short strings first, so that long ones stay.
  const int count = static_cast<int>(strings.size());
  std::vector<bool> required(count, true);
  auto can_match = [&] {
    std::vector<int> present;
    for (int i = 0; i < count; ++i) {
      if (!required[i]) present.push_back(i);
    }
    std::vector<int> potentials;
    filter.AllPotentials(present, &potentials);
    return !potentials.empty();
  };
  if (can_match()) return {};
  std::vector<int> order(count);
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&strings](int a, int b) {
    const size_t a_count = CountCharacters(strings[a]);
    const size_t b_count = CountCharacters(strings[b]);
    return a_count != b_count ? a_count < b_count : strings[a] < strings[b];
  });
  for (int i : order) {
    if (!HasForeignCase(strings[i])) continue;
    required[i] = false;
    if (can_match()) return {};
  }
  // Best is a single string, if it is not a very short one.
  constexpr size_t kLongEnough = 2;
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    if (CountCharacters(strings[*i]) < kLongEnough || !required[*i]) continue;
    std::vector<bool> single(count, false);
    single[*i] = true;
    std::swap(required, single);
    if (!can_match()) return {strings[*i]};
    std::swap(required, single);
  }
  for (int i : order) {
    if (!required[i]) continue;
    required[i] = false;
    if (can_match()) required[i] = true;
  }
  std::vector<std::string> literals;
  for (int i = 0; i < count; ++i) {
    if (required[i]) literals.push_back(strings[i]);
  }
  return literals;
}

std::optional<std::string> PlainText(const std::string& pattern) {
  constexpr absl::string_view kOperators = "^$.*+?()[]{}|";
  std::string text;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (kOperators.find(pattern[i]) != absl::string_view::npos)
      return std::nullopt;
    if (pattern[i] == '\\') {
      ++i;
      if (i == pattern.size() || !absl::ascii_ispunct(pattern[i])) {
        return std::nullopt;
      }
    }
    text += pattern[i];
  }
  return text;
}

}  // namespace gongkai::catalog
