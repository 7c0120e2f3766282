// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/claim_text.h
//
// The text of a section as it is searched for claims. Private to extract.

#ifndef GONGKAI_WORKER_EXTRACT_CLAIM_TEXT_H_
#define GONGKAI_WORKER_EXTRACT_CLAIM_TEXT_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "worker/catalog/read_text.h"
#include "worker/extract/claim_grammar.h"

namespace gongkai::extract {

// True for blanks and quotation marks, which may stand between any words.
constexpr bool IsBlank(char16_t c) {
  return c == ' ' || c == 0x3000 || c == 0xA0 || c == '\n' || c == '\t' ||
         c == u'“' || c == u'”' || c == '"' || c == u'‘' || c == u'’';
}

// Its places are counted in characters. Keeps its memory from text to text.
class ClaimText {
 public:
  // Replaces the text, which must outlive its use.
  void Read(const ClaimWords& words, const catalog::CodedText& text);

  size_t size() const { return text_.size; }
  const char16_t* codes() const { return text_.codes; }

  // The character; 0 at the end.
  char16_t At(size_t at, size_t end) const {
    return at < end ? text_.codes[at] : u'\0';
  }

  // As it stands in the text.
  std::string_view Part(size_t begin, size_t end) const {
    return text_.Part(begin, end);
  }

  // Where the characters of a part begin and end in the text, in bytes.
  size_t Byte(size_t at) const { return text_.begins[at]; }

  // The first character at or behind `from` that begins at the byte or behind.
  size_t Find(size_t byte, size_t from) const { return text_.Find(byte, from); }

  // The next such character in [at, end); `end` if there is none.
  size_t Next(char16_t c, size_t at, size_t end) const {
    return text_.Next(c, at, end);
  }

  // The next character in [at, end) at which a word, a numeral or a mark may
  // begin; `end` if there is none. NextStating() passes over those that do not
  // matter to whether a sentence can be a claim.
  size_t NextMeaning(size_t at, size_t end) const {
    return Next(meanings_, at, end);
  }
  size_t NextStating(size_t at, size_t end) const {
    return Next(stating_, at, end);
  }

  // Calls meet(at) for each character in [begin, end) at which a word may
  // begin.
  template <typename Meet>
  void ForEachWord(size_t begin, size_t end, const Meet& meet) const {
    for (size_t at = begin; at < end; at = (at / kBits + 1) * kBits) {
      uint64_t bits = word_begins_[at / kBits] >> (at % kBits);
      if (end - at < kBits) bits &= (uint64_t{1} << (end - at)) - 1;
      for (; bits != 0; bits &= bits - 1) {
        meet(at + static_cast<size_t>(std::countr_zero(bits)));
      }
    }
  }

  // True if the character is one of those that ForEachWord() meets.
  bool MayBeginWord(size_t at) const {
    return (word_begins_[at / kBits] >> (at % kBits) & 1) != 0;
  }

  size_t SkipBlanks(size_t at, size_t end) const {
    while (at < end && IsBlank(text_.codes[at])) ++at;
    return at;
  }

 private:
  static constexpr size_t kBits = catalog::PairFilter::kBlock;

  static size_t Next(const std::vector<uint64_t>& places, size_t at,
                     size_t end) {
    if (at >= end) return end;
    size_t block = at / kBits;
    uint64_t bits = places[block] >> (at % kBits);
    if (bits == 0) {
      const size_t last = (end - 1) / kBits;
      do {
        if (block == last) return end;
        bits = places[++block];
      } while (bits == 0);
      at = block * kBits;
    }
    return std::min(at + static_cast<size_t>(std::countr_zero(bits)), end);
  }

  catalog::CodedText text_;
  // A bit for each character, in blocks of 64.
  std::vector<uint64_t> word_begins_;
  std::vector<uint64_t> meanings_;
  std::vector<uint64_t> stating_;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_CLAIM_TEXT_H_
