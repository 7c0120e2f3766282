// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/front.h
//
// What all calls of one server share: the pool, the admission, and the list of
// the calls that are under way, which a stop waits for.

#ifndef GONGKAI_SERVICE_FRONT_H_
#define GONGKAI_SERVICE_FRONT_H_

#include <memory>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/status.h"
#include "service/admission.h"
#include "service/collection_workers.h"
#include "service/limits.h"
#include "service/pool.h"
#include "service/stats.h"

namespace gongkai::service {

// A call under way.
class ActiveCall {
 public:
  virtual ~ActiveCall() = default;
  // The server stops: take no more work, finish what was accepted.
  virtual void Drain() = 0;
  // There is no more time for that: say what is left, and end.
  virtual void GiveUp() {}
};

// Thread-safe.
class Front {
 public:
  Front(const PoolOptions& options, std::unique_ptr<Pool> pool,
        Admission::QuotaOf quota_of)
      : limits(options.limits),
        stats(options.stats),
        admission(options.limits, options.stats, std::move(quota_of)),
        pool(std::move(pool)),
        collections(options) {}

  // Takes a call in, or says why it is not.
  std::optional<Refusal> Begin(ActiveCall* call);
  // For each call that was taken in.
  void End(ActiveCall* call);

  // The status for a call that is refused; counts it. `account` is of who
  // calls.
  grpc::Status Refuse(grpc::CallbackServerContext* context, Refusal refusal,
                      const Account& account);

  // Returns after `time`, or when HurryUp() is called.
  void Linger(absl::Duration time);
  // Refuses new calls and drains those under way; returns when none is left.
  // When `grace` is over or HurryUp() is called, those that are left have
  // `last_words` to say so.
  void Drain(absl::Duration grace, absl::Duration last_words);
  // Ends running and coming waits of the two above.
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
  bool Empty() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return calls_.empty();
  }

  absl::Mutex mutex_;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  bool hurried_ ABSL_GUARDED_BY(mutex_) = false;
  absl::flat_hash_set<ActiveCall*> calls_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_FRONT_H_
