// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/reader.h
//
// Bytes to Document. The format is told by the content alone.

#ifndef GONGKAI_WORKER_INPUT_READER_H_
#define GONGKAI_WORKER_INPUT_READER_H_

#include <string_view>

#include "absl/status/status.h"
#include "worker/input/document.h"
#include "worker/input/limits.h"

namespace gongkai::input {

// Reads a document. `bytes` must outlive `document`, which may point into
// them.
//
// Errors are rejections (see rejection.h), each with its typed outcome and a
// sentence in Chinese and English: MALFORMED for no bytes or damaged ones,
// UNSUPPORTED_FORMAT for bytes of no format that is read here,
// LIMIT_EXCEEDED when a limit is passed.
absl::Status Read(std::string_view bytes, const Limits& limits,
                  Document* document);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_READER_H_
