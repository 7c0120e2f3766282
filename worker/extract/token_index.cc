// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/token_index.h"

namespace gongkai::extract {

void TokenIndex::Reset(absl::Span<const Token> tokens) {
  if (labels_.size() < tokens.size()) {
    labels_.resize(tokens.size());
    texts_.resize(tokens.size());
  }
  // Every place is written to both and counted where it belongs: which kind
  // follows which cannot be guessed.
  int* label = labels_.data();
  int* text = texts_.data();
  for (size_t t = 0; t < tokens.size(); ++t) {
    const TokenKind kind = tokens[t].kind;
    *label = *text = static_cast<int>(t);
    label += kind == TokenKind::kLabel;
    text += kind == TokenKind::kText || kind == TokenKind::kProse;
  }
  label_count_ = label - labels_.data();
  text_count_ = text - texts_.data();
}

}  // namespace gongkai::extract
