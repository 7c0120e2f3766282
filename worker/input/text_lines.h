// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/text_lines.h
//
// The lines of a plain text and what kind of line each is, found in one pass
// over the bytes. The layouts (text_layout.h) are told from these kinds.

#ifndef GONGKAI_WORKER_INPUT_TEXT_LINES_H_
#define GONGKAI_WORKER_INPUT_TEXT_LINES_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/types/span.h"

namespace gongkai::input {

enum class LineKind : uint8_t {
  kText,     // neither tab nor bar
  kTabCell,  // begins with its only tab, indented or not
  kTabRow,   // other lines with tabs
  kBar,      // a lone '|'
  kBars,     // two or more bars, white space between them at most
  kCellBar,  // text and one '|' at the end
  kBarRow,   // other lines with bars
};

// A line that is not empty. Offsets count bytes of the text.
struct TextLine {
  uint32_t raw_begin;  // with the white space around
  uint32_t raw_end;    // without the line end
  uint32_t begin;      // without white space around
  uint32_t end;
  uint32_t first_mark;  // into TextLines::marks()
  uint32_t mark_count;
  LineKind kind;
  bool blank_before;  // an empty line, or several, stands before
  bool maybe_gap;     // white space two columns wide may stand inside
};

// Reused from document to document.
class TextLines {
 public:
  // Reads the lines of a text. False when there are more than `max_lines`
  // lines or `max_marks` marks; those up to the limit are kept then, or a few
  // less.
  bool Scan(std::string_view text, size_t max_lines, size_t max_marks);

  absl::Span<const TextLine> lines() const {
    return absl::MakeConstSpan(lines_).subspan(0, line_count_);
  }
  // Where the bars of lines with bars stand, and the tabs of lines with tabs.
  // A bar behind a backslash is text.
  absl::Span<const uint32_t> marks() const {
    return absl::MakeConstSpan(marks_).subspan(0, mark_count_);
  }
  // How many control characters there were, other than white space.
  size_t control_characters() const { return control_characters_; }

  // Empties, and gives back what an outlier took.
  void Clear();

 private:
  friend class LineMaker;

  // Grown before they are written to, a block of the text at a time; only the
  // first line_count_ and mark_count_ elements mean anything.
  std::vector<TextLine> lines_;
  std::vector<uint32_t> marks_;
  size_t line_count_ = 0;
  size_t mark_count_ = 0;
  size_t control_characters_ = 0;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_TEXT_LINES_H_
