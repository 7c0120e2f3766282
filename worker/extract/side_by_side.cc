// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/side_by_side.h"

#include <algorithm>

namespace gongkai::extract {
namespace {

using catalog::CellIndex;
using catalog::FormRow;
using input::BlockKind;

// A header has at least this many of the table's labels.
constexpr int kShortestHeader = 3;

// Values beyond this belong to something else.
constexpr size_t kMaxValues = 64;

// How many of the rows are proved by an identity that holds.
size_t CountHolding(absl::Span<const FormRow* const> rows,
                    const Readings& readings) {
  return std::count_if(rows.begin(), rows.end(), [&](const FormRow* row) {
    return readings.IsProved(*row);
  });
}

// How many of the rows have a cell that is not blank.
size_t CountFilled(absl::Span<const FormRow* const> rows,
                   const Readings& readings) {
  return std::count_if(rows.begin(), rows.end(), [&](const FormRow* row) {
    for (CellIndex c = 0; c < row->cell_count; ++c) {
      if (readings[row->first_cell + c].state != v1::CELL_STATE_BLANK) {
        return true;
      }
    }
    return false;
  });
}

}  // namespace

RowOutcome SideBySideBinder::Bind(absl::Span<const Token> tokens,
                                  v1::Table table,
                                  absl::Span<const FormRow* const> rows,
                                  int from, int limit, Blanks blanks,
                                  Readings* readings) {
  range_ = TokenRange();
  if (rows.empty() || !FindHeader(tokens, table, from, limit)) {
    return RowOutcome::kMissing;
  }
  int cells = 0;
  for (const FormRow* row : rows) cells += row->cell_count;
  values_.clear();
  together_ = true;
  in_doubt_ = false;
  if (tokens[header_end_ - 1].block_kind == BlockKind::kGrid) {
    CollectGridRow(tokens, limit);
    KeepHeadedColumns(tokens, cells);
  } else {
    CollectStream(tokens, limit);
  }
  range_.end = std::max(header_end_, values_.empty() ? 0 : values_.back() + 1);
  const bool any = std::any_of(values_.begin(), values_.end(), [&](int t) {
    return tokens[t].kind != TokenKind::kBlank;
  });
  if (!any && static_cast<int>(values_.size()) < cells) {
    return RowOutcome::kEmpty;
  }
  const int window = ChooseWindow(tokens, cells);
  bool proved = window >= 0;
  if (proved) {
    int value = window;
    for (const FormRow* row : rows) {
      for (CellIndex c = 0; c < row->cell_count; ++c) {
        const Token& token = tokens[values_[value++]];
        readings->Set(row->first_cell + c, token.text, token.value);
      }
    }
    const size_t holding = CountHolding(rows, *readings);
    if (!together_) proved = holding == rows.size();
    if (proved && EndsBlank(tokens, window, cells)) {
      proved = blanks == Blanks::kPositional ||
               (blanks == Blanks::kUnknown &&
                holding == CountFilled(rows, *readings));
    }
  }
  if (proved) return RowOutcome::kBound;
  std::vector<std::string_view> candidates;
  for (int t : values_) candidates.push_back(tokens[t].text);
  for (const FormRow* row : rows) readings->SetAmbiguous(*row, candidates);
  return RowOutcome::kAmbiguous;
}

// The header begins at the first label that is this table's alone and ends
// behind the last label of the table that follows without prose between.
bool SideBySideBinder::FindHeader(absl::Span<const Token> tokens,
                                  v1::Table table, int from, int limit) {
  int labels = 0;
  for (int t = from; t < limit; ++t) {
    const Token& token = tokens[t];
    if (token.kind == TokenKind::kLabel && token.label->In(table)) {
      const bool alone = token.label->tables == 1 << table;
      if (labels == 0 && !alone) continue;
      if (labels == 0) range_.begin = t;
      ++labels;
      header_end_ = t + 1;
    } else if (token.kind == TokenKind::kProse && labels > 0) {
      if (labels >= kShortestHeader) break;
      labels = 0;
    }
  }
  range_.end = header_end_;
  if (labels >= kShortestHeader) return true;
  range_ = TokenRange();
  return false;
}

// In a grid the values are the first row behind the header that holds any; or,
// where row ends are not marked, what follows the header in its last row.
void SideBySideBinder::CollectGridRow(absl::Span<const Token> tokens,
                                      int limit) {
  std::vector<int> row;
  bool filled = false;
  const auto take = [&] {
    if (!filled && row.size() > values_.size()) values_ = row;
    row.clear();
  };
  for (int t = header_end_; t < limit && values_.size() < kMaxValues; ++t) {
    const Token& token = tokens[t];
    if (token.kind == TokenKind::kPageNumber) continue;
    if (!row.empty() && token.row != tokens[row.back()].row) {
      if (filled) break;
      take();
    }
    const bool text_in_row =
        token.kind == TokenKind::kText && token.block_kind == BlockKind::kGrid;
    if (!token.IsValue() && !text_in_row) break;
    row.push_back(t);
    if (token.kind != TokenKind::kBlank) {
      if (!filled) values_.clear();
      filled = true;
    }
  }
  if (filled) {
    values_ = row;
  } else {
    take();
  }
}

// Where the format tells the columns of the grid, cells stand below the labels
// of the header, and what stands in other columns is a part of a span. That is
// blank; else the row has a cell too many.
void SideBySideBinder::KeepHeadedColumns(absl::Span<const Token> tokens,
                                         size_t cells) {
  if (values_.size() <= cells || !tokens[values_.front()].IsPlaced()) return;
  std::vector<int32_t> headed;
  for (int t = range_.begin; t < header_end_; ++t) {
    if (tokens[t].kind == TokenKind::kLabel) headed.push_back(tokens[t].column);
  }
  std::sort(headed.begin(), headed.end());
  headed.erase(std::unique(headed.begin(), headed.end()), headed.end());
  const auto is_headed = [&](int t) {
    return std::binary_search(headed.begin(), headed.end(), tokens[t].column);
  };
  in_doubt_ = headed.size() != cells ||
              std::any_of(values_.begin(), values_.end(), [&](int t) {
                return tokens[t].kind != TokenKind::kBlank && !is_headed(t);
              });
  if (in_doubt_) return;
  values_.erase(std::remove_if(values_.begin(), values_.end(),
                               [&](int t) { return !is_headed(t); }),
                values_.end());
}

void SideBySideBinder::CollectStream(absl::Span<const Token> tokens,
                                     int limit) {
  bool behind_label = false;
  for (int t = range_.begin; t < limit && values_.size() < kMaxValues; ++t) {
    const Token& token = tokens[t];
    if (token.IsValue()) {
      if (token.kind == TokenKind::kBlank && values_.empty()) continue;
      if (behind_label && !values_.empty()) together_ = false;
      behind_label = false;
      values_.push_back(t);
    } else if (token.kind == TokenKind::kProse) {
      break;
    } else if (token.kind != TokenKind::kPageNumber) {
      if (t >= header_end_ && token.kind == TokenKind::kText &&
          !labels_.IsFragment(tokenizer_.Normalized(token))) {
        break;
      }
      behind_label = true;
    }
  }
}

// True if blanks, and nothing but blanks, stand behind the first values.
bool SideBySideBinder::EndsBlank(absl::Span<const Token> tokens, int window,
                                 int cells) const {
  const auto blank = [&](int c) {
    return tokens[values_[window + c]].kind == TokenKind::kBlank;
  };
  int filled = 0;
  while (filled < cells && !blank(filled)) ++filled;
  if (filled == 0 || filled == cells) return false;
  for (int c = filled; c < cells; ++c) {
    if (!blank(c)) return false;
  }
  return true;
}

// Where the cells begin among the values; -1 if that is not certain.
int SideBySideBinder::ChooseWindow(absl::Span<const Token> tokens,
                                   int cells) const {
  const int count = static_cast<int>(values_.size());
  if (count < cells) return -1;
  int first = 0;
  int last = count - 1;
  while (first < count && tokens[values_[first]].kind == TokenKind::kBlank) {
    ++first;
  }
  if (first == count) return 0;
  if (in_doubt_) return -1;
  while (tokens[values_[last]].kind == TokenKind::kBlank) --last;
  const int low = std::max(0, last - cells + 1);
  const int high = std::min(first, count - cells);
  return low == high ? low : -1;
}

}  // namespace gongkai::extract
