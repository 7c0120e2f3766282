// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/chaos/services.h
//
// Several gongkaid processes on Unix sockets, which can be killed and started
// again in their places. (A TCP port that is free for a moment may be taken by
// an outgoing connection of any other test; a socket's path may not.)
// Thread-safe.

#ifndef GONGKAI_TESTS_CHAOS_SERVICES_H_
#define GONGKAI_TESTS_CHAOS_SERVICES_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "tests/e2e/program.h"

namespace gongkai::chaos {

class Services {
 public:
  // Starts them, each with these flags.
  Services(int count, const std::vector<std::string>& flags);
  // Kills what still runs.
  ~Services();

  Services(const Services&) = delete;
  Services& operator=(const Services&) = delete;

  int size() const { return static_cast<int>(places_.size()); }

  // One gRPC target with all of them.
  std::string target() const;

  // One of them.
  std::string target(int index) const;

  // 0 while it is down.
  pid_t pid(int index) const;

  // Sends a signal, waits for the end and starts it again.
  testing::Result Restart(int index, int signal);

  // Ends all of them with SIGTERM; how each ended. Workers that are left are
  // counted in *orphans.
  std::vector<testing::Result> Terminate(int* orphans);

 private:
  struct Place {
    std::string directory;
    std::unique_ptr<testing::Program> program;
  };

  void Start(Place& place) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::vector<std::string> flags_;
  std::string directory_;
  mutable absl::Mutex mutex_;
  // As many as there are; the vector itself never changes.
  std::vector<Place> places_;
};

}  // namespace gongkai::chaos

#endif  // GONGKAI_TESTS_CHAOS_SERVICES_H_
