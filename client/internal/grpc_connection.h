// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/internal/grpc_connection.h
//
// Connection over a gRPC channel.

#ifndef GONGKAI_CLIENT_INTERNAL_GRPC_CONNECTION_H_
#define GONGKAI_CLIENT_INTERNAL_GRPC_CONNECTION_H_

#include <memory>
#include <string>

#include "client/connection.h"
#include "client/options.h"

namespace gongkai::internal {

// Connects when first used.
std::shared_ptr<Connection> MakeGrpcConnection(const std::string& target,
                                               const ClientOptions& options);

}  // namespace gongkai::internal

#endif  // GONGKAI_CLIENT_INTERNAL_GRPC_CONNECTION_H_
