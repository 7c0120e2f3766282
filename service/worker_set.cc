// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/worker_set.h"

#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/telemetry/log.h"
#include "worker/ipc/frame.h"
#include "worker/ipc/worker_loop.h"

namespace gongkai::service {
namespace {

using Clock = WorkerSet::Clock;
using KillReason = PoolWorker::KillReason;
using State = PoolWorker::State;

// What an epoll event is about: which worker, its how-manieth process, and
// which of its descriptors.
enum class Source : uint32_t { kWake, kSocket, kExit, kStandardError };

uint64_t EventData(Source source, size_t worker, uint32_t generation) {
  return uint64_t{generation} << 32 | static_cast<uint64_t>(worker) << 2 |
         static_cast<uint64_t>(source);
}

// What the end of a worker was, by why it was killed and how it ended.
WorkerEnd EndOf(const PoolWorker& worker, const ProcessExit& exit) {
  switch (worker.kill_reason()) {
    case KillReason::kNone:
      break;
    case KillReason::kProtocol:
      return WorkerEnd::kDistrusted;
    case KillReason::kTimedOut:
      return WorkerEnd::kTimedOut;
    case KillReason::kStalled:
      return WorkerEnd::kStalled;
    case KillReason::kBlocking:
      return WorkerEnd::kBlocking;
    case KillReason::kCancelled:
      return WorkerEnd::kCancelled;
    case KillReason::kStopping:
      return WorkerEnd::kStopped;
    case KillReason::kSlowStart:
      return WorkerEnd::kNotStarted;
    case KillReason::kRetired:
      return worker.retired_for();
  }
  if (exit.by_signal) {
    return exit.code == SIGKILL ? WorkerEnd::kKilled : WorkerEnd::kCrashed;
  }
  return exit.code == ipc::kExitOutOfMemory ? WorkerEnd::kOutOfMemory
                                            : WorkerEnd::kCrashed;
}

bool IsReadySpare(const PoolWorker& worker) {
  return worker.state() == State::kReady && !worker.active &&
         !worker.retiring();
}

}  // namespace

WorkerSet::WorkerSet(const PoolOptions& options, Observer* observer)
    : options_(options),
      arguments_(options.worker_arguments),
      observer_(*observer) {
  const Limits& limits = options.limits;
  for (int i = 0; i < limits.workers + limits.spare_workers; ++i) {
    workers_.push_back(std::make_unique<PoolWorker>(limits));
  }
}

absl::Status WorkerSet::Open() {
  epoll_ = ipc::UniqueFd(epoll_create1(EPOLL_CLOEXEC));
  wake_ = ipc::UniqueFd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!epoll_ || !wake_) return absl::ErrnoToStatus(errno, "epoll");
  Watch(wake_.get(), EventData(Source::kWake, 0, 0), EPOLLIN);
  return absl::OkStatus();
}

void WorkerSet::StartAll() {
  for (size_t i = 0; i < workers_.size(); ++i) Start(i, Clock::now());
}

void WorkerSet::Wake() {
  const uint64_t one = 1;
  (void)!write(wake_.get(), &one, sizeof(one));
}

// Events -------------------------------------------------------------------

void WorkerSet::Wait(bool block) {
  epoll_event events[64];
  const int count = epoll_wait(epoll_.get(), events, std::size(events),
                               block ? Timeout() : 0);
  const Clock::time_point now = Clock::now();
  for (int i = 0; i < count; ++i) {
    OnEvent(events[i].data.u64, events[i].events, now);
  }
  CheckDeadlines(now);
  Recycle(now);
}

void WorkerSet::Gather(std::chrono::nanoseconds time) {
  pollfd wake = {wake_.get(), POLLIN, 0};
  const timespec wait = {time.count() / 1'000'000'000,
                         time.count() % 1'000'000'000};
  ppoll(&wake, 1, &wait, nullptr);
}

void WorkerSet::Watch(int fd, uint64_t data, uint32_t events) {
  epoll_event event = {};
  event.events = events;
  event.data.u64 = data;
  epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event);
}

