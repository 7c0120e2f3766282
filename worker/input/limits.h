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
  // Most pages of a PDF file. Reports have 4 to 20; a yearbook of reports has
  // some hundred and is read report by report.
  int64_t max_pages = 500;
  // Most characters on a page of a PDF file. A page in small print has 5,000.
  int64_t max_page_characters = 50'000;
  // CPU time for a PDF file in milliseconds. A page takes about 2, so this is
  // reached by files alone that are made to; what such a file can have unpacked
  // in this time fits the worker's memory.
  int64_t max_pdf_milliseconds = 750;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_LIMITS_H_
