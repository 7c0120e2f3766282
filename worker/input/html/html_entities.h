// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/html/html_entities.h
//
// The character references of HTML: &nbsp; &#160; &#xA0;

#ifndef GONGKAI_WORKER_INPUT_HTML_HTML_ENTITIES_H_
#define GONGKAI_WORKER_INPUT_HTML_HTML_ENTITIES_H_

#include <cstddef>
#include <string_view>

namespace gongkai::input {

struct HtmlEntity {
  char32_t code = 0;
  size_t length = 0;  // in bytes, of the reference; 0 for none
};

// The reference at the front of `text`, which begins with '&'. Known are the
// numbers, every name of HTML 4 and the names of HTML 5 for ASCII marks; what
// else begins with '&' is text. As browsers read them: some names need no
// semicolon, numbers never do, 128 to 159 mean Windows-1252, and a number that
// is no character is U+FFFD.
HtmlEntity ReadHtmlEntity(std::string_view text);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_HTML_HTML_ENTITIES_H_
