// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/bench/child.h
//
// A child process of the benchmark and the processor time that it takes.

#ifndef GONGKAI_TESTS_BENCH_CHILD_H_
#define GONGKAI_TESTS_BENCH_CHILD_H_

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace gongkai::bench {

// Resident memory of a process that is no file's; 0 if there is no such one.
int64_t ResidentBytesOf(pid_t pid);

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

  pid_t pid() const { return pid_; }
  // Its own children.
  std::vector<pid_t> Children() const;
  int64_t ResidentBytes() const;

  // Processor time of the process so far, and of its own children, those that
  // have ended too.
  absl::Duration OwnCpu() const;
  absl::Duration ChildrenCpu() const;

 private:
  explicit Child(pid_t pid) : pid_(pid) {}

  const pid_t pid_;
};

}  // namespace gongkai::bench

#endif  // GONGKAI_TESTS_BENCH_CHILD_H_
