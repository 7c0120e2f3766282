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

// The rows that a table of this form may print, in printed order: rows beside
// the form stand before the first row that they stand for.
std::vector<const catalog::FormRow*> PrintedOrder(const catalog::Form& form,
                                                  v1::Table table);

// Keeps its memory between documents. Not thread-safe.
class AnchorFinder {
 public:
  AnchorFinder(const LabelIndex& labels, Tokenizer* tokenizer)
      : labels_(labels), tokenizer_(*tokenizer) {}

  // Replaces *anchors by one for each row that the document prints or should
  // print: of rows that stand for each other, those it prints. Returns how
  // many row labels occur more than once.
  int Find(absl::Span<const Token> tokens,
           absl::Span<const catalog::FormRow* const> rows,
           std::vector<Anchor>* anchors);

 private:
  struct Candidate {
    int token;
    int row;  // an index into rows
    int weight;
    // The heaviest chain that ends here, and the candidate before.
    int chain = 0;
    int previous = -1;
  };

  void CollectExact(absl::Span<const Token> tokens,
                    absl::Span<const catalog::FormRow* const> rows);
  void CollectInexact(absl::Span<const Token> tokens,
                      absl::Span<const catalog::FormRow* const> rows);
  template <typename Lookup>
  void AddInexact(absl::Span<const Token> tokens,
                  absl::Span<const catalog::FormRow* const> rows, int weight,
                  Lookup lookup);
  void ChooseStandIns(absl::Span<const Token> tokens,
                      absl::Span<const catalog::FormRow* const> rows);
  void ChooseChain();

  const LabelIndex& labels_;
  Tokenizer& tokenizer_;
  std::vector<Candidate> candidates_;
  // By row: how many candidates, whether it takes part, the chosen token.
  std::vector<int> count_;
  std::vector<char> active_;
  std::vector<int> chosen_;
  // By row: whether the chosen label is fuzzy.
  std::vector<char> fuzzy_;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_ANCHORS_H_
