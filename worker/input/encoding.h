// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/encoding.h
//
// Bytes of a text to UTF-8, by content alone: what the file claims elsewhere
// (a header, a name) is not known here.

#ifndef GONGKAI_WORKER_INPUT_ENCODING_H_
#define GONGKAI_WORKER_INPUT_ENCODING_H_

#include <string_view>

#include "absl/status/status.h"
#include "worker/input/document_builder.h"

namespace gongkai::input {

// Makes `bytes` the builder's text. In this order:
//
//   a byte order mark of UTF-8, UTF-16 or GB18030;
//   bytes with NULs: UTF-16, if almost all its units are common in Chinese or
//   ASCII text;
//   valid UTF-8, used where it stands;
//   UTF-8 with few bad sequences, each replaced by U+FFFD;
//   UTF-16 without any NUL (Chinese without a line end or a digit);
//   GB18030 with hardly any bad sequence, each replaced.
//
// Errors: a rejection with UNSUPPORTED_FORMAT where nothing fits.
absl::Status DecodeText(std::string_view bytes, DocumentBuilder* builder);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_ENCODING_H_
