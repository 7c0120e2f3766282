// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/proved_cells.h"

#include <algorithm>

namespace gongkai::validate {
namespace {

using catalog::CellIndex;
using catalog::CellSum;

// Far above any count of a report and far below overflow of a sum.
constexpr int64_t kMaxCount = int64_t{1} << 48;

}  // namespace

void ProvedCells::Load(const ReportView& view) {
  view_ = &view;
  proved_ = false;
}

SumValue ProvedCells::Sum(const CellSum& sum) {
  SumValue result;
  for (const CellSum::Substitute& substitute : sum.substitutes) {
    if (!Replaced(substitute)) continue;
    for (CellIndex cell : CellsOf(sum)) Add(cell, &result);
    return result;
  }
  for (CellIndex cell : sum.cells) Add(cell, &result);
  return result;
}

void ProvedCells::Add(CellIndex cell, SumValue* sum) {
  int64_t value;
  if (view_->cells.unread()[cell] == 0) {
    value = view_->cells.counts()[cell];
  } else if (Get(cell, &value)) {
    sum->proved = true;
  } else {
    sum->read = false;
    return;
  }
  // A count that no report can have is not worth an overflow.
  if (value < -kMaxCount || value > kMaxCount) {
    sum->read = false;
    return;
  }
  sum->value += value;
}

bool ProvedCells::Get(CellIndex cell, int64_t* value) {
  if (view_->cells.unread()[cell] == 0) {
    *value = view_->cells.counts()[cell];
    return true;
  }
  const v1::CellState state = view_->cells.state(cell);
  if (state != v1::CELL_STATE_BLANK && state != v1::CELL_STATE_NOT_APPLICABLE) {
    return false;
  }
  if (!proved_) Prove();
  *value = values_[cell];
  return states_[cell] == kKnown;
}

std::vector<CellIndex> ProvedCells::CellsOf(const CellSum& sum) const {
  std::vector<CellIndex> cells = sum.cells;
  for (const CellSum::Substitute& substitute : sum.substitutes) {
    if (!Replaced(substitute)) continue;
    for (CellIndex own : substitute.own) std::erase(cells, own);
    cells.insert(cells.end(), substitute.beside.begin(),
                 substitute.beside.end());
  }
  return cells;
}

bool ProvedCells::Replaced(const CellSum::Substitute& substitute) const {
  auto missing = [this](CellIndex cell) {
    return view_->cells.state(cell) == v1::CELL_STATE_MISSING;
  };
  return std::all_of(substitute.own.begin(), substitute.own.end(), missing) &&
         std::none_of(substitute.beside.begin(), substitute.beside.end(),
                      missing);
}

void ProvedCells::Prove() {
  proved_ = true;
  const size_t size = view_->form->cells().size();
  states_.assign(size, kUnknown);
  values_.assign(size, 0);
  for (size_t i = 0; i < size; ++i) {
    const auto cell = static_cast<CellIndex>(i);
    const v1::CellState state = view_->cells.state(cell);
    if (view_->cells.unread()[cell] == 0) {
      values_[i] = view_->cells.counts()[cell];
      if (values_[i] >= 0 && values_[i] <= kMaxCount) states_[i] = kKnown;
    } else if (state == v1::CELL_STATE_BLANK ||
               state == v1::CELL_STATE_NOT_APPLICABLE) {
      states_[i] = kBlank;
    }
  }
  // A proof may rest on another one: the total of a column on that of its row.
  for (bool again = true; again;) {
    again = false;
    for (const catalog::FormIdentity& identity : view_->form->identities()) {
      if (identity.proves && identity.right.size() == 1 && ProveOne(identity)) {
        again = true;
      }
    }
  }
}

// True if it proved a cell. Counts are not negative, so blank parts of a total
// that is reached without them are 0.
bool ProvedCells::ProveOne(const catalog::FormIdentity& identity) {
  int64_t sum = 0;
  bool blank = false;
  for (const catalog::Operand& operand : identity.left) {
    const State state = states_[operand.cell];
    if (state == kUnknown) return false;
    blank = blank || state == kBlank;
    sum += values_[operand.cell];
  }
  const CellIndex total = identity.right.front().cell;
  if (states_[total] == kBlank && !blank) {
    states_[total] = kKnown;
    values_[total] = sum;
    return true;
  }
  if (states_[total] != kKnown || !blank || sum != values_[total]) return false;
  for (const catalog::Operand& operand : identity.left) {
    states_[operand.cell] = kKnown;
  }
  return true;
}

}  // namespace gongkai::validate
