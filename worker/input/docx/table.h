// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/docx/table.h
//
// How a table of a Word file is made: its rows and cells, wherever content
// controls and tracked changes have put them, and what kind of table it is.

#ifndef GONGKAI_WORKER_INPUT_DOCX_TABLE_H_
#define GONGKAI_WORKER_INPUT_DOCX_TABLE_H_

#include <cstdint>
#include <vector>

#include "pugixml.hpp"
#include "worker/input/docx/xml.h"

namespace gongkai::input {

struct TableRow {
  pugi::xml_node node;
  // It was deleted, or is hidden: no reader sees it.
  bool gone = false;
  // Columns of the grid left free before and behind its cells.
  int32_t before = 0;
  int32_t after = 0;
};

struct TableCell {
  pugi::xml_node node;
  // It shows the prompt of a content control that nobody has filled in.
  bool prompt = false;
  int32_t span = 1;
  // It takes part in a span over rows, or goes on with the cell above or, in
  // old files, with the one on its left.
  bool spans_rows = false;
  bool continues_above = false;
  bool continues_left = false;
};

// Replaces *rows by the rows of a table, *cells by the cells of a row. What
// stands deeper than `max_depth` elements is left out; false then.
bool CollectRows(const XmlPart& part, pugi::xml_node table, int max_depth,
                 std::vector<TableRow>* rows);
bool CollectCells(const XmlPart& part, pugi::xml_node row, int max_depth,
                  std::vector<TableCell>* cells);

struct TableShape {
  // Columns of the grid as the file counts them.
  int64_t columns = 0;
  // For every column, and one past the last, how many columns before it a
  // reader sees. Columns in which no cell begins, and slivers between cells
  // whose edges are a hair apart, are none to a reader.
  std::vector<int32_t> seen_before;
  // The table lays out a page and is no table to its reader: it has one
  // column, a cell with a page's prose, or holds more cells in inner tables
  // than of its own.
  bool is_layout = false;
};

// A table with more than `max_columns` columns gets no more than their number.
TableShape ShapeOf(const XmlPart& part, pugi::xml_node table,
                   int64_t max_columns, int max_depth);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOCX_TABLE_H_
