// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/pool.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <set>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/sanitized.h"
#include "tests/service/fake_job.h"
#include "tests/service/pool_fixture.h"
#include "tests/service/processes.h"

namespace gongkai::service {
namespace {

TEST_F(PoolTest, EveryJobGetsItsOwnAnswer) {
  StartPool();
  for (int i = 0; i < 1000; ++i) {
    Submit(*caller_, absl::StrCat(i), absl::StrCat("echo text ", i));
  }
  std::map<std::string, FakeCaller::End> ends = caller_->WaitForAll(1000);
  ASSERT_EQ(ends.size(), 1000u);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(ends[absl::StrCat(i)].text, absl::StrCat("text ", i));
  }
}

TEST_F(PoolTest, SaysWhatTheWorkerSaidOfItself) {
  StartPool();
  EXPECT_EQ(pool_->hello().version(), "test");
  EXPECT_EQ(pool_->hello().rules().rules(0).id(), "test.rule");
}

TEST_F(PoolTest, LargeDocumentsComeThroughWhole) {
  StartPool();
  std::map<std::string, std::string> texts;
  for (int i = 0; i < 40; ++i) {
    const size_t size = i % 4 == 0 ? 10 : 50'000 * static_cast<size_t>(i);
    texts[absl::StrCat(i)] = std::string(size, static_cast<char>('a' + i % 26));
  }
  for (const auto& [id, text] : texts) Submit(*caller_, id, "echo " + text);
  std::map<std::string, FakeCaller::End> ends =
      caller_->WaitForAll(texts.size());
  ASSERT_EQ(ends.size(), texts.size());
  for (const auto& [id, text] : texts) {
    EXPECT_EQ(ends[id].ending, Ending::kAnswered);
    EXPECT_TRUE(ends[id].text == text) << id;
  }
}

TEST_F(PoolTest, ADocumentThatKillsItsWorkerTwiceIsAnsweredAndQuarantined) {
  StartPool();
  for (const std::string content : {"segv", "abort", "exit 3", "exit 0"}) {
    EXPECT_EQ(Run(content).ending, Ending::kCrashed) << content;
    EXPECT_EQ(Run(content).ending, Ending::kQuarantined) << content;
  }
  ExpectHealthy();
}

TEST_F(PoolTest, WhatAWorkerWritesIsNotTrusted) {
  StartPool();
  for (const std::string content : {"garbage", "long", "wrong-id", "hang-up"}) {
    EXPECT_EQ(Run(content).ending, Ending::kCrashed) << content;
    EXPECT_EQ(Run(content).ending, Ending::kQuarantined) << content;
  }
  ExpectHealthy();
}

TEST_F(PoolTest, ADocumentThatKillsOneWorkerOnlyIsAnsweredByTheNext) {
  StartPool();
  const std::string file =
      testing::TempDir() + absl::StrCat("/once-", getpid());
  for (const std::string command : {"segv", "garbage", "exit 71"}) {
    std::filesystem::remove(file);
    const std::string content = absl::StrCat("once ", file, " ", command);
    EXPECT_EQ(Run(content).ending, Ending::kAnswered) << command;
  }
  std::filesystem::remove(file);
}

TEST_F(PoolTest, DocumentsBehindACrasherAreNotBlamed) {
  PoolOptions options = SomeOptions();
  options.limits.workers = 1;
  StartPool(options);
  // All of them are in one worker's reach when the first begins to crash.
  Submit(*caller_, "first", "sleep 50");
  for (int i = 0; i < 6; ++i) {
    Submit(*caller_, absl::StrCat("crasher ", i), absl::StrCat("exit ", i));
    Submit(*caller_, absl::StrCat("innocent ", i), "echo fine");
  }
  std::map<std::string, FakeCaller::End> ends = caller_->WaitForAll(13);
  ASSERT_EQ(ends.size(), 13u);
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(ends[absl::StrCat("crasher ", i)].ending, Ending::kCrashed);
    EXPECT_EQ(ends[absl::StrCat("innocent ", i)].text, "fine");
  }
}

