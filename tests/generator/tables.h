// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/tables.h
//
// The three tables of a report as they are printed, and what a perfect reader
// makes of each cell.

#ifndef GONGKAI_TESTS_GENERATOR_TABLES_H_
#define GONGKAI_TESTS_GENERATOR_TABLES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tests/generator/generator.h"
#include "tests/generator/layout.h"
#include "tests/generator/random.h"

namespace gongkai::generator {

struct Tables {
  PrintedTable disclosure;
  PrintedTable requests;
  PrintedTable disputes;
  // In the order of the form; rows that are not printed come as MISSING.
  std::vector<TrueCell> cells;
};

// How this report's tables are to be printed.
struct TableStyle {
  Layout layout = Layout::kA;
  Zeros zeros = Zeros::kDigit;
  bool variants = false;
  bool odd_digits = false;
  int year = 0;
  // By requests row: true if the last column is lost (B2).
  std::vector<bool> lost_total;
};

Tables BuildTables(Form form, const Numbers& numbers, const TableStyle& style,
                   Random* random);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_TABLES_H_
