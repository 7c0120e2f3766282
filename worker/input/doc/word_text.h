// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/doc/word_text.h
//
// The main text of a Word document, character by character.

#ifndef GONGKAI_WORKER_INPUT_DOC_WORD_TEXT_H_
#define GONGKAI_WORKER_INPUT_DOC_WORD_TEXT_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "worker/input/doc/block_writer.h"
#include "worker/input/doc/numbering.h"
#include "worker/input/doc/properties.h"
#include "worker/input/doc/word_file.h"

namespace gongkai::input {

// Decodes the text, leaves out what is not shown and hands the rest on.
class WordText {
 public:
  // Both must outlive this.
  WordText(const WordFile& word, BlockWriter* writer)
      : word_(word),
        properties_(word),
        numbering_(word.lists, word.list_uses),
        writer_(*writer) {}

  // False when a limit of the paragraphs or their properties is exceeded.
  bool Read();

  // True if the text holds a picture.
  bool has_pictures() const { return has_pictures_; }

 private:
  bool ReadPiece(const TextPiece& piece);
  bool TakeMark(char16_t code, uint32_t place, const TextPiece& piece);
  void TakeFieldMark(char16_t code);
  void TakeCharacter(char16_t code);
  void TakeShown(char16_t code);
  void EndSurrogate();

  const WordFile& word_;
  Properties properties_;
  DocNumbering numbering_;
  BlockWriter& writer_;
  CharacterRun run_;
  // The fields that are open: true while in a field's instruction.
  std::vector<bool> fields_;
  int instructions_ = 0;
  char16_t surrogate_ = 0;  // the first half of a pair
  bool has_pictures_ = false;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOC_WORD_TEXT_H_
