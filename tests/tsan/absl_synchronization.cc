// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Makes Abseil's locks visible to ThreadSanitizer. The system's Abseil is built
// without it, so that everything a lock guards would look like a race. The
// functions here take the place of the library's, tell the sanitizer what they
// order, and call the library's own. Linked into every program of the tsan
// build and into no other.

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

#include <cstdio>
#include <cstdlib>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"

extern "C" {
// Of the sanitizer's runtime; its headers leave them out.
void AnnotateIgnoreReadsBegin(const char* file, int line);
void AnnotateIgnoreReadsEnd(const char* file, int line);
}

namespace {

// The library's function of this name.
template <typename Function>
Function* Real(const char* name) {
  void* const found = dlsym(RTLD_NEXT, name);
  if (found == nullptr) {
    fprintf(stderr, "tsan: Abseil has no %s; see %s\n", name, __FILE__);
    abort();
  }
  return reinterpret_cast<Function*>(found);
}

void Acquired(const void* object) { __tsan_acquire(const_cast<void*>(object)); }
void Releases(const void* object) { __tsan_release(const_cast<void*>(object)); }

}  // namespace

namespace absl {
ABSL_NAMESPACE_BEGIN

#define REAL(name, type) \
  static auto* const real = Real<type>("_ZN4absl7debian3" name)

void Mutex::Lock() {
  REAL("5Mutex4LockEv", void(Mutex*));
  real(this);
  Acquired(this);
}

bool Mutex::TryLock() {
  REAL("5Mutex7TryLockEv", bool(Mutex*));
  if (!real(this)) return false;
  Acquired(this);
  return true;
}

void Mutex::Unlock() {
  REAL("5Mutex6UnlockEv", void(Mutex*));
  Releases(this);
  real(this);
}

void Mutex::ReaderLock() {
  REAL("5Mutex10ReaderLockEv", void(Mutex*));
  real(this);
  Acquired(this);
}

void Mutex::ReaderUnlock() {
  REAL("5Mutex12ReaderUnlockEv", void(Mutex*));
  Releases(this);
  real(this);
}

void Mutex::LockWhen(const Condition& condition) {
  REAL("5Mutex8LockWhenERKNS0_9ConditionE", void(Mutex*, const Condition&));
  real(this, condition);
  Acquired(this);
}

bool Mutex::LockWhenWithTimeout(const Condition& condition, Duration timeout) {
  REAL("5Mutex19LockWhenWithTimeoutERKNS0_9ConditionENS0_8DurationE",
       bool(Mutex*, const Condition&, Duration));
  const bool met = real(this, condition, timeout);
  Acquired(this);
  return met;
}

bool Mutex::LockWhenWithDeadline(const Condition& condition, Time deadline) {
  REAL("5Mutex20LockWhenWithDeadlineERKNS0_9ConditionENS0_4TimeE",
       bool(Mutex*, const Condition&, Time));
  const bool met = real(this, condition, deadline);
  Acquired(this);
  return met;
}

void Mutex::Await(const Condition& condition) {
  REAL("5Mutex5AwaitERKNS0_9ConditionE", void(Mutex*, const Condition&));
  Releases(this);
  real(this, condition);
  Acquired(this);
}

bool Mutex::AwaitWithTimeout(const Condition& condition, Duration timeout) {
  REAL("5Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE",
       bool(Mutex*, const Condition&, Duration));
  Releases(this);
  const bool met = real(this, condition, timeout);
  Acquired(this);
  return met;
}

bool Mutex::AwaitWithDeadline(const Condition& condition, Time deadline) {
  REAL("5Mutex17AwaitWithDeadlineERKNS0_9ConditionENS0_4TimeE",
       bool(Mutex*, const Condition&, Time));
  Releases(this);
  const bool met = real(this, condition, deadline);
  Acquired(this);
  return met;
}

// Whoever unlocks evaluates the conditions of all who wait, still under the
// lock but after what Unlock() above has said.
bool Condition::Eval() const {
  static auto* const real =
      Real<bool(const Condition*)>("_ZNK4absl7debian39Condition4EvalEv");
  AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
  const bool met = real(this);
  AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
  return met;
}

void CondVar::Wait(Mutex* mutex) {
  REAL("7CondVar4WaitEPNS0_5MutexE", void(CondVar*, Mutex*));
  Releases(mutex);
  real(this, mutex);
  Acquired(mutex);
}

bool CondVar::WaitWithTimeout(Mutex* mutex, Duration timeout) {
  REAL("7CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE",
       bool(CondVar*, Mutex*, Duration));
  Releases(mutex);
  const bool timed_out = real(this, mutex, timeout);
  Acquired(mutex);
  return timed_out;
}

bool CondVar::WaitWithDeadline(Mutex* mutex, Time deadline) {
  REAL("7CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE",
       bool(CondVar*, Mutex*, Time));
  Releases(mutex);
  const bool timed_out = real(this, mutex, deadline);
  Acquired(mutex);
  return timed_out;
}

void Notification::Notify() {
  REAL("12Notification6NotifyEv", void(Notification*));
  Releases(this);
  real(this);
}

void Notification::WaitForNotification() const {
  static auto* const real = Real<void(const Notification*)>(
      "_ZNK4absl7debian312Notification19WaitForNotificationEv");
  real(this);
  Acquired(this);
}

bool Notification::WaitForNotificationWithTimeout(Duration timeout) const {
  static auto* const real = Real<bool(const Notification*, Duration)>(
      "_ZNK4absl7debian312Notification30WaitForNotificationWithTimeoutENS0_"
      "8DurationE");
  const bool notified = real(this, timeout);
  if (notified) Acquired(this);
  return notified;
}

#undef REAL

ABSL_NAMESPACE_END
}  // namespace absl
