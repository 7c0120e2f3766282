// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Workers that documents have taken over, one misdeed each, through the real
// pool and in the real sandbox. Each costs its own document alone, which gets
// its typed outcome; the misbehaver is gone, and the next document is read.

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/pool.h"
#include "tests/sanitized.h"
#include "tests/service/fake_job.h"
#include "tests/service/processes.h"
#include "worker/sandbox/sandbox.h"

namespace gongkai::service {
namespace {

// Larger than what goes through the socket.
constexpr size_t kInSlot = 100'000;

struct Misdeed {
  const char* name;
  // For the test worker.
  const char* command;
  Ending ending;
  // It is the sandbox that stops it.
  bool sandbox = false;
};

void PrintTo(const Misdeed& misdeed, std::ostream* out) {
  *out << misdeed.command;
}

// For what never ends; an echo takes less on the busiest machine.
constexpr absl::Duration kShort = absl::Seconds(2);

constexpr Misdeed kMisdeeds[] = {
    {"Exits", "exit 3", Ending::kCrashed},
    {"ExitsAsIfDone", "exit 0", Ending::kCrashed},
    {"Aborts", "abort", Ending::kCrashed},
    {"TouchesMemoryThatIsNotThere", "segv", Ending::kCrashed},
    {"EatsMemory", "memory", Ending::kOutOfMemory},
    {"Spins", "spin 600000000", Ending::kTimedOut},
    {"NeverAnswers", "hang", Ending::kTimedOut},
    {"PrintsWithoutEnd", "chatter", Ending::kTimedOut},
    {"AnswersByHalf", "half", Ending::kTimedOut},
    {"HangsUp", "hang-up", Ending::kCrashed},
    {"WritesWhatIsNoFrame", "garbage", Ending::kCrashed},
    {"LiesAboutTheLength", "long", Ending::kCrashed},
    {"LiesAboutTheJob", "wrong-id", Ending::kCrashed},
    {"LiesAboutTheKind", "wrong-kind", Ending::kCrashed},
    {"AnswersTheNextDocument", "next-id", Ending::kCrashed},
    {"SendsAJob", "job", Ending::kCrashed},
    {"SaysHelloAgain", "hello", Ending::kCrashed},
    {"PutsItsAnswerIntoASlot", "slot", Ending::kCrashed},
    {"SetsUnknownFlags", "flags", Ending::kCrashed},
    {"FloodsTheChannel", "flood", Ending::kCrashed},
    {"CreatesAFile", "create FILE", Ending::kCrashed, true},
    {"Connects", "connect", Ending::kCrashed, true},
    {"Forks", "fork", Ending::kCrashed, true},
    {"Executes", "exec", Ending::kCrashed, true},
    {"SignalsTheFront", "signal", Ending::kCrashed, true},
    {"TracesTheFront", "trace", Ending::kCrashed, true},
    {"ReadsTheFrontsMemory", "peek", Ending::kCrashed, true},
    {"WritesTheFrontsMemory", "poke", Ending::kCrashed, true},
    {"Sleeps", "sleep 600000", Ending::kCrashed, true},
};

class HostileWorker : public testing::Test {
 protected:
  void StartPool(absl::Duration document_timeout = absl::Seconds(30)) {
    setenv("GONGKAI_TEST_SECRET", "secret", 1);
    file_ = absl::StrCat(testing::TempDir(), "/hostile-", getpid());
    PoolOptions options;
    options.worker_program = TestWorker();
    options.worker_arguments = {"--sandbox", "--max_memory_bytes=268435456"};
    options.limits.workers = 2;
    options.limits.max_document_bytes = 4 << 20;
    options.limits.document_timeout = document_timeout;
    absl::StatusOr<std::unique_ptr<Pool>> pool = Pool::Start(options);
    ASSERT_TRUE(pool.ok()) << pool.status();
    pool_ = *std::move(pool);
  }

  void TearDown() override {
    if (pool_ == nullptr) return;
    for (int i = 0; i < 4; ++i) {
      const std::string size(i % 2 == 0 ? 0 : kInSlot, 'x');
      const FakeCaller::End end = Run(absl::StrCat("echo healthy ", i, size));
      EXPECT_EQ(end.ending, Ending::kAnswered);
      EXPECT_EQ(end.text, absl::StrCat("healthy ", i, size));
    }
    pool_->Stop();
    EXPECT_FALSE(std::filesystem::exists(file_));
  }

