// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/pdf/page_flow.h
//
// Pages to one flow of lines and tables: what stands in which cell, tables and
// rows that go on over a page's end, page numbers and running heads left out.

#ifndef GONGKAI_WORKER_INPUT_PDF_PAGE_FLOW_H_
#define GONGKAI_WORKER_INPUT_PDF_PAGE_FLOW_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "worker/input/document.h"
#include "worker/input/pdf/page_content.h"
#include "worker/input/pdf/page_text.h"
#include "worker/input/pdf/ruled_table.h"

namespace gongkai::input::pdf {

// A cell of a table that may go on over several pages.
struct FlowCell {
  int row = 0;
  int column = 0;
  int row_span = 1;
  int column_span = 1;
  int page = 0;
  Box box;
  LineRange lines;
  // The index of the cell, on the next page, that goes on with this one's
  // text; -1 if none does.
  int continued = -1;
  // This one goes on with another's text and stands in its place.
  bool continues = false;
};

struct FlowTable {
  int first_page = 0;
  int last_page = 0;
  std::vector<float> xs;
  int rows = 0;
  // By rows and columns within each page's part; where the last part begins.
  std::vector<FlowCell> cells;
  size_t last_part = 0;
  bool open_top = false;
  bool open_bottom = false;

  int columns() const { return static_cast<int>(xs.size()) - 1; }
};

// A line of running text or a table.
struct FlowItem {
  int page = 0;
  float top = 0;
  int table = -1;     // an index into Flow::tables
  uint32_t line = 0;  // an index into the TextStore, where table < 0
};

struct Flow {
  TextStore text;
  std::vector<FlowItem> items;
  std::vector<FlowTable> tables;
  // What lies left and right of the running text of each page, by its number
  // less 1.
  std::vector<Box> margins;

  void Clear();
};

// Appends a page to the flow.
void AddPage(int number, const PageContent& page, Flow* flow);

// When all pages are there: drops the numbers and running heads of pages and
// joins tables over their ends.
void JoinPages(Flow* flow);

}  // namespace gongkai::input::pdf

#endif  // GONGKAI_WORKER_INPUT_PDF_PAGE_FLOW_H_
