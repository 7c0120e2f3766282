// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/rejection.h"

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace gongkai::input {
namespace {

constexpr char kOutcome[] = "gongkai/outcome";
constexpr char kMessage[] = "gongkai/message-zh";

absl::StatusCode CodeOf(v1::Outcome outcome) {
  switch (outcome) {
    case v1::OUTCOME_MALFORMED:
      return absl::StatusCode::kInvalidArgument;
    case v1::OUTCOME_UNSUPPORTED_FORMAT:
      return absl::StatusCode::kUnimplemented;
    case v1::OUTCOME_TOO_LARGE:
      return absl::StatusCode::kOutOfRange;
    case v1::OUTCOME_LIMIT_EXCEEDED:
      return absl::StatusCode::kResourceExhausted;
    default:
      return absl::StatusCode::kUnknown;
  }
}

}  // namespace

absl::Status Reject(v1::Outcome outcome, absl::string_view message,
                    absl::string_view message_en) {
  absl::Status status(CodeOf(outcome), message_en);
  status.SetPayload(kOutcome, absl::Cord(absl::StrCat(outcome)));
  status.SetPayload(kMessage, absl::Cord(message));
  return status;
}

absl::Status TooManyPieces(int64_t max_pieces) {
  const std::string limit = std::to_string(max_pieces);
  return Reject(v1::OUTCOME_LIMIT_EXCEEDED,
                "文档的行和单元格超过上限（" + limit +
                    " 个）。请把文档拆成每份一个年度报告后再提交。",
                "The document has more lines and cells than the limit of " +
                    limit + ". Split it into one report per file.");
}

Rejection RejectionOf(const absl::Status& status) {
  Rejection rejection;
  rejection.message_en = std::string(status.message());
  const auto outcome = status.GetPayload(kOutcome);
  const auto message = status.GetPayload(kMessage);
  int number = 0;
  if (outcome.has_value() && message.has_value() &&
      absl::SimpleAtoi(std::string(*outcome), &number)) {
    rejection.outcome = static_cast<v1::Outcome>(number);
    rejection.message = std::string(*message);
  } else {
    rejection.outcome = v1::OUTCOME_MALFORMED;
    rejection.message = rejection.message_en;
  }
  return rejection;
}

}  // namespace gongkai::input
