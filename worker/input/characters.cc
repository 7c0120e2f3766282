// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/characters.h"

#include <algorithm>

namespace gongkai::input {
namespace {

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

}  // namespace

std::string_view TrimAll(std::string_view part) {
  const char* begin = part.data();
  const char* end = begin + part.size();
  while (begin < end) {
    const size_t length = SpaceAt(begin, end);
    if (length == 0) break;
    begin += length;
  }
  if (begin == end) return part.substr(0, 0);
  while (begin < end) {
    const size_t length = SpaceBefore(begin, end);
    if (length == 0) break;
    end -= length;
  }
  return std::string_view(begin, end - begin);
}

bool IsNumberLike(std::string_view token) {
  // Most are digits alone.
  size_t digits = 0;
  while (digits < token.size() && token[digits] >= '0' &&
         token[digits] <= '9') {
    ++digits;
  }
  if (digits == token.size()) return digits > 0;
  bool digit = false;
  bool dash = false;
  bool separator = false;
  bool first = true;
  while (!token.empty()) {
    const auto [c, length] = FirstCharacter(token);
    token.remove_prefix(length);
    if ((c >= '0' && c <= '9') || (c >= U'０' && c <= U'９')) {
      digit = true;
    } else if (c == '-' || c == '+' || c == U'—' || c == U'–' || c == U'−' ||
               c == U'－' || c == U'＋' || c == U'─') {
      if (digit) return false;
      dash = true;
    } else if (first && token.empty() && (c == '/' || c == U'／')) {
      return true;
    } else if (c == '.' || c == ',' || c == U'，' || c == U'．') {
      if (!digit) return false;
      separator = true;
      first = false;
      continue;
    } else {
      return false;
    }
    separator = false;
    first = false;
  }
  return (digit && !separator) || (dash && !digit);
}

bool EndsLikeSentence(std::string_view text) {
  static constexpr std::string_view kWide[] = {"。", "；", "，", "：",
                                               "！", "？", "、"};
  if (text.empty()) return false;
  if (std::string_view(".;,:!?").find(text.back()) != std::string_view::npos) {
    return true;
  }
  if (text.size() < 3) return false;
  const std::string_view last = text.substr(text.size() - 3);
  return std::find(std::begin(kWide), std::end(kWide), last) != std::end(kWide);
}

bool BeginsWithOrdinal(std::string_view text) {
  static constexpr std::string_view kNumerals = "一二三四五六七八九十";
  bool open = false;
  if (StartsWith(text, "（")) {
    text.remove_prefix(3);
    open = true;
  } else if (StartsWith(text, "(")) {
    text.remove_prefix(1);
    open = true;
  }
  size_t numerals = 0;
  while (text.size() >= 3 && Byte(text.data()) >= 0xE4 &&
         kNumerals.find(text.substr(0, 3)) != std::string_view::npos) {
    text.remove_prefix(3);
    ++numerals;
  }
  if (numerals == 0 || numerals > 3) return false;
  if (open) return StartsWith(text, "）") || StartsWith(text, ")");
  return StartsWith(text, "、") || StartsWith(text, "．") ||
         StartsWith(text, ".") || StartsWith(text, ",") ||
         StartsWith(text, "，");
}

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  while (!text.empty()) {
    const auto [c, length] = FirstCharacter(text);
    width += IsWide(c) ? 2 : 1;
    text.remove_prefix(length);
  }
  return width;
}

bool IsPageNumber(std::string_view text) {
  // "Page 1234 -" with a space beside each mark is shorter.
  constexpr size_t kLongest = 32;
  constexpr std::string_view kPage = "Page ";
  if (text.size() > kLongest) return false;
  bool digits = false;
  int marks = 0;
  if (text.substr(0, kPage.size()) == kPage) {
    ++marks;
    text.remove_prefix(kPage.size());
  }
  while (!text.empty()) {
    const auto [c, length] = FirstCharacter(text);
    text.remove_prefix(length);
    if (c >= '0' && c <= '9') {
      if (digits && marks > 1) return false;
      digits = true;
    } else if (c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0xFF0D ||
               c == 0x2500 || c == 0x7B2C || c == 0x9875) {
      ++marks;  // a dash, or the characters of "page n"
    } else if (c != ' ' && c != 0x3000 && c != 0xA0) {
      return false;
    }
  }
  return digits && marks >= 2;
}

}  // namespace gongkai::input
