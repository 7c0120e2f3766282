// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/literal_finder.h
//
// Tells, at a place in a text, which of many strings begin there. Private to
// validate.
//
//   LiteralFinder finder;
//   const int fee = finder.Add("信息处理费");
//   finder.Build();
//   for (const char* p = …)       // the first byte of each character
//     finder.FindAt(p, end, [](int literal) { … });

#ifndef GONGKAI_WORKER_VALIDATE_LITERAL_FINDER_H_
#define GONGKAI_WORKER_VALIDATE_LITERAL_FINDER_H_

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace gongkai::validate {

// Chinese text has few repeating beginnings, so a mark for the first two
// characters (six bytes) of every string turns away nearly every place in about
// a nanosecond. Shorter strings are kept by their first three bytes, or by
// their first one.
class LiteralFinder {
 public:
  // Takes a string, not empty, in lower case, and returns its number, from 0 up
  // and the same for equal strings. Not after Build().
  int Add(absl::string_view literal);

  // Readies it for FindAt().
  void Build();

  // Calls found(number) for each string that the text from `p` to `end` begins
  // with; letters of ASCII may be in either case.
  template <typename Found>
  void FindAt(const char* p, const char* end, const Found& found) const {
    const uint64_t word = Load(p, end);
    // One branch for both keys: it is hardly ever taken. Strings of one or two
    // bytes begin with no Chinese character.
    int may_begin = (filter_[FilterIndex(word & kMasks[0])] & 1) |
                    (filter_[FilterIndex(word & kMasks[1])] & 2);
    if (static_cast<unsigned char>(*p) < 0xE0) {
      may_begin |= filter_[FilterIndex(word & kMasks[2])] & 4;
    }
    if (may_begin == 0) return;
    for (int kind = 0; kind < kKinds; ++kind) {
      if ((may_begin >> kind & 1) == 0) continue;
      for (int i : Bucket(word & kMasks[kind])) {
        if (BeginsWith(p, static_cast<size_t>(end - p), literals_[i])) {
          found(i);
        }
      }
    }
  }

 private:
  // Keys of six bytes, of three, and of one.
  static constexpr int kKinds = 3;
  static constexpr uint64_t kMasks[kKinds] = {0xFFFFFFFFFFFF, 0xFFFFFF, 0xFF};
  static constexpr int kFilterBits = 14;

  // The first eight bytes as one number, each with the bit set that tells lower
  // from upper case; spaces behind the end.
  static uint64_t Load(const char* p, const char* end) {
    uint64_t word = 0;
    if (end - p >= static_cast<ptrdiff_t>(sizeof(word))) {
      std::memcpy(&word, p, sizeof(word));
    } else {
      std::memcpy(&word, p, static_cast<size_t>(end - p));
    }
    return word | 0x2020202020202020u;
  }

  struct Literal {
    std::string text;
    // True if it has letters of ASCII, which may be in either case.
    bool has_letters;
  };

  static bool BeginsWith(const char* p, size_t size, const Literal& literal) {
    const std::string& text = literal.text;
    if (text.size() > size) return false;
    return literal.has_letters ? absl::EqualsIgnoreCase({p, text.size()}, text)
                               : std::memcmp(p, text.data(), text.size()) == 0;
  }

  static uint64_t Hash(uint64_t key) { return key * 0x9E3779B97F4A7C15u; }

  static size_t FilterIndex(uint64_t key) {
    return Hash(key) >> (64 - kFilterBits);
  }

  // The strings with this key.
  const std::vector<int>& Bucket(uint64_t key) const {
    size_t at = Hash(key) >> shift_;
    while (!slots_[at].literals.empty() && slots_[at].key != key) {
      at = (at + 1) & (slots_.size() - 1);
    }
    return slots_[at].literals;
  }

  struct Slot {
    uint64_t key = 0;
    std::vector<int> literals;
  };

  std::vector<Literal> literals_;
  // By a hash of the key: a bit for each kind of which there may be strings
  // with it.
  std::array<uint8_t, 1 << kFilterBits> filter_ = {};
  // Open addressing; a power of two of them, less than half in use.
  std::vector<Slot> slots_;
  int shift_ = 63;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_LITERAL_FINDER_H_
