// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/pool.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "service/job_queue.h"
#include "service/pool_worker.h"
#include "service/quarantine.h"
#include "service/telemetry/log.h"
#include "service/worker_set.h"

namespace gongkai::service {
namespace {

using Clock = WorkerSet::Clock;
using KillReason = PoolWorker::KillReason;
using State = PoolWorker::State;

// Deaths of workers on one job after which it is not tried again: the first
// may have been bad luck.
constexpr int kMaxDeaths = 2;

// Further tries for a job whose worker was killed or stopped from outside.
constexpr int kMaxKills = 3;

// Further tries for a job whose worker stood still for another reason: it may
// have been the machine.
constexpr int kMaxStalls = 1;

// How long a cancelled job may go on before its worker is killed. Nearly all
// jobs are done by then, and a worker is dearer than the rest of such a job;
// the promise is 100 ms.
constexpr std::chrono::milliseconds kCancelGrace{50};

// Work in one worker's reach, in time: enough that it never sleeps between two
// jobs and that wake-ups are shared by many. An interactive call waits behind
// it, so that it is less while such calls come: then each wake-up is for a few
// jobs, which costs the front a little more.
constexpr std::chrono::nanoseconds kReachTime = std::chrono::milliseconds(5);
constexpr std::chrono::nanoseconds kShortReachTime =
    std::chrono::milliseconds(1);
constexpr std::chrono::seconds kInteractiveTime{1};

// While every worker has half of its reach or more, results of streams gather
// for as long as a worker needs for such a part of it: to wake up for a result
// costs several times as much as to pass it on. While jobs wait the reach is
// full, and only documents four times as quick as those before would bring a
// worker to the end of it meanwhile; with fewer jobs than these, a few quick
// ones among slow ones would.
constexpr int kGatherShare = 4;
constexpr size_t kGatherJobs = 8;

}  // namespace

class PoolImpl final : public Pool, private WorkerSet::Observer {
 public:
  explicit PoolImpl(const PoolOptions& options)
      : limits_(options.limits),
        stats_(options.stats),
        workers_(options, this),
        quarantine_(static_cast<size_t>(options.limits.max_quarantined),
                    absl::ToChronoNanoseconds(options.limits.quarantine_time)) {
  }

  ~PoolImpl() override { Stop(); }

  void Stop() override {
    if (!thread_.joinable()) return;
    {
      absl::MutexLock lock(&inbox_mutex_);
      inbox_.stop = true;
    }
    workers_.Wake();
    thread_.join();
  }

  absl::Status Start() {
    if (absl::Status status = workers_.Open(); !status.ok()) return status;
    thread_ = std::thread([this] { Run(); });
    absl::MutexLock lock(&shared_mutex_);
    shared_mutex_.Await(absl::Condition(&started_));
    return start_status_;
  }

  void Submit(std::unique_ptr<Job> job) override {
    const bool urgent = job->caller()->urgent();
    bool wake;
    {
      absl::MutexLock lock(&inbox_mutex_);
      inbox_.jobs.push_back(std::move(job));
      wake = asleep_ && (urgent || wake_for_jobs_);
      if (wake) asleep_ = false;
    }
    if (wake) workers_.Wake();
  }

  void Cancel(std::shared_ptr<Caller> caller) override {
    bool wake;
    {
      absl::MutexLock lock(&inbox_mutex_);
      inbox_.cancels.push_back(std::move(caller));
      wake = std::exchange(asleep_, false);
    }
    if (wake) workers_.Wake();
  }

  void Renew(std::vector<std::string> worker_arguments,
             std::function<void()> renewed) override {
    bool wake;
    {
      absl::MutexLock lock(&inbox_mutex_);
      inbox_.renewal = {std::move(worker_arguments), std::move(renewed)};
      wake = std::exchange(asleep_, false);
    }
    if (wake) workers_.Wake();
  }

  const worker::v1::Hello& hello() const override { return hello_; }

  std::vector<int> worker_pids() const override {
    absl::MutexLock lock(&shared_mutex_);
    return pids_;
  }

  absl::Duration ExpectedWait(int64_t jobs) const override {
    return absl::Nanoseconds(job_nanoseconds_.load(std::memory_order_relaxed) *
                             jobs / limits_.workers);
  }

  absl::Duration InteractiveWait() const override {
    // Those before it, and what its worker has in its reach already.
    return ExpectedWait(stats_->queued_interactive.value() +
                        limits_.workers * stats_->shortest_reach.value());
  }

  bool healthy() const override {
    absl::MutexLock lock(&shared_mutex_);
    return healthy_;
  }