TEST_F(PoolTest, EqualCrashersInTheQueueDoNotEachCostTwoWorkers) {
  StartPool();
  for (int i = 0; i < 100; ++i) Submit(*caller_, absl::StrCat(i), "segv");
  int crashed = 0;
  int quarantined = 0;
  for (const FakeCaller::End& end : caller_->WaitFor(100)) {
    crashed += end.ending == Ending::kCrashed ? 1 : 0;
    quarantined += end.ending == Ending::kQuarantined ? 1 : 0;
  }
  EXPECT_EQ(crashed + quarantined, 100);
  EXPECT_LE(crashed, 4);
  ExpectHealthy();
}

TEST_F(PoolTest, RunningOutOfMemoryHasItsOwnEnding) {
  if (kSanitized) GTEST_SKIP() << "memory cannot be limited here";
  PoolOptions options = SomeOptions();
  options.worker_arguments = {"--max_memory_bytes=268435456"};
  StartPool(options);
  EXPECT_EQ(Run("memory").ending, Ending::kOutOfMemory);
  EXPECT_EQ(Run("memory").ending, Ending::kQuarantined);
  ExpectHealthy();
}

TEST_F(PoolTest, ADocumentThatTakesTooLongIsStoppedAndNotTriedAgain) {
  PoolOptions options = SomeOptions();
  options.limits.workers = 1;
  options.limits.document_timeout = absl::Milliseconds(300);
  StartPool(options);
  const std::vector<int> before = pool_->worker_pids();
  Submit(*caller_, "hang", "hang");
  Submit(*caller_, "innocent", "echo fine");
  std::map<std::string, FakeCaller::End> ends = caller_->WaitForAll(2);
  EXPECT_EQ(ends["hang"].ending, Ending::kTimedOut);
  EXPECT_EQ(ends["innocent"].text, "fine");
  // Its time says nothing against the document.
  EXPECT_EQ(Run("hang").ending, Ending::kTimedOut);
}

TEST_F(PoolTest, NothingIsPutBehindAHangWhileOthersAreFree) {
  PoolOptions options = SomeOptions();
  options.limits.stall_timeout = absl::ZeroDuration();
  options.limits.document_timeout = absl::Hours(1);
  StartPool(options);
  Submit(*caller_, "hang", "hang");
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  // One worker hangs for an hour: all of these are for the other.
  auto others = std::make_shared<FakeCaller>();
  for (int i = 0; i < 200; ++i) Submit(*others, absl::StrCat(i), "echo fine");
  EXPECT_EQ(others->WaitFor(200).size(), 200u);
  EXPECT_EQ(caller_->ended(), 0u);
}

TEST_F(PoolTest, WhatWasPutBehindAHangIsTakenAway) {
  PoolOptions options = SomeOptions();
  options.limits.stall_timeout = absl::ZeroDuration();
  options.limits.document_timeout = absl::Hours(1);
  StartPool(options);
  // At once, so that some are put behind it before it is known to hang; and
  // another one that only takes its time is answered.
  Submit(*caller_, "hang", "hang");
  auto others = std::make_shared<FakeCaller>();
  for (int i = 0; i < 200; ++i) {
    Submit(*others, absl::StrCat(i), i == 7 ? "sleep 2500" : "echo fine");
  }
  std::map<std::string, FakeCaller::End> ends = others->WaitForAll(200);
  ASSERT_EQ(ends.size(), 200u);
  EXPECT_EQ(ends["7"].text, "2500");
  EXPECT_EQ(ends["199"].text, "fine");
  EXPECT_EQ(caller_->ended(), 0u);
}

TEST_F(PoolTest, TheTimeOfADocumentBeginsWhenItRuns) {
  PoolOptions options = SomeOptions();
  options.limits.workers = 1;
  options.limits.document_timeout = absl::Milliseconds(1000);
  StartPool(options);
  for (int i = 0; i < 8; ++i) Submit(*caller_, absl::StrCat(i), "sleep 200");
  for (const FakeCaller::End& end : caller_->WaitFor(8)) {
    EXPECT_EQ(end.ending, Ending::kAnswered);
  }
}

