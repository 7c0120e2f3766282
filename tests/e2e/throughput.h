// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/e2e/throughput.h
//
// When answers came, and what that says of a cluster: rates, dips, recoveries.
// Thread-safe.

#ifndef GONGKAI_TESTS_E2E_THROUGHPUT_H_
#define GONGKAI_TESTS_E2E_THROUGHPUT_H_

#include <optional>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace gongkai::testing {

class Throughput {
 public:
  // What a rate is measured over where none is said.
  static constexpr absl::Duration kWindow = absl::Milliseconds(500);

  // An answer came.
  void Count();

  // Answers until now.
  int answers() const;

  // Answers a second between two moments.
  double Rate(absl::Time from, absl::Time to) const;

  // The lowest rate of any window between two moments that are a window apart
  // at least.
  double LowestRate(absl::Time from, absl::Time to) const;

  // How long after `from` the first window ended that had this rate; nothing
  // if none has ended until now.
  std::optional<absl::Duration> Recovery(absl::Time from, double rate) const;

 private:
  double RateLocked(absl::Time from, absl::Time to) const
      ABSL_SHARED_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  // In order.
  std::vector<absl::Time> times_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gongkai::testing

#endif  // GONGKAI_TESTS_E2E_THROUGHPUT_H_
