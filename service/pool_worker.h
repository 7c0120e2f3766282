// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/pool_worker.h
//
// One place in the pool: a process, the jobs within its reach, and the bytes
// between. Says what happened; what to do about it is the pool's business.

#ifndef GONGKAI_SERVICE_POOL_WORKER_H_
#define GONGKAI_SERVICE_POOL_WORKER_H_

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "service/job.h"
#include "service/limits.h"
#include "service/stats.h"
#include "service/worker_process.h"
#include "worker/ipc/frame.h"

namespace gongkai::service {

// Not thread-safe: belongs to the pool's thread.
class PoolWorker {
 public:
  using Clock = std::chrono::steady_clock;

  enum class State {
    kDown,      // no process; one is started at deadline()
    kStarting,  // its Hello is awaited
    kReady,     // takes jobs
    kDying,     // killed, or hung up; its end is awaited
  };

  // Why the pool killed a process.
  enum class KillReason {
    kNone,       // it did not
    kProtocol,   // what it wrote cannot be trusted
    kTimedOut,   // its job ran too long
    kStalled,    // it stood still
    kBlocking,   // others wait behind its job for too long
    kCancelled,  // nobody waits for its job any more
    kStopping,   // the pool stops
    kSlowStart,  // no Hello in time
    kRetired,    // not killed but sent away; see retired_for()
  };

  // A job in the worker's reach.
  struct Entry {
    std::unique_ptr<Job> job;
    uint64_t id = 0;
    int slot = -1;  // or -1
  };

  explicit PoolWorker(const Limits& limits);

  // Start and end ---------------------------------------------------------

  void Started(std::unique_ptr<WorkerProcess> process, Clock::time_point now);
  void Kill(KillReason reason, Clock::time_point now);
  // The socket is closed: the process ends soon, or is made to.
  void HungUp(Clock::time_point now);
  // Gives it no more jobs; it is sent away when it has done those that it has.
  void Retire(WorkerEnd why, Clock::time_point now);
  // Reaps the process and takes what was in its reach, the running job first.
  ProcessExit Bury(std::deque<Entry>* left);
  void StayDownUntil(Clock::time_point time);

  State state() const { return state_; }
  KillReason kill_reason() const { return kill_reason_; }
  WorkerProcess* process() { return process_.get(); }
  const WorkerProcess* process() const { return process_.get(); }
  // Counts the processes of this place.
  uint32_t generation() const { return generation_; }
  // True once the process has said Hello.
  bool was_ready() const { return was_ready_; }
  // True if somebody had stopped it (SIGSTOP) when it took too long.
  bool was_stopped() const { return was_stopped_; }
  // The end of what it printed.
  const std::string& last_words() const { return last_words_; }

  // When the pool must next look after it: when something has taken too long,
  // or a process is to be started.
  Clock::time_point deadline() const;
  // Looks whether its job has run too long or it stands still; why it is to be
  // killed, or kNone. For one that is ready and past its deadline.
  KillReason Examine(Clock::time_point now);
  // Why it should be replaced though nothing is wrong with it; nothing if it
  // should not. Looks at the process's memory now and then.
  std::optional<WorkerEnd> Due(Clock::time_point now);
  // Since when it has been ready.
  Clock::time_point ready_since() const { return ready_since_; }
  Clock::time_point started_at() const { return started_at_; }
  bool retiring() const { return retiring_; }
  // Why it was retired.
  WorkerEnd retired_for() const { return retired_for_; }
  // Jobs that it has answered.
  int64_t jobs_done() const { return jobs_done_; }

  // Jobs --------------------------------------------------------------------

  // True if the job may be added to its reach: not behind one that has run for
  // long already, which may hang.
  bool Takes(const Job& job, size_t reach, Clock::time_point now) const;
  void Assign(std::unique_ptr<Job> job, Clock::time_point now);
  // True if a job of an interactive caller is in its reach.
  bool has_urgent() const { return urgent_ > 0; }
  // Writes what there is to write. False if the connection is broken.
  bool Flush();
  // True if bytes wait for room in the socket.
  bool wants_to_write() const { return !writer_.empty(); }

  // What Read() reports.
  struct Events {
    absl::FunctionRef<absl::Status(std::string_view payload)> hello;
    absl::FunctionRef<void(std::unique_ptr<Job> job, std::string_view response,
                           Outcome outcome)>
        result;
  };
  // Reads once and reports every frame. Errors: Unavailable if there was
  // nothing to read, Aborted at the end of the stream, all others for a worker
  // that breaks the protocol.
  absl::Status Read(const Events& events, Clock::time_point now);
  // Reads what it printed, of which the end is kept.
  void ReadStandardError();

  // Since when the first job of the reach runs.
  Clock::time_point running_since() const { return running_since_; }

  std::deque<Entry>& reach() { return reach_; }
  const std::deque<Entry>& reach() const { return reach_; }

  // Why the front sent it away before it was ready.
  std::string refusal;

  // Policy of the pool ------------------------------------------------------

  // Takes part in the work; false for a spare.
  bool active = false;
  // Runs one suspect and takes nothing else.
  bool exclusive = false;
  // Has had no job yet.
  bool fresh = true;
  // Of the arguments that it was started with.
  int edition = 0;
  // Watched for room in the socket.
  bool watched_writable = false;

 private:
  absl::Status OnResult(const ipc::Frame& frame, const Events& events,
                        Clock::time_point now);
  bool MayBlock() const;
  void BecomeReady(Clock::time_point now);
  void Run(Clock::time_point now);
  void SendAway(Clock::time_point now);

  const Limits limits_;
  const Clock::duration stall_check_time_;

  State state_ = State::kDown;
  KillReason kill_reason_ = KillReason::kNone;
  std::unique_ptr<WorkerProcess> process_;
  uint32_t generation_ = 0;
  bool was_ready_ = false;
  bool was_stopped_ = false;
  Clock::time_point state_deadline_;
  std::string last_words_;

  ipc::FrameWriter writer_;
  std::unique_ptr<ipc::FrameReader> reader_;
  std::deque<Entry> reach_;
  uint64_t last_id_ = 0;
  int64_t bytes_in_reach_ = 0;
  int urgent_ = 0;
  bool slot_busy_[ipc::kSlotCount] = {};
  Clock::time_point running_since_;
  // When its processor time is next compared with that of the last time.
  Clock::time_point stall_check_;
  std::chrono::nanoseconds cpu_at_check_{-1};

  Clock::time_point started_at_;
  Clock::time_point ready_since_;
  // When it is old.
  Clock::time_point retire_at_;
  bool retiring_ = false;
  WorkerEnd retired_for_ = WorkerEnd::kRecycledAge;
  int64_t jobs_done_ = 0;
  int64_t first_bytes_ = 0;
  Clock::time_point memory_check_;
  int large_checks_ = 0;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_POOL_WORKER_H_
