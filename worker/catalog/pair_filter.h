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
//   filter.Find(codes).first;        // a bit for each of 64 characters

#ifndef GONGKAI_WORKER_CATALOG_PAIR_FILTER_H_
#define GONGKAI_WORKER_CATALOG_PAIR_FILTER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gongkai::catalog {

// Strings are put into a few buckets, by their first two characters. A table
// says of a character in which buckets it is a first and in which it is a
// second one; where the sets of two neighbours meet, a string may begin. Words
// of one character begin whatever stands behind. The table is small enough to
// stay in the nearest cache, so some characters share an entry.
class PairFilter {
 public:
  // What strings are told apart by.
  enum Kind { kFirst, kSecond };

  // How many characters Find() looks at, beside the one behind them.
  static constexpr size_t kBlock = 64;

  // `second_buckets` of the six are for strings of the second kind: one at
  // least if there are any of two characters and more.
  explicit PairFilter(int second_buckets = 0);

  // Takes a string, not empty.
  void Add(std::u16string_view text, Kind kind);

  struct Places {
    uint64_t first = 0;
    uint64_t second = 0;
  };

  // Where strings of either kind may begin: the lowest bit is for codes[0].
  Places Find(const char16_t* codes) const;

 private:
  static constexpr int kBuckets = 6;
  // Of an entry, the low byte for a first character and the high one for a
  // second: a bit for each bucket. In the low byte two more, for words of one
  // character of each kind; they are set in all high bytes.
  static constexpr int kSingle = kBuckets;
  static constexpr uint16_t kAnySecond = 0xC000;

  static constexpr size_t kEntries = size_t{1} << 12;
  static size_t Index(char16_t c) { return c & (kEntries - 1); }

  // The bucket that grows least by the pair.
  int BucketFor(char16_t a, char16_t b, Kind kind) const;

  int second_buckets_;
  // The bits of a low byte that are of each kind.
  std::array<uint8_t, 2> masks_;
  std::array<uint16_t, kEntries> table_;
  struct Bucket {
    int firsts = 0;
    int seconds = 0;
  };
  std::array<Bucket, kBuckets> buckets_;
};

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_PAIR_FILTER_H_
