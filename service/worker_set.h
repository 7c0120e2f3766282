// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/worker_set.h
//
// The processes of a pool: starts them, watches their sockets and their lives,
// kills those that take too long and puts others in their places, also in those
// of workers that have served their time. What jobs they get, and what becomes
// of the jobs of one that ended, is the pool's business.
//
//   WorkerSet set(options, &observer);
//   set.Open();
//   set.StartAll();
//   while (...) {
//     set.LeastBusy(job, reach, now)->Assign(...);
//     set.FlushAll();
//     set.Wait(WorkerSet::kNoTimeout);   // calls the observer
//   }

#ifndef GONGKAI_SERVICE_WORKER_SET_H_
#define GONGKAI_SERVICE_WORKER_SET_H_

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "gongkai/worker/v1/hello.pb.h"
#include "service/pool.h"
#include "service/pool_worker.h"
#include "service/start_pace.h"
#include "worker/ipc/unique_fd.h"

namespace gongkai::service {

// Belongs to the pool's thread, except for Wake().
class WorkerSet {
 public:
  using Clock = PoolWorker::Clock;

  // A process that had been ready and has ended.
  struct Ended {
    pid_t pid = 0;
    WorkerEnd end = WorkerEnd::kCrashed;
    PoolWorker::KillReason reason = PoolWorker::KillReason::kNone;
    ProcessExit exit;
    // Somebody had stopped it when it took too long.
    bool was_stopped = false;
    // The end of what it printed.
    std::string last_words;
    // What was in its reach, the running job first.
    std::deque<PoolWorker::Entry> left;
  };

  // Called from within Wait().
  class Observer {
   public:
    virtual ~Observer() = default;
    // The first worker is ready: OK, with its Hello. Or none can be started:
    // FailedPrecondition, with what the last one printed. Called once.
    virtual void OnStart(const absl::Status& status,
                         const worker::v1::Hello& hello) = 0;
    // The outcome is what the response says.
    virtual void OnResult(std::unique_ptr<Job> job, std::string_view response,
                          Outcome outcome) = 0;
    virtual void OnEnded(Ended ended) = 0;
    // Every process has the arguments of the last Renew().
    virtual void OnRenewed() = 0;
    // Processes came or went. `healthy` is false while none is ready and the
    // last one did not get so far.
    virtual void OnProcesses(std::vector<int> pids, bool healthy) = 0;
  };

  // As many as limits.workers are active; limits.spare_workers more are ready
  // to take the place of one that ends. The observer must outlive the set.
  WorkerSet(const PoolOptions& options, Observer* observer);

  // Errors: what the system says if it gives no descriptors.
  absl::Status Open();

  void StartAll();

  // Starts processes with these arguments from here on, and replaces all
  // others, one by one.
  void Renew(std::vector<std::string> arguments);

  // Ends a Wait() or a Gather(), also one that has not begun. Thread-safe.
  void Wake();

  // Waits until something happens, at most until the next deadline of a worker,
  // or not at all; then handles all that has happened.
  void Wait(bool block);

  // Waits for a wake-up, at most so long, and lets results gather meanwhile.
  void Gather(std::chrono::nanoseconds time);

  // Writes to every worker what there is to write.
  void FlushAll();

  // A worker that has had no job yet, rather an active one than a spare one;
  // null if there is none.
  PoolWorker* Fresh();

  // The active worker with the shortest reach that takes the job; null if
  // there is none.
  PoolWorker* LeastBusy(const Job& job, size_t reach, Clock::time_point now);

  // All places, those without a process too.
  const std::vector<std::unique_ptr<PoolWorker>>& workers() const {
    return workers_;
  }

  // How long a worker spends on a job, averaged.
  std::chrono::nanoseconds job_time() const { return job_time_; }

  // Writes down how many are at what.
  void CountStates();

  // Kills every process, and gives what was in their reach; OnEnded() is not
  // called. Returns when the last is gone.
  std::vector<std::unique_ptr<Job>> EndAll();

 private:
  void Watch(int fd, uint64_t data, uint32_t events);
  void WatchWritable(size_t index, bool writable);
  int Timeout() const;
  void OnEvent(uint64_t data, uint32_t events, Clock::time_point now);
  void CheckDeadlines(Clock::time_point now);

  void Start(size_t index, Clock::time_point now);
  void OnFailedStart(PoolWorker& worker, const std::string& why,
                     Clock::time_point now);
  // Lets this one stay down for a pause, which it gives.
  std::chrono::milliseconds HoldBack(PoolWorker& worker, Clock::time_point now);
  // A worker has done what one is for: there is no more reason to wait with
  // starts.
  void OnGoodWork(Clock::time_point now);
  // Whether a worker that had been ready ended so that another one in its place
  // may well end likewise.
  bool IsBadOmen(const PoolWorker& worker, const Ended& ended,
                 Clock::time_point now);
  absl::Status OnHello(std::string_view payload);
  void ReportStart(const absl::Status& status);
  void OnExit(size_t index, Clock::time_point now);
  // Makes spare workers active while too few are.
  void FillActive(Clock::time_point now);
  // Puts spare workers in the places of those that have served their time.
  void Recycle(Clock::time_point now);
  // True if it has not the arguments of the last Renew().
  bool IsStale(const PoolWorker& worker) const;
  void RenewSpares(Clock::time_point now);
  bool AllOthersReady(const PoolWorker& but) const;
  PoolWorker* ReadySpare();
  void Publish();

  void OnReadable(size_t index, Clock::time_point now);
  absl::Status ReadOnce(PoolWorker& worker, Clock::time_point now);
  void LearnJobTime(Clock::duration each, int results);
  void Flush(size_t index);

  const PoolOptions options_;
  std::vector<std::string> arguments_;
  // Counts the calls of Renew().
  int edition_ = 0;
  bool renewing_ = false;
  Observer& observer_;
  ipc::UniqueFd epoll_;
  ipc::UniqueFd wake_;
  std::vector<std::unique_ptr<PoolWorker>> workers_;
  std::chrono::nanoseconds job_time_{1'000'000};
  worker::v1::Hello hello_;
  bool had_hello_ = false;
  bool start_reported_ = false;
  StartPace pace_;
  // When active workers ended whose places are not taken yet.
  std::deque<Clock::time_point> vacancies_;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_WORKER_SET_H_
