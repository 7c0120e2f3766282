// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/pdf/page_content.h
//
// What a page of a PDF file shows, as plain numbers: its characters and its
// straight lines. All lengths are points (1/72 inch) from the page's top left
// corner, y downwards, as the page is read (turned upright).

#ifndef GONGKAI_WORKER_INPUT_PDF_PAGE_CONTENT_H_
#define GONGKAI_WORKER_INPUT_PDF_PAGE_CONTENT_H_

#include <vector>

#include "worker/input/document.h"

namespace gongkai::input::pdf {

// A visible character, or a blank.
struct Glyph {
  char32_t code = 0;  // U+0020 for every kind of blank
  Box box;
  float base = 0;  // where its line of text stands
  float size = 0;  // of the font
};

// A straight line drawn along an axis: the border of a cell, an underline.
struct Rule {
  bool horizontal = false;
  float at = 0;  // y of a horizontal one, x of another
  float begin = 0;
  float end = 0;
};

struct PageContent {
  float width = 0;
  float height = 0;
  std::vector<Glyph> glyphs;
  std::vector<Rule> rules;
  // How many of the glyphs are not blank, and of these, how many have a font
  // that does not say which characters they are.
  int visible = 0;
  int unmapped = 0;
  // Characters that are not among the glyphs because they leave no mark: the
  // text that character recognition lays under a scan.
  int invisible = 0;

  void Clear() {
    width = height = 0;
    glyphs.clear();
    rules.clear();
    visible = unmapped = invisible = 0;
  }
};

}  // namespace gongkai::input::pdf

#endif  // GONGKAI_WORKER_INPUT_PDF_PAGE_CONTENT_H_
