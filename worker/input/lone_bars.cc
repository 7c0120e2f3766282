// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/lone_bars.h"

#include <string_view>

#include "absl/types/span.h"
#include "worker/input/characters.h"

namespace gongkai::input {
namespace {

// A cell takes so many lines at most.
constexpr size_t kMostCellLines = 4;
// A line of a wrapped cell is no wider than this many columns.
constexpr size_t kWidestWrappedLine = 30;
// Rows are told by a bar before each when the ends of numbers' rows show it so
// many times as often as not; a heading between two tables does not.
constexpr size_t kMarkedPerUnmarked = 4;

// A row's own label and its group's stand before its numbers; more labels in
// a row are a heading.
constexpr size_t kMostRowLabels = 2;

// Lines of text in a row, then bars in a row; the last cell of a table may
// have no bar behind.
struct Step {
  size_t text_begin;
  size_t text_end;
  size_t bars_end;
  size_t bars() const { return bars_end - text_end; }
};

class LoneBars {
 public:
  LoneBars(std::string_view text, const TextLines& lines)
      : lines_(lines.lines()), text_(text) {}

  // The step that begins at line `i`. Without bars where no such table goes on
  // here.
  Step StepAt(size_t i) const {
    Step step{i, i, i};
    while (step.text_end < lines_.size() &&
           lines_[step.text_end].kind == LineKind::kText) {
      if (step.text_end - i == kMostCellLines) return {i, i, i};
      ++step.text_end;
    }
    step.bars_end = step.text_end;
    while (step.bars_end < lines_.size() &&
           lines_[step.bars_end].kind == LineKind::kBar) {
      ++step.bars_end;
    }
    return step;
  }

  bool Begins(size_t first) const {
    if (lines_[first].kind == LineKind::kText &&
        (first + 1 == lines_.size() ||
         lines_[first + 1].kind != LineKind::kBar)) {
      return false;
    }
    const Step step = StepAt(first);
    if (step.bars() == 0) return false;
    const Step next = StepAt(step.bars_end);
    return next.text_end > next.text_begin && next.bars() > 0;
  }

  // Each row begins with a bar of its own, so that two bars follow each other
  // between rows. (A blank cell between two bars looks alike; what stands
  // around decides.)
  bool RowsAreMarked(size_t first) const {
    if (!HasTwoBars(first)) return false;
    size_t marked = 0;
    size_t unmarked = 0;
    bool label_after_label = false;
    bool was_number = false;
    bool was_label = false;
    size_t bars = 0;
    Step step = StepAt(first);
    // What stands before the first bar may be running text.
    if (step.text_begin < step.text_end) step = StepAt(step.bars_end);
    for (; step.bars() > 0; step = StepAt(step.bars_end)) {
      if (step.text_begin == step.text_end) continue;
      const bool number = IsNumber(step);
      if (!number && was_number) {
        if (bars > 1) {
          ++marked;
        } else if (!BeginsWithOrdinal(TextOf(step.text_begin))) {
          // (A heading between two tables looks like this, too.)
          ++unmarked;
        }
      }
      if (!number && was_label && bars > 1) label_after_label = true;
      was_number = number;
      was_label = !number;
      bars = step.bars();
    }
    if (marked == 0 && unmarked == 0) {
      return label_after_label && lines_[first].kind == LineKind::kBar;
    }
    return marked >= kMarkedPerUnmarked * unmarked &&
           (label_after_label || OpensWithBar(first));
  }

  // Two bars follow each other somewhere in the table.
  bool HasTwoBars(size_t first) const {
    for (Step step = StepAt(first); step.bars() > 0;
         step = StepAt(step.bars_end)) {
      if (step.bars() > 1) return true;
    }
    return false;
  }

  // The first line is a bar, or running text before it.
  bool OpensWithBar(size_t first) const {
    if (lines_[first].kind == LineKind::kBar) return true;
    const std::string_view text = TextOf(first);
    return BeginsWithOrdinal(text) || EndsLikeSentence(text);
  }

  size_t AddCells(size_t first, DocumentBuilder* builder) const {
    // A bar before the first cell makes it uncertain what two bars mean.
    const bool blanks_certain = lines_[first].kind == LineKind::kText;
    Begin(BlockKind::kCells, builder);
    size_t i = first;
    for (Step step = StepAt(i); step.bars() > 0 && !builder->full();
         step = StepAt(i)) {
      if (step.text_begin < step.text_end) {
        const size_t cell = i == first ? step.text_end - 1 : CellBegin(step);
        if (cell > step.text_begin) {
          AddParagraphs(step.text_begin, cell, builder);
          Begin(BlockKind::kCells, builder);
        }
        builder->AddPiece(Cell(cell, step.text_end));
      }
      if (blanks_certain) AddBlanks(step.text_end, step.bars() - 1, builder);
      i = step.bars_end;
    }
    builder->EndBlock();
    return i;
  }

