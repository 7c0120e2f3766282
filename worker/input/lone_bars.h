// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/lone_bars.h
//
// Tables in which bars ('|') stand on lines of their own: behind every cell,
// or before every row and behind every cell.

#ifndef GONGKAI_WORKER_INPUT_LONE_BARS_H_
#define GONGKAI_WORKER_INPUT_LONE_BARS_H_

#include <cstddef>
#include <string_view>

#include "worker/input/document_builder.h"
#include "worker/input/text_lines.h"

namespace gongkai::input {

// A table in which bars stand on lines of their own between the cells begins
// at line `first`, with a cell or a bar. (With a line of running text, it may
// be, where a bar stands before each row.)
bool BeginsLoneBars(std::string_view text, const TextLines& lines,
                    size_t first);

// Adds the table of lone bars that begins at `first`, and the running text
// inside it. Returns the index of the line behind it.
size_t AddLoneBars(const TextLines& lines, size_t first,
                   DocumentBuilder* builder);

// May be a part of a cell that goes on in the next line: it is short, ends as
// no sentence does and looks like no heading.
bool MayGoOn(std::string_view line);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_LONE_BARS_H_
