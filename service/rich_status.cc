// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/rich_status.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace gongkai::service {
namespace {

constexpr char kDomain[] = "gongkai.v1";

google::rpc::Status WithErrorInfo(grpc::StatusCode code, std::string message,
                                  const char* reason) {
  google::rpc::Status status;
  status.set_code(code);
  status.set_message(std::move(message));
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  info.set_domain(kDomain);
  status.add_details()->PackFrom(info);
  return status;
}

grpc::Status ToGrpc(const google::rpc::Status& status) {
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()),
                      status.message(), status.SerializeAsString());
}

struct Wording {
  grpc::StatusCode code;
  const char* reason;
  const char* message;
};

Wording WordingOf(Refusal refusal) {
  constexpr auto kBusy = grpc::StatusCode::RESOURCE_EXHAUSTED;
  switch (refusal) {
    case Refusal::kQueueFull:
      return {kBusy, "QUEUE_FULL", "every queue place is taken"};
    case Refusal::kCallerLimit:
      return {kBusy, "CALLER_LIMIT",
              "as many of your documents are under way as you may have"};
    case Refusal::kDeadlineUnreachable:
      return {kBusy, "DEADLINE_UNREACHABLE",
              "the queue is longer than the call's deadline"};
    case Refusal::kTooManyCalls:
      return {kBusy, "TOO_MANY_CALLS", "as many calls are under way as may be"};
    case Refusal::kTooManyCollections:
      return {kBusy, "TOO_MANY_COLLECTIONS",
              "as many collections are under way as may be"};
    case Refusal::kNoWorkers:
      return {grpc::StatusCode::UNAVAILABLE, "NO_WORKERS",
              "no worker process can be started here"};
    case Refusal::kStopping:
    case Refusal::kCount:
      break;
  }
  return {grpc::StatusCode::UNAVAILABLE, "STOPPING", "the server is stopping"};
}

}  // namespace

grpc::Status Refused(grpc::CallbackServerContext* context, Refusal refusal,
                     absl::Duration retry_delay) {
  if (refusal == Refusal::kStopping) return Stopping();
  const Wording wording = WordingOf(refusal);
  const int64_t milliseconds = absl::ToInt64Milliseconds(retry_delay);
  google::rpc::Status status = WithErrorInfo(
      wording.code,
      absl::StrCat(wording.message, "; try again in ", milliseconds, " ms"),
      wording.reason);
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(milliseconds / 1000);
  retry.mutable_retry_delay()->set_nanos(
      static_cast<int32_t>(milliseconds % 1000 * 1'000'000));
  status.add_details()->PackFrom(retry);
  context->AddTrailingMetadata("grpc-retry-pushback-ms",
                               absl::StrCat(milliseconds));
  return ToGrpc(status);
}

grpc::Status CollectionTooLarge(int64_t max_reports) {
  return ToGrpc(
      WithErrorInfo(grpc::StatusCode::RESOURCE_EXHAUSTED,
                    absl::StrCat("a collection may have ", max_reports,
                                 " reports; send fewer at once"),
                    "COLLECTION_TOO_LARGE"));
}

grpc::Status CollectionLost() {
  return ToGrpc(WithErrorInfo(
      grpc::StatusCode::UNAVAILABLE,
      "the process that held the collection ended; send the collection again",
      "COLLECTION_LOST"));
}

grpc::Status Stopping() {
  return ToGrpc(WithErrorInfo(
      grpc::StatusCode::UNAVAILABLE,
      "the server is stopping; send what is unanswered again elsewhere",
      "STOPPING"));
}

grpc::Status Cancelled() {
  return grpc::Status(grpc::StatusCode::CANCELLED, "the call was cancelled");
}

}  // namespace gongkai::service
