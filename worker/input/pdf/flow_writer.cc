// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/pdf/flow_writer.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

#include "worker/input/characters.h"

namespace gongkai::input::pdf {
namespace {

// In parts of the font's size: a line of a paragraph has less room than this
// behind it, unless it is the last; the next begins this near to the margin.
constexpr float kFullLine = 1.6f;
constexpr float kAtMargin = 0.8f;
// Lines of a paragraph are printed in one size and no further apart.
constexpr float kSameSize = 0.1f;
constexpr float kLinePitch = 2.6f;

bool IsAsciiWordCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
         (c >= 'a' && c <= 'z');
}

class FlowWriter {
 public:
  FlowWriter(const Flow& flow, DocumentBuilder* builder)
      : flow_(flow), text_(flow.text), builder_(*builder) {}

  void Run() {
    const std::vector<FlowItem>& items = flow_.items;
    for (size_t i = 0; i < items.size() && !builder_.full();) {
      if (items[i].table >= 0) {
        AddTable(flow_.tables[items[i].table]);
        ++i;
      } else {
        i = AddParagraph(i);
      }
    }
  }

 private:
  size_t AddParagraph(size_t first);
  bool GoesOn(const Line& line, const Line& next) const;
  void AddTable(const FlowTable& table);
  void AddCell(const FlowTable& table, const FlowCell& cell);
  void AppendLine(const Line& line);
  std::string_view FirstText(const Line& line) const {
    return text_.text(text_.words(line).front());
  }
  std::string_view LastText(const Line& line) const {
    return text_.text(text_.words(line).back());
  }

  const Flow& flow_;
  const TextStore& text_;
  DocumentBuilder& builder_;
};

void FlowWriter::AppendLine(const Line& line) {
  bool first = true;
  for (const Word& word : text_.words(line)) {
    if (!first) builder_.AppendText(" ");
    first = false;
    Location location;
    location.page = line.page;
    location.box = word.box;
    builder_.BeginLocation(location);
    builder_.AppendText(text_.text(word));
  }
}

// The line was broken because it was full, and `next` is its rest.
bool FlowWriter::GoesOn(const Line& line, const Line& next) const {
  const Box& margins = flow_.margins[line.page - 1];
  const Box& next_margins = flow_.margins[next.page - 1];
  if (next.page > line.page + 1 ||
      std::fabs(line.size - next.size) > kSameSize * line.size ||
      margins.right - line.box.right > kFullLine * line.size ||
      next.box.left - next_margins.left > kAtMargin * next.size) {
    return false;
  }
  if (next.page == line.page &&
      next.box.top - line.box.top > kLinePitch * line.size) {
    return false;
  }
  return !EndsSentence(LastText(line)) && !BeginsWithOrdinal(FirstText(next));
}

// Adds the paragraph that begins with the item and returns the item behind it.
size_t FlowWriter::AddParagraph(size_t first) {
  const std::vector<FlowItem>& items = flow_.items;
  const size_t begin = builder_.text_size();
  builder_.BeginBlock(BlockKind::kParagraph);
  builder_.BeginRow();
  size_t i = first;
  for (;; ++i) {
    const Line& line = text_.line(items[i].line);
    AppendLine(line);
    if (i + 1 == items.size() || items[i + 1].table >= 0) break;
    const Line& next = text_.line(items[i + 1].line);
    if (!GoesOn(line, next)) break;
    if (IsAsciiWordCharacter(LastText(line).back()) &&
        IsAsciiWordCharacter(FirstText(next).front())) {
      builder_.AppendText(" ");
    }
  }
  builder_.AddPieceAt(begin, builder_.text_size());
  builder_.EndBlock();
  builder_.AppendText("\n");
  return i + 1;
}

void FlowWriter::AddTable(const FlowTable& table) {
  // Which cell covers each place of the grid.
  const int columns = table.columns();
  std::vector<const FlowCell*> owners(static_cast<size_t>(columns) *
                                      table.rows);
  for (const FlowCell& cell : table.cells) {
    const int last_row = std::min(cell.row + cell.row_span, table.rows);
    for (int row = cell.row; row < last_row; ++row) {
      for (int c = 0; c < cell.column_span; ++c) {
        const FlowCell*& owner = owners[row * columns + cell.column + c];
        if (owner == nullptr) owner = &cell;
      }
    }
  }
  builder_.BeginBlock(BlockKind::kGrid);
  for (int row = 0; row < table.rows && !builder_.full(); ++row) {
    builder_.BeginRow();
    for (int column = 0; column < columns; ++column) {
      const FlowCell* const cell = owners[row * columns + column];
      const size_t begin = builder_.text_size();
      if (cell != nullptr) {
        Location location;
        location.page = cell->page;
        location.box = cell->box;
        builder_.BeginLocation(location);
        const bool begins = cell->row == row && cell->column == column;
        if (begins && !cell->continues) AddCell(table, *cell);
      }
      builder_.AddPieceAt(begin, builder_.text_size());
      // Every piece, blank or not, has a place of its own in the text.
      builder_.AppendText("\n");
    }
  }
  builder_.EndBlock();
}

void FlowWriter::AddCell(const FlowTable& table, const FlowCell& cell) {
  const Line* before = nullptr;
  for (const FlowCell* part = &cell;; part = &table.cells[part->continued]) {
    for (const Line& line : text_.lines(part->lines)) {
      // A number that is broken because its column is narrow is one number.
      if (before != nullptr &&
          !(IsNumberLike(LastText(*before)) &&
            text_.MayGoOn(*before, line, part->box.right - part->box.left))) {
        builder_.AppendText("\n");
      }
      AppendLine(line);
      before = &line;
    }
    if (part->continued < 0) break;
  }
}

}  // namespace

void WriteFlow(const Flow& flow, DocumentBuilder* builder) {
  FlowWriter(flow, builder).Run();
}

}  // namespace gongkai::input::pdf
