// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The sandbox as users and operators meet it: what the programs say where it
// holds, and what they do on machines that lack a layer of it.

#include "worker/sandbox/sandbox.h"

#include <signal.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "client/client.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/command.h"

namespace gongkai::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kDanger[] = "--dangerously_run_without_sandbox";

// The processes that this one has started.
std::vector<pid_t> ChildrenOf(pid_t parent) {
  std::vector<pid_t> children;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    pid_t pid = 0;
    if (!absl::SimpleAtoi(entry.path().filename().string(), &pid)) continue;
    std::ifstream status(entry.path() / "status");
    for (std::string line; std::getline(status, line);) {
      if (line == absl::StrCat("PPid:\t", parent)) children.push_back(pid);
    }
  }
  return children;
}

// Also true once a process waits for nothing but to be reaped.
bool IsGone(pid_t pid) {
  std::ifstream status(absl::StrCat("/proc/", pid, "/status"));
  for (std::string line; std::getline(status, line);) {
    if (absl::StartsWith(line, "State:")) return absl::StrContains(line, "Z");
  }
  return true;
}

class SandboxTest : public CommandTest {
 protected:
  void SetUp() override {
    if (!sandbox::kPossible) {
      GTEST_SKIP() << "no sandbox in builds with a sanitizer";
    }
  }

  // The command line of a program on a machine that lacks a layer.
  static std::vector<std::string> Without(const std::string& layer,
                                          const std::string& how,
                                          const std::string& program,
                                          std::vector<std::string> words) {
    words.insert(words.begin(), {BuiltProgram("../tests/confined"), layer, how,
                                 BuiltProgram(program)});
    return words;
  }

  Result RunWithout(const std::string& layer, const std::string& how,
                    const std::vector<std::string>& words) {
    return Program(Without(layer, how, "gongkai", words), root_, environment())
        .Wait();
  }

  static std::string Example(const std::string& name) {
    return std::string(getenv("GONGKAI_SOURCE_DIR")) + "/examples/" + name;
  }

  // What gongkaid prints until it has said how its workers are held.
  static std::string StartOf(const Program& server) {
    const absl::Time end = absl::Now() + absl::Seconds(60);
    while (absl::Now() < end && !absl::StrContains(server.out(), "sandbox:")) {
      absl::SleepFor(absl::Milliseconds(10));
    }
    return server.out();
  }
};

TEST_F(SandboxTest, TheServerSaysInItsLogAndToCallersWhatHolds) {
  const std::string target = "unix:" + temporary() + "/gongkaid";
  Program server({"/bin/sh", "-c", "exec \"$@\" 2>&1", "sh",
                  BuiltProgram("gongkaid"), "--listen=" + target},
                 server_directory(), environment());
  EXPECT_THAT(StartOf(server),
              HasSubstr("the workers' sandbox: no-new-privileges, "
                        "resource-limits, files, system-calls\n"));
  const auto capabilities = Client::Connect(target).GetCapabilities();
  ASSERT_TRUE(capabilities.ok()) << capabilities.status();
  EXPECT_THAT(
      capabilities->sandbox_layers(),
      ElementsAre(v1::SANDBOX_LAYER_NO_NEW_PRIVILEGES,
                  v1::SANDBOX_LAYER_RESOURCE_LIMITS, v1::SANDBOX_LAYER_FILES,
                  v1::SANDBOX_LAYER_SYSTEM_CALLS));
}

TEST_F(SandboxTest, WorkersDieWithTheServer) {
  Program server(
      {"/bin/sh", "-c", "exec \"$@\" 2>&1", "sh", BuiltProgram("gongkaid"),
       "--workers=2", "--listen=unix:" + temporary() + "/gongkaid"},
      server_directory(), environment());
  StartOf(server);
  const std::vector<pid_t> workers = ChildrenOf(server.pid());
  EXPECT_GE(workers.size(), 2u);
  server.Signal(SIGKILL);
  server.Wait();
  const absl::Time end = absl::Now() + absl::Seconds(30);
  for (const pid_t worker : workers) {
    while (!IsGone(worker) && absl::Now() < end) {
      absl::SleepFor(absl::Milliseconds(10));
    }
    EXPECT_TRUE(IsGone(worker)) << worker;
  }
}

TEST_F(SandboxTest, WithoutALayerNothingStartsAndTheCureIsNamed) {
  const std::string report = Example("yuanxi-market-2024.pdf");
  Result result = RunWithout("landlock", "missing", {"check", report});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.out, IsEmpty());
  EXPECT_THAT(result.err,
              AllOf(HasSubstr("files: this kernel has no Landlock; run Linux "
                              "5.13 or later"),
                    HasSubstr(kDanger)));
  result = RunWithout("landlock", "forbidden", {"check", report});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, AllOf(HasSubstr("allow landlock_create_ruleset"),
                                HasSubstr(kDanger)));
  result = RunWithout("seccomp", "forbidden", {"check", report});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err,
              AllOf(HasSubstr("system-calls: the container's seccomp profile"),
                    HasSubstr(kDanger)));
  ExpectCleanedUp();
}

TEST_F(SandboxTest, WithTheFlagItStartsAndAnswersAlike) {
  const std::vector<std::string> words = {"check", "--format=cells",
                                          Example("yuanxi-market-2024.pdf")};
  const Result whole = Run(words);
  std::vector<std::string> more = words;
  more.push_back(kDanger);
  for (const std::string layer : {"landlock", "seccomp"}) {
    const Result lacking = RunWithout(layer, "missing", more);
    EXPECT_EQ(lacking.status, whole.status) << layer << lacking.err;
    EXPECT_EQ(lacking.out, whole.out) << layer;
  }
  ExpectCleanedUp();
}

TEST_F(SandboxTest, WithTheFlagTheServerSaysWhatDoesNotHold) {
  const std::string target = "unix:" + temporary() + "/gongkaid";
  std::vector<std::string> command = Without("landlock", "missing", "gongkaid",
                                             {"--listen=" + target, kDanger});
  command.insert(command.begin(), {"/bin/sh", "-c", "exec \"$@\" 2>&1", "sh"});
  Program server(command, server_directory(), environment());
  EXPECT_THAT(
      StartOf(server),
      HasSubstr("the workers' sandbox: no-new-privileges, resource-limits, "
                "system-calls; DANGER, these layers do not hold: files\n"));
  const auto capabilities = Client::Connect(target).GetCapabilities();
  ASSERT_TRUE(capabilities.ok()) << capabilities.status();
  EXPECT_EQ(capabilities->sandbox_layers_size(), 3);
}

}  // namespace
}  // namespace gongkai::testing