  size_t AddRows(size_t first, DocumentBuilder* builder) const {
    size_t i = first;
    while (i < lines_.size() && lines_[i].kind == LineKind::kText) ++i;
    AddParagraphs(first, i, builder);
    builder->BeginBlock(BlockKind::kGrid);
    // The bars before the cell at hand; the first of a table opens its row.
    size_t bars = StepAt(i).bars();
    bool was_number = false;
    bool labels_only = true;
    size_t labels = 0;
    i += bars;
    for (Step step = StepAt(i); step.bars() > 0 && !builder->full();
         step = StepAt(i)) {
      const bool number = IsNumber(step);
      if (!builder->in_row()) {
        builder->BeginRow();
        labels_only = true;
        labels = 0;
      } else if (bars > 1) {
        // Numbers follow the labels in their row, but a row of numbers alone
        // may follow a heading's row of labels.
        if (number && !(labels_only && labels > kMostRowLabels)) {
          AddBlanks(i - 1, bars - 1, builder);
        } else {
          AddBlanks(i - 1, bars - 2, builder);
          builder->BeginRow();
          labels_only = true;
          labels = 0;
        }
      } else if (was_number && !number) {
        // A row would have ended: it is running text between two tables.
        AddParagraphs(step.text_begin, step.text_end, builder);
        builder->BeginBlock(BlockKind::kGrid);
        bars = step.bars();
        was_number = false;
        i = step.bars_end;
        continue;
      }
      const size_t cell = CellBegin(step);
      if (cell > step.text_begin) {
        AddParagraphs(step.text_begin, cell, builder);
        builder->BeginBlock(BlockKind::kGrid);
        builder->BeginRow();
      }
      builder->AddPiece(Cell(cell, step.text_end));
      labels_only &= !number;
      labels += !number;
      was_number = number;
      bars = step.bars();
      i = step.bars_end;
    }
    builder->EndBlock();
    return i;
  }

 private:
  std::string_view TextOf(size_t i) const {
    return text_.substr(lines_[i].begin, lines_[i].end - lines_[i].begin);
  }

  bool IsNumber(const Step& step) const {
    return step.text_end - step.text_begin == 1 &&
           IsNumberLike(TextOf(step.text_begin));
  }

  // The lines of a cell, from the first of those that go on to the last.
  size_t CellBegin(const Step& step) const {
    size_t begin = step.text_end - 1;
    while (begin > step.text_begin && MayGoOn(TextOf(begin - 1))) --begin;
    return begin;
  }

  std::string_view Cell(size_t begin, size_t end) const {
    return text_.substr(lines_[begin].begin,
                        lines_[end - 1].end - lines_[begin].begin);
  }

  static void Begin(BlockKind kind, DocumentBuilder* builder) {
    builder->BeginBlock(kind);
    builder->BeginRow();
  }

  // Blank cells, which stand at the bar in line `bar`.
  void AddBlanks(size_t bar, size_t count, DocumentBuilder* builder) const {
    for (size_t i = 0; i < count; ++i) {
      builder->AddPiece(text_.substr(lines_[bar].begin, 0));
    }
  }

  void AddParagraphs(size_t begin, size_t end, DocumentBuilder* builder) const {
    for (size_t i = begin; i < end; ++i) builder->AddParagraph(TextOf(i));
  }

  const absl::Span<const TextLine> lines_;
  const std::string_view text_;
};

}  // namespace

bool MayGoOn(std::string_view line) {
  return DisplayWidth(line) <= kWidestWrappedLine && !EndsLikeSentence(line) &&
         !BeginsWithOrdinal(line) && !IsNumberLike(line);
}

bool BeginsLoneBars(std::string_view text, const TextLines& lines,
                    size_t first) {
  return LoneBars(text, lines).Begins(first);
}

size_t AddLoneBars(const TextLines& lines, size_t first,
                   DocumentBuilder* builder) {
  const LoneBars table(builder->text(), lines);
  return table.RowsAreMarked(first) ? table.AddRows(first, builder)
                                    : table.AddCells(first, builder);
}

}  // namespace gongkai::input
