// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/mutex.h
//
// absl::Mutex, also for ThreadSanitizer: the system's Abseil is built without
// it, so that a lock of absl::Mutex is invisible to it and everything that the
// lock guards looks like a race. In other builds this is absl::Mutex.

#ifndef GONGKAI_SERVICE_MUTEX_H_
#define GONGKAI_SERVICE_MUTEX_H_

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

#if defined(__SANITIZE_THREAD__)
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "absl/time/clock.h"
#endif

namespace gongkai::service {

#if defined(__SANITIZE_THREAD__)

// As much of absl::Mutex as is used here, out of what ThreadSanitizer sees.
class ABSL_LOCKABLE Mutex {
 public:
  void Lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() { mutex_.lock(); }

  void Unlock() ABSL_UNLOCK_FUNCTION() {
    changed_.notify_all();
    mutex_.unlock();
  }

  bool AwaitWithTimeout(const absl::Condition& condition,
                        absl::Duration timeout) {
    std::unique_lock<std::mutex> lock(mutex_, std::adopt_lock);
    const absl::Time deadline = absl::Now() + timeout;
    while (!condition.Eval() && absl::Now() < deadline) {
      changed_.wait_for(lock, std::chrono::milliseconds(100));
    }
    lock.release();
    return condition.Eval();
  }

  void Await(const absl::Condition& condition) {
    AwaitWithTimeout(condition, absl::InfiniteDuration());
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
};

class ABSL_SCOPED_LOCKABLE MutexLock {
 public:
  explicit MutexLock(Mutex* mutex) ABSL_EXCLUSIVE_LOCK_FUNCTION(mutex)
      : mutex_(mutex) {
    mutex_->Lock();
  }
  ~MutexLock() ABSL_UNLOCK_FUNCTION() { mutex_->Unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex* const mutex_;
};

#else

using Mutex = absl::Mutex;
using MutexLock = absl::MutexLock;

#endif

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_MUTEX_H_
