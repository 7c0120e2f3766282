// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/claim_scanner.h
//
// The sentences of a paragraph: their words of the grammar, the numbers with
// their units, and the marks between clauses. Private to extract.

#ifndef GONGKAI_WORKER_EXTRACT_CLAIM_SCANNER_H_
#define GONGKAI_WORKER_EXTRACT_CLAIM_SCANNER_H_

#include <cstdint>
#include <vector>

#include "worker/extract/claim_grammar.h"
#include "worker/extract/claim_text.h"

namespace gongkai::extract {

enum class ClaimMark : uint8_t {
  kWord,    // a word of a class
  kNumber,  // a number with its unit
  kYear,    // a year in digits
  kItem,    // between items of an enumeration
  kColon,
  kClause,
  kHalf,  // a semicolon
  kStop,  // the end of a sentence
  kOpen,  // brackets
  kClose,
};

struct ClaimItem {
  // kNumber and kYear.
  int64_t digits = 0;
  // Characters of the text.
  uint32_t begin = 0;
  uint32_t end = 0;
  // kNumber: where the unit begins.
  uint32_t unit = 0;
  // kWord: its class. kNumber: the class of its unit, -1 if it has none.
  int16_t word_class = -1;
  ClaimMark mark = ClaimMark::kWord;
  bool approximate = false;
  // Digits behind the point of `digits`.
  int8_t scale = 0;
};

// The words of a sentence: at each place the longest that begins there, also
// within others. Keeps its memory from sentence to sentence.
class SentenceWords {
 public:
  explicit SentenceWords(const ClaimWords& words) : words_(words) {}

  // Replaces them by those of text[begin, end), none of which go on behind it.
  void Read(const ClaimText& text, size_t begin, size_t end);

  // The word that begins at the place, or at the sentence's end.
  ClaimWord At(size_t at) const {
    if (at >= end_ || !text_->MayBeginWord(at)) return {};
    return found_[at - begin_];
  }

  // Those that subjects can name.
  WordSet all() const { return all_; }
  // True if one opens a list of parts.
  bool parts() const { return parts_; }

  size_t begin() const { return begin_; }
  size_t end() const { return end_; }
  const ClaimText& text() const { return *text_; }

 private:
  const ClaimWords& words_;
  const ClaimText* text_ = nullptr;
  size_t begin_ = 0;
  size_t end_ = 0;
  // By their places from begin_ on; where none may begin, whatever was there.
  std::vector<ClaimWord> found_;
  WordSet all_ = 0;
  bool parts_ = false;
};

// Replaces *items by those of the sentence, in its order. What stands in book
// title marks or in the brackets of document numbers is passed over. The
// paragraph begins at that character.
void ScanClaims(const ClaimWords& words, const SentenceWords& sentence,
                size_t paragraph, std::vector<ClaimItem>* items);

// A sentence of a text: where it ends, behind its full stop, and whether
// anything in it can be a claim.
struct ClaimSentence {
  size_t end = 0;
  bool states = false;
};
ClaimSentence NextSentence(const ClaimWords& words, const ClaimText& text,
                           size_t begin, size_t end);

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_CLAIM_SCANNER_H_
