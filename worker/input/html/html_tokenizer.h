// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/html/html_tokenizer.h
//
// A web page as text and tags, by the tokenization rules of the HTML standard.
// Comments, declarations and processing instructions are passed over, and so
// is the content of elements in which no markup is read.
//
//   HtmlTokenizer tokenizer(page);
//   HtmlToken token;
//   while (tokenizer.Next(&token)) …
//
// Takes time in proportion to the page, whatever it holds, and no memory.

#ifndef GONGKAI_WORKER_INPUT_HTML_HTML_TOKENIZER_H_
#define GONGKAI_WORKER_INPUT_HTML_HTML_TOKENIZER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "worker/input/html/html_tag.h"

namespace gongkai::input {

struct HtmlToken {
  enum class Kind : uint8_t {
    kText,   // entities are not resolved
    kStart,  // of an element that IsRaw(): all of it, with its end tag
    kEnd,
  };
  Kind kind = Kind::kText;
  HtmlTag tag = HtmlTag::kInline;
  // The tag ends with a slash; it means something in SVG only.
  bool self_closing = false;
  // Of a start tag: the page does not show the element.
  bool hidden = false;
  // Of a start tag: leads to another page or runs a script.
  bool link = false;
  // Of a start tag, as written; 1 where there is no number. 0 is a rowspan
  // that reaches to the end of its row group.
  uint32_t colspan = 1;
  uint32_t rowspan = 1;
  // The token in the page.
  size_t begin = 0;
  size_t end = 0;
  // The name as written; the content of an element that IsRaw().
  std::string_view name;
  std::string_view content;
};

class HtmlTokenizer {
 public:
  // `page` is UTF-8 and must outlive the tokenizer.
  explicit HtmlTokenizer(std::string_view page) : page_(page) {}

  // False at the page's end.
  bool Next(HtmlToken* token);

 private:
  // The tag whose name begins at `at`. False if the page ends in it.
  bool ReadTag(size_t at, HtmlToken* token);
  // Sets what the token tells of one attribute.
  static void ReadAttribute(std::string_view name, std::string_view value,
                            HtmlToken* token);
  // Behind the comment or declaration that begins with "<!", "<?" or "</" and
  // no name at `at`.
  size_t SkipDeclaration(size_t at) const;
  // Moves behind the end tag of the raw element.
  void ReadRaw(HtmlToken* token);

  std::string_view page_;
  size_t at_ = 0;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_HTML_HTML_TOKENIZER_H_
