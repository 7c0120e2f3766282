// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/pdf/ruled_table.h
//
// Finds the tables of a page by the lines drawn around their cells.

#ifndef GONGKAI_WORKER_INPUT_PDF_RULED_TABLE_H_
#define GONGKAI_WORKER_INPUT_PDF_RULED_TABLE_H_

#include <vector>

#include "worker/input/document.h"
#include "worker/input/pdf/page_content.h"

namespace gongkai::input::pdf {

// What lines enclose, in rows and columns of its table.
struct RuledCell {
  int row = 0;
  int column = 0;
  int row_span = 1;
  int column_span = 1;
  Box box;
};

struct RuledTable {
  Box box;
  // The edges of its columns and rows, ascending.
  std::vector<float> xs;
  std::vector<float> ys;
  // From top to bottom, then from left to right.
  std::vector<RuledCell> cells;
  // For each place of the grid, row by row, the cell that covers it.
  std::vector<int> owner;
  // No line closes it: a page may break in its last or first row.
  bool open_top = false;
  bool open_bottom = false;

  int rows() const { return static_cast<int>(ys.size()) - 1; }
  int columns() const { return static_cast<int>(xs.size()) - 1; }
  bool Contains(float x, float y) const {
    return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
  }
  // The cell at a point of the table.
  int CellAt(float x, float y) const;
};

// The tables of two and more cells that the lines form, from top to bottom.
// A table drawn into another's cell is one of its own.
std::vector<RuledTable> FindRuledTables(const std::vector<Rule>& rules);

}  // namespace gongkai::input::pdf

#endif  // GONGKAI_WORKER_INPUT_PDF_RULED_TABLE_H_
