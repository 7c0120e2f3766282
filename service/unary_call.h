// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/unary_call.h
//
// ParseReport and ValidateReport: one document, one answer, before all bulk
// work.

#ifndef GONGKAI_SERVICE_UNARY_CALL_H_
#define GONGKAI_SERVICE_UNARY_CALL_H_

#include <memory>

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "service/call_gate.h"
#include "service/front.h"
#include "worker/ipc/job_kind.h"

namespace gongkai::service {

// Starts a call; the reactor owns itself.
grpc::ServerUnaryReactor* StartUnaryCall(Front* front,
                                         grpc::CallbackServerContext* context,
                                         ipc::JobKind kind,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response,
                                         std::unique_ptr<CallRecord> record);

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_UNARY_CALL_H_
