// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/pool.h
//
// The worker processes and the jobs on their way through them. One thread of
// its own owns every process and every socket, so that gRPC's threads never
// wait for a worker.
//
// What it promises:
// * Every submitted job ends exactly once: Job::Done is called once.
// * A worker's death costs only the job that it was running. That job is tried
//   once more, alone, in a fresh worker; dies that one too, it ends kCrashed
//   or kOutOfMemory and the same document is quarantined. Jobs behind it run
//   again without blame.
// * A death by a SIGKILL that was not ours is nobody's doing: such a job is
//   tried up to kMaxKills times more and never quarantined.
// * A job that runs longer than Limits::document_timeout ends kTimedOut, and
//   its worker is killed; so does one whose worker stood still for
//   Limits::stall_timeout, after a second try.
// * Jobs behind one that takes seconds are not held up: they are taken away,
// and
//   it is run again alone.
// * A cancelled job ends at once. If it runs, its worker is killed after
//   kCancelGrace, which is longer than nearly all documents take.
// * No worker is idle while a job waits.
// * A worker that has served its time finishes what it has while a spare one
//   takes over: nothing waits for that.
// * Starts that come to nothing are repeated after pauses that grow; meanwhile
//   jobs wait, and healthy() is false once no worker is left.
//
//   absl::StatusOr<std::unique_ptr<Pool>> pool = Pool::Start(options);
//   (*pool)->Submit(std::make_unique<MyJob>(caller, ...));
//   (*pool)->Cancel(caller);

#ifndef GONGKAI_SERVICE_POOL_H_
#define GONGKAI_SERVICE_POOL_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gongkai/worker/v1/hello.pb.h"
#include "service/job.h"
#include "service/limits.h"
#include "service/stats.h"

namespace gongkai::service {

struct PoolOptions {
  std::string worker_program;
  std::vector<std::string> worker_arguments;
  // workers must be set.
  Limits limits;
  // Where to count.
  std::shared_ptr<Stats> stats = std::make_shared<Stats>();
};

// Thread-safe.
class Pool {
 public:
  // Starts the workers and waits until the first can take jobs. Errors:
  // FailedPrecondition if none can be started, with what it printed.
  static absl::StatusOr<std::unique_ptr<Pool>> Start(
      const PoolOptions& options);

  // As Stop().
  virtual ~Pool() = default;

  // Ends every job that is left as kCancelled, and every worker; returns when
  // the last process is gone. Nothing may be submitted afterwards.
  virtual void Stop() = 0;

  // Hands over a job.
  virtual void Submit(std::unique_ptr<Job> job) = 0;

  // Ends every job of a caller, those that are still submitted too.
  virtual void Cancel(std::shared_ptr<Caller> caller) = 0;

  // Starts workers with these arguments from here on, and puts such ones into
  // the places of all others: one by one, each when what it has is done.
  // `renewed` is called, on the pool's thread, when the last has gone; not if
  // the pool stops, or Renew() is called again, before.
  virtual void Renew(std::vector<std::string> worker_arguments,
                     std::function<void()> renewed) = 0;

  // What the first worker said of itself.
  virtual const worker::v1::Hello& hello() const = 0;

  // The live processes, the spare ones included.
  virtual std::vector<int> worker_pids() const = 0;

  // A guess of how long a job takes to get through when `jobs` are before it.
  virtual absl::Duration ExpectedWait(int64_t jobs) const = 0;

  // A guess of how long an interactive job waits for a worker now.
  virtual absl::Duration InteractiveWait() const = 0;

  // False while there is no worker and none can be started.
  virtual bool healthy() const = 0;
  // Calls back at once and whenever that changes, on the pool's thread, where
  // it must not call the pool; not any more after OnHealth(nullptr).
  virtual void OnHealth(std::function<void(bool healthy)> callback) = 0;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_POOL_H_
