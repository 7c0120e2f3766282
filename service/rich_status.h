// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/rich_status.h
//
// Errors of a call, with details that programs can read (google.rpc.Status in
// grpc-status-details-bin). The details stay far below the 8 KB from which on
// gRPC loses them and the status with them.

#ifndef GONGKAI_SERVICE_RICH_STATUS_H_
#define GONGKAI_SERVICE_RICH_STATUS_H_

#include <cstdint>

#include "absl/time/time.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/status.h"
#include "service/stats.h"

namespace gongkai::service {

// The call is refused: ErrorInfo with the reason in capitals, such as
// QUEUE_FULL, and RetryInfo; also tells gRPC's own retries when to come back.
// RESOURCE_EXHAUSTED where the server is busy; UNAVAILABLE where it has no
// workers (NO_WORKERS) or stops (STOPPING), which is safe to send elsewhere.
//
// A deadline that the queue cannot meet (DEADLINE_UNREACHABLE) is
// RESOURCE_EXHAUSTED, too: nothing is wrong with it but that the server is
// busy, no work was done, and the same call may pass a moment later.
grpc::Status Refused(grpc::CallbackServerContext* context, Refusal refusal,
                     absl::Duration retry_delay);

// The collection has more reports than the server takes: RESOURCE_EXHAUSTED
// with ErrorInfo (COLLECTION_TOO_LARGE), to try again is of no use.
grpc::Status CollectionTooLarge(int64_t max_reports);

// The process that holds the collection ended or cannot be started: UNAVAILABLE
// with ErrorInfo (COLLECTION_LOST). The collection may be sent again.
grpc::Status CollectionLost();

// The server stops: UNAVAILABLE with ErrorInfo (STOPPING). The unanswered work
// is safe to send again elsewhere.
grpc::Status Stopping();

// The call was cancelled, mostly by its caller.
grpc::Status Cancelled();

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_RICH_STATUS_H_
