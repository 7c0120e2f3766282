// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/rejection.h
//
// A document that cannot be read is a result and not a failure of the service.
// Inside the worker such a result travels as an absl::Status that carries the
// typed outcome and a sentence in each language.

#ifndef GONGKAI_WORKER_INPUT_REJECTION_H_
#define GONGKAI_WORKER_INPUT_REJECTION_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai::input {

// Why a document was not read.
struct Rejection {
  v1::Outcome outcome = v1::OUTCOME_UNSPECIFIED;
  std::string message;     // Chinese
  std::string message_en;  // English
};

// The rejection as a status. Its code follows the outcome: InvalidArgument
// (MALFORMED), Unimplemented (UNSUPPORTED_FORMAT), OutOfRange (TOO_LARGE),
// ResourceExhausted (LIMIT_EXCEEDED), Unknown otherwise.
absl::Status Reject(v1::Outcome outcome, absl::string_view message,
                    absl::string_view message_en);

// LIMIT_EXCEEDED: more lines and cells than Limits::max_pieces.
absl::Status TooManyPieces(int64_t max_pieces);

// The rejection that a status carries. For a status that was not made by
// Reject: MALFORMED with the status's own message in both languages.
Rejection RejectionOf(const absl::Status& status);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_REJECTION_H_
