// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/bench/server.h
//
// A server in a process of its own, on a Unix socket, for benchmarks.

#ifndef GONGKAI_TESTS_BENCH_SERVER_H_
#define GONGKAI_TESTS_BENCH_SERVER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "grpcpp/channel.h"
#include "tests/bench/child.h"

namespace gongkai::bench {

// A directory for sockets that goes with the run.
class ScratchDirectory {
 public:
  ScratchDirectory();
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  // A Unix socket in it, as gRPC writes addresses.
  std::string Address(const std::string& name) const;

 private:
  std::string path_;
};

// A server in a child process and the way to it.
struct Server {
  std::string address;
  std::unique_ptr<Child> child;
  std::shared_ptr<grpc::Channel> channel;
};

// A connection of its own to a server, for messages of any size.
std::shared_ptr<grpc::Channel> NewChannel(const std::string& address);

// Starts a program with arguments that listens on the address, and waits for
// it. Errors: Internal, Unavailable.
absl::StatusOr<Server> StartServer(const std::string& address,
                                   const std::vector<std::string>& arguments);

}  // namespace gongkai::bench

#endif  // GONGKAI_TESTS_BENCH_SERVER_H_
