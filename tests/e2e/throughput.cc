// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/throughput.h"

#include <algorithm>

#include "absl/time/clock.h"

namespace gongkai::testing {
namespace {

// From one window to the next.
constexpr absl::Duration kStep = absl::Milliseconds(50);

}  // namespace

void Throughput::Count() {
  absl::MutexLock lock(&mutex_);
  times_.push_back(absl::Now());
}

int Throughput::answers() const {
  absl::MutexLock lock(&mutex_);
  return static_cast<int>(times_.size());
}

double Throughput::RateLocked(absl::Time from, absl::Time to) const {
  const auto first = std::lower_bound(times_.begin(), times_.end(), from);
  const auto last = std::lower_bound(first, times_.end(), to);
  return static_cast<double>(last - first) / absl::ToDoubleSeconds(to - from);
}

double Throughput::Rate(absl::Time from, absl::Time to) const {
  absl::MutexLock lock(&mutex_);
  return RateLocked(from, to);
}

double Throughput::LowestRate(absl::Time from, absl::Time to) const {
  absl::MutexLock lock(&mutex_);
  double lowest = RateLocked(from, from + kWindow);
  for (absl::Time at = from; at + kWindow <= to; at += kStep) {
    lowest = std::min(lowest, RateLocked(at, at + kWindow));
  }
  return lowest;
}

std::optional<absl::Duration> Throughput::Recovery(absl::Time from,
                                                   double rate) const {
  absl::MutexLock lock(&mutex_);
  const absl::Time now = absl::Now();
  for (absl::Time at = from; at + kWindow <= now; at += kStep) {
    if (RateLocked(at, at + kWindow) >= rate) return at + kWindow - from;
  }
  return std::nullopt;
}

}  // namespace gongkai::testing
