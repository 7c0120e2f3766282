// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/value.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "worker/extract/utf8.h"

namespace gongkai::extract {
namespace {

// The value of a digit in ASCII or full width; -1 for other characters.
int DigitOf(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  if (c >= 0xFF10 && c <= 0xFF19) return static_cast<int>(c - 0xFF10);
  return -1;
}

bool IsSeparator(char32_t c) { return c == ',' || c == 0xFF0C; }
bool IsPoint(char32_t c) { return c == '.' || c == 0xFF0E; }
bool IsMinus(char32_t c) { return c == '-' || c == 0x2212 || c == 0xFF0D; }
bool IsPlus(char32_t c) { return c == '+' || c == 0xFF0B; }

// A letter or character that stands for a lone zero.
bool IsZeroWord(std::string_view text) {
  return text == "O" || text == "o" || text == "\u3007" || text == "\u96F6";
}

// False for most texts that are none: they begin with neither a digit nor a
// sign.
bool MayBeginNumber(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return DigitOf(lead) >= 0 || IsPlus(lead) || IsMinus(lead);
  if (lead != 0xE2 && lead != 0xEF) return false;
  size_t at = 0;
  const char32_t c = NextCharacter(text, &at);
  return DigitOf(c) >= 0 || IsPlus(c) || IsMinus(c);
}

}  // namespace

// A number as it is scanned, character by character.
struct ValueParser::Scan {
  int64_t digits = 0;
  int digit_count = 0;
  int scale = 0;
  bool point = false;
  // Digits since the last thousands separator; -1 before the first.
  int group = -1;

  bool Add(int digit) {
    if (++digit_count > kMaxDigits) return false;
    digits = digits * 10 + digit;
    if (point) ++scale;
    if (group >= 0) ++group;
    return true;
  }
  bool GroupComplete() const { return group < 0 || group == 3; }
};

ValueParser::ValueParser(const forms::v1::Catalog& catalog)
    : not_applicable_(catalog.not_applicable().begin(),
                      catalog.not_applicable().end()),
      units_(catalog.units().begin(), catalog.units().end()) {
  std::sort(units_.begin(), units_.end(),
            [](const std::string& a, const std::string& b) {
              return a.size() > b.size();
            });
  for (const std::string& word : not_applicable_) {
    longest_word_ = std::max(longest_word_, word.size());
  }
}

Value ValueParser::ParseOther(std::string_view text) const {
  Value value;
  value.kind = Value::Kind::kText;
  if (text.size() <= longest_word_) {
    if (not_applicable_.contains(absl::string_view(text.data(), text.size()))) {
      value.kind = Value::Kind::kNotApplicable;
      return value;
    }
    if (IsZeroWord(text)) {
      value.kind = Value::Kind::kNumber;
      return value;
    }
  }
  // A label, most often.
  if (!MayBeginNumber(text)) return value;
  Scan scan;
  bool negative = false;
  size_t at = 0;
  size_t end = 0;  // behind the last character of the number
  while (at < text.size()) {
    const size_t start = at;
    const char32_t c = NextCharacter(text, &at);
    const int digit = DigitOf(c);
    if (digit >= 0) {
      if (!scan.Add(digit)) return value;
      end = at;
    } else if (start == 0 && (IsMinus(c) || IsPlus(c))) {
      negative = IsMinus(c);
    } else if (IsPoint(c) && !scan.point && scan.digit_count > 0 &&
               scan.GroupComplete()) {
      scan.point = true;
      scan.group = -1;
    } else if (IsSeparator(c) && !scan.point && scan.digit_count > 0 &&
               (scan.group < 0 ? scan.digit_count <= 3 : scan.group == 3)) {
      scan.group = 0;
    } else {
      break;
    }
  }
  if (scan.digit_count == 0 || !scan.GroupComplete()) return value;
  std::string_view rest = text.substr(end);
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  if (!rest.empty()) {
    if (std::find(units_.begin(), units_.end(), rest) == units_.end()) {
      return value;
    }
    value.unit = rest;
  }
  value.kind = Value::Kind::kNumber;
  value.digits = negative ? -scan.digits : scan.digits;
  value.scale = static_cast<int8_t>(scan.scale);
  return value;
}

std::string DecimalText(int64_t digits, int scale) {
  while (scale > 0 && digits % 10 == 0) {
    digits /= 10;
    --scale;
  }
  std::string text = absl::StrCat(digits < 0 ? -digits : digits);
  if (scale > 0) {
    if (text.size() <= static_cast<size_t>(scale)) {
      text.insert(0, scale + 1 - text.size(), '0');
    }
    text.insert(text.size() - scale, ".");
  }
  return digits < 0 ? absl::StrCat("-", text) : text;
}

}  // namespace gongkai::extract
