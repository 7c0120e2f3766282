// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/html/html_table.h
//
// The cells of a table in their true grid, spans resolved.

#ifndef GONGKAI_WORKER_INPUT_HTML_HTML_TABLE_H_
#define GONGKAI_WORKER_INPUT_HTML_HTML_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "worker/input/html/html_page.h"

namespace gongkai::input {

struct HtmlCell {
  uint32_t node = 0;     // its HtmlNode
  uint32_t row = 0;      // from 0
  uint32_t column = 0;   // from 0
  uint32_t columns = 1;  // spanned, as the page says
  // It spans all columns of its row.
  bool whole_row = false;
  size_t text_bytes = 0;
};

class HtmlTable {
 public:
  // Reads the table at a node of the page. False if the grid, with all covered
  // places and before empty columns are dropped, has more than `max_places`.
  bool Read(const HtmlPage& page, uint32_t table, int64_t max_places);

  // By row, then column. Rows without a cell of their own have none here.
  absl::Span<const HtmlCell> cells() const { return cells_; }
  // The columns in which a cell begins; the others cannot be seen.
  uint32_t columns() const { return columns_; }

  // The table places parts of a page: it is one column, or holds tables, or
  // whole pages of prose.
  bool is_layout() const { return is_layout_; }

 private:
  // Adds what stands in the cell to what is known of the table.
  void ReadContent(const HtmlPage& page, HtmlCell* cell);
  void PlaceCell(const HtmlNode& node, HtmlCell* cell);
  void DropEmptyColumns();

  std::vector<HtmlCell> cells_;
  // By column of the raw grid: the row from which on it is free, and whether a
  // cell begins in it.
  std::vector<uint32_t> covered_until_;
  std::vector<uint32_t> begins_;
  uint32_t columns_ = 0;
  size_t with_tables_ = 0;
  bool holds_prose_ = false;
  bool is_layout_ = false;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_HTML_HTML_TABLE_H_
