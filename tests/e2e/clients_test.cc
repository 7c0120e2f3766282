// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The examples of clients in other languages, with the real service: as their
// readers would run them.

#include <signal.h>

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/command.h"
#include "tests/generator/generator.h"
#include "tests/sanitized.h"

namespace gongkai::testing {
namespace {

using ::testing::HasSubstr;

constexpr char kFolder[] = "reports/";

class ClientsTest : public CommandTest,
                    public ::testing::WithParamInterface<std::string> {
 protected:
  // So many reports in a folder; their names.
  std::set<std::string> WriteReports(int count) {
    std::set<std::string> names;
    for (int i = 0; i < count; ++i) {
      const auto layouts = generator::AllLayouts();
      const std::string name = absl::StrCat(kFolder, i % 7, "/", i, ".txt");
      Write(name, generator::Generate(
                      generator::DrawOptions(i, layouts[i % layouts.size()]))
                      .bytes);
      names.insert(name);
    }
    return names;
  }

  std::unique_ptr<Program> StartServer() const {
    return std::make_unique<Program>(
        std::vector<std::string>{BuiltProgram("gongkaid"), "--workers=1",
                                 "--drain_delay=0", "--grace=2s",
                                 "--listen=" + target()},
        server_directory(), environment());
  }

  std::string target() const { return "unix:" + root_ + "/.server.sock"; }

  // The documents that have a line, each with how many.
  static std::map<std::string, int> Answered(const std::string& out) {
    std::map<std::string, int> times;
    for (const google::protobuf::Struct& line : ParseLines(out)) {
      EXPECT_EQ(TextOf(line, "outcome").substr(0, 8), "OUTCOME_");
      const std::string path = TextOf(line, "document");
      ++times[path.substr(path.find(kFolder))];
    }
    return times;
  }

  static std::map<std::string, int> Once(const std::set<std::string>& paths) {
    std::map<std::string, int> times;
    for (const std::string& path : paths) times[path] = 1;
    return times;
  }

  // A client's program, with all that it needs from the build.
  std::unique_ptr<Program> StartClient(const std::string& language) const {
    const std::string built = std::getenv("GONGKAI_BINARY_DIR");
    std::map<std::string, std::string> variables = environment();
    std::vector<std::string> words;
    if (language == "python") {
      words = {"/usr/bin/python3",
               absl::StrCat(std::getenv("GONGKAI_SOURCE_DIR"),
                            "/examples/clients/python/check_folder.py")};
      variables["PYTHONPATH"] = built + "/tests/python";
      variables["PYTHONDONTWRITEBYTECODE"] = "1";
    } else {
      words = {"/usr/bin/env", "node",
               built + "/tests/node/examples/clients/node/check_folder.mjs"};
    }
    words.push_back(target());
    words.push_back(root_ + "/reports");
    return std::make_unique<Program>(words, root_, variables);
  }

  // Waits until the client has printed so much.
  static void AwaitOutput(const Program& client, size_t bytes) {
    const absl::Time until = absl::Now() + absl::Seconds(30);
    while (client.out().size() < bytes && absl::Now() < until) {
      absl::SleepFor(absl::Milliseconds(2));
    }
  }

  // Each document once.
  static void ExpectAllAnswered(const Result& result,
                                const std::set<std::string>& paths) {
    EXPECT_EQ(result.status & ~1, 0) << result.err;
    // Thousands of names would help nobody.
    EXPECT_TRUE(Answered(result.out) == Once(paths))
        << Answered(result.out).size() << " of " << paths.size() << "\n"
        << result.err;
  }

  // False, and said aloud, where the build found no npm.
  static bool IsBuilt(const std::string& language) {
    return language == "python" ||
           std::filesystem::exists(
               absl::StrCat(std::getenv("GONGKAI_BINARY_DIR"),
                            "/tests/node/examples/clients/node/node_modules"));
  }
};

TEST_P(ClientsTest, StreamsAFolder) {
  if (!IsBuilt(GetParam())) GTEST_SKIP() << "npm was not found at the build";
  const std::set<std::string> paths = WriteReports(50);
  const auto server = StartServer();
  ExpectAllAnswered(StartClient(GetParam())->Wait(), paths);
}

TEST_P(ClientsTest, GoesOnWhenTheServerIsKilledAndWhenItDrains) {
  if (!IsBuilt(GetParam())) GTEST_SKIP() << "npm was not found at the build";
  const std::set<std::string> paths = WriteReports(kSanitized ? 300 : 1500);
  auto server = StartServer();
  const auto client = StartClient(GetParam());
  for (const int signal : {SIGKILL, SIGTERM}) {
    AwaitOutput(*client, client->out().size() + 2000);
    server->Signal(signal);
    server->Wait();
    server = StartServer();
  }
  const Result result = client->Wait();
  EXPECT_THAT(result.err, HasSubstr("again after UNAVAILABLE"));
  ExpectAllAnswered(result, paths);
}

// The server does not wait for ever for a client that does not read.
TEST_P(ClientsTest, GoesOnWhenItHasSleptWhileTheServerDrained) {
  if (!IsBuilt(GetParam())) GTEST_SKIP() << "npm was not found at the build";
  const std::set<std::string> paths = WriteReports(kSanitized ? 300 : 1500);
  auto server = StartServer();
  const auto client = StartClient(GetParam());
  AwaitOutput(*client, 2000);
  client->Signal(SIGSTOP);
  server->Signal(SIGTERM);
  const Result drained = server->Wait();
  EXPECT_EQ(drained.status, 0) << drained.err;
  server = StartServer();
  client->Signal(SIGCONT);
  ExpectAllAnswered(client->Wait(), paths);
}

INSTANTIATE_TEST_SUITE_P(Languages, ClientsTest,
                         ::testing::Values("python", "node"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace gongkai::testing
