// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/layout_pages.h
//
// The layouts that come out of PDF files: tables without separators, long
// labels broken over lines, page numbers in between.

#ifndef GONGKAI_TESTS_GENERATOR_LAYOUT_PAGES_H_
#define GONGKAI_TESTS_GENERATOR_LAYOUT_PAGES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "tests/generator/layout.h"
#include "tests/generator/random.h"

namespace gongkai::generator {

// Layout J: columns parted by runs of blanks; a long label stands above and
// below its numbers.
std::string PrintWideColumns(const PrintedTable& table);

// Layout raw: cells parted by one blank; a long label is broken before its
// numbers. With `groups_apart` the labels that span rows have own lines.
std::string PrintRawRows(const PrintedTable& table, bool groups_apart);

// A paragraph as lines of a page's width; ends with a line end.
std::string WrapLine(absl::string_view line);

// Puts a page number on a line of its own every 20 to 40 lines, never between
// the lines of one label.
std::string InsertPageNumbers(const std::string& text, Random* random);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_LAYOUT_PAGES_H_
