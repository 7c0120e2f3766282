// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/text_layout.h
//
// Plain text and Markdown to blocks: finds the tables that programs which
// turn documents into text leave behind, each in one of their layouts, by the
// tabs, bars, blanks and line ends alone.
//
//   tab cells    one cell per line behind a tab, empty lines between rows; a
//                line without a tab continues the cell above            kGrid
//   tab rows     one row per line, tabs between the cells               kGrid
//   cell bars    a cell and a bar per line, a lone bar for a blank cell,
//                several bars where a row ends                          kGrid
//   bar rows     one row per line, bars between the cells; also Markdown,
//                whose line of dashes is dropped                        kGrid
//   lone bars    a lone bar behind every cell                          kCells
//                a lone bar before every row and behind every cell      kGrid
//   columns      fixed-width print (column_text.h)                     kLines
//
// Everything else is paragraphs, one per line.

#ifndef GONGKAI_WORKER_INPUT_TEXT_LAYOUT_H_
#define GONGKAI_WORKER_INPUT_TEXT_LAYOUT_H_

#include <cstdint>

#include "absl/status/status.h"
#include "worker/input/document_builder.h"

namespace gongkai::input {

// Adds the blocks of the builder's text, which is valid UTF-8. Errors:
// rejections with LIMIT_EXCEEDED (more pieces than allowed, or so many marks
// and lines that they cannot be pieces) and UNSUPPORTED_FORMAT (control
// characters everywhere).
absl::Status ReadTextLayout(DocumentBuilder* builder);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_TEXT_LAYOUT_H_
