// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/tab_text.h"

#include <algorithm>
#include <string_view>
#include <vector>

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
      : lines_(lines.lines),
        marks_(lines.marks),
        text_(builder->text()),
        builder_(*builder) {}

  size_t Add(size_t first) {
    size_t cell_lines = 0;
    size_t row_lines = 0;
    size_t end = first;
    while (end < lines_.size() && HasTabs(lines_[end])) {
      ++(lines_[end].kind == LineKind::kTabCell ? cell_lines : row_lines);
      end += 1 + Continuations(end);
    }
    if (row_lines * kCellLinesPerRowLine <= cell_lines) {
      AddCellLines(first, end);
      return end;
    }
    return AddRowLines(first);
  }

 private:
  std::string_view TextOf(const TextLine& line) const {
    return text_.substr(line.begin, line.end - line.begin);
  }

  // How many lines without a tab go on with the cell of line `cell`: they
  // follow it directly and end where its row or the next cell begins.
  size_t Continuations(size_t cell) const {
    if (lines_[cell].kind != LineKind::kTabCell) return 0;
    if (cell + 1 == lines_.size() || lines_[cell + 1].blank_before ||
        lines_[cell + 1].kind != LineKind::kText) {
      return 0;
    }
    const std::string_view text = TextOf(lines_[cell]);
    if (text.empty() || IsNumberLike(text) || IsSentence(text)) return 0;
    size_t count = 0;
    for (size_t i = cell + 1; i < lines_.size(); ++i, ++count) {
      const TextLine& line = lines_[i];
      if (line.blank_before || HasTabs(line)) break;
      if (line.kind != LineKind::kText || count == kMostContinuations ||
          IsSentence(TextOf(line))) {
        return 0;
      }
    }
    return count;
  }

  static bool IsSentence(std::string_view text) {
    for (const std::string_view mark : {"。", "；", "！", "？"}) {
      if (text.size() >= mark.size() &&
          text.substr(text.size() - mark.size()) == mark) {
        return true;
      }
    }
    return false;
  }

  // One cell per line. Sentences behind a tab are indented text and end the
  // table.
  void AddCellLines(size_t first, size_t end) {
    size_t table = first;
    for (size_t i = first; i < end; i += 1 + Continuations(i)) {
      if (!IsSentence(TextOf(lines_[i]))) continue;
      AddCellTable(table, i);
      builder_.AddParagraph(TextOf(lines_[i]));
      table = i + 1 + Continuations(i);
    }
    AddCellTable(table, end);
  }

  void AddCellTable(size_t first, size_t end) {
    size_t cells = 0;
    size_t rows = 0;
    size_t in_row = 0;
    size_t widest = 0;
    for (size_t i = first; i < end; i += 1 + Continuations(i)) {
      if (i == first || lines_[i].blank_before) {
        ++rows;
        in_row = 0;
      }
      ++cells;
      widest = std::max(widest, ++in_row);
    }
    if (cells == 0) return;
    if (cells == 1 && lines_[first].begin < lines_[first].end) {
      builder_.AddParagraph(Cell(first));
      return;
    }
    const bool marked = widest <= kWidestRow && (widest > 1 || rows < 3);
    builder_.BeginBlock(marked ? BlockKind::kGrid : BlockKind::kCells);
    for (size_t i = first; i < end && !builder_.full();
         i += 1 + Continuations(i)) {
      if (i == first || (marked && lines_[i].blank_before)) {
        builder_.BeginRow();
      }
      if (lines_[i].kind == LineKind::kTabCell) {
        builder_.AddPiece(Cell(i));
      } else {
        AddFields(lines_[i], /*skip_first=*/true);
      }
    }
    builder_.EndBlock();
  }

  std::string_view Cell(size_t i) const {
    const uint32_t end = lines_[i + Continuations(i)].end;
    return text_.substr(lines_[i].begin, end - lines_[i].begin);
  }

  // One row per line; empty lines between them are the ends of pages.
  size_t AddRowLines(size_t first) {
    builder_.BeginBlock(BlockKind::kGrid);
    size_t i = first;
    for (; i < lines_.size() && HasTabs(lines_[i]) && !builder_.full(); ++i) {
      const TextLine& line = lines_[i];
      if (line.kind == LineKind::kTabCell && IsSentence(TextOf(line))) {
        builder_.AddParagraph(TextOf(line));
        builder_.BeginBlock(BlockKind::kGrid);
        continue;
      }
      builder_.BeginRow();
      AddFields(line, /*skip_first=*/false);
    }
    builder_.EndBlock();
    return i;
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

  const std::vector<TextLine>& lines_;
  const std::vector<uint32_t>& marks_;
  const std::string_view text_;
  DocumentBuilder& builder_;
};

}  // namespace

size_t AddTabTable(const TextLines& lines, size_t first,
                   DocumentBuilder* builder) {
  return TabTable(lines, builder).Add(first);
}

}  // namespace gongkai::input
