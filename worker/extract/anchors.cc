// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/anchors.h"

#include <algorithm>

namespace gongkai::extract {
namespace {

using catalog::FormRow;

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

bool StandsFor(const FormRow& a, const FormRow& b) {
  const auto& rows = a.declaration->stands_for();
  return std::find(rows.begin(), rows.end(), b.row) != rows.end();
}

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

int RowIndex(absl::Span<const FormRow* const> rows, v1::Row row) {
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i]->row == row) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace

std::vector<const FormRow*> PrintedOrder(const catalog::Form& form,
                                         v1::Table table) {
  std::vector<const FormRow*> rows;
  for (const FormRow& own : form.rows()) {
    if (own.table != table || own.beside_form) continue;
    for (const FormRow& other : form.rows()) {
      if (other.table == table && other.beside_form && StandsFor(other, own) &&
          RowIndex(rows, other.row) < 0) {
        rows.push_back(&other);
      }
    }
    rows.push_back(&own);
  }
  return rows;
}

int AnchorFinder::Find(absl::Span<const Token> tokens,
                       absl::Span<const FormRow* const> rows,
                       std::vector<Anchor>* anchors) {
  candidates_.clear();
  count_.assign(rows.size(), 0);
  active_.assign(rows.size(), true);
  chosen_.assign(rows.size(), -1);
  fuzzy_.assign(rows.size(), false);
  CollectExact(tokens, rows);
  ChooseStandIns(tokens, rows);
  for (size_t r = 0; r < rows.size(); ++r) {
    if (active_[r] && count_[r] == 0) {
      CollectInexact(tokens, rows);
      ChooseStandIns(tokens, rows);
      break;
    }
  }
  ChooseChain();
  anchors->clear();
  int repeated = 0;
  for (size_t r = 0; r < rows.size(); ++r) {
    if (!active_[r]) continue;
    anchors->push_back(
        {rows[r], chosen_[r], chosen_[r] < 0 && count_[r] > 0, fuzzy_[r] != 0});
    repeated += count_[r] > 1;
  }
  return repeated;
}

void AnchorFinder::CollectExact(absl::Span<const Token> tokens,
                                absl::Span<const FormRow* const> rows) {
  // Rows come in order as a rule: look for the next one first.
  size_t next = 0;
  for (size_t t = 0; t < tokens.size(); ++t) {
    const Token& token = tokens[t];
    if (token.kind != TokenKind::kLabel ||
        token.label->row == v1::ROW_UNSPECIFIED) {
      continue;
    }
    int r = next < rows.size() && rows[next]->row == token.label->row
                ? static_cast<int>(next)
                : RowIndex(rows, token.label->row);
    if (r < 0) continue;
    next = r + 1;
    ++count_[r];
    candidates_.push_back(
        {static_cast<int>(t), r, kExact + HasValues(tokens, t) * kWithValues});
  }
}

// Adds the text tokens for which lookup() gives a row that no candidate has
// yet.
template <typename Lookup>
void AnchorFinder::AddInexact(absl::Span<const Token> tokens,
                              absl::Span<const FormRow* const> rows, int weight,
                              Lookup lookup) {
  const size_t before = candidates_.size();
  for (size_t t = 0; t < tokens.size(); ++t) {
    if (tokens[t].kind != TokenKind::kText) continue;
    const v1::Row row = lookup(tokens[t]);
    if (row == v1::ROW_UNSPECIFIED) continue;
    const int r = RowIndex(rows, row);
    if (r < 0 || count_[r] > 0) continue;
    candidates_.push_back(
        {static_cast<int>(t), r, weight + HasValues(tokens, t) * kWithValues});
  }
  for (size_t c = before; c < candidates_.size(); ++c) {
    ++count_[candidates_[c].row];
  }
}

void AnchorFinder::CollectInexact(absl::Span<const Token> tokens,
                                  absl::Span<const FormRow* const> rows) {
  // Fuzzy labels are looked for only if prefixes leave a row without any.
  AddInexact(tokens, rows, kPrefix, [&](const Token& token) {
    return token.may_begin_label
               ? labels_.RowByPrefix(tokenizer_.Normalized(token))
               : v1::ROW_UNSPECIFIED;
  });
  bool missing = false;
  for (size_t r = 0; r < rows.size(); ++r) {
    missing = missing || (active_[r] && count_[r] == 0);
  }
  if (missing) {
    AddInexact(tokens, rows, kFuzzy, [&](const Token& token) {
      return labels_.RowByDistance(tokenizer_.Normalized(token));
    });
  }
  std::sort(
      candidates_.begin(), candidates_.end(),
      [](const Candidate& a, const Candidate& b) { return a.token < b.token; });
}

// Of a row and the rows that it stands for, a report prints one or the other;
// where both labels are there, the one that also heads a group does so here.
void AnchorFinder::ChooseStandIns(absl::Span<const Token> tokens,
                                  absl::Span<const FormRow* const> rows) {
  for (size_t a = 0; a < rows.size(); ++a) {
    if (!rows[a]->beside_form) continue;
    for (size_t b = 0; b < rows.size(); ++b) {
      if (!StandsFor(*rows[a], *rows[b])) continue;
      if (count_[a] == 0) {
        active_[a] = false;
      } else if (count_[b] == 0) {
        active_[b] = false;
      } else {
        for (const Candidate& candidate : candidates_) {
          const bool of_a = candidate.row == static_cast<int>(a);
          const bool of_b = candidate.row == static_cast<int>(b);
          if ((of_a || of_b) && tokens[candidate.token].label != nullptr &&
              tokens[candidate.token].label->heads) {
            active_[candidate.row] = false;
          }
        }
      }
    }
  }
  // A row that stands for several is absent only if one of them is printed;
  // the others then count as missing rows of the form.
  for (size_t a = 0; a < rows.size(); ++a) {
    if (!rows[a]->beside_form || active_[a]) continue;
    for (size_t b = 0; b < rows.size(); ++b) {
      if (StandsFor(*rows[a], *rows[b]) && count_[b] == 0) active_[b] = true;
    }
  }
}

// Keeps, of all candidates, the chain in which tokens and rows both ascend and
// that weighs most.
void AnchorFinder::ChooseChain() {
  int best = -1;
  for (size_t i = 0; i < candidates_.size(); ++i) {
    Candidate& candidate = candidates_[i];
    if (!active_[candidate.row]) continue;
    candidate.chain = candidate.weight;
    for (size_t j = i; j-- > 0;) {
      const Candidate& earlier = candidates_[j];
      if (!active_[earlier.row] || earlier.row >= candidate.row ||
          earlier.token >= candidate.token) {
        continue;
      }
      if (earlier.chain + candidate.weight > candidate.chain) {
        candidate.chain = earlier.chain + candidate.weight;
        candidate.previous = static_cast<int>(j);
      }
      // The candidate right before, in row and chain, cannot be improved on.
      if (earlier.row + 1 == candidate.row && earlier.chain >= best) break;
    }
    best = std::max(best, candidate.chain);
  }
  for (size_t i = candidates_.size(); i-- > 0;) {
    if (active_[candidates_[i].row] && candidates_[i].chain == best) {
      for (int c = static_cast<int>(i); c >= 0; c = candidates_[c].previous) {
        chosen_[candidates_[c].row] = candidates_[c].token;
        fuzzy_[candidates_[c].row] =
            candidates_[c].weight % kWithValues == kFuzzy;
      }
      return;
    }
  }
}

}  // namespace gongkai::extract
