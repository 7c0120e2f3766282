// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/anchors.h"

#include <algorithm>

namespace gongkai::extract {
namespace {

// How much a candidate weighs in a chain.
constexpr int kExact = 4;
constexpr int kPrefix = 3;
constexpr int kFuzzy = 2;
// A label with values behind it weighs more than several without: where labels
// and values were torn apart, the labels in their place are wanted.
constexpr int kWithValues = 20;

// How far behind a label its values may begin: the rest of a wrapped label and
// group labels stand between.
constexpr size_t kReach = 6;

bool HasValues(absl::Span<const Token> tokens, size_t label) {
  for (size_t t = label + 1; t < tokens.size() && t <= label + kReach; ++t) {
    const Token& token = tokens[t];
    if (token.IsValue()) return true;
    if (token.kind == TokenKind::kProse) return false;
    if (token.kind == TokenKind::kLabel &&
        token.label->row != v1::ROW_UNSPECIFIED && !token.label->heads) {
      return false;
    }
  }
  return false;
}

}  // namespace

int AnchorFinder::Find(absl::Span<const Token> tokens, const TokenIndex& index,
                       const PrintedRows& rows, std::vector<Anchor>* anchors) {
  static const RowState kUnknown;
  tokens_ = tokens;
  candidates_.clear();
  rows_.assign(rows.size(), kUnknown);
  CollectExact(index, rows);
  ChooseStandIns(rows);
  const bool missing = std::any_of(
      rows_.begin(), rows_.end(),
      [](const RowState& row) { return row.active && row.candidates == 0; });
  if (missing) {
    CollectInexact(index, rows);
    ChooseStandIns(rows);
  }
  ChooseChain();
  anchors->clear();
  int repeated = 0;
  for (int r = 0; r < rows.size(); ++r) {
    const RowState& row = rows_[r];
    if (!row.active) continue;
    Anchor& anchor = anchors->emplace_back();
    anchor.row = &rows[r];
    anchor.token = row.token;
    anchor.displaced = row.token < 0 && row.candidates > 0;
    anchor.fuzzy = row.fuzzy;
    repeated += row.candidates > 1;
  }
  return repeated;
}

void AnchorFinder::Add(int token, int row, int weight) {
  Candidate& candidate = candidates_.emplace_back();
  candidate.token = token;
  candidate.row = row;
  candidate.weight = weight + HasValues(tokens_, token) * kWithValues;
}

void AnchorFinder::CollectExact(const TokenIndex& index,
                                const PrintedRows& rows) {
  for (const int t : index.labels()) {
    const int r = rows.PlaceOf(tokens_[t].label->row);
    if (r < 0) continue;
    ++rows_[r].candidates;
    Add(t, r, kExact);
  }
}

// Adds the text tokens for which lookup() gives a row that no candidate has
// yet.
template <typename Lookup>
void AnchorFinder::AddInexact(const TokenIndex& index, const PrintedRows& rows,
                              int weight, Lookup lookup) {
  const size_t before = candidates_.size();
  for (const int t : index.texts()) {
    if (tokens_[t].kind != TokenKind::kText) continue;
    const int r = rows.PlaceOf(lookup(tokens_[t]));
    if (r >= 0 && rows_[r].candidates == 0) Add(t, r, weight);
  }
  for (size_t c = before; c < candidates_.size(); ++c) {
    ++rows_[candidates_[c].row].candidates;
  }
}

void AnchorFinder::CollectInexact(const TokenIndex& index,
                                  const PrintedRows& rows) {
  // Fuzzy labels are looked for only if prefixes leave a row without any.
  AddInexact(index, rows, kPrefix, [&](const Token& token) {
    return token.may_begin_label
               ? labels_.RowByPrefix(tokenizer_.Normalized(token))
               : v1::ROW_UNSPECIFIED;
  });
  const bool missing = std::any_of(
      rows_.begin(), rows_.end(),
      [](const RowState& row) { return row.active && row.candidates == 0; });
  if (missing) {
    AddInexact(index, rows, kFuzzy, [&](const Token& token) {
      return labels_.RowByDistance(tokenizer_.Normalized(token));
    });
  }
  std::sort(
      candidates_.begin(), candidates_.end(),
      [](const Candidate& a, const Candidate& b) { return a.token < b.token; });
}

// Of a row and the rows that it stands for, a report prints one or the other;
// where both labels are there, the one that also heads a group does so here.
void AnchorFinder::ChooseStandIns(const PrintedRows& rows) {
  for (const auto& [a, b] : rows.stand_ins()) {
    if (rows_[a].candidates == 0) {
      rows_[a].active = false;
    } else if (rows_[b].candidates == 0) {
      rows_[b].active = false;
    } else {
      for (const Candidate& candidate : candidates_) {
        const Label* const label = tokens_[candidate.token].label;
        if ((candidate.row == a || candidate.row == b) && label != nullptr &&
            label->heads) {
          rows_[candidate.row].active = false;
        }
      }
    }
  }
  // A row that stands for several is absent only if one of them is printed;
  // the others then count as missing rows of the form.
  for (const auto& [a, b] : rows.stand_ins()) {
    if (!rows_[a].active && rows_[b].candidates == 0) rows_[b].active = true;
  }
}

// Keeps, of all candidates, the chain in which tokens and rows both ascend and
// that weighs most; of several, the one whose candidates stand last.
void AnchorFinder::ChooseChain() {
  const auto heavier = [this](int a, int b) {
    return a >= 0 && (b < 0 || candidates_[a].chain > candidates_[b].chain ||
                      (candidates_[a].chain == candidates_[b].chain && a > b));
  };
  const int count = static_cast<int>(candidates_.size());
  int best = -1;
  for (int begin = 0; begin < count;) {
    // The candidates at the same token do not come behind one another.
    int end = begin;
    while (end < count && candidates_[end].token == candidates_[begin].token) {
      Candidate& candidate = candidates_[end++];
      if (!rows_[candidate.row].active) continue;
      if (best >= 0 && candidates_[best].row < candidate.row) {
        candidate.previous = best;  // nearly always: rows come in order
      } else {
        for (int row = 0; row < candidate.row; ++row) {
          if (heavier(rows_[row].heaviest, candidate.previous)) {
            candidate.previous = rows_[row].heaviest;
          }
        }
      }
      candidate.chain = candidate.weight;
      if (candidate.previous >= 0) {
        candidate.chain += candidates_[candidate.previous].chain;
      }
    }
    for (; begin < end; ++begin) {
      RowState& row = rows_[candidates_[begin].row];
      if (!row.active) continue;
      if (heavier(begin, row.heaviest)) row.heaviest = begin;
      if (heavier(begin, best)) best = begin;
    }
  }
  for (int c = best; c >= 0; c = candidates_[c].previous) {
    const Candidate& candidate = candidates_[c];
    rows_[candidate.row].token = candidate.token;
    rows_[candidate.row].fuzzy = candidate.weight % kWithValues == kFuzzy;
  }
}

}  // namespace gongkai::extract
