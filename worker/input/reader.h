// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/reader.h
//
// Bytes to Document. The format is told by the content alone.

#ifndef GONGKAI_WORKER_INPUT_READER_H_
#define GONGKAI_WORKER_INPUT_READER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "worker/input/document.h"
#include "worker/input/limits.h"

namespace gongkai::input {

// The formats that are read, as media types.
inline constexpr const char* kMediaTypes[] = {
    "text/plain",
    "text/markdown",
    "text/html",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
#ifdef GONGKAI_PDF
    "application/pdf",
#endif
};

// Reads a document: empties `document` and fills it. `bytes` must outlive
// `document`, which may point into them. Takes time in proportion to the bytes
// and, whatever they hold, memory bounded by the limits. Thread-compatible:
// any number of threads may read, each into its own document.
//
// Errors are rejections (see rejection.h), each with its typed outcome and a
// sentence in Chinese and English; the document is empty then.
//   MALFORMED           no bytes, nothing but white space, or a damaged file
//   UNSUPPORTED_FORMAT  another format, which the sentence names, no text in
//                       any encoding that is known here, or text that is not to
//                       be had from the file (pictures, scripts, a password)
//   TOO_LARGE           more bytes than Limits::max_document_bytes
//   LIMIT_EXCEEDED      more than one of the other limits
absl::Status Read(std::string_view bytes, const Limits& limits,
                  Document* document);

// Does ahead of time what readers do else at their first document: for a
// process that may open no more files soon.
void Prepare();

// The directories of files that even then are opened as a document asks for
// them. They hold nothing but the PDF library's tables of encodings.
std::vector<std::string> DirectoriesReadLater();

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_READER_H_
