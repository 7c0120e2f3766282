// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// What tests of processes need to know.

#ifndef GONGKAI_TESTS_SERVICE_PROCESSES_H_
#define GONGKAI_TESTS_SERVICE_PROCESSES_H_

#include <signal.h>
#include <stdlib.h>

#include <string>
#include <vector>

namespace gongkai::service {

inline std::string TestWorker() {
  return std::string(getenv("GONGKAI_BINARY_DIR")) + "/tests/test-worker";
}

// True if any of them is a process still.
inline bool AnyAlive(const std::vector<int>& pids) {
  for (const int pid : pids) {
    if (kill(pid, 0) == 0) return true;
  }
  return false;
}

}  // namespace gongkai::service

#endif  // GONGKAI_TESTS_SERVICE_PROCESSES_H_
