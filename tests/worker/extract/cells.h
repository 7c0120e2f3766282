// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/worker/extract/cells.h
//
// What a report says of a cell, found by its dotted path. The only place of
// these tests that knows how a Cell message is laid out.
//
//   CellAt(report, "requests.granted.natural").value       // "12"
//   RowText(report, "requests.granted")                    // "12 0 _ / 0 0 ?"

#ifndef GONGKAI_TESTS_WORKER_EXTRACT_CELLS_H_
#define GONGKAI_TESTS_WORKER_EXTRACT_CELLS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gongkai/v1/report.pb.h"

namespace gongkai::extract {

struct CellFacts {
  // Empty if the report has no such cell.
  std::string path;
  v1::CellState state = v1::CELL_STATE_UNSPECIFIED;
  // The number as text; empty if the cell has none.
  std::string value;
  std::string raw;
  std::string unit;
  // The bytes where it was read; both 0 if it was not.
  int64_t begin = 0;
  int64_t end = 0;
  std::vector<std::string> candidates;

  bool claims() const { return !value.empty(); }
};

// Every cell of the report, table by table.
std::vector<CellFacts> AllCells(const v1::Report& report);

// The numbers of the cells that have one, by path.
std::map<std::string, std::string> Claims(const v1::Report& report);

CellFacts CellAt(const v1::Report& report, std::string_view path);

// The cell as one word: its number, "=" and its number (DERIVED), "_" (BLANK),
// "/" (NOT_APPLICABLE), "!" and its raw text (INVALID), "?" (AMBIGUOUS), "x"
// (MISSING).
std::string Word(const CellFacts& cell);

// The words of all cells whose path begins with this and a dot, in the
// report's order, one blank between them; empty if there are none.
std::string RowText(const v1::Report& report, std::string_view row);

// The kinds of the diagnostics in their order, by their short names: "row
// missing requests.granted", "table missing".
std::vector<std::string> Notes(const v1::Report& report);

}  // namespace gongkai::extract

#endif  // GONGKAI_TESTS_WORKER_EXTRACT_CELLS_H_
