// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/html/html_reader.h
//
// Web pages, whole or a part of one, in any encoding that DecodeText() knows:
// the content tells it, whatever the page claims.
//
//   paragraphs    one block each; <br> ends one. What is not shown (scripts,
//                 styles, display: none) is not there.
//   tables        grids with their spans resolved: what spans rows or columns
//                 stands in its first cell, the places it covers are blank.
//                 Columns in which no cell begins are dropped. Paragraphs of a
//                 cell are its lines.
//   layout        tables that place parts of the page are read as the
//                 paragraphs and tables in them.
//   furniture     menus and lists of links are left out (html_blocks.h).
//
// Every piece has its place in the original bytes (an entity is one character
// there) and its table, row and column, or the number of its paragraph.
//
// Reads tags by rules of its own rather than by a library:
// docs/decisions/0004-html-parser.md.

#ifndef GONGKAI_WORKER_INPUT_HTML_HTML_READER_H_
#define GONGKAI_WORKER_INPUT_HTML_HTML_READER_H_

#include <string_view>

#include "absl/status/status.h"
#include "worker/input/document_builder.h"
#include "worker/input/limits.h"

namespace gongkai::input {

// Adds the blocks of a web page. `bytes` must outlive the document. Nothing is
// fetched and no script is run.
//
// Errors: rejections.
//   MALFORMED           no text, and nothing that says why
//   UNSUPPORTED_FORMAT  no text in a known encoding; or hardly any text,
//                       because scripts load it, or it is in pictures, or in
//                       another document that the page shows in a frame
//   LIMIT_EXCEEDED      Limits::max_pieces (also in a grid with its covered
//                       places), max_html_depth, max_html_nodes
absl::Status ReadHtml(std::string_view bytes, const Limits& limits,
                      DocumentBuilder* builder);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_HTML_HTML_READER_H_
