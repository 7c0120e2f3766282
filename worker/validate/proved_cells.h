// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/proved_cells.h
//
// Counts of a report, with those blank cells for which the form's own sums
// leave only one value: the blank parts of a total that its printed parts make
// up already are 0, and a blank total is the sum of its parts. See
// docs/decisions/0009. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_PROVED_CELLS_H_
#define GONGKAI_WORKER_VALIDATE_PROVED_CELLS_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/cell_sum.h"
#include "worker/validate/subject.h"

namespace gongkai::validate {

// The value of a sum.
struct SumValue {
  int64_t value = 0;
  // True if every cell of it has a value.
  bool read = true;
  // True if some of these were proved and not read.
  bool proved = false;
};

// Keeps its memory from report to report.
class ProvedCells {
 public:
  // The view must outlive the use of this. Nothing is proved until a sum asks
  // for a blank cell.
  void Load(const ReportView& view);

  const catalog::Form* form() const { return view_->form; }

  SumValue Sum(const catalog::CellSum& sum);

  // True if the cell was read or proved; then *value is set.
  bool Get(catalog::CellIndex cell, int64_t* value);

  // The cells of the sum in this report: substitutes in their places.
  std::vector<catalog::CellIndex> CellsOf(const catalog::CellSum& sum) const;

 private:
  enum State : uint8_t { kUnknown, kBlank, kKnown };

  void Prove();
  bool ProveOne(const catalog::FormIdentity& identity);
  bool Replaced(const catalog::CellSum::Substitute& substitute) const;
  void Add(catalog::CellIndex cell, SumValue* sum);

  const ReportView* view_ = nullptr;
  bool proved_ = false;
  // By cell; valid once proved_.
  std::vector<State> states_;
  std::vector<int64_t> values_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_PROVED_CELLS_H_
