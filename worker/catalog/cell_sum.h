// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/cell_sum.h
//
// Sums of cells as claims and their rules write them, over the cells of a form.
//
//   requests.received.total + requests.carried_in.total
//   requests.denied.**.total

#ifndef GONGKAI_WORKER_CATALOG_CELL_SUM_H_
#define GONGKAI_WORKER_CATALOG_CELL_SUM_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "worker/catalog/catalog.h"

namespace gongkai::catalog {

// A sum over the cells of one form.
struct CellSum {
  // Rows beside the form that may be printed in place of others.
  struct Substitute {
    // Cells of the sum, none of which is printed then …
    std::vector<CellIndex> own;
    // … and those that are added instead.
    std::vector<CellIndex> beside;
  };

  // Empty if the form lacks a cell of the sum: it says nothing of this form.
  std::vector<CellIndex> cells;
  std::vector<Substitute> substitutes;

  bool empty() const { return cells.empty(); }
};

// OK if the text is a sum of cell paths. Errors: InvalidArgument, saying which
// part of it is wrong.
absl::Status CheckCellSum(absl::string_view text);

// The sum over this form; empty, too, if the text is not valid.
CellSum CompileCellSum(absl::string_view text, const Form& form);

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_CELL_SUM_H_
