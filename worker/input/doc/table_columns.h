// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/doc/table_columns.h
//
// Word tables have no columns: each row has edges of its own. Here they become
// the columns of one grid.
//
//   TableColumns columns;
//   columns.Build(shapes);
//   columns.count();                    // of the grid
//   columns.first(row, cell);           // the columns that a cell takes:
//   columns.limit(row, cell);           // from first up to limit

#ifndef GONGKAI_WORKER_INPUT_DOC_TABLE_COLUMNS_H_
#define GONGKAI_WORKER_INPUT_DOC_TABLE_COLUMNS_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "worker/input/doc/row_shape.h"

namespace gongkai::input {

// Keeps its memory between tables. Not thread-safe.
class TableColumns {
 public:
  // Edges that are closer than this are one where no row has both: rows that
  // were drawn apart, or moved by the width of a cell's margin (108 twips),
  // differ by so much. The narrowest column with a number in it is wider.
  static constexpr int kTolerance = 144;  // twips: 2.5 mm

  // False if a row tells no shape or its edges do not ascend: there is no grid
  // to be had. Takes time in proportion to the edges, but for sorting them.
  bool Build(absl::Span<const RowShape* const> rows);

  int count() const { return count_; }

  // A cell that is covered may take no column; any other takes one at least,
  // unless it has no width.
  int first(int row, int cell) const {
    return columns_[row_begins_[row] + cell];
  }
  int limit(int row, int cell) const {
    return columns_[row_begins_[row] + cell + 1];
  }

 private:
  struct Edge {
    int16_t place;
    uint32_t row;
    uint32_t index;  // in columns_
  };

  std::vector<Edge> edges_;
  std::vector<uint32_t> row_begins_;
  std::vector<int> columns_;    // of each edge of each row
  std::vector<int> last_seen_;  // the last column at which a row had an edge
  int count_ = 0;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOC_TABLE_COLUMNS_H_
