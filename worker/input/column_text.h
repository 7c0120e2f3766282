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

#include "worker/input/characters.h"
#include "worker/input/document_builder.h"
#include "worker/input/text_lines.h"

namespace gongkai::input {

// The last character of a text that is not empty may be that of a number, or
// of a mark that stands for one.
inline bool MayEndInNumber(std::string_view text) {
  const uint8_t last = Byte(&text.back());
  if (last < 0x80) {
    return (last >= '0' && last <= '9') || last == '-' || last == '/';
  }
  // Full-width digits, and dashes.
  return text.size() >= 3 &&
         (Byte(&text.back() - 2) == 0xEF || Byte(&text.back() - 2) == 0xE2);
}

// False for most lines of kind kText that hold no cells side by side: there is
// no gap in them, and no number behind a space at their end.
inline bool MayHaveColumns(std::string_view text, const TextLine& line) {
  if (line.maybe_gap) return true;
  const std::string_view all = text.substr(line.begin, line.end - line.begin);
  if (!MayEndInNumber(all)) return false;
  // Most often a cell of a few digits.
  constexpr size_t kFew = 8;
  if (all.size() > kFew) return all.find(' ') != std::string_view::npos;
  bool space = false;
  for (const char c : all) space |= c == ' ';
  return space;
}

// The line, of kind kText, holds cells side by side.
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
