// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/admission.h"

#include <algorithm>
#include <vector>

namespace gongkai::service {
namespace {

int64_t SevenEighths(int64_t value) {
  return std::max<int64_t>(1, value - value / 8);
}

}  // namespace

Ticket& Ticket::operator=(Ticket&& other) noexcept {
  if (this != &other) {
    Release();
    admission_ = std::exchange(other.admission_, nullptr);
    bytes_ = other.bytes_;
  }
  return *this;
}

void Ticket::Resize(int64_t bytes) {
  if (admission_ == nullptr) return;
  admission_->bytes_.fetch_add(bytes - bytes_);
  bytes_ = bytes;
}

void Ticket::Release() {
  if (Admission* admission = std::exchange(admission_, nullptr)) {
    admission->Release(bytes_);
  }
}

Admission::Admission(const Limits& limits)
    : max_jobs_(limits.max_queued_jobs),
      max_bytes_(limits.max_queued_bytes),
      max_stream_jobs_(SevenEighths(max_jobs_)),
      max_stream_bytes_(SevenEighths(max_bytes_)) {}

bool Admission::Take(int64_t bytes, int64_t max_jobs, int64_t max_bytes) {
  if (jobs_.fetch_add(1) < max_jobs) {
    if (bytes_.fetch_add(bytes) + bytes <= max_bytes) return true;
    bytes_.fetch_sub(bytes);
  }
  jobs_.fetch_sub(1);
  return false;
}

std::optional<Ticket> Admission::TryAdmit(int64_t bytes) {
  if (!Take(bytes, max_jobs_, max_bytes_)) return std::nullopt;
  return Ticket(this, bytes);
}

std::optional<Ticket> Admission::TryAdmitStream(int64_t bytes) {
  if (waiting_count_.load() > 0 ||
      !Take(bytes, max_stream_jobs_, max_stream_bytes_)) {
    return std::nullopt;
  }
  return Ticket(this, bytes);
}

void Admission::Wait(std::shared_ptr<Waiter> waiter, int64_t bytes) {
  {
    absl::MutexLock lock(&mutex_);
    waiting_.push_back({std::move(waiter), bytes});
    waiting_count_.fetch_add(1);
  }
  // Room may have been made before anybody could see this waiter.
  AdmitWaiting();
}

void Admission::GiveUp(const Waiter* waiter) {
  std::vector<Waiting> dropped;
  {
    absl::MutexLock lock(&mutex_);
    std::erase_if(waiting_, [&](Waiting& waiting) {
      if (waiting.waiter.get() != waiter) return false;
      dropped.push_back(std::move(waiting));
      return true;
    });
    waiting_count_.store(static_cast<int>(waiting_.size()));
  }
  // Those behind it may fit where it did not.
  AdmitWaiting();
}

void Admission::Release(int64_t bytes) {
  bytes_.fetch_sub(bytes);
  jobs_.fetch_sub(1);
  if (waiting_count_.load() > 0) AdmitWaiting();
}

void Admission::AdmitWaiting() {
  std::vector<Waiting> admitted;
  {
    absl::MutexLock lock(&mutex_);
    while (!waiting_.empty() &&
           Take(waiting_.front().bytes, max_stream_jobs_, max_stream_bytes_)) {
      admitted.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    waiting_count_.store(static_cast<int>(waiting_.size()));
  }
  for (Waiting& waiting : admitted) {
    waiting.waiter->Admitted(Ticket(this, waiting.bytes));
  }
}

}  // namespace gongkai::service
