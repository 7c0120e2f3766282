// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/check.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/cli/folder_test.h"
#include "tests/client/scripted_server.h"

namespace gongkai::cli {
namespace {

using ::gongkai::testing::ScriptedServer;
using ::gongkai::testing::StreamScript;
using ::testing::HasSubstr;

// Answers by what the document says: "fail" has an error, "warn" a warning,
// "odd" is not a report.
v1::ProcessResponse AnswerByContent(const v1::ProcessRequest& request) {
  v1::ProcessResponse response;
  const std::string& content = request.document().content();
  response.set_outcome(absl::StrContains(content, "odd")
                           ? v1::OUTCOME_NOT_A_REPORT
                           : v1::OUTCOME_OK);
  response.mutable_report()->set_year(request.document().year());
  response.mutable_report()->set_title(content);
  response.mutable_report()->set_body(request.document().file_name());
  if (absl::StrContains(content, "fail") ||
      absl::StrContains(content, "warn")) {
    v1::Finding* finding = response.add_findings();
    finding->set_rule_id("requests.balance");
    finding->set_result(v1::RULE_RESULT_FAIL);
    finding->set_severity(absl::StrContains(content, "fail")
                              ? v1::SEVERITY_ERROR
                              : v1::SEVERITY_WARNING);
  }
  return response;
}

class CheckTest : public FolderTest {
 protected:
  CheckTest() {
    server_.SetAnswer(AnswerByContent);
    arguments_.command = Command::kCheck;
    arguments_.server = server_.target();
    arguments_.language = Language::kEnglish;
  }
  std::string Write(const std::string& name, const std::string& content) {
    const std::string path = absl::StrCat(root_, "/", name);
    std::ofstream(path) << content;
    return path;
  }

