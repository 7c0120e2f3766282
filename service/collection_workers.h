// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/collection_workers.h
//
// The processes that hold collections: a pool of one worker for each call, of
// which there are only so many. A thread of its own starts and stops them, so
// that gRPC's threads never wait for a process.

#ifndef GONGKAI_SERVICE_COLLECTION_WORKERS_H_
#define GONGKAI_SERVICE_COLLECTION_WORKERS_H_

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "service/pool.h"

namespace gongkai::service {

// Thread-safe.
class CollectionWorkers {
 public:
  // Gets the pool, or why there is none. Called once, on a thread of this.
  using Started = std::function<void(absl::StatusOr<std::unique_ptr<Pool>>)>;

  // With the program, the arguments and the limits of the other workers.
  explicit CollectionWorkers(const PoolOptions& options);
  // As Stop().
  ~CollectionWorkers();

  // Takes a place and starts a process. False if every place is taken, or after
  // Stop().
  bool Start(Started started);

  // Gives the place back and stops the process: once for each Start() that
  // returned true, after `started` was called; null if there is no pool.
  void Release(std::unique_ptr<Pool> pool);

  // Processes of later calls are started with these arguments; a collection
  // that is under way goes on as it began.
  void Renew(std::vector<std::string> worker_arguments);

  // Stops what was released; what is still asked for is not started any more.
  void Stop();

  // The live processes.
  std::vector<int> worker_pids() const;

 private:
  struct Task {
    // One of the two.
    Started start;
    std::unique_ptr<Pool> release;
  };

  void Run();
  bool Awake() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return stopping_ || !tasks_.empty();
  }
  absl::StatusOr<std::unique_ptr<Pool>> StartPool();

  const int max_collections_;
  mutable absl::Mutex mutex_;
  PoolOptions options_ ABSL_GUARDED_BY(mutex_);
  std::deque<Task> tasks_ ABSL_GUARDED_BY(mutex_);
  // Those that run; they are destroyed by the thread alone.
  absl::flat_hash_set<Pool*> pools_ ABSL_GUARDED_BY(mutex_);
  int places_taken_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  // Last, as it uses all of the above.
  std::thread thread_;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_COLLECTION_WORKERS_H_
