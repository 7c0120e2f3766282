// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// gongkaid as an operator sees it: what it prints and how it ends.

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/service/processes.h"

namespace gongkai::service {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

// A running gongkaid.
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

  std::string ReadLine() {
    char line[4096] = "";
    if (fgets(line, sizeof(line), pipe_) == nullptr) return "";
    return line;
  }
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
};

std::string Flags(const std::string& address) {
  return absl::StrCat("--listen=", address,
                      " --workers=2 --drain_delay=0 --worker=", TestWorker());
}

TEST(GongkaidTest, SaysWhereItListensAndEndsWellOnATermination) {
  for (const int signal : {SIGTERM, SIGINT}) {
    Daemon daemon(Flags("127.0.0.1:0"));
    EXPECT_THAT(daemon.ReadLine(),
                MatchesRegex("gongkaid: listening on 127.0.0.1:[0-9]+ with 2 "
                             "workers\n"));
    daemon.Signal(signal);
    EXPECT_EQ(daemon.ExitCode(), 0);
  }
}

TEST(GongkaidTest, APortThatIsTakenEndsWithOneAndIsNamed) {
  Daemon first(Flags("127.0.0.1:0"));
  const std::string line = first.ReadLine();
  const size_t begin = line.find("127.");
  const std::string address = line.substr(begin, line.find(" with") - begin);
  Daemon second(Flags(address));
  std::string said;
  for (std::string more = second.ReadLine(); !more.empty();
       more = second.ReadLine()) {
    said += more;
  }
  EXPECT_THAT(said, HasSubstr(absl::StrCat("cannot listen on ", address)));
  EXPECT_EQ(second.ExitCode(), 1);
}

TEST(GongkaidTest, AWorkerThatIsNotThereEndsWithOneAndIsNamed) {
  Daemon daemon("--listen=127.0.0.1:0 --worker=/nonexistent/worker");
  EXPECT_THAT(daemon.ReadLine(), HasSubstr("/nonexistent/worker"));
  EXPECT_EQ(daemon.ExitCode(), 1);
}

TEST(GongkaidTest, BadUsageEndsWithTwoAndHelpWithZero) {
  EXPECT_EQ(Daemon("--no_such_flag").ExitCode(), 2);
  EXPECT_EQ(Daemon("stray").ExitCode(), 2);
  EXPECT_EQ(Daemon("--workers=-1").ExitCode(), 2);
  EXPECT_EQ(Daemon("--help").ExitCode(), 0);
}

}  // namespace
}  // namespace gongkai::service
