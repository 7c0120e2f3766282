// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/pair_filter.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace gongkai::catalog {
namespace {

// What may begin at each of 16 characters, by their entries and the one behind.
#ifdef __SSE2__

class Block {
 public:
  explicit Block(const uint16_t* entries)
      : begins_(_mm_packus_epi16(Meet(entries), Meet(entries + 8))) {}

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
};

#else

class Block {
 public:
  explicit Block(const uint16_t* entries) {
    for (size_t i = 0; i < begins_.size(); ++i) {
      begins_[i] = static_cast<uint8_t>(entries[i] & entries[i + 1] >> 8);
    }
  }

  uint32_t Of(uint8_t mask) const {
    uint32_t found = 0;
    for (size_t i = 0; i < begins_.size(); ++i) {
      found |= uint32_t{(begins_[i] & mask) != 0} << i;
    }
    return found;
  }

 private:
  std::array<uint8_t, 16> begins_;
};

#endif

}  // namespace

PairFilter::PairFilter(int second_buckets) : second_buckets_(second_buckets) {
  const int all = (1 << kBuckets) - 1;
  const int second = (1 << second_buckets) - 1;
  masks_[kFirst] =
      static_cast<uint8_t>((all & ~second) | 1 << (kSingle + kFirst));
  masks_[kSecond] = static_cast<uint8_t>(second | 1 << (kSingle + kSecond));
  table_.fill(kAnySecond);
}

int PairFilter::BucketFor(char16_t a, char16_t b, Kind kind) const {
  const int begin = kind == kSecond ? 0 : second_buckets_;
  const int end = kind == kSecond ? second_buckets_ : kBuckets;
  int best = begin;
  int least = 0;
  for (int i = begin; i < end; ++i) {
    const Bucket& bucket = buckets_[i];
    const int firsts = bucket.firsts + !(table_[Index(a)] >> i & 1);
    const int seconds = bucket.seconds + !(table_[Index(b)] >> (8 + i) & 1);
    const int growth = firsts * seconds - bucket.firsts * bucket.seconds;
    if (i == begin || growth < least) {
      best = i;
      least = growth;
    }
  }
  return best;
}

void PairFilter::Add(std::u16string_view text, Kind kind) {
  uint16_t& first = table_[Index(text[0])];
  if (text.size() == 1) {
    first |= static_cast<uint16_t>(1 << (kSingle + kind));
    return;
  }
  uint16_t& second = table_[Index(text[1])];
  // One that is found anyway.
  if ((first & second >> 8 & masks_[kind]) != 0) return;
  const int i = BucketFor(text[0], text[1], kind);
  buckets_[i].firsts += !(first >> i & 1);
  buckets_[i].seconds += !(second >> (8 + i) & 1);
  first |= static_cast<uint16_t>(1 << i);
  second |= static_cast<uint16_t>(1 << (8 + i));
}

PairFilter::Places PairFilter::Find(const char16_t* codes) const {
  std::array<uint16_t, kBlock + 1> entries;
  entries[kBlock] = table_[Index(codes[kBlock])];
#pragma GCC unroll 16
  for (size_t i = 0; i < kBlock; ++i) entries[i] = table_[Index(codes[i])];
  const uint8_t first = masks_[kFirst];
  const uint8_t second = masks_[kSecond];
  Places places;
  for (size_t i = 0; i < kBlock; i += 16) {
    const Block block(entries.data() + i);
    places.first |= uint64_t{block.Of(first)} << i;
    places.second |= uint64_t{block.Of(second)} << i;
  }
  return places;
}

}  // namespace gongkai::catalog