TEST_F(PoolTest, ACancelledCallsJobsEndAtOnceAndItsWorkerIsFreed) {
  PoolOptions options = SomeOptions();
  options.limits.workers = 1;
  StartPool(options);
  auto innocent = std::make_shared<FakeCaller>();
  for (int i = 0; i < 10; ++i) Submit(*caller_, absl::StrCat(i), "hang");
  Submit(*innocent, "innocent", "echo fine");
  pool_->Cancel(caller_);
  for (const FakeCaller::End& end : caller_->WaitFor(10)) {
    EXPECT_EQ(end.ending, Ending::kCancelled);
  }
  // Its worker hung, so this needs the kill.
  EXPECT_EQ(innocent->WaitFor(1).at(0).text, "fine");
  Submit(*caller_, "late", "echo fine");
  EXPECT_EQ(caller_->WaitFor(11).at(10).ending, Ending::kCancelled);
}

TEST_F(PoolTest, InteractiveJobsGoBeforeBulk) {
  PoolOptions options = SomeOptions();
  options.limits.workers = 1;
  options.limits.jobs_per_worker = 2;
  StartPool(options);
  for (int i = 0; i < 100; ++i) {
    Submit(*caller_, absl::StrCat(i), "sleep 10");
  }
  auto clerk = std::make_shared<FakeCaller>(Caller::Priority::kInteractive);
  Submit(*clerk, "unary", "echo now");
  EXPECT_EQ(clerk->WaitFor(1).at(0).text, "now");
  EXPECT_LT(caller_->ended(), 50u);
  EXPECT_EQ(caller_->WaitFor(100).size(), 100u);
}

TEST_F(PoolTest, OneStreamDoesNotStarveAnother) {
  PoolOptions options = SomeOptions();
  options.limits.workers = 1;
  options.limits.jobs_per_worker = 2;
  StartPool(options);
  for (int i = 0; i < 200; ++i) Submit(*caller_, absl::StrCat(i), "sleep 5");
  auto late = std::make_shared<FakeCaller>();
  for (int i = 0; i < 10; ++i) Submit(*late, absl::StrCat(i), "echo now");
  EXPECT_EQ(late->WaitFor(10).size(), 10u);
  EXPECT_LT(caller_->ended(), 100u);
  pool_->Cancel(caller_);
  EXPECT_EQ(caller_->WaitFor(200).size(), 200u);
}

