// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/pair_filter.h
//
// Tells at which characters of a text any of many strings may begin: most of
// the places that are left are right, and none that is right is missing.
//
//   PairFilter filter;
//   filter.Add(u"公开", PairFilter::kFirst);
//   filter.Add(u"年", PairFilter::kSecond);
//   filter.Find<2>(codes)[PairFilter::kFirst];    // a bit for each of 64

#ifndef GONGKAI_WORKER_CATALOG_PAIR_FILTER_H_
#define GONGKAI_WORKER_CATALOG_PAIR_FILTER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace gongkai::catalog {

// Strings are put into a few buckets, by their first two characters. A table
// says of a character in which buckets it is a first and in which it is a
// second one; where the sets of two neighbours meet, a string may begin.
// Strings of one character begin whatever stands behind. The table is small
// enough to stay in the nearest cache, so some characters share an entry.
class PairFilter {
 public:
  // What strings are told apart by. Of the last two there are only strings of
  // one character.
  enum Kind { kFirst, kSecond, kThird, kFourth };
  static constexpr size_t kKinds = 4;

  // How many characters Find() looks at, beside the one behind them.
  static constexpr size_t kBlock = 64;

  // `second_buckets` of the four are for strings of the second kind: one at
  // least if there are any of two characters and more.
  explicit PairFilter(int second_buckets = 0);

  // Takes a string, not empty.
  void Add(std::u16string_view text, Kind kind);

  // Where strings of each of the first kinds may begin: the lowest bit is for
  // codes[0].
  template <size_t kWanted>
  std::array<uint64_t, kWanted> Find(const char16_t* codes) const {
    std::array<uint16_t, kBlock + 1> entries;
    entries[kBlock] = table_[Index(codes[kBlock])];
#pragma GCC unroll 16
    for (size_t i = 0; i < kBlock; ++i) entries[i] = table_[Index(codes[i])];
    std::array<uint64_t, kWanted> places = {};
    for (size_t i = 0; i < kBlock; i += kAtOnce) {
      const Meeting meeting(entries.data() + i);
#pragma GCC unroll 4
      for (size_t kind = 0; kind < kWanted; ++kind) {
        places[kind] |= uint64_t{meeting.Of(masks_[kind])} << i;
      }
    }
    return places;
  }

 private:
  static constexpr int kBuckets = 4;
  // Of an entry, the low byte for a first character and the high one for a
  // second: a bit for each bucket. In the low byte four more, for words of one
  // character of each kind; they are set in all high bytes.
  static constexpr int kSingle = kBuckets;
  static constexpr uint16_t kAnySecond = 0xF000;

  // What may begin at each of so many characters, by their entries and the one
  // behind.
  static constexpr size_t kAtOnce = 16;
  class Meeting {
   public:
#ifdef __SSE2__
    explicit Meeting(const uint16_t* entries)
        : begins_(_mm_packus_epi16(Meet(entries), Meet(entries + 8))) {}

    // A bit for each, whether it is any of the mask.
    uint32_t Of(uint8_t mask) const {
      const __m128i of =
          _mm_and_si128(begins_, _mm_set1_epi8(static_cast<char>(mask)));
      const __m128i none = _mm_cmpeq_epi8(of, _mm_setzero_si128());
      return static_cast<uint32_t>(_mm_movemask_epi8(none)) ^ 0xFFFF;
    }

   private:
    static __m128i Load(const uint16_t* p) {
      return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    }
    static __m128i Meet(const uint16_t* p) {
      return _mm_and_si128(Load(p), _mm_srli_epi16(Load(p + 1), 8));
    }

    __m128i begins_;
#else
    explicit Meeting(const uint16_t* entries) {
      for (size_t i = 0; i < kAtOnce; ++i) {
        begins_[i] = static_cast<uint8_t>(entries[i] & entries[i + 1] >> 8);
      }
    }

    uint32_t Of(uint8_t mask) const {
      uint32_t found = 0;
      for (size_t i = 0; i < kAtOnce; ++i) {
        found |= uint32_t{(begins_[i] & mask) != 0} << i;
      }
      return found;
    }

   private:
    std::array<uint8_t, kAtOnce> begins_;
#endif
  };

  static constexpr size_t kEntries = size_t{1} << 12;
  static size_t Index(char16_t c) { return c & (kEntries - 1); }

  // The bucket that grows least by the pair.
  int BucketFor(char16_t a, char16_t b, Kind kind) const;

  int second_buckets_;
  // The bits of a low byte that are of each kind.
  std::array<uint8_t, kKinds> masks_;
  std::array<uint16_t, kEntries> table_;
  struct Bucket {
    int firsts = 0;
    int seconds = 0;
  };
  std::array<Bucket, kBuckets> buckets_;
};

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_PAIR_FILTER_H_
