// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/caller_name.h
//
// Who calls: the one place where callers are told apart. What a caller may
// have under way is counted by this name.

#ifndef GONGKAI_SERVICE_CALLER_NAME_H_
#define GONGKAI_SERVICE_CALLER_NAME_H_

#include <string>
#include <string_view>

#include "grpcpp/server_context.h"

namespace gongkai::service {

// The host of a peer as gRPC writes it: "ipv4:192.0.2.1:4711" is
// "ipv4:192.0.2.1". All callers on Unix sockets are "unix": gRPC does not tell
// which user is at the other end.
std::string HostOf(std::string_view peer);

// The name of who makes this call.
std::string CallerName(const grpc::CallbackServerContext& context);

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_CALLER_NAME_H_
