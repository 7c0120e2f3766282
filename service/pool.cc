// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/pool.h"

#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/job_queue.h"
#include "service/log.h"
#include "service/mutex.h"
#include "service/pool_worker.h"
#include "service/quarantine.h"
#include "worker/ipc/frame.h"
#include "worker/ipc/unique_fd.h"
#include "worker/ipc/worker_loop.h"

namespace gongkai::service {
namespace {

using Clock = std::chrono::steady_clock;
using KillReason = PoolWorker::KillReason;
using State = PoolWorker::State;

// Deaths of workers on one job after which it is not tried again: the first
// may have been bad luck.
constexpr int kMaxDeaths = 2;

// Further tries for a job whose worker was killed from outside.
constexpr int kMaxKills = 3;

// How long a cancelled job may go on before its worker is killed. Nearly all
// jobs are done by then, and a worker is dearer than the rest of such a job;
// the promise is 100 ms.
constexpr std::chrono::milliseconds kCancelGrace{50};

// Work in one worker's reach, in time: enough that it never sleeps between
// two jobs, and so little that an interactive call behind it does not wait
// noticeably.
constexpr std::chrono::nanoseconds kReachTime = std::chrono::milliseconds(5);

// How long results may gather before they are fetched while every worker has
// more than twice that before it. To wake up for each result costs several
// times as much as to pass it on.
constexpr std::chrono::nanoseconds kGatherTime = std::chrono::microseconds(250);

// Pauses between failing starts of a worker.
constexpr std::chrono::milliseconds kFirstPause{100};
constexpr std::chrono::milliseconds kLongestPause{10'000};

// What an epoll event is about: which worker, its how-manieth process, and
// which of its descriptors.
enum class Source : uint32_t { kWake, kSocket, kExit, kStandardError };

uint64_t EventData(Source source, size_t worker, uint32_t generation) {
  return uint64_t{generation} << 32 | static_cast<uint64_t>(worker) << 2 |
         static_cast<uint64_t>(source);
}

}  // namespace

class PoolImpl final : public Pool {
 public:
  explicit PoolImpl(const PoolOptions& options)
      : options_(options),
        quarantine_(static_cast<size_t>(options.limits.max_quarantined)) {}

  ~PoolImpl() override { Stop(); }

  void Stop() override {
    if (!thread_.joinable()) return;
    {
      MutexLock lock(&inbox_mutex_);
      inbox_.stop = true;
    }
    Wake();
    thread_.join();
  }

  absl::Status Start() {
    epoll_ = ipc::UniqueFd(epoll_create1(EPOLL_CLOEXEC));
    wake_ = ipc::UniqueFd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!epoll_ || !wake_) return absl::ErrnoToStatus(errno, "epoll");
    Watch(wake_.get(), EventData(Source::kWake, 0, 0), EPOLLIN);
    for (int i = 0; i < options_.limits.workers + options_.limits.spare_workers;
         ++i) {
      workers_.push_back(std::make_unique<PoolWorker>(options_.limits));
    }
    thread_ = std::thread([this] { Run(); });
    MutexLock lock(&shared_mutex_);
    shared_mutex_.Await(absl::Condition(&started_));
    return start_status_;
  }

  void Submit(std::unique_ptr<Job> job) override {
    const bool urgent =
        job->caller()->priority() == Caller::Priority::kInteractive;
    bool wake;
    {
      MutexLock lock(&inbox_mutex_);
      inbox_.jobs.push_back(std::move(job));
      wake = asleep_ && (urgent || wake_for_jobs_);
      if (wake) asleep_ = false;
    }
    if (wake) Wake();
  }

  void Cancel(std::shared_ptr<Caller> caller) override {
    bool wake;
    {
      MutexLock lock(&inbox_mutex_);
      inbox_.cancels.push_back(std::move(caller));
      wake = std::exchange(asleep_, false);
    }
    if (wake) Wake();
  }

