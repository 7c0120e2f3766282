// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/pair_filter.h"

namespace gongkai::catalog {

PairFilter::PairFilter(int second_buckets) : second_buckets_(second_buckets) {
  const int all = (1 << kBuckets) - 1;
  const int second = (1 << second_buckets) - 1;
  for (size_t kind = 0; kind < kKinds; ++kind) {
    const int buckets = kind == kFirst    ? all & ~second
                        : kind == kSecond ? second
                                          : 0;
    masks_[kind] = static_cast<uint8_t>(buckets | 1 << (kSingle + kind));
  }
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

}  // namespace gongkai::catalog
