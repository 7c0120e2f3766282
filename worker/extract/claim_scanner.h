// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/claim_scanner.h
//
// One pass over a paragraph: the words of the grammar, the numbers with their
// units, and the marks between clauses. Private to extract.

#ifndef GONGKAI_WORKER_EXTRACT_CLAIM_SCANNER_H_
#define GONGKAI_WORKER_EXTRACT_CLAIM_SCANNER_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "worker/extract/claim_grammar.h"

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
  ClaimMark mark = ClaimMark::kWord;
  bool approximate = false;
  // Digits behind the point of `digits`.
  int8_t scale = 0;
  // kWord: its class. kNumber: the class of its unit, -1 if it has none.
  int16_t word_class = -1;
  uint32_t begin = 0;
  uint32_t end = 0;
  // kNumber: where the unit begins.
  uint32_t unit = 0;
  // kNumber and kYear.
  int64_t digits = 0;
};

// Replaces *items by those of text[begin, end), in its order. What stands in
// book title marks or in the brackets of document numbers is passed over.
void ScanClaims(const ClaimWords& words, std::string_view text, size_t begin,
                size_t end, std::vector<ClaimItem>* items);

// A sentence of a text: where it ends, behind its full stop, and whether
// anything in it can be a claim.
struct ClaimSentence {
  size_t end = 0;
  bool states = false;
};
ClaimSentence NextSentence(const ClaimWords& words, std::string_view text,
                           size_t begin);

// True if nothing but blanks and quotation marks stands in the text.
bool IsBlank(std::string_view text);

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_CLAIM_SCANNER_H_