void WorkerSet::WatchWritable(size_t index, bool writable) {
  PoolWorker& worker = *workers_[index];
  if (worker.watched_writable == writable) return;
  worker.watched_writable = writable;
  epoll_event event = {};
  event.events = writable ? EPOLLIN | EPOLLOUT : EPOLLIN;
  event.data.u64 = EventData(Source::kSocket, index, worker.generation());
  epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, worker.process()->socket(), &event);
}

// Milliseconds until the next deadline; -1 for none.
int WorkerSet::Timeout() const {
  Clock::time_point next = Clock::time_point::max();
  for (const auto& worker : workers_) {
    next = std::min(next, worker->deadline());
  }
  if (next == Clock::time_point::max()) return -1;
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now());
  return static_cast<int>(std::clamp<int64_t>(left.count(), 0, 3'600'000));
}

void WorkerSet::OnEvent(uint64_t data, uint32_t events, Clock::time_point now) {
  const Source source = static_cast<Source>(data & 3);
  if (source == Source::kWake) {
    uint64_t count;
    (void)!read(wake_.get(), &count, sizeof(count));
    return;
  }
  const size_t index = (data >> 2) & ((1u << 30) - 1);
  PoolWorker& worker = *workers_[index];
  // The process may have been replaced by an earlier event of this round.
  if (worker.generation() != data >> 32 || worker.state() == State::kDown) {
    return;
  }
  switch (source) {
    case Source::kWake:
      break;
    case Source::kSocket:
      if ((events & ~EPOLLOUT) != 0) OnReadable(index, now);
      if ((events & EPOLLOUT) != 0) Flush(index);
      break;
    case Source::kExit:
      OnExit(index, now);
      break;
    case Source::kStandardError:
      worker.ReadStandardError();
      if ((events & EPOLLIN) == 0) {
        epoll_ctl(epoll_.get(), EPOLL_CTL_DEL,
                  worker.process()->standard_error(), nullptr);
      }
      break;
  }
}

void WorkerSet::CheckDeadlines(Clock::time_point now) {
  for (size_t i = 0; i < workers_.size(); ++i) {
    PoolWorker& worker = *workers_[i];
    if (worker.deadline() > now) continue;
    switch (worker.state()) {
      case State::kDown:
        Start(i, now);
        break;
      case State::kStarting:
        worker.refusal = "it did not say Hello in time";
        worker.Kill(KillReason::kSlowStart, now);
        break;
      case State::kReady:
        if (const KillReason reason = worker.Examine(now);
            reason != KillReason::kNone) {
          worker.Kill(reason, now);
        }
        break;
      case State::kDying:
        worker.Kill(KillReason::kProtocol, now);
        break;
    }
  }
}

// Lives ---------------------------------------------------------------------

void WorkerSet::Start(size_t index, Clock::time_point now) {
  PoolWorker& worker = *workers_[index];
  absl::StatusOr<std::unique_ptr<WorkerProcess>> process = WorkerProcess::Start(
      options_.worker_program, arguments_,
      static_cast<size_t>(options_.limits.max_document_bytes +
                          ipc::kRequestOverhead));
  if (!process.ok()) {
    OnFailedStart(worker, std::string(process.status().message()), now);
    return;
  }
  worker.Started(*std::move(process), now);
  worker.edition = edition_;
  options_.stats->worker_starts.Add();
  const uint32_t generation = worker.generation();
  WorkerProcess& started = *worker.process();
  Watch(started.socket(), EventData(Source::kSocket, index, generation),
        EPOLLIN);
  Watch(started.pidfd(), EventData(Source::kExit, index, generation), EPOLLIN);
  Watch(started.standard_error(),
        EventData(Source::kStandardError, index, generation), EPOLLIN);
  Publish();
}

std::chrono::milliseconds WorkerSet::HoldBack(PoolWorker& worker,
                                              Clock::time_point now) {
  const std::chrono::milliseconds pause = pace_.OnFailedStart();
  worker.StayDownUntil(now + pause);
  return pause;
}

