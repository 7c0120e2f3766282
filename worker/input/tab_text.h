// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/tab_text.h
//
// Tables whose cells are told by tabs: one cell per line behind a tab (what
// Word documents become as text), or one row per line with tabs between.

#ifndef GONGKAI_WORKER_INPUT_TAB_TEXT_H_
#define GONGKAI_WORKER_INPUT_TAB_TEXT_H_

#include <cstddef>

#include "worker/input/document_builder.h"
#include "worker/input/text_lines.h"

namespace gongkai::input {

// Adds what begins at line `first`, which has tabs, as kGrid blocks; as kCells
// where no row can be told from the next; as paragraphs where the tabs merely
// indent running text. Returns the index of the line behind it.
size_t AddTabTable(const TextLines& lines, size_t first,
                   DocumentBuilder* builder);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_TAB_TEXT_H_
