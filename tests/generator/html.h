// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/html.h
//
// Prints a report's parts as a web page, in the shapes that public sites
// publish:
//
//   kHtml       clean markup
//   kHtmlCms    an article of a content management system among its menus,
//               breadcrumbs, index table, share bar and footer
//   kHtmlWord   a page that a word processor saved: every run of text in spans
//               of its own, numbers split over them, conditional comments
//   kHtmlSplit  clean markup, each table cut in two at a page's end
//
// Tables have true rowspan and colspan attributes.

#ifndef GONGKAI_TESTS_GENERATOR_HTML_H_
#define GONGKAI_TESTS_GENERATOR_HTML_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tests/generator/layout.h"
#include "tests/generator/random.h"

namespace gongkai::generator {

struct HtmlStyle {
  // The report's title, for the page's own and for links to other years'.
  std::string title;
  int year = 0;
  // What the page says its encoding is, truly or not; empty to say nothing.
  std::string charset;
};

// The page in UTF-8 with '\n' line ends.
std::string PrintHtml(Layout layout, const HtmlStyle& style,
                      absl::Span<const Part> parts, Random* random);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_HTML_H_
