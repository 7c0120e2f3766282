// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/doc/doc_reader.h
//
// Reads binary Word documents: the DOC of Word 97 to 2003, and the WPS of
// Kingsoft Writer, which is the same but for its name. Read is the main text as
// it prints: without foot notes, headers, text boxes, hidden text, what a
// tracked change deleted and the instructions of fields; with the numbers that
// Word puts before paragraphs outside tables, where the paragraph itself and
// not its style says so.

#ifndef GONGKAI_WORKER_INPUT_DOC_DOC_READER_H_
#define GONGKAI_WORKER_INPUT_DOC_DOC_READER_H_

#include <string_view>

#include "absl/status/status.h"
#include "worker/input/document_builder.h"
#include "worker/input/limits.h"

namespace gongkai::input {

// Fills the builder from an OLE compound file. Paragraphs become paragraphs,
// one for each line where line breaks stand in them. A table becomes a grid:
// its columns are the edges of the cells of all its rows, a cell covered by
// another is a blank piece. A table that arranges a page (one that holds
// tables, has a single column, or a cell of more than a page's text) is
// flattened to what is in it.
//
// Places: the number of a paragraph, counted outside tables; table, row and
// column of the grid for a cell. Tables count in the order in which they begin.
//
// Takes time in proportion to the bytes (times a logarithm), and memory of a
// few times their number, whatever they hold. Thread-compatible.
//
// Errors are rejections (rejection.h):
//   UNSUPPORTED_FORMAT  no Word document but something else, which the sentence
//                       names; an encrypted one; one of Word 95 or older; one
//                       of pictures without any text
//   MALFORMED           a part is cut off, contradicts another or runs in a
//                       circle; no text
//   LIMIT_EXCEEDED      more lines, cells and paragraphs than
//                       Limits::max_pieces
absl::Status ReadDoc(std::string_view bytes, const Limits& limits,
                     DocumentBuilder* builder);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOC_DOC_READER_H_
