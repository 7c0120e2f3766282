// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/doc/properties.h
//
// The properties of characters and paragraphs, by the place of a character in
// the main stream. Word keeps them in pages of 512 bytes, found through a table
// by place.

#ifndef GONGKAI_WORKER_INPUT_DOC_PROPERTIES_H_
#define GONGKAI_WORKER_INPUT_DOC_PROPERTIES_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "worker/input/doc/row_shape.h"
#include "worker/input/doc/word_file.h"

namespace gongkai::input {

// Characters in a row, from `begin` to `end` in the main stream, that share
// their properties.
struct CharacterRun {
  uint32_t begin = 0;
  uint32_t end = 0;
  bool hidden = false;  // or deleted by a tracked change
  bool special = false;
  char16_t symbol = 0;  // what a special 0x28 stands for; 0 if it is none
};

// Tables inside each other, at most: Word's own pages stay far below, and what
// reads them may recurse so deep.
inline constexpr int kMaxTableDepth = 16;

// What a paragraph's mark says of it.
struct ParagraphMark {
  int depth = 0;           // of tables around it, at most kMaxTableDepth
  bool ends_cell = false;  // of an inner table
  bool ends_row = false;
  int list = 0;        // the use of a list (numbering.h); 0 for none
  int list_level = 0;  // from 0
  RowShape shape;      // where it ends a row
};

class Properties {
 public:
  // `word` must outlive this.
  explicit Properties(const WordFile& word) : word_(word) {}

  // The run that holds the character at `place`, under the piece's modifiers.
  // Within a piece, valid up to its end.
  CharacterRun CharactersAt(uint32_t place, std::string_view modifiers) const;

  // The mark at `place`, under the piece's modifiers. False when the marks
  // refer to more properties elsewhere than kMaxElsewhere: the file is hostile.
  bool MarkAt(uint32_t place, std::string_view modifiers, ParagraphMark* mark);

 private:
  struct Run {
    uint32_t begin;
    uint32_t end;
    std::string_view group;
  };
  enum class Kind { kCharacters, kParagraphs };

  Run FindRun(std::string_view pages, Kind kind, uint32_t place) const;

  const WordFile& word_;
  uint64_t elsewhere_ = 0;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOC_PROPERTIES_H_
