// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A running gongkaid, as an operator sees it.

#ifndef GONGKAI_TESTS_SERVICE_DAEMON_H_
#define GONGKAI_TESTS_SERVICE_DAEMON_H_

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/service/processes.h"

namespace gongkai::service {

class Daemon {
 public:
  explicit Daemon(const std::string& flags) {
    const std::string command =
        absl::StrCat("echo $$; exec ", getenv("GONGKAI_BINARY_DIR"),
                     "/bin/gongkaid ", flags, " 2>&1");
    pipe_ = popen(command.c_str(), "r");
    pid_ = atoi(ReadLine().c_str());
  }
  ~Daemon() {
    if (pipe_ == nullptr) return;
    kill(pid_, SIGKILL);
    pclose(pipe_);
  }

  // The next line that it prints; empty at the end.
  std::string ReadLine() {
    char line[16384] = "";
    if (fgets(line, sizeof(line), pipe_) == nullptr) return "";
    printed_ += line;
    return line;
  }

  // The first line from here on with this in it; empty if it ends before.
  std::string ReadUntil(const std::string& part) {
    while (true) {
      std::string line = ReadLine();
      if (line.empty() || line.find(part) != std::string::npos) return line;
    }
  }

  // Reads until it listens: "127.0.0.1:12345".
  std::string Address() {
    const std::string line = ReadUntil("listening on ");
    if (line.empty()) return printed_;
    const size_t begin = line.find("listening on ") + 13;
    address_ = line.substr(begin, line.find(" with") - begin);
    return address_;
  }

  // What Address() returned.
  const std::string& address() const { return address_; }

  // All that it printed and that was read.
  const std::string& printed() const { return printed_; }

  void Signal(int signal) { kill(pid_, signal); }

  // Waits for its end.
  int ExitCode() {
    while (!ReadLine().empty()) {
    }
    const int status = pclose(pipe_);
    pipe_ = nullptr;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  FILE* pipe_;
  pid_t pid_;
  std::string printed_;
  std::string address_;
};

// Flags for one with the misbehaving worker.
inline std::string TestFlags(const std::string& address) {
  return absl::StrCat("--listen=", address,
                      " --workers=2 --drain_delay=0 --worker=", TestWorker(),
                      " ");
}

}  // namespace gongkai::service

#endif  // GONGKAI_TESTS_SERVICE_DAEMON_H_
