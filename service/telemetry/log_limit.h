// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/telemetry/log_limit.h
//
// Keeps strangers from filling the log: of events that they can cause as often
// as they like, only so many a second get a line.

#ifndef GONGKAI_SERVICE_TELEMETRY_LOG_LIMIT_H_
#define GONGKAI_SERVICE_TELEMETRY_LOG_LIMIT_H_

#include <cstdint>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"

namespace gongkai::service {

// Thread-safe.
class LogLimit {
 public:
  explicit LogLimit(int lines_per_second) : most_(lines_per_second) {}

  // How many events went without a line since the last one; nothing if this
  // one does, too.
  std::optional<int64_t> Admit() {
    const int64_t second = absl::ToUnixSeconds(absl::Now());
    absl::MutexLock lock(&mutex_);
    if (second != second_) {
      second_ = second;
      lines_ = 0;
    }
    if (lines_ >= most_) {
      ++left_out_;
      return std::nullopt;
    }
    ++lines_;
    const int64_t left_out = left_out_;
    left_out_ = 0;
    return left_out;
  }

 private:
  const int most_;
  absl::Mutex mutex_;
  int64_t second_ ABSL_GUARDED_BY(mutex_) = 0;
  int lines_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t left_out_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_TELEMETRY_LOG_LIMIT_H_
