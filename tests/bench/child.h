// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/bench/child.h
//
// A child process of the benchmark and the processor time that it takes.

#ifndef GONGKAI_TESTS_BENCH_CHILD_H_
#define GONGKAI_TESTS_BENCH_CHILD_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace gongkai::bench {

class Child {
 public:
  // Starts `arguments`; the first is the program. Errors: Internal.
  static absl::StatusOr<std::unique_ptr<Child>> Start(
      const std::vector<std::string>& arguments);

  // Ends the process with SIGTERM, after five seconds with SIGKILL, and waits
  // for it.
  ~Child();

  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Processor time of the process so far, and of its own children.
  absl::Duration OwnCpu() const;
  absl::Duration ChildrenCpu() const;

 private:
  explicit Child(pid_t pid) : pid_(pid) {}

  const pid_t pid_;
};

}  // namespace gongkai::bench

#endif  // GONGKAI_TESTS_BENCH_CHILD_H_
