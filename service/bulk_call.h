// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/bulk_call.h
//
// ProcessReports: many documents of one stream under way at once, results as
// they finish. Ends politely when the server stops, and when the stream is old
// or has carried much: see StreamEnding in report_service.proto.

#ifndef GONGKAI_SERVICE_BULK_CALL_H_
#define GONGKAI_SERVICE_BULK_CALL_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "service/front.h"

namespace gongkai::service {

// Starts a call; the reactor owns itself.
grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StartBulkCall(
    Front* front, grpc::CallbackServerContext* context);

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_BULK_CALL_H_
