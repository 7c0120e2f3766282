// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/list_number.h"

#include <algorithm>
#include <initializer_list>

#include "worker/input/utf8.h"

namespace gongkai::input {
namespace {

constexpr std::string_view kDigits[] = {"〇", "一", "二", "三", "四",
                                        "五", "六", "七", "八", "九"};
constexpr std::string_view kFormalDigits[] = {"零", "壹", "贰", "叁", "肆",
                                              "伍", "陆", "柒", "捌", "玖"};
constexpr std::string_view kUnits[] = {"", "十", "百", "千"};
constexpr std::string_view kFormalUnits[] = {"", "拾", "佰", "仟"};
constexpr std::string_view kStems[] = {"甲", "乙", "丙", "丁", "戊",
                                       "己", "庚", "辛", "壬", "癸"};
constexpr std::string_view kBranches[] = {"子", "丑", "寅", "卯", "辰", "巳",
                                          "午", "未", "申", "酉", "戌", "亥"};

template <size_t n>
using Words = const std::string_view (&)[n];

// 12 is 十二, 20 is 二十, 105 is 一百零五. From 10,000 on, digits.
std::string Counted(int64_t number, Words<10> digits, Words<4> units,
                    bool formal) {
  if (number >= 10'000) return std::to_string(number);
  std::string text;
  bool gap = false;
  int64_t weight = 1000;
  for (int unit = 3; unit >= 0; --unit, weight /= 10) {
    const int64_t digit = number / weight % 10;
    if (digit == 0) {
      gap = !text.empty();
      continue;
    }
    if (gap) text += "零";
    gap = false;
    // 一十 at the front is 十.
    if (formal || !(unit == 1 && digit == 1 && text.empty())) {
      text += digits[digit];
    }
    text += units[unit];
  }
  return text;
}

// 105 is 一〇五.
std::string Spelled(int64_t number) {
  std::string text;
  for (const char c : std::to_string(number)) text += kDigits[c - '0'];
  return text;
}

template <size_t n>
std::string OneOf(int64_t number, Words<n> words) {
  return number <= static_cast<int64_t>(n) ? std::string(words[number - 1])
                                           : std::to_string(number);
}

// a to z, then aa to zz.
std::string Letters(int64_t number, char first) {
  constexpr int64_t kAlphabet = 26;
  constexpr int64_t kMostLetters = 8;
  const int64_t count = (number - 1) / kAlphabet + 1;
  if (count > kMostLetters) return std::to_string(number);
  return std::string(count,
                     static_cast<char>(first + (number - 1) % kAlphabet));
}

std::string Roman(int64_t number, bool upper) {
  constexpr int64_t kLargest = 3999;
  if (number > kLargest) return std::to_string(number);
  struct Sign {
    int value;
    const char* text;
  };
  constexpr Sign kSigns[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"},
                             {100, "c"},  {90, "xc"},  {50, "l"},  {40, "xl"},
                             {10, "x"},   {9, "ix"},   {5, "v"},   {4, "iv"},
                             {1, "i"}};
  std::string text;
  for (const Sign& sign : kSigns) {
    for (; number >= sign.value; number -= sign.value) text += sign.text;
  }
  if (upper) {
    for (char& c : text) c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

// The sign so many places behind `first` in Unicode, of `count` there are.
std::string Enclosed(int64_t number, char32_t first, int64_t count) {
  if (number > count) return std::to_string(number);
  char bytes[4];
  const size_t length =
      EncodeUtf8(first + static_cast<char32_t>(number - 1), bytes);
  return std::string(bytes, length);
}

std::string FullWidth(int64_t number) {
  std::string text;
  for (const char c : std::to_string(number)) {
    char bytes[4];
    const size_t length = EncodeUtf8(0xFF10 + (c - '0'), bytes);
    text.append(bytes, length);
  }
  return text;
}

bool IsOneOf(std::string_view name,
             std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string FormatListNumber(int64_t number, std::string_view format) {
  if (format == "decimal" || number < 1) return std::to_string(number);
  if (IsOneOf(format,
              {"chineseCounting", "chineseCountingThousand", "japaneseCounting",
               "taiwaneseCounting", "taiwaneseCountingThousand"})) {
    return Counted(number, kDigits, kUnits, /*formal=*/false);
  }
  if (IsOneOf(format, {"chineseLegalSimplified", "ideographLegalTraditional",
                       "japaneseLegal"})) {
    return Counted(number, kFormalDigits, kFormalUnits, /*formal=*/true);
  }
  if (IsOneOf(format, {"ideographDigital", "japaneseDigitalTenThousand",
                       "taiwaneseDigital"})) {
    return Spelled(number);
  }
  if (format == "ideographTraditional") return OneOf(number, kStems);
  if (format == "ideographZodiac") return OneOf(number, kBranches);
  if (format == "decimalZero") {
    return (number < 10 ? "0" : "") + std::to_string(number);
  }
  if (format == "decimalFullWidth" || format == "decimalFullWidth2") {
    return FullWidth(number);
  }
  if (format == "upperLetter") return Letters(number, 'A');
  if (format == "lowerLetter") return Letters(number, 'a');
  if (format == "upperRoman") return Roman(number, /*upper=*/true);
  if (format == "lowerRoman") return Roman(number, /*upper=*/false);
  if (IsOneOf(format,
              {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})) {
    return Enclosed(number, U'①', 20);
  }
  if (format == "decimalEnclosedParen") return Enclosed(number, U'⑴', 20);
  if (format == "decimalEnclosedFullstop") return Enclosed(number, U'⒈', 20);
  if (format == "ideographEnclosedCircle") return Enclosed(number, U'㊀', 10);
  return std::to_string(number);
}

}  // namespace gongkai::input
