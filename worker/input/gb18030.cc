// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/gb18030.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>

#include "worker/input/characters.h"

namespace gongkai::input {
namespace {

// The four-byte form counts through 10 × 126 × 10 values for each first byte;
// from this count on it stands for U+10000 and what follows.
constexpr uint32_t kFourByteSupplementary = 189000;
constexpr uint32_t kSupplementaryCharacters = 0x100000;

// Fills `out` with the characters of `bytes`, `count` in all. Characters that
// ICU cannot tell apart, because it makes more or fewer, become `none`.
void Convert(UConverter* converter, const std::string& bytes, size_t count,
             char16_t none, char16_t* out) {
  std::u16string converted(count + 1, u'\0');
  UErrorCode error = U_ZERO_ERROR;
  const int32_t length = ucnv_toUChars(
      converter, converted.data(), static_cast<int32_t>(converted.size()),
      bytes.data(), static_cast<int32_t>(bytes.size()), &error);
  if (U_FAILURE(error) || static_cast<size_t>(length) != count) {
    std::fill_n(out, count, none);
  } else {
    std::copy_n(converted.begin(), count, out);
  }
}

}  // namespace

const Gb18030& Gb18030::Get() {
  static const Gb18030& tables = *new Gb18030();
  return tables;
}

Gb18030::Gb18030() {
  std::fill(std::begin(two_bytes_), std::end(two_bytes_), kNone);
  std::fill(std::begin(four_bytes_), std::end(four_bytes_), kNone);
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
      ucnv_open("gb18030", &error), &ucnv_close);
  if (U_FAILURE(error)) return;
  std::string bytes;
  for (size_t row = 0; row < kTwoByteRows; ++row) {
    bytes.clear();
    for (int trail = 0x40; trail <= 0xFE; ++trail) {
      if (trail == 0x7F) continue;
      bytes.push_back(static_cast<char>(0x81 + row));
      bytes.push_back(static_cast<char>(trail));
    }
    Convert(converter.get(), bytes, kTwoByteColumns, kNone,
            two_bytes_ + row * kTwoByteColumns);
  }
  constexpr size_t kPerConversion = 10;
  for (size_t first = 0; first < kFourByteBasic; first += kPerConversion) {
    bytes.clear();
    for (size_t i = first; i < first + kPerConversion; ++i) {
      bytes.push_back(static_cast<char>(0x81 + i / 12600));
      bytes.push_back(static_cast<char>(0x30 + i / 1260 % 10));
      bytes.push_back(static_cast<char>(0x81 + i / 10 % 126));
      bytes.push_back(static_cast<char>(0x30 + i % 10));
    }
    Convert(converter.get(), bytes, kPerConversion, kNone, four_bytes_ + first);
  }
}

Gb18030Character Gb18030::Decode(std::string_view bytes) const {
  constexpr Gb18030Character kBad{kNone, 1, true};
  const char* const p = bytes.data();
  const uint8_t lead = Byte(p);
  if (lead < 0x80) return {lead, 1, false};
  if (lead == 0x80 || lead == 0xFF || bytes.size() < 2) return kBad;
  const uint8_t second = Byte(p + 1);
  if (second >= 0x40 && second != 0x7F && second != 0xFF) {
    const char16_t code = TwoBytes(p);
    return {code == 0 ? kNone : code, 2, code == 0};
  }
  const auto is_digit = [](uint8_t byte) {
    return byte >= 0x30 && byte <= 0x39;
  };
  if (!is_digit(second) || bytes.size() < 4) return kBad;
  const uint8_t third = Byte(p + 2);
  if (third < 0x81 || third == 0xFF || !is_digit(Byte(p + 3))) return kBad;
  const uint32_t count =
      (((lead - 0x81u) * 10 + (second - 0x30u)) * 126 + (third - 0x81u)) * 10 +
      (Byte(p + 3) - 0x30u);
  if (count < kFourByteBasic) {
    const char16_t code = four_bytes_[count];
    return {code, 4, code == kNone};
  }
  if (count >= kFourByteSupplementary &&
      count < kFourByteSupplementary + kSupplementaryCharacters) {
    return {char32_t{0x10000} + count - kFourByteSupplementary, 4, false};
  }
  return {kNone, 4, true};
}

}  // namespace gongkai::input
