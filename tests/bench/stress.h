// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/bench/stress.h
//
// What gongkai-stress does to a service, one function each; each prints its
// figures. Errors: what the service or the machine says.

#ifndef GONGKAI_TESTS_BENCH_STRESS_H_
#define GONGKAI_TESTS_BENCH_STRESS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace gongkai::bench {

struct StressOptions {
  std::string gongkaid;
  std::string worker;
  int workers = 2;
  // How long one phase lasts.
  absl::Duration time;
  // Idle streams.
  int streams = 10'000;
};

// Ten times as many documents at the door as keep the service busy: goodput,
// the front's memory, and how long single calls take meanwhile.
absl::Status Overload(const StressOptions& options);

// Latency while workers are replaced all the time against that while none is.
absl::Status Recycling(const StressOptions& options);

// How fast a killed worker is replaced, and a cancellation reaches one.
absl::Status Recovery(const StressOptions& options);

// What the front takes for streams that do nothing.
absl::Status IdleStreams(const StressOptions& options);

// Memory of the front and of the workers over 100,000 documents.
absl::Status Memory(const StressOptions& options);

}  // namespace gongkai::bench

#endif  // GONGKAI_TESTS_BENCH_STRESS_H_
