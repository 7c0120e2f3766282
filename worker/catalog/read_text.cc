// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/read_text.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "worker/catalog/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace gongkai::catalog {
namespace {

// What is kept for the next report, which has some 2,000 characters.
constexpr size_t kKeptCharacters = size_t{1} << 18;
constexpr size_t kFewCharacters = size_t{1} << 12;

// Written at once, of which only the first may count.
constexpr size_t kRun = 8;

#ifdef __SSE2__

// Nearly all of a Chinese text takes three bytes a character. Four of them, as
// their codes; *leads gets all bits of those that do so.
inline __m128i Decode4(const char* p, __m128i* leads) {
  uint32_t words[4];
  for (size_t i = 0; i < 4; ++i) {
    std::memcpy(&words[i], p + 3 * i, sizeof(words[i]));
  }
  const auto lane = [&words](size_t i) {
    return _mm_cvtsi32_si128(static_cast<int>(words[i]));
  };
  const __m128i word = _mm_unpacklo_epi64(_mm_unpacklo_epi32(lane(0), lane(1)),
                                          _mm_unpacklo_epi32(lane(2), lane(3)));
  *leads = _mm_cmpeq_epi32(_mm_and_si128(word, _mm_set1_epi32(0xF0)),
                           _mm_set1_epi32(0xE0));
  const __m128i first = _mm_slli_epi32(word, 12);
  const __m128i second =
      _mm_and_si128(_mm_srli_epi32(word, 2), _mm_set1_epi32(0xFC0));
  const __m128i third =
      _mm_and_si128(_mm_srli_epi32(word, 16), _mm_set1_epi32(0x3F));
  const __m128i code = _mm_or_si128(_mm_or_si128(first, second), third);
  // As a signed number of 16 bits, which is packed as it is.
  return _mm_srai_epi32(_mm_slli_epi32(code, 16), 16);
}

// Bytes that DecodeRun() reads.
constexpr ptrdiff_t kRunBytes = 3 * kRun + 1;

// Decodes as many characters of three bytes as begin at p, at most kRun, and
// returns their number. Writes kRun of each.
inline size_t DecodeRun(const char* p, uint32_t offset, char16_t* codes,
                        uint32_t* begins) {
  __m128i leads[2];
  const __m128i low = Decode4(p, &leads[0]);
  const __m128i high = Decode4(p + 12, &leads[1]);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(codes),
                   _mm_packs_epi32(low, high));
  const __m128i base = _mm_set1_epi32(static_cast<int>(offset));
  __m128i* const out = reinterpret_cast<__m128i*>(begins);
  _mm_storeu_si128(out, _mm_add_epi32(base, _mm_setr_epi32(0, 3, 6, 9)));
  _mm_storeu_si128(out + 1,
                   _mm_add_epi32(base, _mm_setr_epi32(12, 15, 18, 21)));
  const uint32_t found = static_cast<uint32_t>(
      _mm_movemask_epi8(_mm_packs_epi32(leads[0], leads[1])));
  return static_cast<size_t>(std::countr_one(found)) / 2;
}

#else

constexpr ptrdiff_t kRunBytes = 3;

inline size_t DecodeRun(const char* p, uint32_t offset, char16_t* codes,
                        uint32_t* begins) {
  const auto byte = [p](int i) { return static_cast<unsigned char>(p[i]); };
  if ((byte(0) & 0xF0) != 0xE0) return 0;
  *codes = static_cast<char16_t>(byte(0) << 12 | (byte(1) & 0x3F) << 6 |
                                 (byte(2) & 0x3F));
  *begins = offset;
  return 1;
}

#endif

// Decodes the character at text[*at], of two units at most, and moves *at
// behind it. The second unit is 0 if there is none.
void DecodeAny(std::string_view text, size_t* at, char16_t units[2]) {
  const char32_t code = NextCharacter(text, at);
  const bool pair = code >= 0x10000;
  units[0] = static_cast<char16_t>(pair ? 0xD7C0 + (code >> 10) : code);
  units[1] = static_cast<char16_t>(pair ? 0xDC00 | (code & 0x3FF) : 0);
}

}  // namespace

std::u16string Utf16Of(std::string_view text) {
  std::u16string out;
  for (size_t at = 0; at < text.size();) {
    char16_t units[2];
    DecodeAny(text, &at, units);
    out.append(units, units[1] == 0 ? 1 : 2);
  }
  return out;
}

size_t CodedText::Next(char16_t c, size_t at, size_t end) const {
#ifdef __SSE2__
  const __m128i wanted = _mm_set1_epi16(static_cast<int16_t>(c));
  constexpr size_t kAtOnce = 16;
  for (; at < end; at += kAtOnce) {
    const __m128i* const p = reinterpret_cast<const __m128i*>(codes + at);
    const __m128i same =
        _mm_packs_epi16(_mm_cmpeq_epi16(_mm_loadu_si128(p), wanted),
                        _mm_cmpeq_epi16(_mm_loadu_si128(p + 1), wanted));
    const uint32_t found = static_cast<uint32_t>(_mm_movemask_epi8(same));
    if (found == 0) continue;
    return std::min(end, at + static_cast<size_t>(std::countr_zero(found)));
  }
  return end;
#else
  return static_cast<size_t>(std::find(codes + at, codes + end, c) - codes);
#endif
}

size_t CodedText::Find(size_t byte, size_t from) const {
  if (byte >= text.size()) return size;
  if (begins[from] >= byte) return from;
  // A character takes a byte at least, but for the second of two units.
  const size_t most = std::min(size, from + (byte - begins[from]) + 1);
  return static_cast<size_t>(
      std::lower_bound(begins + from, begins + most, byte) - begins);
}

void ReadText::Clear() {
  size_ = CodedText::kPadding;
  ranges_.clear();
  if (codes_.size() <= kKeptCharacters) return;
  codes_ = {};
  begins_ = {};
}

void ReadText::Read(const v1::Report& report) {
  Clear();
  Append(report.title());
  Append(report.preface().text());
  for (const v1::Section& section : report.sections()) Append(section.text());
}

void ReadText::Grow() {
  const size_t size = std::max(kFewCharacters, 2 * codes_.size());
  codes_.resize(size);
  begins_.resize(size);
}

void ReadText::Append(std::string_view text) {
  constexpr size_t kRoom = kRun + 1 + CodedText::kPadding;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const size_t first = size_;
  for (const char* p = begin;;) {
    while (codes_.size() < size_ + kRoom) Grow();
    if (p == end) break;
    // As far as there is room.
    char16_t* codes = codes_.data() + size_;
    uint32_t* begins = begins_.data() + size_;
    const char16_t* const last = codes_.data() + codes_.size() - kRoom;
    while (p != end && codes <= last) {
      const uint32_t offset = static_cast<uint32_t>(p - begin);
      size_t units = 1;
      if ((*p & 0xF0) == 0xE0 && end - p >= kRunBytes) {
        units = DecodeRun(p, offset, codes, begins);
        p += 3 * units;
      } else if ((*p & 0x80) == 0) {
        *codes = static_cast<char16_t>(*p++);
        *begins = offset;
      } else {
        size_t at = offset;
        DecodeAny(text, &at, codes);
        units = codes[1] == 0 ? 1 : 2;
        begins[0] = begins[1] = offset;
        p = begin + at;
      }
      codes += units;
      begins += units;
    }
    size_ = static_cast<size_t>(codes - codes_.data());
  }
  codes_[size_] = 0;
  begins_[size_] = static_cast<uint32_t>(text.size());
  ranges_.push_back({text, first, size_ - first});
  ++size_;
}

}  // namespace gongkai::catalog
