// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/service_connection.h
//
// The service that a command talks to: the one or more that --server names, or
// one inside the command.

#ifndef GONGKAI_CLIENT_CLI_SERVICE_CONNECTION_H_
#define GONGKAI_CLIENT_CLI_SERVICE_CONNECTION_H_

#include <memory>

#include "absl/status/statusor.h"
#include "client/cli/arguments.h"
#include "client/cli/embedded_service.h"
#include "client/client.h"

namespace gongkai::cli {

struct ServiceConnection {
  // Null with --server. Outlives the calls of the client.
  std::unique_ptr<EmbeddedService> embedded;
  Client client;
  // How many there are to use, as far as --server says.
  int servers = 1;
};

// `documents` is how many there are to do: more workers than that are not
// started.
// Errors: Unavailable if no server can be reached; as ServerList and
// EmbeddedService.
absl::StatusOr<ServiceConnection> ConnectService(const Arguments& arguments,
                                                 int documents);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_SERVICE_CONNECTION_H_
