// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// How the workers of a pool come and go: planned replacement, starts that fail,
// the end.

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <set>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/sanitized.h"
#include "tests/service/fake_job.h"
#include "tests/service/pool_fixture.h"
#include "tests/service/processes.h"

namespace gongkai::service {
namespace {

using testing::HasSubstr;

using PoolLifeTest = PoolTest;

int64_t Deaths(const Stats& stats) {
  int64_t deaths = 0;
  for (const WorkerEnd end :
       {WorkerEnd::kCrashed, WorkerEnd::kOutOfMemory, WorkerEnd::kTimedOut,
        WorkerEnd::kStalled, WorkerEnd::kBlocking, WorkerEnd::kCancelled,
        WorkerEnd::kDistrusted, WorkerEnd::kKilled, WorkerEnd::kNotStarted}) {
    deaths += stats.worker_ends[end].value();
  }
  return deaths;
}

TEST_F(PoolLifeTest, WorkersAreReplacedAfterSoManyJobsAndNothingIsLost) {
  PoolOptions options = SomeOptions();
  options.limits.worker_max_jobs = 50;
  StartPool(options);
  constexpr int kJobs = 3000;
  std::set<std::string> pids;
  for (int i = 0; i < kJobs; ++i) {
    Submit(*caller_, absl::StrCat(i), i % 10 == 0 ? "pid" : "spin 100");
  }
  for (const auto& [id, end] : caller_->WaitForAll(kJobs)) {
    EXPECT_EQ(end.ending, Ending::kAnswered);
    if (end.text != "100") pids.insert(end.text);
  }
  EXPECT_EQ(caller_->ended(), size_t{kJobs});
  EXPECT_GT(pids.size(), 5u);
  EXPECT_GT(options.stats->worker_ends[WorkerEnd::kRecycledJobs].value(), 3);
  EXPECT_EQ(Deaths(*options.stats), 0);
  EXPECT_EQ(options.stats->jobs_rerun.value(), 0) << "each finishes its own";
}

TEST_F(PoolLifeTest, OldWorkersAreReplaced) {
  PoolOptions options = SomeOptions();
  options.limits.worker_max_age = absl::Milliseconds(300);
  StartPool(options);
  std::set<std::string> pids;
  for (int i = 0; i < 1000 && pids.size() < 6; ++i) {
    pids.insert(Run("pid").text);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_GE(pids.size(), 6u);
  EXPECT_GT(options.stats->worker_ends[WorkerEnd::kRecycledAge].value(), 2);
  EXPECT_EQ(Deaths(*options.stats), 0);
}

TEST_F(PoolLifeTest, WorkersThatHaveGrownAreReplaced) {
  if (kSanitized) GTEST_SKIP() << "memory means little here";
  PoolOptions options = SomeOptions();
  options.limits.workers = 1;
  options.limits.worker_max_growth_bytes = 64 << 20;
  StartPool(options);
  const std::string first = Run("pid").text;
  EXPECT_EQ(Run("keep 100").ending, Ending::kAnswered);
  std::string now = first;
  for (int i = 0; i < 1000 && now == first; ++i) {
    now = Run("pid").text;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_NE(now, first);
  // It is counted when it is gone, a moment after the other goes on.
  const Count& ends = options.stats->worker_ends[WorkerEnd::kRecycledMemory];
  for (int i = 0; i < 1000 && ends.value() == 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(ends.value(), 1);
}

TEST_F(PoolLifeTest, WithoutASpareWorkerNoneIsReplaced) {
  PoolOptions options = SomeOptions();
  options.limits.workers = 1;
  options.limits.spare_workers = 0;
  options.limits.worker_max_jobs = 1;
  StartPool(options);
  const std::string first = Run("pid").text;
  for (int i = 0; i < 20; ++i) EXPECT_EQ(Run("pid").text, first);
}

TEST_F(PoolLifeTest, ASuspectIsTriedEvenWhenItsWorkerWasOnItsWayOut) {
  PoolOptions options = SomeOptions();
  options.limits.workers = 1;
  options.limits.worker_max_jobs = 1;
  StartPool(options);
  for (int round = 0; round < 5; ++round) {
    // All in the reach of a worker that is retired after the first.
    auto caller = std::make_shared<FakeCaller>();
    Submit(*caller, "first", "sleep 20");
    Submit(*caller, "crasher", absl::StrCat("exit ", round + 1));
    Submit(*caller, "last", "echo fine");
    std::map<std::string, FakeCaller::End> ends = caller->WaitForAll(3);
    EXPECT_EQ(ends["crasher"].ending, Ending::kCrashed);
    EXPECT_EQ(ends["last"].text, "fine");
  }
}

// Starts that come to nothing ----------------------------------------------

TEST_F(PoolLifeTest, WorkersThatEndAfterTheirHelloAreNotStartedInALoop) {
  PoolOptions options = SomeOptions();
  options.worker_arguments = {"--short_lived"};
  StartPool(options);
  std::atomic<bool> healthy{true};
  pool_->OnHealth([&](bool now) { healthy = now; });
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  // Without pauses, there would be hundreds.
  EXPECT_LT(options.stats->worker_starts.value(), 40);
  pool_->OnHealth(nullptr);
}

TEST_F(PoolLifeTest, HealthFallsWhenNoWorkerCanBeStartedAndComesBack) {
  const std::string program =
      testing::TempDir() + absl::StrCat("/health-worker-", getpid());
  std::filesystem::remove(program);
  std::filesystem::create_symlink(TestWorker(), program);
  PoolOptions options = SomeOptions();
  options.worker_program = program;
  StartPool(options);
  std::atomic<bool> healthy{false};
  pool_->OnHealth([&](bool now) { healthy = now; });
  EXPECT_TRUE(healthy);
  const auto wait_for = [&](bool value) {
    for (int i = 0; i < 3000 && healthy != value; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return healthy == value;
  };
  // A worker that dies is none of health's business.
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(Run("segv").ending,
              i == 0 ? Ending::kCrashed : Ending::kQuarantined);
  EXPECT_TRUE(healthy);
  std::filesystem::remove(program);
  for (const int pid : pool_->worker_pids()) kill(pid, SIGKILL);
  EXPECT_TRUE(wait_for(false));
  EXPECT_FALSE(pool_->healthy());
  std::filesystem::create_symlink(TestWorker(), program);
  EXPECT_TRUE(wait_for(true));
  ExpectHealthy();
  std::filesystem::remove(program);
  pool_->OnHealth(nullptr);
}

TEST_F(PoolLifeTest, StoppingEndsWhatIsLeft) {
  StartPool();
  for (int i = 0; i < 50; ++i) Submit(*caller_, absl::StrCat(i), "hang");
  const std::vector<int> pids = pool_->worker_pids();
  EXPECT_FALSE(pids.empty());
  pool_->Stop();
  EXPECT_EQ(caller_->ended(), 50u);
  EXPECT_FALSE(AnyAlive(pids));
}

TEST_F(PoolLifeTest, AWorkerThatCannotStartIsExplained) {
  PoolOptions options = SomeOptions();
  options.worker_arguments = {"--die=catalog.txtpb:7: no such row"};
  absl::StatusOr<std::unique_ptr<Pool>> pool = Pool::Start(options);
  EXPECT_EQ(pool.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(pool.status().message()),
              HasSubstr("catalog.txtpb:7: no such row"));

  options = SomeOptions();
  options.worker_program = "/nonexistent/gongkai-worker";
  pool = Pool::Start(options);
  EXPECT_EQ(pool.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(pool.status().message()),
              HasSubstr("/nonexistent/gongkai-worker"));

  options = SomeOptions();
  options.worker_arguments = {"--protocol=99"};
  pool = Pool::Start(options);
  EXPECT_EQ(pool.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(pool.status().message()), HasSubstr("version 99"));

  options = SomeOptions();
  options.worker_program = "/bin/cat";
  pool = Pool::Start(options);
  EXPECT_EQ(pool.status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(PoolLifeTest, AWorkerThatSaysNothingIsNotWaitedForForEver) {
  PoolOptions options = SomeOptions();
  options.worker_program = "/bin/sleep";
  options.worker_arguments = {"1000"};
  options.limits.worker_start_timeout = absl::Milliseconds(200);
  const absl::StatusOr<std::unique_ptr<Pool>> pool = Pool::Start(options);
  EXPECT_EQ(pool.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(pool.status().message()), HasSubstr("Hello"));
}

TEST_F(PoolLifeTest, SurvivesWorkersThatNoLongerStart) {
  const std::string program =
      testing::TempDir() + absl::StrCat("/worker-", getpid());
  std::filesystem::remove(program);
  std::filesystem::create_symlink(TestWorker(), program);
  PoolOptions options = SomeOptions();
  options.worker_program = program;
  StartPool(options);
  ExpectHealthy();
  std::filesystem::remove(program);
  Submit(*caller_, "crasher", "segv");
  for (const int pid : pool_->worker_pids()) kill(pid, SIGKILL);
  Submit(*caller_, "patient", "echo fine");
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  std::filesystem::create_symlink(TestWorker(), program);
  std::map<std::string, FakeCaller::End> ends = caller_->WaitForAll(2);
  EXPECT_EQ(ends["patient"].text, "fine");
  std::filesystem::remove(program);
}

}  // namespace
}  // namespace gongkai::service
