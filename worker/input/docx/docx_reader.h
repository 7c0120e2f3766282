// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/docx/docx_reader.h
//
// Reads Word files (DOCX), as Word, WPS, LibreOffice and converters write them.
//
// What a reader of the printed page sees is read, in its order:
//   * paragraphs, each of its lines a block; the number that automatic
//     numbering prints stands before its text
//   * tables as true grids: a cell that spans columns or rows stands in its
//     first place, the other places are blank. A row whose cells do not fill
//     the grid stays short: which cells it lacks is not told. Tables that only
//     lay out a page (of one column, with prose or with other tables in them)
//     are read as the paragraphs and tables they hold.
//   * the text as it stands when all tracked changes are accepted; results of
//     fields, not their instructions; text boxes behind their paragraph; no
//     hidden text, no prompts of empty content controls
//   * digits that are struck out or raised keep a mark (U+0336, ², ₂), so that
//     they are not taken for a part of the number beside them
//
// Headers, footers, notes and comments are no part of the text. Nothing is ever
// fetched. Every paragraph and cell has its location; byte ranges there are
// none, as the text is packed away.

#ifndef GONGKAI_WORKER_INPUT_DOCX_DOCX_READER_H_
#define GONGKAI_WORKER_INPUT_DOCX_DOCX_READER_H_

#include <string_view>

#include "absl/status/status.h"
#include "worker/input/document_builder.h"
#include "worker/input/limits.h"

namespace gongkai::input {

// Reads the archive `bytes` into `builder`. Memory is bounded by the limits,
// whatever the archive says of itself.
//
// Errors are rejections (see rejection.h):
//   MALFORMED           a damaged archive or part, a document type declaration,
//                       or no text at all
//   UNSUPPORTED_FORMAT  no Word document in the archive, one under a password,
//                       one that holds pictures or an embedded page alone
//   LIMIT_EXCEEDED      more than the limits allow of pieces, entries, expanded
//                       bytes, compression, XML nodes and their depth, columns
//                       of a table, tables in tables
absl::Status ReadDocx(std::string_view bytes, const Limits& limits,
                      DocumentBuilder* builder);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOCX_DOCX_READER_H_