TEST_F(PoolTest, JobsSpreadOverIdleWorkers) {
  PoolOptions options = SomeOptions();
  options.limits.workers = 4;
  StartPool(options);
  // Workers start one after the other.
  std::set<std::string> pids;
  for (int round = 0; round < 200 && pids.size() < 4; ++round) {
    auto caller = std::make_shared<FakeCaller>();
    for (int i = 0; i < 4; ++i) Submit(*caller, absl::StrCat(i), "pid");
    for (const FakeCaller::End& end : caller->WaitFor(4)) pids.insert(end.text);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(pids.size(), 4u);
}

// The whole promise at once: whatever happens to the workers, each document is
// answered once and right.
TEST_F(PoolTest, NothingIsLostOrDoubledWhileWorkersAreKilled) {
  StartPool();
  constexpr int kJobs = 2000;
  std::atomic<bool> stop{false};
  std::atomic<int> kills{0};
  std::thread killer([&] {
    unsigned pick = 1;
    size_t seen = 0;
    while (!stop) {
      // Not faster than new workers start, however slow the machine is.
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      if (caller_->ended() < seen + 20) continue;
      seen = caller_->ended();
      const std::vector<int> pids = pool_->worker_pids();
      if (pids.empty()) continue;
      pick = pick * 1103515245 + 12345;
      kill(pids[(pick >> 16) % pids.size()], SIGKILL);
      ++kills;
    }
  });
  for (int i = 0; i < kJobs; ++i) {
    std::string content = absl::StrCat("echo text ", i);
    if (i % 3 == 0) content = "spin 300";
    if (i % 50 == 7) content = absl::StrCat("echo ", std::string(300'000, 'x'));
    if (i % 400 == 11) content = absl::StrCat("exit ", i % 90 + 1);
    Submit(*caller_, absl::StrCat(i), content);
  }
  std::map<std::string, FakeCaller::End> ends = caller_->WaitForAll(kJobs);
  stop = true;
  killer.join();
  EXPECT_EQ(caller_->ended(), static_cast<size_t>(kJobs)) << "none twice";
  ASSERT_EQ(ends.size(), static_cast<size_t>(kJobs));
  EXPECT_GT(kills, 0);
  for (int i = 0; i < kJobs; ++i) {
    const FakeCaller::End& end = ends[absl::StrCat(i)];
    if (i % 400 == 11) {
      EXPECT_EQ(end.ending, Ending::kCrashed) << i;
    } else if (i % 50 == 7) {
      EXPECT_TRUE(end.text == std::string(300'000, 'x')) << i;
    } else if (i % 3 == 0) {
      EXPECT_EQ(end.text, "300") << i;
    } else {
      EXPECT_EQ(end.text, absl::StrCat("text ", i)) << i;
    }
  }
}

TEST_F(PoolTest, AWorkerKilledFromOutsideIsNotTheDocumentsDoing) {
  PoolOptions options = SomeOptions();
  options.limits.workers = 1;
  StartPool(options);
  for (int round = 0; round < 3; ++round) {
    Submit(*caller_, absl::StrCat(round), "sleep 300");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    for (const int pid : pool_->worker_pids()) kill(pid, SIGKILL);
    const FakeCaller::End end = caller_->WaitFor(round + 1).at(round);
    EXPECT_EQ(end.ending, Ending::kAnswered);
  }
}

TEST_F(PoolTest, AWorkerThatIsStoppedCostsNoDocument) {
  PoolOptions options = SomeOptions();
  options.limits.workers = 1;
  options.limits.stall_timeout = absl::Milliseconds(400);
  StartPool(options);
  const std::string file =
      testing::TempDir() + absl::StrCat("/stop-", getpid());
  std::filesystem::remove(file);
  Submit(*caller_, "stopped once", absl::StrCat("once ", file, " stop"));
  for (int i = 0; i < 5; ++i) Submit(*caller_, absl::StrCat(i), "echo fine");
  std::map<std::string, FakeCaller::End> ends = caller_->WaitForAll(6);
  for (const auto& [id, end] : ends) {
    EXPECT_EQ(end.ending, Ending::kAnswered) << id;
  }
  std::filesystem::remove(file);
  EXPECT_EQ(options.stats->worker_ends[WorkerEnd::kStalled].value(), 1);
  // One that always stands still is at fault, but is not quarantined: it may
  // have been the machine.
  EXPECT_EQ(Run("stop").ending, Ending::kTimedOut);
  EXPECT_EQ(Run("stop").ending, Ending::kTimedOut);
  EXPECT_EQ(Run("spin 900000").ending, Ending::kAnswered)
      << "to compute is not to stand still";
  ExpectHealthy();
}

TEST_F(PoolTest, WorkersThatAreAllStoppedCostNoDocument) {
  PoolOptions options = SomeOptions();
  options.limits.workers = 1;
  options.limits.stall_timeout = absl::Milliseconds(400);
  StartPool(options);
  Submit(*caller_, "stopped", "sleep 200");
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  // The spare one too, in which the document is tried again.
  for (const int pid : pool_->worker_pids()) kill(pid, SIGSTOP);
  EXPECT_EQ(caller_->WaitForAll(1)["stopped"].ending, Ending::kAnswered);
}

}  // namespace
}  // namespace gongkai::service
