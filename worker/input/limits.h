// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/limits.h
//
// The limits of one document. Each is overridden by a flag of gongkai-worker.

#ifndef GONGKAI_WORKER_INPUT_LIMITS_H_
#define GONGKAI_WORKER_INPUT_LIMITS_H_

#include <cstdint>

namespace gongkai::input {

struct Limits {
  // Largest document in bytes. Provincial reports take 60 KB as text and some
  // hundred KB as PDF; 32 MiB leaves room for pictures in Word files and fits
  // the worker's memory several times over.
  int64_t max_document_bytes = int64_t{32} << 20;
  // Most pieces (lines and cells) in one document. A report has about 700; a
  // collection pasted into one file stays below this.
  int64_t max_pieces = 200'000;
  // Deepest nesting of a web page's elements. Pages of content management
  // systems have about 30; browsers stop at 512.
  int64_t max_html_depth = 512;
  // Most tags and pieces of text in a web page. A report that a word processor
  // saved has about 10,000; a million take 30 MB and 50 ms.
  int64_t max_html_nodes = 1'000'000;
  // Most rows or columns that a cell of a web page spans; what spans more is
  // taken to span so many, as in browsers. The forms have 22 at most.
  int64_t max_html_span = 1'000;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_LIMITS_H_
