// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/html/html_tag.h
//
// The elements of HTML that a reader treats in a way of their own.

#ifndef GONGKAI_WORKER_INPUT_HTML_HTML_TAG_H_
#define GONGKAI_WORKER_INPUT_HTML_HTML_TAG_H_

#include <cstdint>
#include <string_view>

namespace gongkai::input {

enum class HtmlTag : uint8_t {
  kInline,  // any other: it changes nothing in how its text is read
  kA,
  kBr,
  kHr,
  kImg,
  kVoid,      // has no content and no end tag: meta, link, input, col, …
  kEmbedded,  // shows another document: embed, object, frame
  kIgnored,   // html, head, body: their tags say nothing to a reader
  kForm,      // ends a paragraph, whatever is open inside
  // A paragraph of its own, which ends an open <p>.
  kBlock,  // div, section, ul, …; told apart by name
  kP,
  kHeading,  // h1 to h6
  kLi,
  kDdDt,
  kPre,
  kChrome,  // nav, aside, footer
  // Tables.
  kTable,
  kCaption,
  kRowGroup,  // tbody, thead, tfoot
  kColumns,   // col, colgroup
  kTr,
  kTd,
  kTh,
  // Their content is not shown, or is no text of the page.
  kHidden,   // select, template, video, …
  kForeign,  // svg, math, xml: other markup, which ends where HTML goes on
  // The same, and no markup is read up to the end tag.
  kTitle,
  kScript,
  kIframe,
  kRaw,  // style, textarea, noscript, …
};

// The tag with this name, whatever its case.
HtmlTag HtmlTagOf(std::string_view name);

// No markup is read between the start tag and the end tag.
inline bool IsRaw(HtmlTag tag) { return tag >= HtmlTag::kTitle; }

// What begins and ends paragraphs.
inline bool IsBlock(HtmlTag tag) {
  return tag >= HtmlTag::kBlock && tag <= HtmlTag::kChrome;
}

inline bool IsCell(HtmlTag tag) {
  return tag == HtmlTag::kTd || tag == HtmlTag::kTh;
}

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_HTML_HTML_TAG_H_
