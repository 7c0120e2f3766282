// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/html/html_page.h
//
// What a web page shows, in order: text, ends of lines and paragraphs,
// pictures, and tables with their rows and cells. Everything else of the tree
// of elements says nothing to a reader and is gone.
//
// Tags that were left out or stand in the wrong place are mended as the HTML
// standard has it: a <td> ends the cell before it, a <div> ends an open <p>, an
// end tag that closes nothing is passed over, and text that stands in a table
// outside its cells comes before the table.

#ifndef GONGKAI_WORKER_INPUT_HTML_HTML_PAGE_H_
#define GONGKAI_WORKER_INPUT_HTML_HTML_PAGE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "worker/input/limits.h"

namespace gongkai::input {

struct HtmlNode {
  enum class Kind : uint8_t {
    kText,       // page[begin, end), entities not resolved
    kLineEnd,    // <br>, or the end of a line in <pre>
    kParagraph,  // an end of a paragraph; there may be several in a row
    kPicture,
    kTable,     // `pair` is its kTableEnd, `begin` its number in the page
    kTableEnd,  // `begin` is the number of its cells
    kRow,
    kCell,     // `pair` is its kCellEnd, `begin` colspan, `end` rowspan
    kCellEnd,  // `begin` is its place in the page
  };
  enum Flags : uint8_t {
    kLink = 1,         // text in a link to another page
    kChrome = 2,       // in <nav>, <aside> or <footer>
    kHeading = 4,      // in <h1> to <h6>
    kBeginsGroup = 8,  // a row; cells above it do not reach into it
  };
  Kind kind = Kind::kText;
  uint8_t flags = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t pair = 0;
  uint32_t next = 0;
};

// A view of the page; needs it to stay where it is.
class HtmlPage {
 public:
  // Reads the page, which is valid UTF-8. Errors: rejections with
  // LIMIT_EXCEEDED (Limits::max_html_depth, max_html_nodes).
  absl::Status Read(std::string_view page, const Limits& limits);

  std::string_view text() const { return text_; }

  // In the page's order, by HtmlNode::next; the first one is a mark without a
  // meaning. Ends with 0.
  const HtmlNode& operator[](uint32_t index) const { return nodes_[index]; }
  uint32_t first() const { return nodes_[0].next; }

  // The content of the first <title>.
  std::string_view title() const { return title_; }
  // How many elements there are that run scripts, and that show other
  // documents.
  int scripts() const { return scripts_; }
  int embedded() const { return embedded_; }

 private:
  friend class HtmlPageBuilder;

  std::string_view text_;
  std::vector<HtmlNode> nodes_;
  std::string_view title_;
  int scripts_ = 0;
  int embedded_ = 0;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_HTML_HTML_PAGE_H_
