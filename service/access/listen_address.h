// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/access/listen_address.h
//
// Who can reach an address that a server listens on.

#ifndef GONGKAI_SERVICE_ACCESS_LISTEN_ADDRESS_H_
#define GONGKAI_SERVICE_ACCESS_LISTEN_ADDRESS_H_

#include <string_view>

namespace gongkai::service {

// A Unix socket: reached by whom its directory lets in.
bool IsUnixAddress(std::string_view address);

// A Unix socket, or an address of the loopback interface, written as gRPC
// writes addresses. False for whatever is not certain.
bool IsLocalAddress(std::string_view address);

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_ACCESS_LISTEN_ADDRESS_H_
