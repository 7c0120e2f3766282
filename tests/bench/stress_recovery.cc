// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <signal.h>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "service/pool.h"
#include "tests/bench/documents.h"
#include "tests/bench/figures.h"
#include "tests/bench/stress.h"

namespace gongkai::bench {
namespace {

using service::Caller;
using service::Ending;
using service::Job;
using service::Pool;

constexpr int kRounds = 50;
constexpr absl::Duration kPatience = absl::Seconds(10);

class SilentCaller : public Caller {
 public:
  SilentCaller() : Caller(Priority::kBulk) {}
  void EndOfBatch() override {}
};

class CountedJob : public Job {
 public:
  CountedJob(std::shared_ptr<Caller> caller, std::string bytes,
             std::atomic<int>* done)
      : Job(std::move(caller), ipc::JobKind::kProcess),
        bytes_(std::move(bytes)),
        done_(*done) {
    AddPiece(bytes_);
  }
  void Done(Ending, std::string_view) override { ++done_; }

 private:
  const std::string bytes_;
  std::atomic<int>& done_;
};

// Waits, looking often, until it is so. How long that took.
template <typename Condition>
absl::StatusOr<absl::Duration> TimeUntil(const char* what,
                                         const Condition& condition) {
  const absl::Time start = absl::Now();
  while (!condition()) {
    if (absl::Now() - start > kPatience) {
      return absl::DeadlineExceededError(what);
    }
    absl::SleepFor(absl::Microseconds(50));
  }
  return absl::Now() - start;
}

std::string Spread(std::vector<absl::Duration> all) {
  return absl::StrFormat("p50 %6.2f  max %6.2f ms",
                         absl::ToDoubleMilliseconds(Percentile(&all, .5)),
                         absl::ToDoubleMilliseconds(Percentile(&all, 1)));
}

}  // namespace

absl::Status Recovery(const StressOptions& options) {
  const Documents documents(16, 8192);
  service::PoolOptions pool_options;
  pool_options.worker_program = options.worker;
  pool_options.limits.workers = options.workers;
  const service::Stats& stats = *pool_options.stats;
  auto pool = Pool::Start(pool_options);
  if (!pool.ok()) return pool.status();
  const int all = options.workers + pool_options.limits.spare_workers;
  const auto full = [&] {
    return stats.workers_ready.value() + stats.workers_busy.value() == all;
  };
  std::atomic<int> done{0};
  int submitted = 0;
  const auto submit = [&](std::shared_ptr<Caller> caller) {
    (*pool)->Submit(std::make_unique<CountedJob>(
        std::move(caller), Flatten(documents.Request(submitted++)), &done));
  };
  const auto caller = std::make_shared<SilentCaller>();

  // Every worker is killed at once but for one, in turn, and a document is
  // sent: it needs one that lives.
  std::vector<absl::Duration> answers;
  std::vector<absl::Duration> fulls;
  for (int round = 0; round < kRounds; ++round) {
    auto ready = TimeUntil("every worker ready", full);
    if (!ready.ok()) return ready.status();
    absl::SleepFor(absl::Milliseconds(20));
    const std::vector<int> pids = (*pool)->worker_pids();
    const int victim = pids[static_cast<size_t>(round) % pids.size()];
    const int64_t ends = stats.worker_ends[service::WorkerEnd::kKilled].value();
    const absl::Time start = absl::Now();
    kill(victim, SIGKILL);
    auto noticed = TimeUntil("a death seen", [&] {
      return stats.worker_ends[service::WorkerEnd::kKilled].value() > ends;
    });
    if (!noticed.ok()) return noticed.status();
    const int before = done;
    for (int i = 0; i < options.workers; ++i) submit(caller);
    auto answered =
        TimeUntil("answers", [&] { return done == before + options.workers; });
    if (!answered.ok()) return answered.status();
    answers.push_back(absl::Now() - start);
    ready = TimeUntil("every worker ready", full);
    if (!ready.ok()) return ready.status();
    fulls.push_back(absl::Now() - start);
  }
  std::cout << "  killed worker, till documents are answered again  "
            << Spread(answers) << "\n"
            << "  killed worker, till as many are ready as before   "
            << Spread(fulls) << "\n";
  std::cout << "  spare one in the place of one whose end was seen, times in "
               "µs:";
  for (size_t i = 0; i < service::DurationHistogram::kBuckets; ++i) {
    if (const int64_t count = stats.takeover_time.count(i)) {
      std::cout << absl::StrFormat(
          "  %d up to %d", count,
          service::DurationHistogram::UpperEnd(i).count() / 1000);
    }
  }
  std::cout << "\n";

  // A worker that stands still with a document that nobody waits for any more.
  std::vector<absl::Duration> cancels;
  for (int round = 0; round < kRounds; ++round) {
    auto ready = TimeUntil("every worker ready", full);
    if (!ready.ok()) return ready.status();
    for (const int pid : (*pool)->worker_pids()) kill(pid, SIGSTOP);
    const auto left = std::make_shared<SilentCaller>();
    const int64_t ends =
        stats.worker_ends[service::WorkerEnd::kCancelled].value();
    submit(left);
    absl::SleepFor(absl::Milliseconds(5));
    const absl::Time start = absl::Now();
    (*pool)->Cancel(left);
    auto killed = TimeUntil("a cancelled worker's end", [&] {
      return stats.worker_ends[service::WorkerEnd::kCancelled].value() > ends;
    });
    for (const int pid : (*pool)->worker_pids()) kill(pid, SIGCONT);
    if (!killed.ok()) return killed.status();
    cancels.push_back(absl::Now() - start);
  }
  std::cout << "  cancellation, till the worker is gone             "
            << Spread(cancels) << "\n";
  (*pool)->Stop();
  return absl::OkStatus();
}

}  // namespace gongkai::bench
