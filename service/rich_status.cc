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

}  // namespace

grpc::Status QueueFull(grpc::CallbackServerContext* context,
                       absl::Duration retry_delay) {
  const int64_t milliseconds = absl::ToInt64Milliseconds(retry_delay);
  google::rpc::Status status =
      WithErrorInfo(grpc::StatusCode::RESOURCE_EXHAUSTED,
                    absl::StrCat("every queue place is taken; try again in ",
                                 milliseconds, " ms"),
                    "QUEUE_FULL");
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(milliseconds / 1000);
  retry.mutable_retry_delay()->set_nanos(
      static_cast<int32_t>(milliseconds % 1000 * 1'000'000));
  status.add_details()->PackFrom(retry);
  context->AddTrailingMetadata("grpc-retry-pushback-ms",
                               absl::StrCat(milliseconds));
  return ToGrpc(status);
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
