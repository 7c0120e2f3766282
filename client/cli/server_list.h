// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/server_list.h
//
// The value of --server: one gRPC target, or several servers with commas
// between them, all of which are used.

#ifndef GONGKAI_CLIENT_CLI_SERVER_LIST_H_
#define GONGKAI_CLIENT_CLI_SERVER_LIST_H_

#include <string>

#include "absl/status/statusor.h"

namespace gongkai::cli {

struct ServerList {
  // For Client::Connect.
  std::string target;
  // How many there are; of one name, how many addresses it has now.
  int count = 1;
};

// More servers behind one name are not counted: each takes threads and a window
// of up to 64 MB here.
inline constexpr int kMaxCountedServers = 16;

// Names are looked up here and now where there are several servers: gRPC takes
// a list of addresses, but not one of names. A single one is handed on as it
// is, for gRPC to look up again when servers come and go. Errors:
// InvalidArgument for a list that mixes Unix sockets and ports, or has an item
// that is neither; NotFound for a name without an address that all the others
// have too (IPv4, else IPv6).
absl::StatusOr<ServerList> ParseServerList(const std::string& servers);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_SERVER_LIST_H_