void WorkerSet::OnFailedStart(PoolWorker& worker, const std::string& why,
                              Clock::time_point now) {
  options_.stats->worker_ends[WorkerEnd::kNotStarted].Add();
  const std::chrono::milliseconds pause = HoldBack(worker, now);
  if (had_hello_) {
    LogEvent(LogLevel::kWarning, "a worker did not start",
             {{"next_try_milliseconds", pause.count()}, {"reason", why}});
  } else if (pace_.failed_starts() >= static_cast<int>(workers_.size())) {
    ReportStart(absl::FailedPreconditionError(
        absl::StrCat("no worker can be started: ", why)));
  }
  Publish();
}

void WorkerSet::OnGoodWork(Clock::time_point now) {
  if (!pace_.OnGoodWork()) return;
  for (const auto& worker : workers_) {
    if (worker->state() == State::kDown) worker->StayDownUntil(now);
  }
}

bool WorkerSet::IsBadOmen(const PoolWorker& worker, const Ended& ended,
                          Clock::time_point now) {
  if (ended.reason != KillReason::kNone &&
      ended.reason != KillReason::kProtocol) {
    return false;
  }
  if (!ended.left.empty()) return pace_.OnCrash();
  return worker.jobs_done() == 0 &&
         pace_.OnEndWithoutWork(now - worker.ready_since());
}

absl::Status WorkerSet::OnHello(std::string_view payload) {
  worker::v1::Hello hello;
  if (!hello.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) {
    return absl::DataLossError("its Hello cannot be decoded");
  }
  if (hello.protocol_version() != ipc::kProtocolVersion) {
    return absl::FailedPreconditionError(absl::StrCat(
        "it speaks version ", hello.protocol_version(),
        " of the frame protocol and the front version ", ipc::kProtocolVersion,
        "; install both from the same release"));
  }
  if (!had_hello_) {
    hello_ = std::move(hello);
    had_hello_ = true;
  }
  return absl::OkStatus();
}

void WorkerSet::ReportStart(const absl::Status& status) {
  if (start_reported_) return;
  start_reported_ = true;
  observer_.OnStart(status, hello_);
}

// The process of this worker has ended.
void WorkerSet::OnExit(size_t index, Clock::time_point now) {
  PoolWorker& worker = *workers_[index];
  // Results that it wrote before its end count, unless it is not to be
  // trusted any more.
  if (worker.kill_reason() != KillReason::kProtocol) {
    while (ReadOnce(worker, now).ok()) {
    }
  }
  worker.ReadStandardError();
  const bool was_starting = !worker.was_ready();
  if (worker.active) vacancies_.push_back(now);
  Ended ended;
  ended.pid = worker.process()->pid();
  ended.reason = worker.kill_reason();
  ended.was_stopped = worker.was_stopped();
  ended.last_words = worker.last_words();
  ended.exit = worker.Bury(&ended.left);
  ended.end = EndOf(worker, ended.exit);
  if (was_starting) {
    std::string why = worker.refusal;
    if (why.empty()) why = ended.exit.ToString();
    const absl::string_view words = absl::StripSuffix(ended.last_words, "\n");
    if (!words.empty()) absl::StrAppend(&why, ": ", words);
    OnFailedStart(worker, why, now);
    return;
  }
  options_.stats->worker_ends[ended.end].Add();
  const bool wait = IsBadOmen(worker, ended, now);
  observer_.OnEnded(std::move(ended));
  if (wait) {
    LogEvent(LogLevel::kError, "workers end as soon as they have started",
             {{"next_try_milliseconds", HoldBack(worker, now).count()}});
  }
  // A spare one first, for whom nothing is to be waited.
  FillActive(now);
  if (!wait) Start(index, now);
  Publish();
}

PoolWorker* WorkerSet::ReadySpare() {
  for (const auto& worker : workers_) {
    if (IsReadySpare(*worker)) return worker.get();
  }
  return nullptr;
}

