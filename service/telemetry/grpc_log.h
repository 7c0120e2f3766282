// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/telemetry/grpc_log.h
//
// What gRPC itself has to say, in our log.

#ifndef GONGKAI_SERVICE_TELEMETRY_GRPC_LOG_H_
#define GONGKAI_SERVICE_TELEMETRY_GRPC_LOG_H_

#include <functional>
#include <string_view>

namespace gongkai::service {

// Takes gRPC's messages over. Where `handled` returns true for a message it has
// been dealt with and is not logged as it is. Once, before gRPC is used.
void ForwardGrpcLog(std::function<bool(std::string_view message)> handled);

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_TELEMETRY_GRPC_LOG_H_
