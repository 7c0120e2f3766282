// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/doc/rejections.h
//
// Why an old Word document is not read, where more than one place says so.

#ifndef GONGKAI_WORKER_INPUT_DOC_REJECTIONS_H_
#define GONGKAI_WORKER_INPUT_DOC_REJECTIONS_H_

#include "absl/status/status.h"

namespace gongkai::input {

// MALFORMED: a part is cut off, contradicts another or runs in a circle.
absl::Status Damaged();

// UNSUPPORTED_FORMAT: a password is needed.
absl::Status Encrypted();

// UNSUPPORTED_FORMAT: written by Word 95 or before.
absl::Status TooOld();

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOC_REJECTIONS_H_
