// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/front.h
//
// What all calls of one server share: the pool, the admission, and the list of
// the calls that are under way, which a stop waits for.

#ifndef GONGKAI_SERVICE_FRONT_H_
#define GONGKAI_SERVICE_FRONT_H_

#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "service/admission.h"
#include "service/collection_workers.h"
#include "service/limits.h"
#include "service/pool.h"

namespace gongkai::service {

// A call under way.
class ActiveCall {
 public:
  virtual ~ActiveCall() = default;
  // The server stops: take no more work, finish what was accepted.
  virtual void Drain() = 0;
};

// Thread-safe.
class Front {
 public:
  Front(const PoolOptions& options, std::unique_ptr<Pool> pool)
      : limits(options.limits),
        stats(options.stats),
        admission(options.limits),
        pool(std::move(pool)),
        collections(options) {}

  // False if the server stops and takes no more calls.
  bool Begin(ActiveCall* call);
  void End(ActiveCall* call);

  // Refuses new calls and drains those under way; returns when none is left
  // or HurryUp() was called or `grace` is over.
  void Drain(absl::Duration grace);
  // Makes a running or coming Drain() return at once.
  void HurryUp();

  const Limits limits;
  const std::shared_ptr<Stats> stats;
  Admission admission;
  const std::unique_ptr<Pool> pool;
  CollectionWorkers collections;

 private:
  bool Quiet() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return calls_.empty() || hurried_;
  }

  absl::Mutex mutex_;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  bool hurried_ ABSL_GUARDED_BY(mutex_) = false;
  absl::flat_hash_set<ActiveCall*> calls_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_FRONT_H_
