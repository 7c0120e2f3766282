// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/literal_finder.h
//
// Finds the places of a text at which any of many strings begin. Private to
// validate.
//
//   LiteralFinder finder;
//   const int fee = finder.Add("信息处理费");
//   const int digit = finder.Add("7");
//   finder.Build();
//   const auto [pairs, ones] = finder.filter().Find<2>(codes);
//   finder.FindAt(p, end, [](int literal) { … });       // for each of pairs
//   finder.ones()[finder.OneOf(*p)].literal == digit;   // for each of ones

#ifndef GONGKAI_WORKER_VALIDATE_LITERAL_FINDER_H_
#define GONGKAI_WORKER_VALIDATE_LITERAL_FINDER_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/strings/string_view.h"
#include "worker/catalog/pair_filter.h"

namespace gongkai::validate {

// Most characters of a text begin none of the strings, and the filter passes
// over them. Strings of one character are kept apart: digits and commas are
// found in nearly every sentence.
class LiteralFinder {
 public:
  LiteralFinder() : ones_(1), one_by_character_(kPlane) {}

  // Takes a string, not empty, in lower case, and returns its number, from 0 up
  // and the same for equal strings. Not after Build().
  int Add(absl::string_view literal);

  // Takes a character at which to stop although no string may begin with it.
  void StopAt(char16_t c);

  // Readies it for the following.
  void Build();

  // Where a string of two characters and more may begin (the first kind), and
  // where one of one character, or a stop.
  const catalog::PairFilter& filter() const { return filter_; }

  // A character by itself.
  struct One {
    bool stops = false;
    // The string that it is; -1 for none.
    int literal = -1;
  };
  // All of them; the first is none.
  const std::vector<One>& ones() const { return ones_; }
  // Which of them the character is.
  size_t OneOf(char16_t c) const { return one_by_character_[c]; }

  // True at few more places than those at which FindAt() finds something.
  bool MayFindAt(const char16_t* p) const {
    const uint32_t key = KeyOf(p);
    const Slot& slot = SlotOf(key);
    return (slot.key == key) & (slot.go_on >> (p[2] % kBits) & 1);
  }

  // Calls found(number) for each string of two characters and more that the
  // text from `p` to `end` begins with; letters of ASCII may be in either case.
  template <typename Found>
  ABSL_ATTRIBUTE_ALWAYS_INLINE void FindAt(const char16_t* p,
                                           const char16_t* end,
                                           const Found& found) const {
    if (end - p < 2 || !MayFindAt(p)) return;
    const Range& range = ranges_[&SlotOf(KeyOf(p)) - slots_.data()];
    // Behind the end stands a zero, as in no string.
    const char16_t third = p[2];
    const Entry* const last = entries_.data() + range.end;
    for (const Entry* entry = entries_.data() + range.begin; entry != last;
         ++entry) {
      if (entry->third == 0 || ((third | entry->third_case) == entry->third &&
                                GoesOn(p, end, *entry))) {
        found(entry->number);
      }
    }
  }

 private:
  static constexpr size_t kBits = 64;
  static constexpr size_t kPlane = 0x10000;

  static char16_t ToLower(char16_t c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char16_t>(c | 0x20) : c;
  }
  static uint32_t KeyOf(const char16_t* p) {
    uint32_t key;
    std::memcpy(&key, p, sizeof(key));
    return key;
  }
  static uint32_t Hash(uint32_t key) { return key * 0x9E3779B1u; }

  // A string: what stands in `characters_` behind the first two.
  struct Entry {
    int number = 0;
    uint32_t begin = 0;
    uint32_t size = 0;
    // The first of them, 0 if there are none; and the bit that tells its upper
    // case from its lower one, if it has both.
    char16_t third = 0;
    char16_t third_case = 0;
  };

  bool GoesOn(const char16_t* p, const char16_t* end,
              const Entry& entry) const {
    p += 2;
    if (static_cast<size_t>(end - p) < entry.size) return false;
    const char16_t* const tail = characters_.data() + entry.begin;
    for (size_t i = 1; i < entry.size; ++i) {
      if (ToLower(p[i]) != tail[i]) return false;
    }
    return true;
  }

  // The strings with the same two first characters, in one case each: a range
  // of entries_ with the slot's number in ranges_.
  struct Slot {
    // A bit for each way in which one of them may go on behind the two.
    uint64_t go_on = 0;
    // 0 if it is not used.
    uint32_t key = 0;
    // Another one has its place behind this one, which was taken.
    bool crowded = false;
  };
  struct Range {
    size_t begin = 0;
    size_t end = 0;
  };

  // The slot of the key; another one if there is none.
  const Slot& SlotOf(uint32_t key) const {
    size_t at = Hash(key) >> shift_;
    while (slots_[at].crowded && slots_[at].key != key) [[unlikely]] {
        at = (at + 1) & (slots_.size() - 1);
      }
    return slots_[at];
  }

  One& AddOne(char16_t c);

  std::vector<std::string> literals_;
  catalog::PairFilter filter_;
  // The first is none.
  std::vector<One> ones_;
  // By character: a number in ones_.
  std::vector<uint16_t> one_by_character_;
  std::u16string characters_;
  // Those of two characters and more, with one key in a row.
  std::vector<Entry> entries_;
  // Open addressing; a power of two of them, less than an eighth in use.
  std::vector<Slot> slots_;
  std::vector<Range> ranges_;
  int shift_ = 31;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_LITERAL_FINDER_H_
