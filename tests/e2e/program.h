// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/e2e/program.h
//
// Runs a program as a shell would, with its output in files. Thread-compatible.

#ifndef GONGKAI_TESTS_E2E_PROGRAM_H_
#define GONGKAI_TESTS_E2E_PROGRAM_H_

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace gongkai::testing {

// build/…/bin/NAME.
std::string BuiltProgram(const std::string& name);

struct Result {
  // The exit status, or 128 and the signal that ended it.
  int status = -1;
  std::string out;
  std::string err;
};

// A child process; killed when it goes out of scope.
class Program {
 public:
  // `directory` holds its output. The environment is that of the test with
  // `environment` on top. `input` is its standard input.
  Program(const std::vector<std::string>& command, const std::string& directory,
          const std::map<std::string, std::string>& environment = {},
          const std::string& input = "");
  ~Program();

  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  pid_t pid() const { return pid_; }
  // What it printed until now.
  std::string out() const;
  void Signal(int signal) const;
  // Waits until it ends; kills it when it takes longer.
  Result Wait(absl::Duration timeout = absl::Seconds(60));

 private:
  const std::string directory_;
  pid_t pid_ = -1;
};

}  // namespace gongkai::testing

#endif  // GONGKAI_TESTS_E2E_PROGRAM_H_
