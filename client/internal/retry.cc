// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/internal/retry.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/random/distributions.h"
#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace gongkai::internal {
namespace {

constexpr char kRetryInfo[] = "type.googleapis.com/google.rpc.RetryInfo";

std::optional<absl::Duration> RetryInfoDelay(const absl::Status& status) {
  const auto payload = status.GetPayload(kRetryInfo);
  google::rpc::RetryInfo info;
  if (!payload.has_value() || !info.ParseFromString(std::string(*payload))) {
    return std::nullopt;
  }
  const absl::Duration delay = absl::Seconds(info.retry_delay().seconds()) +
                               absl::Nanoseconds(info.retry_delay().nanos());
  return std::max(delay, absl::ZeroDuration());
}

struct PushBack {
  std::optional<absl::Duration> delay;
  bool forbids = false;
};

PushBack PushBackOf(const absl::Status& status) {
  PushBack push_back;
  const auto payload = status.GetPayload(kPushBack);
  if (!payload.has_value()) return push_back;
  int64_t milliseconds = 0;
  if (absl::SimpleAtoi(std::string(*payload), &milliseconds) &&
      milliseconds >= 0) {
    push_back.delay = absl::Milliseconds(milliseconds);
  } else {
    push_back.forbids = true;
  }
  return push_back;
}

// The call broke off without a word of a server's; these are gRPC's words for
// it. A server that is killed behind a balancer ends so, and not UNAVAILABLE.
bool BrokeOff(const absl::Status& status) {
  return (absl::IsInternal(status) &&
          absl::StrContains(status.message(), "RST_STREAM")) ||
         (absl::IsUnknown(status) &&
          (absl::StrContains(status.message(), "Stream removed") ||
           absl::StrContains(status.message(), "No status received")));
}

}  // namespace

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()),
                      status.error_message());
  google::rpc::Status details;
  if (!status.error_details().empty() &&
      details.ParseFromString(status.error_details())) {
    for (const google::protobuf::Any& detail : details.details()) {
      result.SetPayload(detail.type_url(), absl::Cord(detail.value()));
    }
  }
  return result;
}

absl::Status FromGrpc(const grpc::Status& status,
                      const grpc::ClientContext& context) {
  absl::Status result = FromGrpc(status);
  if (result.ok()) return result;
  const auto& trailers = context.GetServerTrailingMetadata();
  const auto found = trailers.find(kPushBack);
  if (found != trailers.end()) {
    result.SetPayload(kPushBack,
                      absl::Cord(absl::string_view(found->second.data(),
                                                   found->second.size())));
  }
  return result;
}

std::optional<absl::Duration> ServerDelay(const absl::Status& status) {
  const std::optional<absl::Duration> info = RetryInfoDelay(status);
  const std::optional<absl::Duration> push_back = PushBackOf(status).delay;
  return std::max(info, push_back);
}

bool IsTransient(const absl::Status& status) {
  if (PushBackOf(status).forbids) return false;
  return absl::IsUnavailable(status) || absl::IsCancelled(status) ||
         BrokeOff(status) ||
         (absl::IsResourceExhausted(status) && ServerDelay(status).has_value());
}

bool IsStreamTransient(const absl::Status& status) {
  return status.ok() || IsTransient(status);
}

Backoff::Backoff(const RetryOptions& options)
    : options_(options), bound_(options.initial_backoff) {}

absl::Duration Backoff::Next(const absl::Status& cause) {
  const std::optional<absl::Duration> asked = ServerDelay(cause);
  if (asked.has_value()) {
    return std::max(*asked, options_.initial_backoff) *
           absl::Uniform(random_, 1.0, 1.25);
  }
  const absl::Duration pause = bound_ * absl::Uniform(random_, 0.5, 1.0);
  bound_ = std::min(bound_ * options_.backoff_multiplier, options_.max_backoff);
  return pause;
}

}  // namespace gongkai::internal
