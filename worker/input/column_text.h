// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/column_text.h
//
// Fixed-width print: lines whose cells stand in columns with blanks between,
// as PDF programs write them, and lines that end in several numbers.

#ifndef GONGKAI_WORKER_INPUT_COLUMN_TEXT_H_
#define GONGKAI_WORKER_INPUT_COLUMN_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "worker/input/column_cells.h"
#include "worker/input/document_builder.h"
#include "worker/input/text_lines.h"

namespace gongkai::input {

// Lines of a table, [begin, end); none where begin == end.
struct ColumnTable {
  size_t begin = 0;
  size_t end = 0;
};

// Cuts each line into its cells once, while it looks for tables.
class ColumnReader {
 public:
  ColumnReader(const TextLines& lines, DocumentBuilder* builder);

  // The table around line `first`, where that holds cells side by side
  // (MayHaveCells) and is the first such line of its neighbourhood: the lines
  // with columns that follow, the short lines among them (labels that go on
  // above and below their numbers stand so) and the indented ones directly
  // above, not before line `earliest`.
  ColumnTable Find(size_t earliest, size_t first);

  // Adds the table that was found last as a kLines block, one row per line.
  void Add(const ColumnTable& table);

 private:
  struct LineFacts;
  struct Place;
  class Alignment;

  std::string_view TextOf(const TextLine& line) const;
  bool MayBeLabel(const TextLine& line) const;
  LineFacts CutNextLine();
  absl::Span<const ColumnCell> CellsOf(size_t line);
  static Place Advance(Place place, const char* begin, const char* end);

  const absl::Span<const TextLine> lines_;
  const std::string_view text_;
  DocumentBuilder& builder_;
  // More cells than this are more pieces than allowed, or enough to tell a
  // table.
  const size_t most_cells_;
  // The cells of the lines from first_line_ on, and where each line's begin.
  size_t first_line_ = 0;
  std::vector<uint32_t> first_cells_;
  std::vector<ColumnCell> cells_;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_COLUMN_TEXT_H_
