// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/doc/word_file.h
//
// Where the parts of a binary Word document stand ([MS-DOC]): its file
// information block and its piece table.

#ifndef GONGKAI_WORKER_INPUT_DOC_WORD_FILE_H_
#define GONGKAI_WORKER_INPUT_DOC_WORD_FILE_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "worker/input/doc/compound_file.h"

namespace gongkai::input {

// Characters that stand in a row in the main stream.
struct TextPiece {
  uint32_t count = 0;   // characters
  uint32_t offset = 0;  // of the first, in bytes
  // One byte a character (Windows-1252) instead of two (UTF-16).
  bool compressed = false;
  // Property modifiers for all of it, as a fast save leaves them.
  std::string_view modifiers;

  uint32_t width() const { return compressed ? 1 : 2; }
};

// Views into the compound file's streams.
struct WordFile {
  std::string_view main;  // the stream WordDocument
  std::string_view data;  // the stream Data, where there is one
  // The main text, without foot notes, headers and text boxes, in order. All
  // pieces are inside `main`; together they are no longer than it.
  std::vector<TextPiece> pieces;
  // Tables of the pages that hold the properties of paragraphs and characters.
  std::string_view paragraph_pages;
  std::string_view character_pages;
  // Lists with what follows them in their stream, and their uses; empty if
  // there are none.
  std::string_view lists;
  std::string_view list_uses;
};

// Reads both out of the compound file, which must outlive *word.
//
// Errors are rejections (rejection.h):
//   UNSUPPORTED_FORMAT  no Word document but something else, which the sentence
//                       names; an encrypted one; one of Word 95 or older
//   MALFORMED           streams cut off, pieces that leave them or overlap
absl::Status OpenWordFile(CompoundFile* file, WordFile* word);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOC_WORD_FILE_H_
