// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/pdf/pdf_reader.h
//
// PDF to Document. Tables are read from the lines drawn around their cells: a
// blank cell is a blank piece, a label that wraps is one piece, and no value
// is ever found by counting. Tables go on over the ends of pages. Running text
// is joined to paragraphs. Every word knows its page and box.
//
// Built with the CMake switch GONGKAI_PDF alone, because Poppler, on which it
// stands, is under the GPL.

#ifndef GONGKAI_WORKER_INPUT_PDF_PDF_READER_H_
#define GONGKAI_WORKER_INPUT_PDF_PDF_READER_H_

#include <string_view>

#include "absl/status/status.h"
#include "worker/input/document_builder.h"
#include "worker/input/limits.h"

namespace gongkai::input {

// Reads the file into the builder's document. Takes time in proportion to the
// pages. Opens no file but Poppler's tables of Chinese encodings, and these
// once. Thread-compatible: any number of threads may read at once.
//
// Errors are rejections:
//   MALFORMED           damaged beyond repair; no page
//   UNSUPPORTED_FORMAT  needs a password; no text (a scan); text whose fonts
//                       do not say which characters they show
//   LIMIT_EXCEEDED      more pages, characters, pieces or time than the limits
//                       allow
absl::Status ReadPdf(std::string_view bytes, const Limits& limits,
                     DocumentBuilder* builder);

// Where Poppler, as it is built, looks for its tables of encodings.
inline constexpr char kPdfTables[] = "/usr/share/poppler";

// Does ahead of time what the first ReadPdf() does else: for a process that
// may soon not open files any more.
void PreparePdf();

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_PDF_PDF_READER_H_
