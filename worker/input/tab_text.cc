// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/tab_text.h"

#include <algorithm>
#include <string_view>

#include "absl/types/span.h"
#include "worker/input/characters.h"

namespace gongkai::input {
namespace {

// A cell of a narrow column takes this many lines more at most.
constexpr size_t kMostContinuations = 3;
// No row of a real table is wider: where a "row" is, its end is not marked.
constexpr size_t kWidestRow = 64;
// Lines with one leading tab make a table of one cell per line unless more
// than one line in so many has its tab elsewhere.
constexpr size_t kCellLinesPerRowLine = 8;

bool HasTabs(const TextLine& line) {
  return line.kind == LineKind::kTabCell || line.kind == LineKind::kTabRow;
}

class TabTable {
 public:
  TabTable(const TextLines& lines, DocumentBuilder* builder)
      : lines_(lines.lines()),
        marks_(lines.marks()),
        text_(builder->text()),
        builder_(*builder) {}

  size_t Add(size_t first) {
    // The lines up to the first one without a tab tell.
    size_t cell_lines = 0;
    size_t end = first;
    for (; end < lines_.size() && HasTabs(lines_[end]); ++end) {
      cell_lines += lines_[end].kind == LineKind::kTabCell;
    }
    const size_t row_lines = end - first - cell_lines;
    if (row_lines * kCellLinesPerRowLine > cell_lines) {
      return AddRowLines(first, end);
    }
    return AddCellLines(first);
  }

 private:
  std::string_view TextOf(const TextLine& line) const {
    return text_.substr(line.begin, line.end - line.begin);
  }

  // How many lines without a tab go on with the cell of line `cell`: they
  // follow it directly and end where its row or the next cell begins.
  size_t Continuations(size_t cell) const {
    if (cell + 1 == lines_.size() || lines_[cell + 1].kind != LineKind::kText ||
        lines_[cell + 1].blank_before ||
        lines_[cell].kind != LineKind::kTabCell) {
      return 0;
    }
    const std::string_view text = TextOf(lines_[cell]);
    if (text.empty() || IsNumberLike(text) || EndsSentence(text)) return 0;
    size_t count = 0;
    for (size_t i = cell + 1; i < lines_.size(); ++i, ++count) {
      const TextLine& line = lines_[i];
      if (line.blank_before || HasTabs(line)) break;
      if (line.kind != LineKind::kText || count == kMostContinuations ||
          EndsSentence(TextOf(line))) {
        return 0;
      }
    }
    return count;
  }

  // One cell per line.
  size_t AddCellLines(size_t first) {
    size_t cells = 0;
    size_t rows = 0;
    size_t in_row = 0;
    size_t widest = 0;
    bool lone_cell_has_text = false;
    const auto end_table = [&] {
      widest = std::max(widest, in_row);
      if (cells == 1 && lone_cell_has_text) {
        // Alone behind its tab, it is an indented heading.
        builder_.JoinRows(BlockKind::kParagraph);
      } else if (widest > kWidestRow || (widest == 1 && rows >= 3)) {
        builder_.JoinRows(BlockKind::kCells);
      }
      cells = rows = in_row = widest = 0;
    };
    builder_.BeginBlock(BlockKind::kGrid);
    size_t i = first;
    while (i < lines_.size() && HasTabs(lines_[i]) && !builder_.full()) {
      const TextLine& line = lines_[i];
      const size_t last = i + Continuations(i);
      if (line.kind == LineKind::kTabCell && EndsSentence(TextOf(line))) {
        // Indented text, which ends the table.
        end_table();
        builder_.AddParagraph(TextOf(line));
        builder_.BeginBlock(BlockKind::kGrid);
        i = last + 1;
        continue;
      }
      if (rows == 0 || line.blank_before) {
        builder_.BeginRow();
        widest = std::max(widest, in_row);
        in_row = 0;
        ++rows;
      }
      if (line.kind == LineKind::kTabCell) {
        builder_.AddPiece(
            text_.substr(line.begin, lines_[last].end - line.begin));
      } else {
        AddFields(line, /*skip_first=*/true);
      }
      lone_cell_has_text = line.begin < line.end;
      ++cells;
      ++in_row;
      i = last + 1;
    }
    end_table();
    builder_.EndBlock();
    return i;
  }

  // One row per line; empty lines between them are the ends of pages.
  size_t AddRowLines(size_t first, size_t end) {
    builder_.BeginBlock(BlockKind::kGrid);
    for (size_t i = first; i < end && !builder_.full(); ++i) {
      const TextLine& line = lines_[i];
      if (line.kind == LineKind::kTabCell && EndsSentence(TextOf(line))) {
        builder_.AddParagraph(TextOf(line));
        builder_.BeginBlock(BlockKind::kGrid);
        continue;
      }
      builder_.BeginRow();
      AddFields(line, /*skip_first=*/false);
    }
    builder_.EndBlock();
    return end;
  }

  // The parts of a line between its tabs.
  void AddFields(const TextLine& line, bool skip_first) {
    uint32_t begin = line.raw_begin;
    const auto add = [&](uint32_t end) {
      const std::string_view field = Trim(text_.substr(begin, end - begin));
      if (!skip_first || !field.empty()) builder_.AddPiece(field);
      skip_first = false;
      begin = end + 1;
    };
    for (uint32_t i = 0; i < line.mark_count; ++i) {
      add(marks_[line.first_mark + i]);
    }
    add(line.raw_end);
  }

  const absl::Span<const TextLine> lines_;
  const absl::Span<const uint32_t> marks_;
  const std::string_view text_;
  DocumentBuilder& builder_;
};

}  // namespace

size_t AddTabTable(const TextLines& lines, size_t first,
                   DocumentBuilder* builder) {
  return TabTable(lines, builder).Add(first);
}

}  // namespace gongkai::input
