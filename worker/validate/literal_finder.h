// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/literal_finder.h
//
// Finds the places of a text at which any of many strings begin. Private to
// validate.
//
//   LiteralFinder finder;
//   const int fee = finder.Add("信息处理费");
//   finder.Build();
//   for (const char* p = begin; (p = finder.Next(p, end)) != end;
//        p += CharacterSize(*p)) {
//     finder.FindAt(p, end, [](int literal) { … });
//   }

#ifndef GONGKAI_WORKER_VALIDATE_LITERAL_FINDER_H_
#define GONGKAI_WORKER_VALIDATE_LITERAL_FINDER_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace gongkai::validate {

// The bytes of the character that begins with this one.
inline ptrdiff_t CharacterSize(char first) {
  const unsigned char lead = static_cast<unsigned char>(first);
  if (lead < 0xC0) return 1;
  return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

// Most characters of a text begin none of the strings, and a mark for each that
// does passes over them in about a nanosecond. Of the places that are left a
// mark for the first two characters (six bytes) turns away nearly all. Shorter
// strings are kept by their first three bytes, or by their first one.
class LiteralFinder {
 public:
  // Takes a string, not empty, in lower case, and returns its number, from 0 up
  // and the same for equal strings. Not after Build().
  int Add(absl::string_view literal);

  // Takes a character at which to stop although no string may begin with it.
  void StopAt(absl::string_view character);

  // Readies it for the following.
  void Build();

  // The first character from `p` on that may begin one of the strings, or at
  // which to stop; `end` if there is none. `p` must be at a character's first
  // byte.
  const char* Next(const char* p, const char* end) const {
    for (;;) {
      // Nearly all of a Chinese text: characters of three bytes.
      constexpr ptrdiff_t kTooFew = sizeof(uint64_t) - 1;
      const char* const tail = end - std::min(kTooFew, end - p);
      for (; p < tail; p += 3) {
        uint64_t word;
        std::memcpy(&word, p, sizeof(word));
        if ((word & 0xF0) != 0xE0) break;
        const uint8_t begins = begins_[BeginIndex(static_cast<uint32_t>(word))];
        if (begins != 0 &&
            ((begins & (kBeginsShort | kStops)) != 0 ||
             (filter_[FilterIndex((word | kLowerCase) & kMasks[0])] & 1) !=
                 0)) {
          return p;
        }
      }
      if (p >= end) return end;
      const unsigned char lead = static_cast<unsigned char>(*p);
      if (leads_[lead]) return p;
      p += CharacterSize(*p);
    }
  }

  // Calls found(number) for each string that the text from `p` to `end` begins
  // with; letters of ASCII may be in either case.
  template <typename Found>
  ABSL_ATTRIBUTE_ALWAYS_INLINE void FindAt(const char* p, const char* end,
                                           const Found& found) const {
    const uint64_t exact = Load(p, end);
    const uint64_t word = exact | kLowerCase;
    // One branch for all keys: it is hardly ever taken. Strings of one or two
    // bytes begin with no Chinese character.
    int may_begin = (filter_[FilterIndex(word & kMasks[0])] & 1) |
                    (filter_[FilterIndex(word & kMasks[1])] & 2);
    if (static_cast<unsigned char>(*p) < 0xE0) {
      may_begin |= filter_[FilterIndex(word & kMasks[2])] & 4;
    }
    for (; may_begin != 0; may_begin &= may_begin - 1) {
      const Slot& slot = Find(
          word & kMasks[std::countr_zero(static_cast<unsigned>(may_begin))]);
      if ((slot.go_on >> GoOnIndex(exact) & 1) == 0) continue;
      const Entry* const last = entries_.data() + slot.end;
      for (const Entry* entry = entries_.data() + slot.begin; entry != last;
           ++entry) {
        if (((exact ^ entry->head) & entry->mask) == 0 &&
            (entry->whole || BeginsWith(p, static_cast<size_t>(end - p),
                                        literals_[entry->number]))) {
          found(entry->number);
        }
      }
    }
  }

 private:
  // Keys of six bytes, of three, and of one.
  static constexpr int kKinds = 3;
  static constexpr uint64_t kMasks[kKinds] = {0xFFFFFFFFFFFF, 0xFFFFFF, 0xFF};
  static constexpr int kFilterBits = 14;
  static constexpr int kBeginBits = 12;

  // The bit that tells lower from upper case, in every byte.
  static constexpr uint64_t kLowerCase = 0x2020202020202020u;

  // The first eight bytes as one number; zeros behind the end.
  static uint64_t Load(const char* p, const char* end) {
    uint64_t word = 0;
    if (end - p >= static_cast<ptrdiff_t>(sizeof(word))) {
      std::memcpy(&word, p, sizeof(word));
    } else {
      std::memcpy(&word, p, static_cast<size_t>(end - p));
    }
    return word;
  }

  static uint64_t HeadOf(const std::string& literal) {
    return Load(literal.data(), literal.data() + literal.size());
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

  // By the seventh and eighth byte, which are of a third character: many
  // strings begin with the same two.
  static int GoOnIndex(uint64_t head) {
    return static_cast<int>((head >> 48) * 0x9E3779B97F4A7C15u >> 58);
  }

  // Of a character of three bytes, the first three of the word.
  static uint32_t BeginIndex(uint32_t word) {
    return (word << 8) * 0x9E3779B1u >> (32 - kBeginBits);
  }

  // A string, and how to tell by its first eight bytes that it is not there.
  struct Entry {
    int number = 0;
    // Or by them alone that it is.
    bool whole = false;
    uint64_t head = 0;
    // Zero in the bytes behind the string's end.
    uint64_t mask = 0;
  };

  Entry MakeEntry(int number) const;

  // Notes how a text that is to be stopped at begins.
  void Mark(absl::string_view text, uint8_t begins);

  // The strings with a key, by their places in entries_; none if it is not
  // used.
  struct Slot {
    uint64_t key = 0;
    // A bit for each way in which one of them may go on behind six bytes.
    uint64_t go_on = 0;
    int begin = 0;
    int end = 0;
  };

  const Slot& Find(uint64_t key) const {
    size_t at = Hash(key) >> shift_;
    while (slots_[at].end != 0 && slots_[at].key != key) {
      at = (at + 1) & (slots_.size() - 1);
    }
    return slots_[at];
  }

  // What kinds of strings begin with a character of three bytes.
  static constexpr uint8_t kBeginsShort = 1;
  static constexpr uint8_t kBeginsLong = 2;
  // To stop there anyway.
  static constexpr uint8_t kStops = 4;

  std::vector<Literal> literals_;
  // All strings, those with one key in a row.
  std::vector<Entry> entries_;
  // By a hash of a character of three bytes.
  std::array<uint8_t, 1 << kBeginBits> begins_ = {};
  // By a character's first byte: the same for other characters, and for those
  // of three bytes if the text ends with them.
  std::array<bool, 256> leads_ = {};
  // By a hash of the key: a bit for each kind of which there may be strings
  // with it.
  std::array<uint8_t, 1 << kFilterBits> filter_ = {};
  // Open addressing; a power of two of them, less than half in use.
  std::vector<Slot> slots_;
  int shift_ = 63;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_LITERAL_FINDER_H_
