// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/bar_text.h"

#include <string_view>

#include "absl/types/span.h"
#include "worker/input/characters.h"
#include "worker/input/lone_bars.h"

namespace gongkai::input {
namespace {

// Lines of a cell and a bar are the table's rows of one cell when at least one
// line in so many is a row of several; otherwise each is a cell.
constexpr size_t kCellLinesPerRow = 4;

bool HasBars(const TextLine& line) {
  return line.kind == LineKind::kBar || line.kind == LineKind::kBars ||
         line.kind == LineKind::kCellBar || line.kind == LineKind::kBarRow;
}

class BarTable {
 public:
  BarTable(const TextLines& lines, DocumentBuilder* builder)
      : lines_(lines.lines()),
        marks_(lines.marks()),
        text_(builder->text()),
        builder_(*builder) {}

  size_t Add(size_t first) {
    return IsRows(first) ? AddRows(first) : AddCells(first);
  }

 private:
  // The lines from `first` on, up to an empty one, are rows.
  bool IsRows(size_t first) const {
    size_t rows = 0;
    size_t cells = 0;
    for (size_t i = first; i < lines_.size() && HasBars(lines_[i]); ++i) {
      if (i > first && lines_[i].blank_before) break;
      rows += lines_[i].kind == LineKind::kBarRow;
      cells += lines_[i].kind == LineKind::kCellBar ||
               lines_[i].kind == LineKind::kBar;
    }
    return rows * kCellLinesPerRow >= cells;
  }

  // One row per line; empty lines between them are the ends of pages.
  size_t AddRows(size_t first) {
    builder_.BeginBlock(BlockKind::kGrid);
    opening_bars_ = HaveOpeningBars(first);
    // Lines since the last empty one.
    size_t position = 0;
    size_t i = first;
    for (; i < lines_.size() && HasBars(lines_[i]) && !builder_.full(); ++i) {
      const TextLine& line = lines_[i];
      if (i > first && line.blank_before) {
        if (!IsRows(i)) break;
        position = 0;
      }
      if (position++ == 1 && IsDelimiter(line)) continue;
      builder_.BeginRow();
      AddBetweenBars(line);
    }
    builder_.EndBlock();
    return i;
  }

  // Whether all rows from `first` on open with a bar.
  bool HaveOpeningBars(size_t first) const {
    for (size_t i = first; i < lines_.size() && HasBars(lines_[i]); ++i) {
      if (i > first && lines_[i].blank_before) break;
      if (lines_[i].kind == LineKind::kBarRow &&
          marks_[lines_[i].first_mark] > lines_[i].begin) {
        return false;
      }
    }
    return true;
  }

  bool ClosesBlank(const TextLine& line) const {
    return !opening_bars_ && line.begin > 0 && text_[line.begin - 1] == ' ';
  }

  // The cells of a line: a bar at its beginning opens the first one, and a bar
  // at its end closes the last one. Where other rows have no opening bar and
  // there is space before this one, it closes a blank cell.
  void AddBetweenBars(const TextLine& line) {
    uint32_t begin = line.begin;
    for (uint32_t i = 0; i < line.mark_count; ++i) {
      const uint32_t bar = marks_[line.first_mark + i];
      if (i > 0 || bar > line.begin || ClosesBlank(line)) AddCell(begin, bar);
      begin = bar + 1;
    }
    if (begin < line.end) AddCell(begin, line.end);
  }

  void AddCell(uint32_t begin, uint32_t end) {
    builder_.AddPiece(WithoutEmphasis(Trim(text_.substr(begin, end - begin))));
  }

  // Markdown's line of dashes below a table's heading. A row of values may
  // hold single dashes.
  bool IsDelimiter(const TextLine& line) const {
    size_t dashes = 0;
    size_t colons = 0;
    for (uint32_t i = line.begin; i < line.end; ++i) {
      switch (text_[i]) {
        case '-':
          ++dashes;
          break;
        case ':':
          ++colons;
          break;
        case '|':
        case ' ':
          break;
        default:
          return false;
      }
    }
    return dashes > 0 && (colons > 0 || dashes >= 3 * (line.mark_count - 1));
  }

  // A cell and its bar per line; a lone bar is a blank cell, several bars are
  // what is left of a row's merged cells and end it.
  size_t AddCells(size_t first) {
    builder_.BeginBlock(BlockKind::kGrid);
    size_t i = first;
    while (i < lines_.size() && !builder_.full()) {
      const TextLine& line = lines_[i];
      uint32_t begin = line.begin;
      size_t last = i;
      if (line.kind == LineKind::kText && i > first && GoesOn(i)) {
        last = i + 1;
      } else if (!HasBars(line) ||
                 (i > first && line.blank_before && IsRows(i))) {
        break;
      }
      switch (lines_[last].kind) {
        case LineKind::kBars:
          builder_.EndRow();
          break;
        case LineKind::kBar:
          OpenRow();
          builder_.AddPiece(text_.substr(begin, 0));
          break;
        case LineKind::kCellBar:
          OpenRow();
          AddCell(begin, lines_[last].end - 1);
          break;
        default:
          OpenRow();
          AddBetweenBars(line);
          break;
      }
      i = last + 1;
    }
    builder_.EndBlock();
    return i;
  }

  void OpenRow() {
    if (!builder_.in_row()) builder_.BeginRow();
  }

  // Line `i`, of text, is the first part of the cell of the next line.
  bool GoesOn(size_t i) const {
    if (i + 1 == lines_.size() || lines_[i].blank_before) return false;
    const TextLine& next = lines_[i + 1];
    return next.kind == LineKind::kCellBar && !next.blank_before &&
           MayGoOn(
               text_.substr(lines_[i].begin, lines_[i].end - lines_[i].begin));
  }

  const absl::Span<const TextLine> lines_;
  const absl::Span<const uint32_t> marks_;
  const std::string_view text_;
  DocumentBuilder& builder_;
  bool opening_bars_ = true;
};

}  // namespace

size_t AddBarTable(const TextLines& lines, size_t first,
                   DocumentBuilder* builder) {
  return BarTable(lines, builder).Add(first);
}

std::string_view WithoutEmphasisMarks(std::string_view text) {
  for (const std::string_view mark : {"**", "__"}) {
    if (text.substr(0, 2) == mark && text.substr(text.size() - 2) == mark) {
      return Trim(text.substr(2, text.size() - 4));
    }
  }
  return text;
}

}  // namespace gongkai::input