void WorkerSet::FillActive(Clock::time_point now) {
  int active = 0;
  for (const auto& worker : workers_) active += worker->active ? 1 : 0;
  while (active < options_.limits.workers) {
    PoolWorker* const spare = ReadySpare();
    if (spare == nullptr) return;
    spare->active = true;
    ++active;
    if (vacancies_.empty()) continue;
    options_.stats->takeover_time.Record(now - vacancies_.front());
    vacancies_.pop_front();
  }
}

void WorkerSet::Renew(std::vector<std::string> arguments) {
  arguments_ = std::move(arguments);
  ++edition_;
  renewing_ = true;
  Recycle(Clock::now());
}

bool WorkerSet::IsStale(const PoolWorker& worker) const {
  return worker.process() != nullptr && worker.edition != edition_;
}

// The spare ones first: they take the places of the others.
void WorkerSet::RenewSpares(Clock::time_point now) {
  for (const auto& worker : workers_) {
    if (IsReadySpare(*worker) && IsStale(*worker)) {
      worker->Retire(WorkerEnd::kRenewed, now);
    }
  }
}

bool WorkerSet::AllOthersReady(const PoolWorker& but) const {
  return std::all_of(workers_.begin(), workers_.end(), [&](const auto& worker) {
    return worker.get() == &but ||
           (worker->state() == State::kReady && !worker->retiring());
  });
}

void WorkerSet::Recycle(Clock::time_point now) {
  if (renewing_) {
    RenewSpares(now);
    renewing_ =
        std::any_of(workers_.begin(), workers_.end(),
                    [&](const auto& worker) { return IsStale(*worker); });
    if (!renewing_) observer_.OnRenewed();
  }
  for (const auto& worker : workers_) {
    if (worker->state() != State::kReady || !worker->active ||
        worker->exclusive) {
      continue;
    }
    const std::optional<WorkerEnd> why =
        IsStale(*worker) ? WorkerEnd::kRenewed : worker->Due(now);
    if (!why.has_value()) continue;
    PoolWorker* const spare = ReadySpare();
    if (spare != nullptr && !IsStale(*spare)) {
      spare->active = true;
    } else if (why != WorkerEnd::kRenewed ||
               options_.limits.spare_workers > 0 || !AllOthersReady(*worker)) {
      // One at a time: the next when another spare one has come up. Where there
      // is none at all a place is empty for as long as a start takes.
      return;
    }
    worker->Retire(*why, now);
    LogEvent(LogLevel::kInfo, "a worker is replaced",
             {{"pid", worker->process()->pid()},
              {"cause", kWorkerEndNames[static_cast<size_t>(*why)]},
              {"documents", worker->jobs_done()}});
    return;
  }
}

void WorkerSet::CountStates() {
  int64_t busy = 0;
  int64_t ready = 0;
  int64_t starting = 0;
  int64_t down = 0;
  int64_t reach = 0;
  int64_t shortest = std::numeric_limits<int64_t>::max();
  for (const auto& worker : workers_) {
    const int64_t jobs = static_cast<int64_t>(worker->reach().size());
    reach += jobs;
    switch (worker->state()) {
      case State::kReady:
        ++(jobs > 0 ? busy : ready);
        if (worker->active) shortest = std::min(shortest, jobs);
        break;
      case State::kStarting:
        ++starting;
        break;
      case State::kDown:
      case State::kDying:
        ++down;
        break;
    }
  }
  Stats& stats = *options_.stats;
  stats.workers_busy.Set(busy);
  stats.workers_ready.Set(ready);
  stats.workers_starting.Set(starting);
  stats.workers_down.Set(down);
  stats.jobs_in_reach.Set(reach);
  stats.shortest_reach.Set(busy + ready > 0 ? std::min(shortest, reach) : 0);
}

void WorkerSet::Publish() {
  std::vector<int> pids;
  bool ready = false;
  for (const auto& worker : workers_) {
    if (worker->process() != nullptr) pids.push_back(worker->process()->pid());
    ready |= worker->state() == State::kReady;
  }
  observer_.OnProcesses(std::move(pids), ready || !pace_.last_start_failed());
}

