// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/html/html_text.h
//
// Writes the text of a page as it is read: entities resolved, white space as
// a browser shows it, every character with its place in the original bytes.

#ifndef GONGKAI_WORKER_INPUT_HTML_HTML_TEXT_H_
#define GONGKAI_WORKER_INPUT_HTML_HTML_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "worker/input/document.h"
#include "worker/input/document_builder.h"

namespace gongkai::input {

// Bytes that make up words, as a measure of how much a text says: ASCII letters
// and digits, and what is not ASCII but no white space.
struct HtmlTextSize {
  size_t words = 0;
  size_t not_ascii = 0;
};
HtmlTextSize MeasureHtmlText(std::string_view text);

class HtmlTextWriter {
 public:
  // `page` holds the decoded page, read from `bytes`.
  HtmlTextWriter(const Document& page, std::string_view bytes,
                 DocumentBuilder* builder);

  // Begins a paragraph or cell.
  void Begin();
  // Adds a part of the page's text.
  void Add(size_t begin, size_t end);
  // What comes next stands on a new line of the same paragraph or cell. `place`
  // is where the page says so.
  void EndLine(size_t place) { Separate(Separator::kLine, place); }
  // Ends the paragraph or cell and adds its piece. It ends at `place` in the
  // page.
  void AddPiece(size_t place);

 private:
  // What is to be written before the next character. White space with a line
  // end in it parts words, but not the characters of Chinese text.
  enum class Separator : uint8_t { kNone, kSpaceWithLineEnd, kSpace, kLine };

  void Separate(Separator separator, size_t place);
  void WriteSeparator(char32_t next);
  void WriteEntityOrAmpersand(size_t* at, size_t end);
  void WriteCharacters(size_t begin, size_t end);
  // The same where the page is not UTF-8.
  void WriteDecoded(std::string_view part);
  void WriteCharacter(char32_t code, size_t begin, size_t length);

  const Document& page_;
  const std::string_view text_;
  // Where text_ begins in the original; without meaning if it was decoded.
  size_t source_offset_ = 0;
  bool decoded_ = false;
  DocumentBuilder& builder_;
  size_t piece_begin_ = 0;
  bool empty_ = true;
  Separator separator_ = Separator::kNone;
  size_t separator_place_ = 0;
  char32_t last_ = 0;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_HTML_HTML_TEXT_H_