  const worker::v1::Hello& hello() const override { return hello_; }

  std::vector<int> worker_pids() const override {
    MutexLock lock(&shared_mutex_);
    return pids_;
  }

  absl::Duration ExpectedWait(int64_t jobs) const override {
    return absl::Nanoseconds(job_nanoseconds_.load(std::memory_order_relaxed) *
                             jobs / options_.limits.workers);
  }

 private:
  struct Inbox {
    std::vector<std::unique_ptr<Job>> jobs;
    std::vector<std::shared_ptr<Caller>> cancels;
    bool stop = false;
  };

  void Wake() {
    const uint64_t one = 1;
    (void)!write(wake_.get(), &one, sizeof(one));
  }

  void Watch(int fd, uint64_t data, uint32_t events) {
    epoll_event event = {};
    event.events = events;
    event.data.u64 = data;
    epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event);
  }

  // The thread --------------------------------------------------------------

  void Run() {
    for (size_t i = 0; i < workers_.size(); ++i) StartWorker(i, Clock::now());
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
      MutexLock lock(&inbox_mutex_);
      asleep_ = false;
      std::swap(inbox_.jobs, taken_.jobs);
      std::swap(inbox_.cancels, taken_.cancels);
      if (inbox_.stop) return false;
    }
    for (std::unique_ptr<Job>& job : taken_.jobs) {
      if (job->caller()->cancelled_) {
        End(*job, Ending::kCancelled, "");
      } else {
        queue_.Add(std::move(job));
      }
    }
    taken_.jobs.clear();
    for (const std::shared_ptr<Caller>& caller : taken_.cancels) {
      DoCancel(caller.get());
    }
    taken_.cancels.clear();
    return true;
  }

  void WaitForEvents() {
    int timeout = Timeout();
    {
      MutexLock lock(&inbox_mutex_);
      if (inbox_.jobs.empty() && inbox_.cancels.empty() && !inbox_.stop) {
        asleep_ = true;
        wake_for_jobs_ = AnyHungry();
      } else {
        timeout = 0;
      }
    }
    if (timeout != 0) Gather();
    epoll_event events[64];
    const int count =
        epoll_wait(epoll_.get(), events, std::size(events), timeout);
    const Clock::time_point now = Clock::now();
    for (int i = 0; i < count; ++i) OnEvent(events[i], now);
    CheckDeadlines(now);
  }

  // Lets results gather while the workers are busy and nobody waits at the
  // other end. A wake-up ends it.
  void Gather() {
    const int64_t each = job_nanoseconds_.load(std::memory_order_relaxed);
    int64_t time = kGatherTime.count();
    for (const auto& worker : workers_) {
      if (worker->state() == State::kDown) continue;
      if (worker->state() != State::kReady) return;
      if (!worker->active) continue;
      if (worker->has_urgent()) return;
      const int64_t jobs = static_cast<int64_t>(worker->reach().size());
      time = std::min(time, jobs * each / 2);
    }
    if (time < kGatherTime.count()) return;
    pollfd wake = {wake_.get(), POLLIN, 0};
    const timespec wait = {0, time};
    ppoll(&wake, 1, &wait, nullptr);
  }

  // True if a worker has so little in its reach that it would sleep soon: then
  // a new job is worth a wake-up. Otherwise the next result brings one.
  bool AnyHungry() const {
    return std::any_of(
        workers_.begin(), workers_.end(), [&](const auto& worker) {
          return worker->state() == State::kReady && worker->active &&
                 !worker->exclusive && 2 * worker->reach().size() < Reach();
        });
  }

  // Milliseconds until the next deadline; -1 for none.
  int Timeout() const {
    Clock::time_point next = Clock::time_point::max();
    for (const auto& worker : workers_) {
      next = std::min(next, worker->deadline());
    }
    if (next == Clock::time_point::max()) return -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now());
    return static_cast<int>(std::clamp<int64_t>(left.count(), 0, 3'600'000));
  }

  void OnEvent(const epoll_event& event, Clock::time_point now) {
    const Source source = static_cast<Source>(event.data.u64 & 3);
    if (source == Source::kWake) {
      uint64_t count;
      (void)!read(wake_.get(), &count, sizeof(count));
      return;
    }
    const size_t index = (event.data.u64 >> 2) & ((1u << 30) - 1);
    PoolWorker& worker = *workers_[index];
    // The process may have been replaced by an earlier event of this round.
    if (worker.generation() != event.data.u64 >> 32 ||
        worker.state() == State::kDown) {
      return;
    }
    switch (source) {
      case Source::kWake:
        break;
      case Source::kSocket:
        if ((event.events & ~EPOLLOUT) != 0) OnReadable(index, now);
        if ((event.events & EPOLLOUT) != 0) Flush(index);
        break;
      case Source::kExit:
        OnExit(index, now);
        break;
      case Source::kStandardError:
        worker.ReadStandardError();
        if ((event.events & EPOLLIN) == 0) {
          epoll_ctl(epoll_.get(), EPOLL_CTL_DEL,
                    worker.process()->standard_error(), nullptr);
        }
        break;
    }
  }

  // Jobs --------------------------------------------------------------------

  void End(Job& job, Ending ending, std::string_view response) {
    if (job.ended_) return;
    job.ended_ = true;
    Caller& caller = *job.caller();
    if (!caller.in_batch_) {
      caller.in_batch_ = true;
      batch_.push_back(job.caller());
    }
    job.Done(ending, response);
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
        kReachTime.count() /
        std::max<int64_t>(job_nanoseconds_.load(std::memory_order_relaxed), 1);
    return static_cast<size_t>(std::clamp<int64_t>(
        jobs, 2, std::max(2, options_.limits.jobs_per_worker)));
  }

  void Dispatch() {
    const Clock::time_point now = Clock::now();
    while (!suspects_.empty()) {
      PoolWorker* worker = FreshWorker();
      if (worker == nullptr) break;
      std::unique_ptr<Job> job = std::move(suspects_.front());
      suspects_.pop_front();
      if (EndIfQuarantined(*job)) continue;
      worker->exclusive = true;
      worker->Assign(std::move(job), now);
    }
    const size_t reach = Reach();
    while (const Job* job = queue_.Peek()) {
      PoolWorker* worker = LeastBusy(*job, reach);
      if (worker == nullptr) break;
      std::unique_ptr<Job> taken = queue_.Take();
      if (EndIfQuarantined(*taken)) continue;
      worker->Assign(std::move(taken), now);
    }
    for (size_t i = 0; i < workers_.size(); ++i) {
      if (workers_[i]->state() == State::kReady &&
          workers_[i]->wants_to_write()) {
        Flush(i);
      }
    }
  }

  bool EndIfQuarantined(Job& job) {
    if (!quarantine_.Holds(job)) return false;
    End(job, Ending::kQuarantined, "");
    return true;
  }

  PoolWorker* FreshWorker() {
    for (const auto& worker : workers_) {
      if (worker->state() == State::kReady && worker->active && worker->fresh) {
        return worker.get();
      }
    }
    return nullptr;
  }

  PoolWorker* LeastBusy(const Job& job, size_t reach) {
    PoolWorker* best = nullptr;
    for (const auto& worker : workers_) {
      if (worker->state() != State::kReady || !worker->active ||
          worker->exclusive || !worker->Takes(job, reach)) {
        continue;
      }
      if (best == nullptr || worker->reach().size() < best->reach().size()) {
        best = worker.get();
      }
    }
    return best;
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
    for (const auto& worker : workers_) {
      for (const PoolWorker::Entry& entry : worker->reach()) {
        if (entry.job->caller().get() != caller) continue;
        entry.job->kill_time_ = kill_time;
        End(*entry.job, Ending::kCancelled, "");
      }
    }
  }

  // Workers -----------------------------------------------------------------

  void StartWorker(size_t index, Clock::time_point now) {
    PoolWorker& worker = *workers_[index];
    absl::StatusOr<std::unique_ptr<WorkerProcess>> process =
        WorkerProcess::Start(
            options_.worker_program, options_.worker_arguments,
            static_cast<size_t>(options_.limits.max_document_bytes +
                                ipc::kRequestOverhead));
    if (!process.ok()) {
      OnFailedStart(worker, std::string(process.status().message()), now);
      return;
    }
    worker.Started(*std::move(process), now);
    const uint32_t generation = worker.generation();
    WorkerProcess& started = *worker.process();
    Watch(started.socket(), EventData(Source::kSocket, index, generation),
          EPOLLIN);
    Watch(started.pidfd(), EventData(Source::kExit, index, generation),
          EPOLLIN);
    Watch(started.standard_error(),
          EventData(Source::kStandardError, index, generation), EPOLLIN);
    PublishPids();
  }

  void OnFailedStart(PoolWorker& worker, const std::string& why,
                     Clock::time_point now) {
    ++failed_starts_;
    const auto pause = std::min(
        kLongestPause, kFirstPause * (1 << std::min(failed_starts_ - 1, 10)));
    worker.StayDownUntil(now + pause);
    if (had_hello_) {
      Log("a worker did not start, next try in ", pause.count(), " ms: ", why);
    } else if (failed_starts_ >= static_cast<int>(workers_.size())) {
      ReportStart(absl::FailedPreconditionError(
          absl::StrCat("no worker can be started: ", why)));
    }
  }

  void ReportStart(absl::Status status) {
    MutexLock lock(&shared_mutex_);
    if (started_) return;
    start_status_ = std::move(status);
    started_ = true;
  }

  absl::Status OnHello(std::string_view payload) {
    worker::v1::Hello hello;
    if (!hello.ParseFromArray(payload.data(),
                              static_cast<int>(payload.size()))) {
      return absl::DataLossError("its Hello cannot be decoded");
    }
    if (hello.protocol_version() != ipc::kProtocolVersion) {
      return absl::FailedPreconditionError(absl::StrCat(
          "it speaks version ", hello.protocol_version(),
          " of the frame protocol and the front version ",
          ipc::kProtocolVersion, "; install both from the same release"));
    }
    failed_starts_ = 0;
    if (!had_hello_) {
      hello_ = std::move(hello);
      had_hello_ = true;
    }
    return absl::OkStatus();
  }

  void OnReadable(size_t index, Clock::time_point now) {
    PoolWorker& worker = *workers_[index];
    const absl::Status status = ReadOnce(worker, now);
    if (status.ok() || absl::IsUnavailable(status)) return;
    if (!absl::IsAborted(status)) {
      if (worker.state() == State::kStarting) {
        worker.refusal = std::string(status.message());
      } else {
        Log("worker ", worker.process()->pid(),
            " broke the protocol and is killed: ", status.message());
      }
      worker.Kill(KillReason::kProtocol, now);
    } else if (worker.state() != State::kDying) {
      worker.HungUp(now);
    }
    epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, worker.process()->socket(), nullptr);
  }

  absl::Status ReadOnce(PoolWorker& worker, Clock::time_point now) {
    const bool was_ready = worker.state() != State::kStarting;
    int results = 0;
    const Clock::time_point since = worker.running_since();
    const absl::Status status = worker.Read(
        {.hello = [&](std::string_view payload) { return OnHello(payload); },
         .result =
             [&](std::unique_ptr<Job> job, std::string_view response) {
               ++results;
               End(*job, Ending::kAnswered, response);
             }},
        now);
    if (results > 0) LearnJobTime((now - since) / results, results);
    if (!was_ready && worker.state() == State::kReady) {
      FillActive();
      ReportStart(absl::OkStatus());
    }
    return status;
  }

  // Keeps a moving average over some sixteen jobs.
  void LearnJobTime(Clock::duration each, int results) {
    const int64_t old = job_nanoseconds_.load(std::memory_order_relaxed);
    const int64_t measured =
        std::chrono::duration_cast<std::chrono::nanoseconds>(each).count();
    const int64_t weight = std::min(results, 16);
    job_nanoseconds_.store(old + (measured - old) * weight / 16,
                           std::memory_order_relaxed);
  }

  void Flush(size_t index) {
    PoolWorker& worker = *workers_[index];
    if (worker.state() != State::kReady) return;
    if (!worker.Flush()) {
      // It has hung up; what it wrote before is read, then its end comes.
      return;
    }
    WatchWritable(index, worker.wants_to_write());
  }

  void WatchWritable(size_t index, bool writable) {
    PoolWorker& worker = *workers_[index];
    if (worker.watched_writable == writable) return;
    worker.watched_writable = writable;
    epoll_event event = {};
    event.events = writable ? EPOLLIN | EPOLLOUT : EPOLLIN;
    event.data.u64 = EventData(Source::kSocket, index, worker.generation());
    epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, worker.process()->socket(), &event);
  }

  // Makes spare workers active while too few are.
  void FillActive() {
    int active = 0;
    for (const auto& worker : workers_) active += worker->active ? 1 : 0;
    for (const auto& worker : workers_) {
      if (active >= options_.limits.workers) return;
      if (worker->state() == State::kReady && !worker->active) {
        worker->active = true;
        ++active;
      }
    }
  }

  void CheckDeadlines(Clock::time_point now) {
    for (size_t i = 0; i < workers_.size(); ++i) {
      PoolWorker& worker = *workers_[i];
      if (worker.deadline() > now) continue;
      switch (worker.state()) {
        case State::kDown:
          StartWorker(i, now);
          break;
        case State::kStarting:
          worker.refusal = "it did not say Hello in time";
          worker.Kill(KillReason::kSlowStart, now);
          break;
        case State::kReady:
          worker.Kill(worker.reach().front().job->ended()
                          ? KillReason::kCancelled
                          : KillReason::kTimedOut,
                      now);
          break;
        case State::kDying:
          worker.Kill(KillReason::kProtocol, now);
          break;
      }
    }
  }

  // The process of this worker has ended.
  void OnExit(size_t index, Clock::time_point now) {
    PoolWorker& worker = *workers_[index];
    // Results that it wrote before its end count, unless it is not to be
    // trusted any more.
    if (worker.kill_reason() != KillReason::kProtocol) {
      while (ReadOnce(worker, now).ok()) {
      }
    }
    worker.ReadStandardError();
    const bool was_starting = !worker.was_ready();
    const pid_t pid = worker.process()->pid();
    std::deque<PoolWorker::Entry> left;
    const ProcessExit exit = worker.Bury(&left);
    PublishPids();
    if (was_starting) {
      std::string why = worker.refusal;
      if (why.empty()) why = exit.ToString();
      const absl::string_view words =
          absl::StripSuffix(worker.last_words(), "\n");
      if (!words.empty()) absl::StrAppend(&why, ": ", words);
      OnFailedStart(worker, why, now);
      return;
    }
    Requeue(std::move(left), worker, exit, pid);
    StartWorker(index, now);
    FillActive();
  }

  // What becomes of the jobs in the reach of a worker that ended.
  void Requeue(std::deque<PoolWorker::Entry> left, const PoolWorker& worker,
               const ProcessExit& exit, pid_t pid) {
    std::unique_ptr<Job> running;
    if (!left.empty()) {
      running = std::move(left.front().job);
      left.pop_front();
    }
    for (auto entry = left.rbegin(); entry != left.rend(); ++entry) {
      if (!entry->job->ended_) queue_.AddFirst(std::move(entry->job));
    }
    if (worker.kill_reason() == KillReason::kNone) {
      Log("worker ", pid, " died: ", exit.ToString(),
          running == nullptr || running->ended_
              ? ", with no document"
              : absl::StrCat(", with a document of ", running->request_bytes(),
                             " bytes"),
          worker.last_words().empty() ? "" : ": ", worker.last_words());
    }
    if (running == nullptr || running->ended_) return;
    Judge(std::move(running), worker.kill_reason(), exit);
  }

  // Decides on a job whose worker ended while running it.
  void Judge(std::unique_ptr<Job> job, KillReason reason,
             const ProcessExit& exit) {
    const bool killed = exit.by_signal && exit.code == SIGKILL;
    if (killed && reason == KillReason::kTimedOut) {
      // Time is not luck: no second try.
      End(*job, Ending::kTimedOut, "");
      return;
    }
    if (killed && reason == KillReason::kNone) {
      if (++job->kills_ > kMaxKills) {
        End(*job, Ending::kCrashed, "");
      } else {
        suspects_.push_back(std::move(job));
      }
      return;
    }
    if (++job->deaths_ < kMaxDeaths) {
      suspects_.push_back(std::move(job));
      return;
    }
    quarantine_.Add(*job);
    const bool out_of_memory =
        !exit.by_signal && exit.code == ipc::kExitOutOfMemory;
    End(*job, out_of_memory ? Ending::kOutOfMemory : Ending::kCrashed, "");
  }

  void PublishPids() {
    std::vector<int> pids;
    for (const auto& worker : workers_) {
      if (worker->process() != nullptr) {
        pids.push_back(worker->process()->pid());
      }
    }
    MutexLock lock(&shared_mutex_);
    pids_ = std::move(pids);
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
    for (const auto& worker : workers_) {
      if (worker->process() == nullptr) continue;
      worker->Kill(KillReason::kStopping, Clock::now());
      for (PoolWorker::Entry& entry : worker->reach()) {
        End(*entry.job, Ending::kCancelled, "");
      }
    }
    EndBatch();
    for (const auto& worker : workers_) {
      if (worker->process() == nullptr) continue;
      std::deque<PoolWorker::Entry> left;
      worker->Bury(&left);
    }
    PublishPids();
  }

  const PoolOptions options_;
  ipc::UniqueFd epoll_;
  ipc::UniqueFd wake_;
  std::thread thread_;

  Mutex inbox_mutex_;
  Inbox inbox_ ABSL_GUARDED_BY(inbox_mutex_);
  // The thread waits for events, and nobody has woken it yet.
  bool asleep_ ABSL_GUARDED_BY(inbox_mutex_) = false;
  bool wake_for_jobs_ ABSL_GUARDED_BY(inbox_mutex_) = false;

  mutable Mutex shared_mutex_;
  bool started_ ABSL_GUARDED_BY(shared_mutex_) = false;
  absl::Status start_status_ ABSL_GUARDED_BY(shared_mutex_);
  std::vector<int> pids_ ABSL_GUARDED_BY(shared_mutex_);

  // How long a worker spends on a job, averaged.
  std::atomic<int64_t> job_nanoseconds_{1'000'000};

  // Written once, before Start() returns.
  worker::v1::Hello hello_;

  // All of the following belong to the thread.
  Inbox taken_;
  JobQueue queue_;
  // Jobs that a worker died of, each to be tried again alone.
  std::deque<std::unique_ptr<Job>> suspects_;
  std::vector<std::unique_ptr<PoolWorker>> workers_;
  std::vector<std::shared_ptr<Caller>> batch_;
  Quarantine quarantine_;
  bool had_hello_ = false;
  int failed_starts_ = 0;
};

absl::StatusOr<std::unique_ptr<Pool>> Pool::Start(const PoolOptions& options) {
  auto pool = std::make_unique<PoolImpl>(options);
  if (absl::Status status = pool->Start(); !status.ok()) return status;
  return pool;
}

}  // namespace gongkai::service