std::vector<std::unique_ptr<Job>> WorkerSet::EndAll() {
  std::vector<std::unique_ptr<Job>> jobs;
  for (const auto& worker : workers_) {
    if (worker->process() == nullptr) continue;
    worker->Kill(KillReason::kStopping, Clock::now());
  }
  for (const auto& worker : workers_) {
    if (worker->process() == nullptr) continue;
    std::deque<PoolWorker::Entry> left;
    worker->Bury(&left);
    for (PoolWorker::Entry& entry : left) jobs.push_back(std::move(entry.job));
  }
  Publish();
  return jobs;
}

// Bytes ---------------------------------------------------------------------

void WorkerSet::OnReadable(size_t index, Clock::time_point now) {
  PoolWorker& worker = *workers_[index];
  const absl::Status status = ReadOnce(worker, now);
  if (status.ok() || absl::IsUnavailable(status)) return;
  if (!absl::IsAborted(status)) {
    if (worker.state() == State::kStarting) {
      worker.refusal = std::string(status.message());
    } else {
      LogEvent(LogLevel::kWarning, "worker broke the protocol and is killed",
               {{"pid", worker.process()->pid()},
                {"reason", std::string(status.message())}});
    }
    worker.Kill(KillReason::kProtocol, now);
  } else if (worker.state() != State::kDying) {
    worker.HungUp(now);
  }
  epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, worker.process()->socket(), nullptr);
}

absl::Status WorkerSet::ReadOnce(PoolWorker& worker, Clock::time_point now) {
  const bool was_ready = worker.state() != State::kStarting;
  int results = 0;
  const Clock::time_point since = worker.running_since();
  const absl::Status status = worker.Read(
      {.hello = [&](std::string_view payload) { return OnHello(payload); },
       .result =
           [&](std::unique_ptr<Job> job, std::string_view response,
               Outcome outcome) {
             ++results;
             observer_.OnResult(std::move(job), response, outcome);
           }},
      now);
  if (results > 0) {
    const Clock::duration each = (now - since) / results;
    LearnJobTime(each, results);
    for (int i = 0; i < results; ++i) options_.stats->run_time.Record(each);
    OnGoodWork(now);
  }
  if (!was_ready && worker.was_ready()) {
    options_.stats->start_time.Record(now - worker.started_at());
    pace_.OnReady();
    FillActive(now);
    Publish();
    ReportStart(absl::OkStatus());
  }
  return status;
}

// Keeps a moving average over some sixteen jobs.
void WorkerSet::LearnJobTime(Clock::duration each, int results) {
  job_time_ +=
      (std::chrono::nanoseconds(each) - job_time_) * std::min(results, 16) / 16;
}

void WorkerSet::Flush(size_t index) {
  PoolWorker& worker = *workers_[index];
  if (worker.state() != State::kReady) return;
  if (!worker.Flush()) {
    // It has hung up; what it wrote before is read, then its end comes.
    return;
  }
  WatchWritable(index, worker.wants_to_write());
}

void WorkerSet::FlushAll() {
  for (size_t i = 0; i < workers_.size(); ++i) {
    if (workers_[i]->wants_to_write()) Flush(i);
  }
}

PoolWorker* WorkerSet::Fresh() {
  PoolWorker* spare = nullptr;
  for (const auto& worker : workers_) {
    if (worker->state() != State::kReady || !worker->fresh ||
        worker->retiring()) {
      continue;
    }
    if (worker->active) return worker.get();
    spare = worker.get();
  }
  return spare;
}

PoolWorker* WorkerSet::LeastBusy(const Job& job, size_t reach,
                                 Clock::time_point now) {
  PoolWorker* best = nullptr;
  for (const auto& worker : workers_) {
    if (worker->state() != State::kReady || !worker->active ||
        worker->exclusive || !worker->Takes(job, reach, now)) {
      continue;
    }
    if (best == nullptr || worker->reach().size() < best->reach().size()) {
      best = worker.get();
    }
  }
  return best;
}

}  // namespace gongkai::service
