// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/html/html_blocks.h
//
// The paragraphs and tables of a page as blocks of a document.

#ifndef GONGKAI_WORKER_INPUT_HTML_HTML_BLOCKS_H_
#define GONGKAI_WORKER_INPUT_HTML_HTML_BLOCKS_H_

#include <cstddef>
#include <cstdint>

#include "worker/input/document.h"
#include "worker/input/document_builder.h"
#include "worker/input/html/html_page.h"
#include "worker/input/html/html_text.h"

namespace gongkai::input {

// What was found of a page's content.
struct HtmlContent {
  size_t text_bytes = 0;  // of paragraphs, beside links
  size_t longest_paragraph = 0;
  size_t cells = 0;  // of grids
  int pictures = 0;  // that lead nowhere
};

class HtmlBlocks {
 public:
  // Adds the blocks of `page` to the builder, whose decoding has begun.
  //
  // Left out is what surrounds the content of a page, where there is enough
  // content: <nav>, <aside> and <footer>, and lines that are hardly more than
  // links to other pages (menus, lists of news, "previous" and "next").
  // Headings and grids are never left out. The page's <title> comes first where
  // the page does not show it.
  HtmlBlocks(const HtmlPage& page, HtmlTextWriter* writer,
             DocumentBuilder* builder)
      : page_(page), writer_(*writer), builder_(*builder) {}

  HtmlContent Add();

 private:
  void Survey();
  void AddTitle();
  // The nodes from `n` up to `end`, which stand at `cell` (outside tables: no
  // table).
  void AddFlow(uint32_t n, uint32_t end, const Location& cell);
  // The nodes of one paragraph.
  void AddParagraph(uint32_t n, uint32_t end, const Location& cell);
  void AddTable(uint32_t n);
  void AddPiece(uint32_t n, const Location& location);
  void CountPicture(uint8_t flags);

  const HtmlPage& page_;
  HtmlTextWriter& writer_;
  DocumentBuilder& builder_;
  HtmlContent content_;
  bool leaves_out_ = false;
  int32_t paragraphs_ = 0;
  // Where in the page the last text or cell ended.
  size_t place_ = 0;
  // Pictures since the last paragraph of some length; behind the last one they
  // belong to the page's foot.
  bool in_prose_ = false;
  int pictures_since_prose_ = 0;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_HTML_HTML_BLOCKS_H_
