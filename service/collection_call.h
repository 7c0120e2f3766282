// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/collection_call.h
//
// CheckCollection: documents go to the pool's workers, which make digests of
// them; the digests go to a process that holds this collection alone, and the
// findings come from there. The front reads none of them.

#ifndef GONGKAI_SERVICE_COLLECTION_CALL_H_
#define GONGKAI_SERVICE_COLLECTION_CALL_H_

#include <memory>

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "service/call_gate.h"
#include "service/front.h"

namespace gongkai::service {

// Starts a call; the reactor owns itself.
grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>*
StartCollectionCall(Front* front, grpc::CallbackServerContext* context,
                    std::unique_ptr<CallRecord> record);

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_COLLECTION_CALL_H_
