// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/internal/retry.h
//
// When to try again, and after which pause. Thread-compatible.

#ifndef GONGKAI_CLIENT_INTERNAL_RETRY_H_
#define GONGKAI_CLIENT_INTERNAL_RETRY_H_

#include <optional>

#include "absl/random/random.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "client/options.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/status.h"

namespace gongkai::internal {

// The trailer by which a server asks for a pause, as gRPC's own retries know
// it: milliseconds, or anything else for "not again". Also the name of the
// payload that carries it.
inline constexpr char kPushBack[] = "grpc-retry-pushback-ms";

// The same code and message; the details of "grpc-status-details-bin" become
// payloads under their type URLs. The call must have ended.
absl::Status FromGrpc(const grpc::Status& status,
                      const grpc::ClientContext& context);
// The same without what the trailers say.
absl::Status FromGrpc(const grpc::Status& status);

// The pause that the server asks for by RetryInfo or push-back; the longer one.
std::optional<absl::Duration> ServerDelay(const absl::Status& status);

// A call that may be sent again, as all methods are idempotent: UNAVAILABLE;
// CANCELLED, if the client did not cancel it, which calls get that reach a
// server in its last moment; one that broke off without a word of a server's,
// which gRPC reports as INTERNAL or UNKNOWN; and RESOURCE_EXHAUSTED where the
// server says when. Where it does not, that means a limit that another attempt
// meets again. Nothing is sent again if the push-back says so.
bool IsTransient(const absl::Status& status);

// A stream whose unanswered documents may be sent on another one: the same, and
// OK.
bool IsStreamTransient(const absl::Status& status);

// The pauses between attempts.
class Backoff {
 public:
  explicit Backoff(const RetryOptions& options);

  // The next pause: from half to the whole of a growing bound, at random, so
  // that clients that failed together do not come back together. Where the
  // server says when (ServerDelay), that, or the initial pause if that is
  // longer, and up to a quarter more.
  absl::Duration Next(const absl::Status& cause);

  // After success: the next pause is the initial one again.
  void Reset() { bound_ = options_.initial_backoff; }

 private:
  RetryOptions options_;
  absl::Duration bound_;
  absl::BitGen random_;
};

}  // namespace gongkai::internal

#endif  // GONGKAI_CLIENT_INTERNAL_RETRY_H_
