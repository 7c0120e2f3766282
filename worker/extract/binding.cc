// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/binding.h"

#include <algorithm>
#include <array>
#include <limits>

namespace gongkai::extract {
namespace {

using input::BlockKind;

// A sensible row has no more value cells than this; beyond it the label is not
// the row's.
constexpr int kMaxValues = 64;

// The evidence that a set of starts or ends agrees.
class Agreement {
 public:
  void Add(int number) {
    agrees_ = !seen_ || (agrees_ && number == number_);
    number_ = number;
    seen_ = true;
  }
  bool agrees() const { return seen_ && agrees_; }
  int number() const { return number_; }

 private:
  bool seen_ = false;
  bool agrees_ = false;
  int number_ = 0;
};

}  // namespace

void TableBinder::Bind(absl::Span<const Token> tokens,
                       absl::Span<const Anchor> anchors, int limit,
                       Blanks blanks, Readings* readings) {
  tokens_ = tokens;
  readings_ = readings;
  rows_.clear();
  values_.clear();
  blanks_ = Blanks::kUnknown;
  end_ = 0;
  for (const Anchor& anchor : anchors) {
    BoundRow& row = rows_.emplace_back();
    row.row = anchor.row;
    row.anchor = anchor.token;
    row.displaced = anchor.displaced;
    row.fuzzy = anchor.fuzzy;
  }
  int next = limit;
  for (size_t r = rows_.size(); r-- > 0;) {
    if (rows_[r].anchor < 0) continue;
    Collect(&rows_[r], next);
    next = rows_[r].anchor;
  }
  for (size_t r = 0; r < rows_.size(); ++r) {
    BoundRow& row = rows_[r];
    if (row.anchor < 0) continue;
    const int columns = Columns(row);
    if (row.value_count == 1 && ValueAt(row, 0).glued) {
      BindGlued(&row);
      continue;
    }
    size_t unlabelled = 0;
    while (r + 1 + unlabelled < rows_.size() &&
           rows_[r + 1 + unlabelled].anchor < 0) {
      ++unlabelled;
    }
    if (!row.marked && unlabelled > 0 &&
        row.value_count == columns * static_cast<int>(1 + unlabelled)) {
      BindDisplaced(r, 1 + unlabelled);
    } else if (row.value_count == 0) {
      row.outcome = RowOutcome::kEmpty;
    } else if (row.value_count == columns) {
      row.outcome = RowOutcome::kBound;
    }
  }
  ChooseWindows();
  DoubtLeadingBlanks();
  DoubtFewerCells();
  DoubtWiderRow();
  ChooseCompacted(blanks);
  for (const BoundRow& row : rows_) {
    if (row.outcome == RowOutcome::kBound && row.value_count > 0 &&
        !ValueAt(row, 0).glued) {
      SetWindow(row);
    }
  }
  for (size_t r = 0; r < rows_.size();) {
    size_t count = 0;
    while (r + count < rows_.size() &&
           rows_[r + count].outcome == RowOutcome::kLost) {
      ++count;
    }
    if (count > 0) BindShort(r, count);
    r += count + 1;
  }
}

TableBinder::Step TableBinder::StepFor(const Token& token,
                                       const BoundRow& row) const {
  const bool same_cell_row = token.block_kind == BlockKind::kGrid &&
                             row.value_count > 0 &&
                             token.row == tokens_[values_[row.first_value]].row;
  switch (token.kind) {
    case TokenKind::kBlank:
    case TokenKind::kNumber:
    case TokenKind::kNotApplicable:
      return Step::kValue;
    case TokenKind::kPageNumber:
      return Step::kSkip;
    case TokenKind::kLabel:
      // Between a label and its values a group's label may stand; another
      // row's or table's may not.
      return row.value_count == 0 && token.label->heads &&
                     token.label->In(row.row->table)
                 ? Step::kSkip
                 : Step::kStop;
    case TokenKind::kText:
      // Behind the first value of its row nothing belongs to a label any more.
      if (same_cell_row) return Step::kValue;
      if (labels_.IsFragment(tokenizer_.Normalized(token))) return Step::kSkip;
      if ((token.block_kind == BlockKind::kCells &&
           row.value_count < row.row->cell_count) ||
          (token.block_kind == BlockKind::kGrid &&
           token.row == tokens_[row.anchor].row)) {
        return Step::kValue;  // what stands in the cell is not a number
      }
      return row.value_count == 0 ? Step::kSkip : Step::kStop;
    case TokenKind::kProse:
      return Step::kStop;
  }
  return Step::kStop;
}

void TableBinder::Collect(BoundRow* row, int limit) {
  row->first_value = static_cast<int>(values_.size());
  uint32_t current = tokens_[row->anchor].row;
  int last = row->anchor;
  for (int t = row->anchor + 1; t < limit; ++t) {
    const Token& token = tokens_.data()[t];
    if (token.row != current) {
      // A number that stands alone behind a row, as a page's does, is none of
      // its values.
      if (tokens_[t - 1].block_kind == BlockKind::kGrid &&
          row->value_count > 0) {
        row->marked = true;
        break;
      }
      current = token.row;
    }
    const Step step = token.IsValue() ? Step::kValue : StepFor(token, *row);
    if (step == Step::kStop || row->value_count == kMaxValues) break;
    if (step == Step::kSkip) continue;
    values_.push_back(t);
    ++row->value_count;
    last = t;
  }
  row->marked =
      row->marked || (row->value_count > 0 &&
                      tokens_[values_.back()].block_kind == BlockKind::kGrid);
  end_ = std::max(end_, last + 1);
}

int TableBinder::NonBlank(const BoundRow& row, int* first, int* last) const {
  int count = 0;
  for (int v = 0; v < row.value_count; ++v) {
    if (ValueAt(row, v).kind == TokenKind::kBlank) continue;
    if (count++ == 0) *first = v;
    *last = v;
  }
  return count;
}

void TableBinder::SetWindow(const BoundRow& row) {
  const int* const values = values_.data() + row.first_value + row.window;
  for (int c = 0; c < Columns(row); ++c) {
    const Token& token = tokens_[values[c]];
    readings_->Set(row.row->first_cell + c, token.text, token.value);
  }
}

void TableBinder::Clear(const BoundRow& row) {
  for (int c = 0; c < Columns(row); ++c) {
    (*readings_)[row.row->first_cell + c] = Reading();
  }
}

void TableBinder::MakeAmbiguous(BoundRow* row) {
  row->outcome = RowOutcome::kAmbiguous;
  std::array<std::string_view, kMaxValues> texts;
  const int count = std::min(row->value_count, kMaxValues);
  for (int v = 0; v < count; ++v) texts[v] = TextAt(*row, v);
  readings_->SetAmbiguous(*row->row, absl::MakeConstSpan(texts.data(), count));
}

// Replaces proofs_ by the identities that prove any of these rows.
void TableBinder::CollectProofs(absl::Span<const BoundRow> rows) {
  proofs_.clear();
  for (const BoundRow& row : rows) {
    proofs_.insert(proofs_.end(), row.row->proofs.begin(),
                   row.row->proofs.end());
  }
  std::sort(proofs_.begin(), proofs_.end());
  proofs_.erase(std::unique(proofs_.begin(), proofs_.end()), proofs_.end());
}

// How many of the collected identities the readings contradict: by a sum that
// does not hold, or by a lost cell that would have to be negative.
int TableBinder::Contradictions() const {
  int contradictions = 0;
  for (int proof : proofs_) {
    const Standing standing =
        readings_->Stand(readings_->form().identities()[proof]);
    const bool negative = standing.unknown == 1 &&
                          (*readings_)[standing.unknown_cell].lost &&
                          standing.Solution() < 0;
    contradictions += standing.Fails() || negative;
  }
  return contradictions;
}

// The values of several rows run together because the labels between them
// stand elsewhere: they are bound in the form's order if every row's own
// identity proves it.
void TableBinder::BindDisplaced(size_t first, size_t count) {
  BoundRow& labelled = rows_[first];
  const int columns = Columns(labelled);
  for (size_t i = 0; i < count; ++i) {
    BoundRow& row = rows_[first + i];
    row.first_value = labelled.first_value + static_cast<int>(i) * columns;
    row.value_count = columns;
    row.outcome = i == 0 ? RowOutcome::kBound : RowOutcome::kDisplaced;
    SetWindow(row);
  }
  const auto rows = absl::MakeConstSpan(rows_).subspan(first, count);
  CollectProofs(rows);
  bool proved = Contradictions() == 0;
  for (const BoundRow& row : rows) {
    proved = proved && readings_->IsProved(*row.row);
  }
  if (proved) return;
  for (size_t i = 0; i < count; ++i) {
    Clear(rows_[first + i]);
    MakeAmbiguous(&rows_[first + i]);
  }
}

// Rows with more cells than columns hold padding. Where the values leave more
// than one place for the columns, the other rows show where they begin or end:
// by the columns of the grid, where the format tells them.
void TableBinder::ChooseWindows() {
  Agreement starts;
  Agreement ends;
  Agreement columns;
  for (BoundRow& row : rows_) {
    if (row.anchor < 0 || !row.marked) continue;
    const int spare = row.value_count - Columns(row);
    if (spare == 0 && ValueAt(row, 0).IsPlaced()) {
      columns.Add(ValueAt(row, 0).column);
    }
    int first = 0;
    int last = 0;
    if (spare < 0 || NonBlank(row, &first, &last) == 0) continue;
    const int low = std::max(0, last - Columns(row) + 1);
    const int high = std::min(first, spare);
    if (low != high) continue;
    starts.Add(low);
    ends.Add(spare - low);
  }
  for (BoundRow& row : rows_) {
    if (row.anchor < 0 || row.outcome != RowOutcome::kMissing) continue;
    const int spare = row.value_count - Columns(row);
    int first = 0;
    int last = 0;
    const int filled = NonBlank(row, &first, &last);
    if (filled == 0) {
      // Nothing but blanks: whichever of them are padding, the rest is blank.
      row.outcome = spare >= 0 ? RowOutcome::kBound : RowOutcome::kEmpty;
      continue;
    }
    if (spare == -1 && row.marked && Columns(row) > 2) {
      row.outcome = RowOutcome::kLost;
      continue;
    }
    const int low = std::max(0, last - Columns(row) + 1);
    const int high = std::min(first, spare);
    int window = low;
    bool proved = spare >= 0 && low == high;
    const int by_column = columns.number() - ValueAt(row, 0).column;
    if (spare >= 0 && low < high && columns.agrees() &&
        ValueAt(row, 0).IsPlaced() && by_column >= low && by_column <= high) {
      window = by_column;
      proved = true;
    } else if (spare >= 0 && low < high) {
      const int by_end = spare - ends.number();
      if (ends.agrees() && by_end >= low && by_end <= high) {
        window = by_end;
        proved = !starts.agrees() || starts.number() == by_end ||
                 starts.number() < low || starts.number() > high;
      } else if (starts.agrees() && starts.number() >= low &&
                 starts.number() <= high) {
        window = starts.number();
        proved = true;
      }
    }
    if (proved) {
      row.window = window;
      row.outcome = RowOutcome::kBound;
    } else {
      MakeAmbiguous(&row);
    }
  }
}

// "label0000000": as many digits as columns are one digit each, if a sum proves
// it or all of them are zero.
void TableBinder::BindGlued(BoundRow* row) {
  const std::string_view digits = TextAt(*row, 0);
  const int columns = Columns(*row);
  row->marked = false;
  if (columns == 1) {
    row->outcome = RowOutcome::kBound;
    readings_->Set(row->row->first_cell, digits, ValueAt(*row, 0).value);
    return;
  }
  row->joined = true;
  if (static_cast<int>(digits.size()) != columns) {
    MakeAmbiguous(row);
    return;
  }
  for (int c = 0; c < columns; ++c) {
    Value value;
    value.kind = Value::Kind::kNumber;
    value.digits = digits[c] - '0';
    readings_->Set(row->row->first_cell + c, digits.substr(c, 1), value);
  }
  row->outcome = RowOutcome::kBound;
  const bool zeros = digits.find_first_not_of('0') == std::string_view::npos;
  if (!zeros && !readings_->IsProved(*row->row)) MakeAmbiguous(row);
}

void TableBinder::SetWithout(const BoundRow& row, int lost) {
  for (int c = 0; c < Columns(row); ++c) {
    const catalog::CellIndex cell = row.row->first_cell + c;
    if (c == lost) {
      (*readings_)[cell] = Reading();
      (*readings_)[cell].lost = true;
    } else {
      const Token& token = ValueAt(row, c < lost ? c : c - 1);
      readings_->Set(cell, token.text, token.value);
    }
  }
}

// True if it does not matter which of two columns a row has lost: the values
// between them are all zero.
bool TableBinder::SameWithout(const BoundRow& row, int lost, int other) const {
  for (int v = std::min(lost, other); v < std::max(lost, other); ++v) {
    const Token& token = ValueAt(row, v);
    if (token.kind != TokenKind::kNumber || token.value.digits != 0) {
      return false;
    }
  }
  return true;
}

void TableBinder::MoveLost(const BoundRow& row, int lost) {
  const catalog::CellIndex cell = row.row->first_cell + lost;
  const Token& token = ValueAt(row, lost - 1);
  readings_->Set(cell - 1, token.text, token.value);
  (*readings_)[cell] = Reading();
  (*readings_)[cell].lost = true;
}

// Neighbouring rows that lack one cell lost the same column, as a rule the
// last: a page's edge cuts it off, and the others keep their places. The
// identities must agree: no other column explains the rows as well, unless it
// gives every cell the same value. A column in the middle is taken for lost
// only if it alone is free of contradictions and the last one is not at all.
// What holds for the rows must hold for each of them: one may have lost another
// cell by itself. A row that leaves it open is trusted only between two that
// tell.
void TableBinder::BindShort(size_t first, size_t count) {
  const auto rows = absl::MakeSpan(rows_).subspan(first, count);
  const int columns = Columns(rows[0]);
  const int edge = columns - 1;
  std::vector<int> contradictions(columns);
  CollectProofs(rows);
  for (int lost = 0; lost < columns; ++lost) {
    for (const BoundRow& row : rows) {
      if (lost == 0) {
        SetWithout(row, lost);
      } else {
        MoveLost(row, lost);
      }
    }
    contradictions[lost] = Contradictions();
  }
  const int least =
      *std::min_element(contradictions.begin(), contradictions.end());
  int chosen = edge;
  int rivals = 0;
  int rival = edge;
  for (int lost = 0; lost < edge; ++lost) {
    const bool same = std::all_of(
        rows.begin(), rows.end(),
        [&](const BoundRow& row) { return SameWithout(row, lost, edge); });
    if (contradictions[lost] <= contradictions[edge] && !same) {
      ++rivals;
      if (contradictions[lost] < contradictions[rival]) rival = lost;
    }
  }
  bool proved = rivals == 0;
  if (!proved && least == 0 && contradictions[edge] > 1 &&
      std::count(contradictions.begin(), contradictions.end(), 0) == 1) {
    chosen = rival;
    proved = contradictions[rival] == 0;
  }
  for (const BoundRow& row : rows) SetWithout(row, chosen);
  std::vector<Evidence> evidence(count, Evidence::kOpen);
  if (proved) {
    std::transform(
        rows.begin(), rows.end(), evidence.begin(),
        [&](const BoundRow& row) { return WhetherLost(row, chosen); });
  }
  const auto first_that_tells =
      std::find(evidence.begin(), evidence.end(), Evidence::kTells);
  const auto last_that_tells =
      std::find(evidence.rbegin(), evidence.rend(), Evidence::kTells).base();
  for (size_t i = 0; i < count; ++i) {
    const auto at = evidence.begin() + static_cast<ptrdiff_t>(i);
    const bool between = first_that_tells < at && at < last_that_tells;
    if (*at == Evidence::kOpen && !between) MakeAmbiguous(&rows[i]);
  }
}

// What a row, which is set without the column `lost`, tells of it.
TableBinder::Evidence TableBinder::WhetherLost(const BoundRow& row, int lost) {
  constexpr int kAll = std::numeric_limits<int>::max();
  CollectProofs({&row, 1});
  const Case present = Try(row, lost, kAll);
  Evidence evidence = Evidence::kIndifferent;
  for (int other = 0; other < Columns(row); ++other) {
    if (other == lost || SameWithout(row, other, lost)) continue;
    const Case rival = Try(row, other, present.objections);
    const bool possible = rival.objections <= present.objections;
    if (possible && rival.values == present.values) continue;
    evidence = possible ? Evidence::kOpen : Evidence::kTells;
    if (possible) break;
  }
  SetWithout(row, lost);
  return evidence;
}

// Sets a row without the column `lost`. Its own sum is the last of the
// collected identities, the shortest, and settles most cases.
TableBinder::Case TableBinder::Try(const BoundRow& row, int lost, int most) {
  SetWithout(row, lost);
  Case tried;
  tried.values.resize(Columns(row));
  for (int c = 0; c < Columns(row); ++c) {
    const Reading& reading = (*readings_)[row.row->first_cell + c];
    if (reading.state == v1::CELL_STATE_VALUE) tried.values[c] = reading.count;
  }
  std::optional<int64_t>& solution = tried.values[lost];
  for (auto proof = proofs_.rbegin();
       proof != proofs_.rend() && tried.objections <= most; ++proof) {
    const Standing standing =
        readings_->Stand(readings_->form().identities()[*proof]);
    tried.objections += standing.Fails();
    if (standing.unknown != 1 || !(*readings_)[standing.unknown_cell].lost) {
      continue;
    }
    tried.objections += standing.Solution() < 0;
    if (standing.unknown_cell != row.row->first_cell + lost) continue;
    if (!solution.has_value()) solution = standing.Solution();
    tried.objections += *solution != standing.Solution();
  }
  return tried;
}

}  // namespace gongkai::extract