  // Runs the command; out_ and err_ get what it printed.
  int Run(const std::vector<std::string>& paths) {
    arguments_.paths = paths;
    Console console;
    console.out =
        open((root_ + "/.out").c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
    console.err =
        open((root_ + "/.err").c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
    const int status = RunCheck(arguments_, console);
    close(console.out);
    close(console.err);
    out_ = Read(".out");
    err_ = Read(".err");
    return status;
  }

  ScriptedServer server_;
  Arguments arguments_;
  std::string out_;
  std::string err_;
};

TEST_F(CheckTest, ExitsWithZeroWithoutErrors) {
  EXPECT_EQ(Run({Write("a", "fine"), Write("b", "warn")}), 0);
  EXPECT_THAT(out_, HasSubstr("2 documents: 2 without errors, 1 warning"));
  EXPECT_EQ(err_, "");
}

TEST_F(CheckTest, ExitsWithOneForAnError) {
  EXPECT_EQ(Run({Write("a", "fine"), Write("b", "fail")}), 1);
}

TEST_F(CheckTest, ExitsWithTwoForADocumentThatCouldNotBeProcessed) {
  EXPECT_EQ(Run({Write("a", "fail"), Write("b", "odd"), Write("c", "fine")}),
            2);
  EXPECT_THAT(out_, HasSubstr("1 with 1 error, 1 not processed"));
}

TEST_F(CheckTest, SaysInEveryFormatWhatCouldNotBeProcessed) {
  arguments_.format = OutputFormat::kFindings;
  const std::string path = Write("b", "odd");
  EXPECT_EQ(Run({path}), 2);
  EXPECT_EQ(out_, "");
  EXPECT_EQ(err_, absl::StrCat("gongkai: ", path, ": not an annual report\n"));
}

TEST_F(CheckTest, NamesAPathThatIsNotThereAndChecksTheOthers) {
  EXPECT_EQ(Run({root_ + "/missing", Write("a", "fine")}), 2);
  EXPECT_THAT(err_, HasSubstr("missing: No such file or directory"));
  EXPECT_THAT(out_, HasSubstr("1 document: 1 without errors"));
}

TEST_F(CheckTest, ReportsAFileThatCannotBeReadAndChecksTheOthers) {
  // Opens for anyone and cannot be read at its start, even by root.
  const std::string a = Write("a", "fine");
  arguments_.format = OutputFormat::kCells;
  EXPECT_EQ(Run({a, "/proc/self/mem", a}), 2);
  EXPECT_THAT(out_, HasSubstr("{\"document\":\"/proc/self/mem\",\"outcome\":"
                              "\"UNSPECIFIED\"}"));
  EXPECT_THAT(err_, HasSubstr("/proc/self/mem: not processed: Cannot read"));
}

TEST_F(CheckTest, ReportsAFileBeyondTheLimitWithoutReadingIt) {
  const std::string path = Write("large", "");
  std::filesystem::resize_file(path, int64_t{1} << 40);
  arguments_.format = OutputFormat::kCells;
  EXPECT_EQ(Run({path, Write("a", "fine")}), 2);
  EXPECT_THAT(out_, HasSubstr("\"outcome\":\"TOO_LARGE\""));
  EXPECT_THAT(out_, HasSubstr("\"outcome\":\"OK\""));
  EXPECT_EQ(server_.requests().size(), 1);
}

TEST_F(CheckTest, PrintsResultsInTheOrderOfTheArguments) {
  server_.SetScript([](int) {
    StreamScript script;
    script.last_first = true;
    return script;
  });
  arguments_.format = OutputFormat::kCells;
  std::vector<std::string> paths;
  for (int i = 0; i < 3'000; ++i) {
    paths.push_back(Write(absl::StrCat((i * 7919) % 3'000), "fine"));
  }
  EXPECT_EQ(Run(paths), 0);
  const std::vector<std::string> lines = absl::StrSplit(out_, '\n');
  ASSERT_EQ(lines.size(), paths.size() + 1);
  for (size_t i = 0; i < paths.size(); ++i) {
    EXPECT_THAT(lines[i], HasSubstr(absl::StrCat("\"", paths[i], "\"")));
  }
}

TEST_F(CheckTest, ChecksItsShardAloneAndAllShardsTogetherCheckAll) {
  Write("a", "title-a");
  Write("b", "title-b");
  Write("c", "title-c");
  arguments_.format = OutputFormat::kCells;
  std::string all;
  for (int index = 0; index < 8; ++index) {
    arguments_.shard = {index, 8};
    // A shard without documents is done at once.
    EXPECT_EQ(Run({root_}), 0);
    all += out_;
  }
  for (const char* title : {"title-a", "title-b", "title-c"}) {
    EXPECT_EQ(std::vector<std::string>(absl::StrSplit(all, title)).size(), 2u);
  }
}

TEST_F(CheckTest, SendsTheYearAndTheNameOfTheFile) {
  arguments_.format = OutputFormat::kCells;
  arguments_.year = 2023;
  Run({Write("某县.txt", "fine")});
  EXPECT_THAT(out_, HasSubstr("\"year\":2023,\"body\":\"某县.txt\""));
}

TEST_F(CheckTest, TakesNamesThatAreNoUtf8AndVeryLong) {
  arguments_.format = OutputFormat::kJsonl;
  EXPECT_EQ(
      Run({Write("a\xff.txt", "fine"), Write(std::string(250, 'x'), "fine")}),
      0);
  EXPECT_THAT(out_, HasSubstr("a\xEF\xBF\xBD.txt"));
}

TEST_F(CheckTest, ExitsWithTwoWhenTheServerIsNotThere) {
  arguments_.server = "unix:" + root_ + "/nobody";
  EXPECT_EQ(Run({Write("a", "fine")}), 2);
  EXPECT_THAT(err_, HasSubstr("nobody"));
}

TEST_F(CheckTest, ExitsWithTwoForADirectoryWithoutFiles) {
  EXPECT_EQ(Run({root_}), 2);
  EXPECT_THAT(err_, HasSubstr("no files"));
}

TEST_F(CheckTest, EndsQuietlyWhenNobodyReads) {
  signal(SIGPIPE, SIG_IGN);
  arguments_.paths = {Write("a", "fine")};
  int fds[2];
  ASSERT_EQ(pipe(fds), 0);
  close(fds[0]);
  Console console;
  console.out = fds[1];
  EXPECT_EQ(RunCheck(arguments_, console), kExitBrokenPipe);
  close(fds[1]);
}

TEST_F(CheckTest, StopsAtASignalWhileItWaitsForAnswers) {
  server_.SetScript([](int) {
    StreamScript script;
    script.silent = true;
    return script;
  });
  server_.OnRequest([first = true]() mutable {
    if (first) raise(SIGINT);
    first = false;
  });
  EXPECT_EQ(Run({Write("a", "fine"), Write("b", "fine")}), kExitInterrupted);
}

TEST_F(CheckTest, StopsAtASignalWhileNobodyReadsItsOutput) {
  // The preset sets it.
  if (std::getenv("TSAN_OPTIONS") != nullptr) {
    GTEST_SKIP() << "ThreadSanitizer holds signals back while a thread waits "
                    "in a write";
  }
  arguments_.paths.assign(5'000, Write("a", std::string(2'000, 'x')));
  arguments_.format = OutputFormat::kCells;
  int fds[2];
  ASSERT_EQ(pipe(fds), 0);
  std::thread user([&] {
    // Until no more fits into the pipe.
    pollfd writable = {fds[1], POLLOUT, 0};
    while (poll(&writable, 1, 0) > 0) absl::SleepFor(absl::Milliseconds(5));
    kill(getpid(), SIGINT);
  });
  Console console;
  console.out = fds[1];
  EXPECT_EQ(RunCheck(arguments_, console), kExitInterrupted);
  user.join();
  close(fds[0]);
  close(fds[1]);
}

}  // namespace
}  // namespace gongkai::cli
