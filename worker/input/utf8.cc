// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/utf8.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "worker/input/characters.h"

namespace gongkai::input {
namespace {

// The range of the byte behind a lead byte, and how many bytes follow it in
// all; none for a byte that leads nothing. (Unicode, table 3-7.)
struct Lead {
  size_t following = 0;
  uint8_t low = 0x80;
  uint8_t high = 0xBF;
};

Lead LeadOf(uint8_t byte) {
  if (byte < 0xC2 || byte > 0xF4) return {};
  if (byte < 0xE0) return {.following = 1};
  if (byte == 0xE0) return {.following = 2, .low = 0xA0};
  if (byte == 0xED) return {.following = 2, .high = 0x9F};
  if (byte < 0xF0) return {.following = 2};
  if (byte == 0xF0) return {.following = 3, .low = 0x90};
  if (byte == 0xF4) return {.following = 3, .high = 0x8F};
  return {.following = 3};
}

// How many bytes from `p` on fit a character, and whether they make one up.
struct Fit {
  size_t length;
  bool whole;
};
Fit FitAt(const char* p, const char* end) {
  if (Byte(p) < 0x80) return {1, true};
  const Lead lead = LeadOf(Byte(p));
  if (lead.following == 0) return {1, false};
  const size_t available =
      std::min<size_t>(lead.following, static_cast<size_t>(end - p - 1));
  for (size_t i = 1; i <= available; ++i) {
    const uint8_t low = i == 1 ? lead.low : 0x80;
    const uint8_t high = i == 1 ? lead.high : 0xBF;
    if (Byte(p + i) < low || Byte(p + i) > high) return {i, false};
  }
  return {1 + available, available == lead.following};
}

uint64_t Load8(const char* p) {
  uint64_t word;
  std::memcpy(&word, p, sizeof(word));
  if constexpr (std::endian::native == std::endian::big) {
    word = __builtin_bswap64(word);
  }
  return word;
}

// Of eight bytes, the first in the lowest place: two characters of three
// bytes each, whose lead bytes leave the second byte free. Almost all of a
// Chinese text is such pairs.
bool IsPlainPair(uint64_t word) {
  if ((word & 0x0000C0C0F0C0C0F0) != 0x00008080E08080E0) return false;
  // E0 and ED restrict the second byte.
  constexpr uint32_t kRestricted = 1u << 0x0 | 1u << 0xD;
  return ((kRestricted >> (word & 0xF) | kRestricted >> (word >> 24 & 0xF)) &
          1) == 0;
}

// The same of one character, in the first three bytes.
bool IsPlain(uint64_t word) {
  if ((word & 0xC0C0F0) != 0x8080E0) return false;
  return (word & 0xF) != 0x0 && (word & 0xF) != 0xD;
}

}  // namespace

size_t ValidUtf8Prefix(std::string_view bytes) {
  const char* p = bytes.data();
  const char* const end = p + bytes.size();
  while (end - p >= 8) {
    const uint64_t word = Load8(p);
    const uint64_t high = word & 0x8080808080808080;
    if (high == 0) {
      p += 8;
    } else if ((high & 0x80) == 0) {
      p += std::countr_zero(high) / 8;
    } else if (IsPlainPair(word)) {
      p += 6;
    } else if (IsPlain(word)) {
      p += 3;
    } else {
      const Fit fit = FitAt(p, end);
      if (!fit.whole) return p - bytes.data();
      p += fit.length;
    }
  }
  while (p < end) {
    const Fit fit = FitAt(p, end);
    if (!fit.whole) break;
    p += fit.length;
  }
  return p - bytes.data();
}

size_t BadUtf8Length(std::string_view bytes) {
  return FitAt(bytes.data(), bytes.data() + bytes.size()).length;
}

}  // namespace gongkai::input
