// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/pdf/glyph_code.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <iterator>

namespace gongkai::input::pdf {
namespace {

// Radicals in simplified shape that Unicode does not fold into the character
// which looks the same; sorted by the first.
struct Radical {
  char32_t radical;
  char32_t character;
};
constexpr Radical kRadicals[] = {
    {U'\u2E81', U'\u5382'}, {U'\u2E9F', U'\u6BCD'}, {U'\u2EA0', U'\u6C11'},
    {U'\u2EC4', U'\u897F'}, {U'\u2EC5', U'\u89C1'}, {U'\u2EC6', U'\u89D2'},
    {U'\u2EC8', U'\u8BA0'}, {U'\u2EC9', U'\u8D1D'}, {U'\u2ECB', U'\u8F66'},
    {U'\u2ED3', U'\u957F'}, {U'\u2ED4', U'\u95E8'}, {U'\u2ED8', U'\u9752'},
    {U'\u2ED9', U'\u97E6'}, {U'\u2EDA', U'\u9875'}, {U'\u2EDB', U'\u98CE'},
    {U'\u2EDC', U'\u98DE'}, {U'\u2EDD', U'\u98DF'}, {U'\u2EE2', U'\u9A6C'},
    {U'\u2EE3', U'\u9AA8'}, {U'\u2EE4', U'\u9B3C'}, {U'\u2EE5', U'\u9C7C'},
    {U'\u2EE6', U'\u9E1F'}, {U'\u2EE8', U'\u9EA6'}, {U'\u2EE9', U'\u9EC4'},
    {U'\u2EEC', U'\u9F50'}, {U'\u2EEE', U'\u9F7F'}, {U'\u2EF0', U'\u9F99'},
    {U'\u2EF3', U'\u9F9F'},
};

bool In(char32_t code, char32_t first, char32_t last) {
  return code >= first && code <= last;
}

bool IsBlank(char32_t code) {
  return In(code, 0x09, 0x0D) || code == 0x20 || code == 0xA0 ||
         In(code, 0x2000, 0x200A) || code == 0x202F || code == 0x205F ||
         code == 0x3000;
}

bool IsNothing(char32_t code) {
  return code == 0 || In(code, 0x7F, 0x9F) || code == 0xAD ||
         In(code, 0x200B, 0x200F) || In(code, 0x2028, 0x202E) ||
         In(code, 0x2060, 0x206F) || code == 0xFEFF;
}

bool IsUnknown(char32_t code) {
  return code < 0x20 || In(code, 0xD800, 0xF8FF) || code > 0x10FFFF ||
         In(code, 0xF0000, 0x10FFFF) || (code & 0xFFFE) == 0xFFFE;
}

// The character that the compatibility form of Unicode writes for another.
char32_t Compatible(char32_t code) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const form = icu::Normalizer2::getNFKCInstance(error);
  icu::UnicodeString plain;
  if (U_FAILURE(error) ||
      !form->getDecomposition(static_cast<UChar32>(code), plain) ||
      plain.countChar32() != 1) {
    return code;
  }
  return static_cast<char32_t>(plain.char32At(0));
}

}  // namespace

char32_t PlainCode(char32_t code) {
  if (IsBlank(code)) return U' ';
  if (IsNothing(code)) return 0;
  if (IsUnknown(code)) return kUnknownCode;
  if (code < 0x2E80) return code;
  const auto radical = std::lower_bound(
      std::begin(kRadicals), std::end(kRadicals), code,
      [](const Radical& a, char32_t b) { return a.radical < b; });
  if (radical != std::end(kRadicals) && radical->radical == code) {
    return radical->character;
  }
  if (In(code, 0x2E80, 0x2FDF) || In(code, 0xF900, 0xFAFF)) {
    return Compatible(code);
  }
  return code;
}

}  // namespace gongkai::input::pdf
