// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/column_cells.h
//
// The cells of a line of fixed-width print: what stands between gaps, and
// numbers at the end of that, each behind single white space.

#ifndef GONGKAI_WORKER_INPUT_COLUMN_CELLS_H_
#define GONGKAI_WORKER_INPUT_COLUMN_CELLS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "worker/input/characters.h"
#include "worker/input/text_lines.h"

namespace gongkai::input {

struct ColumnCell {
  uint32_t begin;  // bytes of the text
  uint32_t end;
  bool number;  // IsNumberLike()
};

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

// False for most lines of kind kText that are one cell: there is no gap in
// them, and no number behind a space at their end.
inline bool MayHaveCells(std::string_view text, const TextLine& line) {
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

// Appends the cells of a line of kind kText. Stops when *cells has `most`,
// with some of the line's cells or others in their place.
void AppendCells(std::string_view text, const TextLine& line, size_t most,
                 std::vector<ColumnCell>* cells);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_COLUMN_CELLS_H_
