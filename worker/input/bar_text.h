// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/bar_text.h
//
// Tables whose cells are told by bars ('|'): in rows, as Markdown and many web
// pages turned into text have them, or with a cell and its bar per line.

#ifndef GONGKAI_WORKER_INPUT_BAR_TEXT_H_
#define GONGKAI_WORKER_INPUT_BAR_TEXT_H_

#include <cstddef>
#include <string_view>

#include "worker/input/document_builder.h"
#include "worker/input/text_lines.h"

namespace gongkai::input {

// Adds the table that begins at line `first`, which has bars: rows of bars, or
// a cell and its bar per line. Returns the index of the line behind it.
size_t AddBarTable(const TextLines& lines, size_t first,
                   DocumentBuilder* builder);

// WithoutEmphasis() of a text that begins like one with emphasis.
std::string_view WithoutEmphasisMarks(std::string_view text);

// The text without Markdown's ** or __ around it.
inline std::string_view WithoutEmphasis(std::string_view text) {
  if (text.size() <= 4 || (text[0] != '*' && text[0] != '_')) return text;
  return WithoutEmphasisMarks(text);
}

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_BAR_TEXT_H_
