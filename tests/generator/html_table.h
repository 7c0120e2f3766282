// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/html_table.h
//
// A printed table as rows of cells that span rows and columns, as HTML and
// Word have them.

#ifndef GONGKAI_TESTS_GENERATOR_HTML_TABLE_H_
#define GONGKAI_TESTS_GENERATOR_HTML_TABLE_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "tests/generator/layout.h"

namespace gongkai::generator {

struct SpanCell {
  std::string text;
  int column = 0;  // in the grid, from 0
  int colspan = 1;
  int rowspan = 1;
};

struct SpanTable {
  int width = 0;  // columns of the grid
  std::vector<std::vector<SpanCell>> rows;
};

// The statutory form's own grid: ten columns for the requests, three of them
// for labels.
SpanTable WithSpans(const PrintedTable& table);

// Cuts the table before row `at`: a cell that spans the cut goes on in the
// second part, with its text again or, without `repeat`, blank.
std::pair<SpanTable, SpanTable> Cut(const SpanTable& table, size_t at,
                                    bool repeat);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_HTML_TABLE_H_