  FakeCaller::End Run(const std::string& content) {
    auto caller = std::make_shared<FakeCaller>();
    pool_->Submit(caller->NewJob("one", content));
    std::vector<FakeCaller::End> ends = caller->WaitFor(1);
    EXPECT_EQ(ends.size(), 1u);
    return ends.empty() ? FakeCaller::End() : ends.front();
  }

  // Waits until one of these processes is none of the pool's any more.
  bool OneIsGone(const std::vector<int>& before) {
    for (int round = 0; round < 1000; ++round) {
      const std::vector<int> now = pool_->worker_pids();
      for (const int pid : before) {
        if (std::find(now.begin(), now.end(), pid) == now.end()) return true;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }

  std::string file_;
  std::unique_ptr<Pool> pool_;
};

class HostileWorkerTest : public HostileWorker,
                          public testing::WithParamInterface<Misdeed> {};

TEST_P(HostileWorkerTest, CostsItsDocumentAlone) {
  if (GetParam().sandbox && !sandbox::kPossible) {
    GTEST_SKIP() << "no sandbox in builds with a sanitizer";
  }
  if (GetParam().ending == Ending::kOutOfMemory && kSanitized) {
    GTEST_SKIP() << "memory cannot be limited here";
  }
  StartPool(GetParam().ending == Ending::kTimedOut ? kShort
                                                   : absl::Seconds(30));
  std::string content = GetParam().command;
  if (const size_t at = content.find("FILE"); at != std::string::npos) {
    content.replace(at, 4, file_);
  }
  const std::vector<int> before = pool_->worker_pids();
  EXPECT_EQ(Run(content).ending, GetParam().ending);
  EXPECT_TRUE(OneIsGone(before));
}

INSTANTIATE_TEST_SUITE_P(Misdeeds, HostileWorkerTest,
                         testing::ValuesIn(kMisdeeds), [](const auto& info) {
                           return std::string(info.param.name);
                         });

TEST_F(HostileWorker, OpensNoFile) {
  if (!sandbox::kPossible) GTEST_SKIP() << "no sandbox";
  StartPool();
  EXPECT_EQ(Run("open /etc/passwd").text, "refused");
  EXPECT_EQ(Run("open /proc/self/environ").text, "refused");
}

TEST_F(HostileWorker, KnowsNothingOfTheFrontsEnvironment) {
  StartPool();
  EXPECT_EQ(Run("getenv GONGKAI_TEST_SECRET").text, "unset");
  EXPECT_EQ(Run("getenv PATH").text, "unset");
}

TEST_F(HostileWorker, CannotWriteIntoTheMemoryItShares) {
  StartPool();
  const std::string rest(kInSlot, ' ');
  EXPECT_EQ(Run("scribble " + rest).ending, Ending::kCrashed);
  if (!sandbox::kPossible) {
    // Even without the sandbox the file's seal forbids it.
    EXPECT_EQ(Run("writable " + rest).text, "refused");
  } else {
    EXPECT_EQ(Run("writable " + rest).ending, Ending::kCrashed);
  }
}

TEST_F(HostileWorker, AnswersOnceWhateverItSends) {
  StartPool();
  const std::vector<int> before = pool_->worker_pids();
  auto caller = std::make_shared<FakeCaller>();
  pool_->Submit(caller->NewJob("liar", "twice"));
  EXPECT_EQ(caller->WaitFor(1).at(0).ending, Ending::kAnswered);
  // The second answer is not taken for one to the next document.
  pool_->Submit(caller->NewJob("next", "echo fine"));
  std::map<std::string, FakeCaller::End> ends = caller->WaitForAll(2);
  EXPECT_EQ(ends["next"].text, "fine");
  EXPECT_TRUE(OneIsGone(before));
  EXPECT_EQ(caller->ended(), 2u);
}

TEST_F(HostileWorker, DoesNotHoldUpTheFrontByReadingNothing) {
  StartPool(kShort);
  // More than a socket takes, in the reach of the worker that has stopped and
  // of the other one.
  auto caller = std::make_shared<FakeCaller>();
  pool_->Submit(caller->NewJob("deaf", "deaf"));
  const std::string text(60'000, 'x');
  for (int i = 0; i < 100; ++i) {
    pool_->Submit(caller->NewJob(absl::StrCat(i), "echo " + text));
  }
  std::map<std::string, FakeCaller::End> ends = caller->WaitForAll(101);
  EXPECT_EQ(ends["deaf"].ending, Ending::kTimedOut);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(ends[absl::StrCat(i)].ending, Ending::kAnswered) << i;
    EXPECT_TRUE(ends[absl::StrCat(i)].text == text) << i;
  }
}

}  // namespace
}  // namespace gongkai::service