  void OnHealth(std::function<void(bool)> callback) override {
    absl::MutexLock lock(&shared_mutex_);
    health_callback_ = std::move(callback);
    if (health_callback_ != nullptr) health_callback_(healthy_);
  }

 private:
  struct Renewal {
    std::vector<std::string> worker_arguments;
    std::function<void()> renewed;
  };

  struct Inbox {
    std::vector<std::unique_ptr<Job>> jobs;
    std::vector<std::shared_ptr<Caller>> cancels;
    std::optional<Renewal> renewal;
    bool stop = false;
  };

  // The thread --------------------------------------------------------------

  void Run() {
    workers_.StartAll();
    while (TakeInbox()) {
      Dispatch();
      EndBatch();
      WaitForEvents();
    }
    EndEverything();
  }

  // Moves what other threads have handed over to this one. False to stop.
  bool TakeInbox() {
    {
      absl::MutexLock lock(&inbox_mutex_);
      asleep_ = false;
      std::swap(inbox_.jobs, taken_.jobs);
      std::swap(inbox_.cancels, taken_.cancels);
      std::swap(inbox_.renewal, taken_.renewal);
      if (inbox_.stop) return false;
    }
    const Clock::time_point now =
        taken_.jobs.empty() ? Clock::time_point() : Clock::now();
    for (std::unique_ptr<Job>& job : taken_.jobs) {
      if (job->caller()->cancelled_) {
        End(*job, Ending::kCancelled, "");
      } else {
        job->queued_at_ = now;
        if (job->caller()->urgent()) last_urgent_ = now;
        queue_.Add(std::move(job));
      }
    }
    taken_.jobs.clear();
    for (const std::shared_ptr<Caller>& caller : taken_.cancels) {
      DoCancel(caller.get());
    }
    taken_.cancels.clear();
    if (std::optional<Renewal> renewal =
            std::exchange(taken_.renewal, std::nullopt)) {
      renewed_ = std::move(renewal->renewed);
      workers_.Renew(std::move(renewal->worker_arguments));
    }
    return true;
  }

  void CountWaiting() {
    stats_->queued_interactive.Set(static_cast<int64_t>(queue_.interactive()));
    stats_->queued_bulk.Set(
        static_cast<int64_t>(queue_.size() - queue_.interactive()));
    stats_->queued_bytes.Set(queue_.bytes());
    workers_.CountStates();
  }

  void WaitForEvents() {
    CountWaiting();
    bool block;
    {
      absl::MutexLock lock(&inbox_mutex_);
      block = inbox_.jobs.empty() && inbox_.cancels.empty() &&
              !inbox_.renewal.has_value() && !inbox_.stop;
      if (block) {
        asleep_ = true;
        wake_for_jobs_ = AnyHungry();
      }
    }
    if (block && MayGather()) {
      workers_.Gather(std::min<std::chrono::nanoseconds>(
                          workers_.job_time() * Reach(), kReachTime) /
                      kGatherShare);
    }
    workers_.Wait(block);
    job_nanoseconds_.store(workers_.job_time().count(),
                           std::memory_order_relaxed);
  }

  // It has so little in its reach that it would sleep soon.
  bool IsHungry(const PoolWorker& worker) const {
    return 2 * worker.reach().size() < Reach();
  }

  // True if every worker has enough to do and nobody waits for a single answer.
  bool MayGather() const {
    return std::all_of(
        workers_.workers().begin(), workers_.workers().end(),
        [&](const auto& worker) {
          return worker->state() == State::kDown ||
                 (worker->state() == State::kReady &&
                  (!worker->active ||
                   (!worker->has_urgent() && !IsHungry(*worker) &&
                    worker->reach().size() >= kGatherJobs)));
        });
  }

  // True if a new job is worth a wake-up, for a hungry worker. Otherwise the
  // next result brings one.
  bool AnyHungry() const {
    return std::any_of(workers_.workers().begin(), workers_.workers().end(),
                       [&](const auto& worker) {
                         return worker->state() == State::kReady &&
                                worker->active && !worker->exclusive &&
                                IsHungry(*worker);
                       });
  }

  // Jobs --------------------------------------------------------------------

  // `answered` is what the response of a worker says.
  void End(Job& job, Ending ending, std::string_view response,
           Outcome answered = Outcome::kUnspecified) {
    if (job.ended_) return;
    job.ended_ = true;
    stats_->outcomes[OutcomeOf(ending, answered)].Add();
    Caller& caller = *job.caller();
    if (!caller.in_batch_) {
      caller.in_batch_ = true;
      batch_.push_back(job.caller());
    }
    job.Done(ending, response);
  }

