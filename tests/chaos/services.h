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
  // Starts the first `up` of them; the others have only their places. "{}" in a
  // flag stands for the directory of the place.
  Services(int count, const std::vector<std::string>& flags, int up);
  Services(int count, const std::vector<std::string>& flags)
      : Services(count, flags, count) {}
  // Kills what still runs.
  ~Services();

  Services(const Services&) = delete;
  Services& operator=(const Services&) = delete;

  int size() const { return static_cast<int>(places_.size()); }

  // One gRPC target with all of them.
  std::string target() const;

  // One of them.
  std::string target(int index) const;

  // Where it listens.
  std::string socket(int index) const;

  // A directory of its own.
  const std::string& directory(int index) const {
    return places_[index].directory;
  }

  // 0 while it is down.
  pid_t pid(int index) const;

  // What it has logged since it was started; empty while it is down.
  std::string log(int index) const;

  void Start(int index);

  // Sends a signal and waits for the end.
  testing::Result Stop(int index, int signal);

  // The same, and starts it again.
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
