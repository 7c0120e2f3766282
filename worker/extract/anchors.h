// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/anchors.h
//
// Finds the rows of a table by their labels, in the order of the form: exactly
// where it can, and for the rest by a prefix (labels wrap) or with a few
// characters wrong.

#ifndef GONGKAI_WORKER_EXTRACT_ANCHORS_H_
#define GONGKAI_WORKER_EXTRACT_ANCHORS_H_

#include <vector>

#include "absl/types/span.h"
#include "worker/catalog/catalog.h"
#include "worker/extract/labels.h"
#include "worker/extract/printed_rows.h"
#include "worker/extract/token_index.h"
#include "worker/extract/tokens.h"

namespace gongkai::extract {

// A row of the form and the token of its label.
struct Anchor {
  const catalog::FormRow* row = nullptr;
  // An index into the tokens; -1 if the label was not found in its place.
  int token = -1;
  // True if the label stands somewhere, but out of the form's order.
  bool displaced = false;
  // True if a few characters of the label are wrong.
  bool fuzzy = false;
};

// Keeps its memory between documents. Not thread-safe.
class AnchorFinder {
 public:
  AnchorFinder(const LabelIndex& labels, Tokenizer* tokenizer)
      : labels_(labels), tokenizer_(*tokenizer) {}

  // Replaces *anchors by one for each row that the document prints or should
  // print: of rows that stand for each other, those it prints. Returns how
  // many row labels occur more than once.
  int Find(absl::Span<const Token> tokens, const TokenIndex& index,
           const PrintedRows& rows, std::vector<Anchor>* anchors);

 private:
  // A label that a row of the form may have.
  struct Candidate {
    int token = 0;
    int row = 0;  // its place among the rows
    int weight = 0;
    // The heaviest chain that ends here, and the candidate before; 0 if its row
    // does not take part.
    int chain = 0;
    int previous = -1;
  };

  // What is known of a row.
  struct RowState {
    int candidates = 0;
    bool active = true;  // takes part
    // The label that was chosen.
    int token = -1;
    bool fuzzy = false;
    // The heaviest chain so far that ends at one of its candidates: the last of
    // these, -1 for none.
    int heaviest = -1;
  };

  void Add(int token, int row, int weight);
  void CollectExact(const TokenIndex& index, const PrintedRows& rows);
  void CollectInexact(const TokenIndex& index, const PrintedRows& rows);
  template <typename Lookup>
  void AddInexact(const TokenIndex& index, const PrintedRows& rows, int weight,
                  Lookup lookup);
  void ChooseStandIns(const PrintedRows& rows);
  void ChooseChain();

  const LabelIndex& labels_;
  Tokenizer& tokenizer_;
  absl::Span<const Token> tokens_;
  std::vector<Candidate> candidates_;
  std::vector<RowState> rows_;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_ANCHORS_H_