  static Outcome OutcomeOf(Ending ending, Outcome answered) {
    switch (ending) {
      case Ending::kAnswered:
        break;
      case Ending::kCrashed:
        return Outcome::kWorkerCrashed;
      case Ending::kOutOfMemory:
        return Outcome::kWorkerOutOfMemory;
      case Ending::kTimedOut:
        return Outcome::kWorkerTimedOut;
      case Ending::kQuarantined:
        return Outcome::kQuarantined;
      case Ending::kCancelled:
        return Outcome::kCancelled;
    }
    return answered;
  }

  // Lets the results of this round leave.
  void EndBatch() {
    for (const std::shared_ptr<Caller>& caller : batch_) {
      caller->in_batch_ = false;
      caller->EndOfBatch();
    }
    batch_.clear();
  }

  size_t Reach() const {
    const int64_t jobs =
        (interactive_ ? kShortReachTime : kReachTime) /
        std::max(workers_.job_time(), std::chrono::nanoseconds(1));
    return static_cast<size_t>(
        std::clamp<int64_t>(jobs, 2, std::max(2, limits_.jobs_per_worker)));
  }

  void Dispatch() {
    const Clock::time_point now = Clock::now();
    interactive_ = now - last_urgent_ < kInteractiveTime;
    while (!suspects_.empty()) {
      PoolWorker* worker = workers_.Fresh();
      if (worker == nullptr) break;
      std::unique_ptr<Job> job = std::move(suspects_.front());
      suspects_.pop_front();
      if (EndIfQuarantined(*job, now)) continue;
      worker->exclusive = true;
      worker->Assign(std::move(job), now);
    }
    const size_t reach = Reach();
    while (const Job* job = queue_.Peek()) {
      PoolWorker* worker = workers_.LeastBusy(*job, reach, now);
      if (worker == nullptr) break;
      std::unique_ptr<Job> taken = queue_.Take();
      if (EndIfQuarantined(*taken, now)) continue;
      stats_->queue_time.Record(now - taken->queued_at_);
      worker->Assign(std::move(taken), now);
    }
    workers_.FlushAll();
  }

  bool EndIfQuarantined(Job& job, Clock::time_point now) {
    if (!quarantine_.Holds(job, now)) return false;
    End(job, Ending::kQuarantined, "");
    return true;
  }

  void DoCancel(Caller* caller) {
    caller->cancelled_ = true;
    for (const std::unique_ptr<Job>& job : queue_.TakeAllOf(caller)) {
      End(*job, Ending::kCancelled, "");
    }
    std::erase_if(suspects_, [&](const std::unique_ptr<Job>& job) {
      if (job->caller().get() != caller) return false;
      End(*job, Ending::kCancelled, "");
      return true;
    });
    const Clock::time_point kill_time = Clock::now() + kCancelGrace;
    for (const auto& worker : workers_.workers()) {
      for (const PoolWorker::Entry& entry : worker->reach()) {
        if (entry.job->caller().get() != caller) continue;
        entry.job->kill_time_ = kill_time;
        End(*entry.job, Ending::kCancelled, "");
      }
    }
  }

  // What the workers report -------------------------------------------------

  void OnStart(const absl::Status& status,
               const worker::v1::Hello& hello) override {
    hello_ = hello;
    absl::MutexLock lock(&shared_mutex_);
    start_status_ = status;
    started_ = true;
  }

  void OnProcesses(std::vector<int> pids, bool healthy) override {
    absl::MutexLock lock(&shared_mutex_);
    pids_ = std::move(pids);
    if (std::exchange(healthy_, healthy) == healthy) return;
    if (health_callback_ != nullptr) health_callback_(healthy);
  }

  void OnRenewed() override {
    if (auto renewed = std::exchange(renewed_, nullptr)) renewed();
  }

  void OnResult(std::unique_ptr<Job> job, std::string_view response,
                Outcome outcome) override {
    End(*job, Ending::kAnswered, response, outcome);
  }

  void OnEnded(WorkerSet::Ended ended) override {
    std::deque<PoolWorker::Entry>& left = ended.left;
    std::unique_ptr<Job> running;
    if (!left.empty()) {
      running = std::move(left.front().job);
      left.pop_front();
    }
    for (auto entry = left.rbegin(); entry != left.rend(); ++entry) {
      if (entry->job->ended_) continue;
      stats_->jobs_rerun.Add();
      queue_.AddFirst(std::move(entry->job));
    }
    LogEnd(ended,
           running == nullptr || running->ended_ ? nullptr : running.get());
    if (running == nullptr || running->ended_) return;
    Judge(std::move(running), ended);
  }

