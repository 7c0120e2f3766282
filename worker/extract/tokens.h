// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/tokens.h
//
// The document as one sequence of classified pieces, whatever its layout: the
// alphabet in which the rest of this room reads.

#ifndef GONGKAI_WORKER_EXTRACT_TOKENS_H_
#define GONGKAI_WORKER_EXTRACT_TOKENS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "worker/extract/known_texts.h"
#include "worker/extract/labels.h"
#include "worker/extract/normalize.h"
#include "worker/extract/value.h"
#include "worker/input/document.h"

namespace gongkai::extract {

enum class TokenKind : uint8_t {
  kBlank,          // an empty cell
  kNumber,         // a number
  kNotApplicable,  // a dash or the like
  kLabel,          // a label of some form
  kPageNumber,     // a page number between two parts of a table
  kText,           // short text that is none of these
  kProse,          // a paragraph too long for a label
};

struct Token {
  TokenKind kind = TokenKind::kText;
  input::BlockKind block_kind = input::BlockKind::kParagraph;
  // True for kLabel whose text goes on with digits that are glued to it.
  bool glued = false;
  // False for kText that begins like no label, so that none needs to be looked
  // for in it.
  bool may_begin_label = true;
  // The cell's column of the grid, from 0, where the format tells every cell's
  // place (input::Block::placed); -1 elsewhere.
  int32_t column = -1;
  // Tokens with the same number stand in one Row of the document.
  uint32_t row = 0;
  std::string_view text;
  // For kNumber; kind agrees with `kind`.
  Value value;
  // For kLabel.
  const Label* label = nullptr;

  // True if the format tells the cell's place.
  bool IsPlaced() const { return column >= 0; }

  // True if the token can be the content of a value cell.
  bool IsValue() const {
    return kind == TokenKind::kBlank || kind == TokenKind::kNumber ||
           kind == TokenKind::kNotApplicable;
  }
};

// Keeps its memory between documents. Not thread-safe.
class Tokenizer {
 public:
  Tokenizer(const Normalizer& normalizer, const LabelIndex& labels,
            const ValueParser& values)
      : normalizer_(normalizer),
        labels_(labels),
        values_(values),
        known_(labels, normalizer, values) {}

  // Replaces *tokens by those of the document, in its order.
  void Tokenize(const input::Document& document, std::vector<Token>* tokens);

  // The normalised text of a token; valid until the next call.
  std::string_view Normalized(const Token& token) {
    return normalizer_.Normalize(token.text, &normalized_);
  }

 private:
  void Append(std::string_view text, input::BlockKind kind, int32_t column,
              uint32_t row, std::vector<Token>* tokens);
  void AppendOther(std::vector<Token>* tokens);
  void Classify(Token* token);
  bool ClassifyKnown(Token* token);
  void ClassifyUnknown(Token* token);
  bool ClassifyGlued(Token* token, std::vector<Token>* tokens);
  void SplitLabels(std::vector<Token>* tokens);
  bool SplitLine(std::string_view text, uint32_t row,
                 std::vector<Token>* tokens);

  const Normalizer& normalizer_;
  const LabelIndex& labels_;
  const ValueParser& values_;
  const KnownTexts known_;
  std::string normalized_;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_TOKENS_H_
