// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/token_index.h
//
// Where labels and texts stand among the tokens of a document. Most tokens are
// values, which those who look for labels or texts need not walk over.

#ifndef GONGKAI_WORKER_EXTRACT_TOKEN_INDEX_H_
#define GONGKAI_WORKER_EXTRACT_TOKEN_INDEX_H_

#include <vector>

#include "absl/types/span.h"
#include "worker/extract/tokens.h"

namespace gongkai::extract {

// Keeps its memory between documents.
class TokenIndex {
 public:
  TokenIndex() = default;
  explicit TokenIndex(absl::Span<const Token> tokens) { Reset(tokens); }

  // Replaces all by what these tokens are.
  void Reset(absl::Span<const Token> tokens);

  // The places of the tokens that are kLabel, in their order.
  absl::Span<const int> labels() const {
    return absl::MakeConstSpan(labels_).subspan(0, label_count_);
  }

  // Of those that are kText or kProse.
  absl::Span<const int> texts() const {
    return absl::MakeConstSpan(texts_).subspan(0, text_count_);
  }

 private:
  // Grown before they are written to; the first so many mean something.
  std::vector<int> labels_;
  std::vector<int> texts_;
  size_t label_count_ = 0;
  size_t text_count_ = 0;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_TOKEN_INDEX_H_
