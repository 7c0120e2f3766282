// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/worker/input/html/gumbo_page.h
//
// What a page shows, in one line, by the tree that Gumbo makes of it (it
// follows the HTML standard to the letter) and by HtmlPage: the oracle of the
// reader's own rules.
//
//   text¶text⏎text  T{ R C2x1(text) C1x1(text) }
//
// White space is left out. Paragraph ends count once, and not beside tables
// and cells.

#ifndef GONGKAI_TESTS_WORKER_INPUT_HTML_GUMBO_PAGE_H_
#define GONGKAI_TESTS_WORKER_INPUT_HTML_GUMBO_PAGE_H_

#include <string>
#include <string_view>

#include "worker/input/html/html_page.h"

namespace gongkai::input {

std::string ShowByGumbo(std::string_view page);
std::string Show(const HtmlPage& page);

}  // namespace gongkai::input

#endif  // GONGKAI_TESTS_WORKER_INPUT_HTML_GUMBO_PAGE_H_
