// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/utf8.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "worker/input/characters.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

// Of eight bytes, the first in the lowest place: a character of three bytes
// whose lead byte leaves the second byte free.
bool IsPlain(uint64_t word) {
  if ((word & 0xC0C0F0) != 0x8080E0) return false;
  // E0 and ED restrict the second byte.
  return (word & 0xF) != 0x0 && (word & 0xF) != 0xD;
}

#ifdef __SSE2__

// A bit for each of 64 bytes, the first in the lowest place.
struct Masks {
  uint64_t beyond_ascii = 0;
  uint64_t leads = 0;  // of three bytes
  uint64_t restricted = 0;
  uint64_t following = 0;
};

inline Masks MasksOf(const char* p) {
  constexpr int kWidth = 16;
  const auto all = [](uint8_t byte) {
    return _mm_set1_epi8(static_cast<char>(byte));
  };
  const auto add = [](__m128i bytes, int shift, uint64_t* mask) {
    *mask |= uint64_t{static_cast<uint32_t>(_mm_movemask_epi8(bytes))} << shift;
  };
  Masks masks;
#pragma GCC unroll 4
  for (int i = 0; i < 64; i += kWidth) {
    const __m128i bytes =
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + i));
    add(bytes, i, &masks.beyond_ascii);
    add(_mm_cmpeq_epi8(_mm_and_si128(bytes, all(0xF0)), all(0xE0)), i,
        &masks.leads);
    add(_mm_or_si128(_mm_cmpeq_epi8(bytes, all(0xE0)),
                     _mm_cmpeq_epi8(bytes, all(0xED))),
        i, &masks.restricted);
    // As signed numbers 80 to BF are the least.
    add(_mm_cmplt_epi8(bytes, all(0xC0)), i, &masks.following);
  }
  return masks;
}

// How many bytes from `p` on, where a character begins, are whole characters of
// ASCII or such as IsPlain(): almost all of a Chinese text. Stops before the
// first other character, or a little before the end.
size_t PlainLength(const char* p, const char* end) {
  constexpr ptrdiff_t kBlock = 64;
  const char* const begin = p;
  // Where bytes follow in this block because of leads in the one before, by
  // their bits.
  uint64_t due = 0;
  for (; end - p >= kBlock; p += kBlock) {
    const Masks masks = MasksOf(p);
    const uint64_t wanted = masks.leads << 1 | masks.leads << 2 | due;
    const uint64_t bad =
        (wanted ^ masks.following) |
        ((masks.leads | masks.following) ^ masks.beyond_ascii) |
        masks.restricted;
    if (bad != 0) {
      const int first = std::countr_zero(bad);
      p += first;
      // Back to the beginning of the character that the byte was to be part of.
      if ((wanted >> first & 1) != 0) {
        do {
          --p;
        } while ((Byte(p) & 0xC0) == 0x80);
      }
      return static_cast<size_t>(p - begin);
    }
    due = masks.leads >> 62;
    if (due == 2) due = 3;
  }
  // Back to where a character begins whose end was not seen.
  if (due == 1) p -= 2;
  if (due == 3) p -= 1;
  return static_cast<size_t>(p - begin);
}

#else

size_t PlainLength(const char* p, const char* end) {
  const char* const begin = p;
  while (end - p >= 8 && IsPlain(Load8(p))) p += 3;
  return static_cast<size_t>(p - begin);
}

#endif

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
    } else if (IsPlain(word)) {
      p += std::max<size_t>(PlainLength(p, end), 3);
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
