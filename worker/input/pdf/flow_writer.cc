// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/pdf/flow_writer.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
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

// Between two columns of a table without rules there is at least this.
constexpr float kColumnGap = 1;
// Of a table without rules: a line with so many segments belongs to one, with
// so many such lines it is one, and so many lines of labels may stand between
// them, none of which takes more than this part of the page's text.
constexpr size_t kTellingSegments = 3;
constexpr size_t kFewestColumnLines = 2;
constexpr size_t kMostLabelLines = 12;
constexpr float kWidestLabel = 0.6f;

// Base lines of one text are no further apart, in parts of the font's size.
constexpr float kTouchingLines = 1.8f;

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
      } else if (const size_t end = FindColumns(i); end > i) {
        AddColumns(i, end);
        i = end;
      } else {
        i = AddParagraph(i);
      }
    }
  }

 private:
  // Words that stand together in a column, or a number.
  struct Segment {
    uint32_t first_word;
    uint32_t word_count;
  };
  void Split(const Line& line, std::vector<Segment>* segments) const;
  bool HasColumns(const Line& line) const;
  bool MayBeLabel(const Line& line) const;
  size_t FindColumns(size_t first) const;
  bool HasBrokenNumbers(size_t first, size_t end) const;
  void AddColumns(size_t first, size_t end);
  size_t AddParagraph(size_t first);
  bool GoesOn(const Line& line, const Line& next) const;
  void AddTable(const FlowTable& table);
  void AddCell(const FlowTable& table, const FlowCell& cell);
  void AppendLine(const Line& line) { AppendWords(line, 0, line.word_count); }
  void AppendWords(const Line& line, uint32_t first, uint32_t count);
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

void FlowWriter::AppendWords(const Line& line, uint32_t first, uint32_t count) {
  for (uint32_t w = first; w < first + count; ++w) {
    const Word& word = text_.words(line)[w];
    if (w > first) builder_.AppendText(" ");
    Location location;
    location.page = line.page;
    location.box = word.box;
    builder_.BeginLocation(location);
    builder_.AppendText(text_.text(word));
  }
}

void FlowWriter::Split(const Line& line, std::vector<Segment>* segments) const {
  segments->clear();
  const absl::Span<const Word> words = text_.words(line);
  for (uint32_t w = 0; w < line.word_count; ++w) {
    const bool apart =
        w == 0 ||
        words[w].box.left - words[w - 1].box.right > kColumnGap * line.size ||
        (IsNumberLike(text_.text(words[w])) &&
         IsNumberLike(text_.text(words[w - 1])));
    if (apart) {
      segments->push_back({w, 1});
    } else {
      ++segments->back().word_count;
    }
  }
}

// The line is one of a table: several heads, or a label and its numbers.
bool FlowWriter::HasColumns(const Line& line) const {
  if (line.word_count < 2) return false;
  std::vector<Segment> segments;
  Split(line, &segments);
  if (segments.size() < 2) return false;
  for (const Word& word : text_.words(line)) {
    if (text_.text(word).find("。") != std::string_view::npos) return false;
  }
  return segments.size() >= kTellingSegments || IsNumberLike(LastText(line));
}

// The line may be a part of a label beside, above or below its numbers.
bool FlowWriter::MayBeLabel(const Line& line) const {
  const Box& margins = flow_.margins[line.page - 1];
  return !EndsSentence(LastText(line)) &&
         line.box.right - line.box.left <
             kWidestLabel * (margins.right - margins.left);
}

// Where the table without rules ends that begins with the item; at the item
// itself if none does.
size_t FlowWriter::FindColumns(size_t first) const {
  const std::vector<FlowItem>& items = flow_.items;
  if (!HasColumns(text_.line(items[first].line))) return first;
  size_t end = first + 1;
  size_t column_lines = 1;
  size_t labels = 0;
  for (size_t i = end; i < items.size() && items[i].table < 0; ++i) {
    const Line& line = text_.line(items[i].line);
    if (HasColumns(line)) {
      ++column_lines;
      labels = 0;
      end = i + 1;
    } else if (labels == kMostLabelLines || !MayBeLabel(line)) {
      break;
    } else {
      ++labels;
    }
  }
  return column_lines >= kFewestColumnLines ? end : first;
}

// Numbers right below numbers, with a label beside one of the lines alone, may
// be the rest of these or stand in the same row: without rules around their
// cells nobody can tell.
bool FlowWriter::HasBrokenNumbers(size_t first, size_t end) const {
  const std::vector<FlowItem>& items = flow_.items;
  const Line* above = nullptr;
  bool above_alone = false;
  // The lines before and behind may belong to the table's rows, too.
  if (first > 0) --first;
  end = std::min(end + 1, items.size());
  for (size_t i = first; i < end; ++i) {
    if (items[i].table >= 0) continue;
    const Line& line = text_.line(items[i].line);
    const absl::Span<const Word> words = text_.words(line);
    const size_t numbers = std::count_if(
        words.begin(), words.end(),
        [&](const Word& word) { return IsNumberLike(text_.text(word)); });
    if (numbers == 0) continue;
    const bool alone = numbers == words.size();
    if (above != nullptr && above->page == line.page &&
        line.box.bottom - above->box.bottom < kTouchingLines * line.size &&
        (alone || above_alone)) {
      return true;
    }
    above = &line;
    above_alone = alone;
  }
  return false;
}

void FlowWriter::AddColumns(size_t first, size_t end) {
  if (HasBrokenNumbers(first, end)) {
    while (first < end && !builder_.full()) first = AddParagraph(first);
    return;
  }
  std::vector<Segment> segments;
  builder_.BeginBlock(BlockKind::kLines);
  for (size_t i = first; i < end && !builder_.full(); ++i) {
    const Line& line = text_.line(flow_.items[i].line);
    const absl::Span<const Word> words = text_.words(line);
    Split(line, &segments);
    builder_.BeginRow();
    for (const Segment& segment : segments) {
      const size_t begin = builder_.text_size();
      AppendWords(line, segment.first_word, segment.word_count);
      const Word& last = words[segment.first_word + segment.word_count - 1];
      builder_.AddPieceAt(
          begin, builder_.text_size(),
          static_cast<int32_t>(words[segment.first_word].box.left),
          static_cast<int32_t>(last.box.right));
      builder_.AppendText("\n");
    }
  }
  builder_.EndBlock();
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
  builder_.BeginBlock(BlockKind::kGrid, /*placed=*/true);
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
