// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/front.h"

#include <algorithm>

#include "service/rich_status.h"

namespace gongkai::service {
namespace {

// What a refused caller is told to wait, at least and at most.
constexpr absl::Duration kShortestRetry = absl::Milliseconds(50);
constexpr absl::Duration kLongestRetry = absl::Seconds(5);

// For what takes seconds and of which there is no measure: a collection, a
// start of workers, the end of somebody's stream.
constexpr absl::Duration kUsualRetry = absl::Seconds(2);

}  // namespace

std::optional<Refusal> Front::Begin(ActiveCall* call) {
  absl::MutexLock lock(&mutex_);
  if (draining_) return Refusal::kStopping;
  if (static_cast<int64_t>(calls_.size()) >= limits.max_calls) {
    return Refusal::kTooManyCalls;
  }
  calls_.insert(call);
  stats->calls.Add();
  return std::nullopt;
}

void Front::End(ActiveCall* call) {
  absl::MutexLock lock(&mutex_);
  calls_.erase(call);
  stats->calls.Add(-1);
}

grpc::Status Front::Refuse(grpc::CallbackServerContext* context,
                           Refusal refusal, const Account& account) {
  stats->refusals[refusal].Add();
  absl::Duration delay = kUsualRetry;
  switch (refusal) {
    case Refusal::kQueueFull:
      delay = pool->ExpectedWait(admission.jobs());
      break;
    case Refusal::kCallerLimit:
      delay = pool->ExpectedWait(account.documents());
      break;
    case Refusal::kDeadlineUnreachable:
      delay = pool->InteractiveWait();
      break;
    default:
      break;
  }
  return Refused(context, refusal,
                 std::clamp(delay, kShortestRetry, kLongestRetry));
}

void Front::Linger(absl::Duration time) {
  absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithTimeout(absl::Condition(&hurried_), time);
}

void Front::Drain(absl::Duration grace, absl::Duration last_words) {
  absl::MutexLock lock(&mutex_);
  draining_ = true;
  // With the lock held, so that no call ends meanwhile. What a call does here
  // waits for nothing and calls nothing of this class.
  for (ActiveCall* call : calls_) call->Drain();
  if (mutex_.AwaitWithTimeout(absl::Condition(this, &Front::Quiet), grace) &&
      calls_.empty()) {
    return;
  }
  for (ActiveCall* call : calls_) call->GiveUp();
  mutex_.AwaitWithTimeout(absl::Condition(this, &Front::Empty), last_words);
}

void Front::HurryUp() {
  absl::MutexLock lock(&mutex_);
  hurried_ = true;
}

}  // namespace gongkai::service
