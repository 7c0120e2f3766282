// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/column_text.h
//
// Fixed-width print: lines whose cells stand in columns with blanks between,
// as PDF programs write them, and lines that end in several numbers.

#ifndef GONGKAI_WORKER_INPUT_COLUMN_TEXT_H_
#define GONGKAI_WORKER_INPUT_COLUMN_TEXT_H_

#include <cstddef>
#include <string_view>

#include "worker/input/document_builder.h"
#include "worker/input/text_lines.h"

namespace gongkai::input {

// The line, of kind kText, holds cells side by side. Says no to running text
// in a few nanoseconds.
bool HasColumns(std::string_view text, const TextLine& line);

// Lines of a table, [begin, end); none where begin == end.
struct ColumnTable {
  size_t begin = 0;
  size_t end = 0;
};

// The table around line `first`, which has columns and is the first such line
// of its neighbourhood: the lines with columns that follow, the short lines
// among them (labels that go on above and below their numbers stand so) and
// the indented ones directly above, not before line `earliest`.
ColumnTable FindColumnTable(std::string_view text, const TextLines& lines,
                            size_t earliest, size_t first);

// Adds the table as a kLines block, one row per line.
void AddColumnTable(const TextLines& lines, const ColumnTable& table,
                    DocumentBuilder* builder);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_COLUMN_TEXT_H_
