// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/side_by_side.h
//
// Binds a table whose rows are printed side by side in one line of values
// below their labels, as the table of disputes.

#ifndef GONGKAI_WORKER_EXTRACT_SIDE_BY_SIDE_H_
#define GONGKAI_WORKER_EXTRACT_SIDE_BY_SIDE_H_

#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "worker/extract/binding.h"
#include "worker/extract/labels.h"
#include "worker/extract/readings.h"
#include "worker/extract/tokens.h"

namespace gongkai::extract {

// Where the table stands, as a range of tokens; empty if it was not found.
struct TokenRange {
  int begin = 0;
  int end = 0;
  bool empty() const { return begin == end; }
};

// Keeps its memory between tables. Not thread-safe.
class SideBySideBinder {
 public:
  SideBySideBinder(const LabelIndex& labels, Tokenizer* tokenizer)
      : labels_(labels), tokenizer_(*tokenizer) {}

  // Looks for the table among the tokens [from, limit) and sets the readings
  // of its rows, which are all or none: the values are bound in order if they
  // are just as many as the cells and stand together, or if every row's own
  // sum proves the order. Returns how it went.
  RowOutcome Bind(absl::Span<const Token> tokens, v1::Table table,
                  absl::Span<const catalog::FormRow* const> rows, int from,
                  int limit, Blanks blanks, Readings* readings);

  // Of the last call: where the table stands.
  TokenRange range() const { return range_; }

 private:
  bool FindHeader(absl::Span<const Token> tokens, v1::Table table, int from,
                  int limit);
  void CollectGridRow(absl::Span<const Token> tokens, int limit);
  void KeepHeadedColumns(absl::Span<const Token> tokens, size_t cells);
  void CollectStream(absl::Span<const Token> tokens, int limit);
  bool EndsBlank(absl::Span<const Token> tokens, int window, int cells) const;
  int ChooseWindow(absl::Span<const Token> tokens, int cells) const;

  const LabelIndex& labels_;
  Tokenizer& tokenizer_;
  TokenRange range_;
  int header_end_ = 0;
  // The value tokens, and whether no label stands between them.
  std::vector<int> values_;
  bool together_ = true;
  // True if the grid has more values than cells, and its columns do not tell
  // which of them are the cells'.
  bool in_doubt_ = false;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_SIDE_BY_SIDE_H_
