// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/pdf/page_text.h
//
// Characters to words to lines, by where they stand and never by the order in
// which the file draws them.

#ifndef GONGKAI_WORKER_INPUT_PDF_PAGE_TEXT_H_
#define GONGKAI_WORKER_INPUT_PDF_PAGE_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "worker/input/document.h"
#include "worker/input/pdf/page_content.h"

namespace gongkai::input::pdf {

// Characters without a gap between them.
struct Word {
  uint32_t text_begin = 0;
  uint32_t text_end = 0;
  Box box;
};

// Words on one base line, from left to right.
struct Line {
  int32_t page = 0;
  Box box;
  // How far it reaches with the blanks before and behind its words.
  float left = 0;
  float right = 0;
  float size = 0;  // of its first character's font
  uint32_t first_word = 0;
  uint32_t word_count = 0;
};

// Consecutive lines of a TextStore.
struct LineRange {
  uint32_t begin = 0;
  uint32_t end = 0;

  bool empty() const { return begin == end; }
};

// All lines of a document. Keeps its memory between documents.
class TextStore {
 public:
  void Clear();

  // Appends the lines that these glyphs of a page form, from top to bottom.
  // Reorders `glyphs`.
  LineRange Add(int page, absl::Span<const Glyph*> glyphs);

  const Line& line(uint32_t index) const { return lines_[index]; }
  absl::Span<const Line> lines(LineRange range) const {
    return absl::MakeConstSpan(lines_).subspan(range.begin,
                                               range.end - range.begin);
  }
  absl::Span<const Word> words(const Line& line) const {
    return absl::MakeConstSpan(words_).subspan(line.first_word,
                                               line.word_count);
  }
  std::string_view text(const Word& word) const {
    return std::string_view(text_).substr(word.text_begin,
                                          word.text_end - word.text_begin);
  }
  // The words of a line with a space between each.
  std::string TextOf(const Line& line) const;

  // Whether `next` may go on with what a cell of this width says in `line`: the
  // line has no room for one more character, and both are parts of numbers or
  // neither is.
  bool MayGoOn(const Line& line, const Line& next, float width) const;

 private:
  void AddLine(int page, absl::Span<const Glyph*> glyphs);

  std::string text_;
  std::vector<Word> words_;
  std::vector<Line> lines_;
};

}  // namespace gongkai::input::pdf

#endif  // GONGKAI_WORKER_INPUT_PDF_PAGE_TEXT_H_