  // A planned end is told where it is planned, and one that a caller's going
  // away brings is of no interest.
  static void LogEnd(const WorkerSet::Ended& ended, const Job* running) {
    if (ended.reason == KillReason::kRetired ||
        ended.reason == KillReason::kStopping) {
      return;
    }
    LogEvent(
        ended.end == WorkerEnd::kCancelled ? LogLevel::kDebug
                                           : LogLevel::kWarning,
        "worker died",
        {{"pid", ended.pid},
         {"cause", kWorkerEndNames[static_cast<size_t>(ended.end)]},
         {"exit", ended.exit.ToString()},
         {"document_bytes", running == nullptr ? 0 : running->request_bytes()},
         {"last_words", ended.last_words}});
  }

  // Decides on a job whose worker ended while running it.
  void Judge(std::unique_ptr<Job> job, const WorkerSet::Ended& ended) {
    switch (ended.end) {
      case WorkerEnd::kBlocking:
        // It may have all its time, but alone.
        break;
      case WorkerEnd::kTimedOut:
        // Time is not luck: no second try.
        if (!ended.was_stopped) return End(*job, Ending::kTimedOut, "");
        [[fallthrough]];
      case WorkerEnd::kStalled:
        if (++job->stalls_ > (ended.was_stopped ? kMaxKills : kMaxStalls)) {
          return End(*job, Ending::kTimedOut, "");
        }
        break;
      case WorkerEnd::kKilled:
        if (++job->kills_ > kMaxKills) {
          return End(*job, Ending::kCrashed, "");
        }
        break;
      default:
        if (++job->deaths_ < kMaxDeaths) break;
        quarantine_.Add(*job, Clock::now());
        return End(*job,
                   ended.end == WorkerEnd::kOutOfMemory ? Ending::kOutOfMemory
                                                        : Ending::kCrashed,
                   "");
    }
    stats_->jobs_rerun.Add();
    suspects_.push_back(std::move(job));
  }

  void EndEverything() {
    for (std::unique_ptr<Job>& job : taken_.jobs) queue_.Add(std::move(job));
    taken_.jobs.clear();
    for (std::unique_ptr<Job>& job : queue_.TakeAll()) {
      End(*job, Ending::kCancelled, "");
    }
    for (std::unique_ptr<Job>& job : suspects_) {
      End(*job, Ending::kCancelled, "");
    }
    suspects_.clear();
    for (const std::unique_ptr<Job>& job : workers_.EndAll()) {
      End(*job, Ending::kCancelled, "");
    }
    EndBatch();
  }

  const Limits limits_;
  const std::shared_ptr<Stats> stats_;
  std::thread thread_;

  absl::Mutex inbox_mutex_;
  Inbox inbox_ ABSL_GUARDED_BY(inbox_mutex_);
  // The thread waits for events, and nobody has woken it yet.
  bool asleep_ ABSL_GUARDED_BY(inbox_mutex_) = false;
  bool wake_for_jobs_ ABSL_GUARDED_BY(inbox_mutex_) = false;

  mutable absl::Mutex shared_mutex_;
  bool started_ ABSL_GUARDED_BY(shared_mutex_) = false;
  absl::Status start_status_ ABSL_GUARDED_BY(shared_mutex_);
  std::vector<int> pids_ ABSL_GUARDED_BY(shared_mutex_);
  bool healthy_ ABSL_GUARDED_BY(shared_mutex_) = true;
  std::function<void(bool)> health_callback_ ABSL_GUARDED_BY(shared_mutex_);

  // WorkerSet::job_time() for other threads.
  std::atomic<int64_t> job_nanoseconds_{1'000'000};

  // Written once, before Start() returns.
  worker::v1::Hello hello_;

  // All of the following belong to the thread.
  Inbox taken_;
  // Of the renewal under way; null for none.
  std::function<void()> renewed_;
  JobQueue queue_;
  // When the last interactive job came, and whether that was just now.
  Clock::time_point last_urgent_ = Clock::now() - kInteractiveTime;
  bool interactive_ = false;
  // Jobs that a worker died of, each to be tried again alone.
  std::deque<std::unique_ptr<Job>> suspects_;
  WorkerSet workers_;
  std::vector<std::shared_ptr<Caller>> batch_;
  Quarantine quarantine_;
};

absl::StatusOr<std::unique_ptr<Pool>> Pool::Start(const PoolOptions& options) {
  auto pool = std::make_unique<PoolImpl>(options);
  if (absl::Status status = pool->Start(); !status.ok()) return status;
  return pool;
}

}  // namespace gongkai::service
