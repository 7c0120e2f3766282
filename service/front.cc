// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/front.h"

namespace gongkai::service {

bool Front::Begin(ActiveCall* call) {
  absl::MutexLock lock(&mutex_);
  if (draining_) return false;
  calls_.insert(call);
  return true;
}

void Front::End(ActiveCall* call) {
  absl::MutexLock lock(&mutex_);
  calls_.erase(call);
}

void Front::Drain(absl::Duration grace) {
  absl::MutexLock lock(&mutex_);
  draining_ = true;
  // With the lock held, so that no call ends meanwhile. Drain() of a call
  // waits for nothing and calls nothing of this class.
  for (ActiveCall* call : calls_) call->Drain();
  mutex_.AwaitWithTimeout(absl::Condition(this, &Front::Quiet), grace);
}

void Front::HurryUp() {
  absl::MutexLock lock(&mutex_);
  hurried_ = true;
}

}  // namespace gongkai::service
