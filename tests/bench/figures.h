// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/bench/figures.h
//
// The figures of one run and how they are shown.

#ifndef GONGKAI_TESTS_BENCH_FIGURES_H_
#define GONGKAI_TESTS_BENCH_FIGURES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace gongkai::bench {

// What was measured of one way that documents went.
struct Path {
  std::string name;
  // Documents per second, one figure a round.
  std::vector<double> rates;
  // Under load, from sending a document to its answer.
  std::vector<absl::Duration> loaded;
  // Of single calls on an idle server.
  std::vector<absl::Duration> idle;
  // Processor time of the server and of its child processes while `streamed`
  // documents were streamed.
  absl::Duration server_cpu;
  absl::Duration workers_cpu;
  int64_t streamed = 0;
};

struct Figures {
  int64_t documents = 0;
  int64_t document_bytes = 0;
  int rounds = 0;
  int in_flight = 0;
  int streams = 0;
  int workers = 0;
  int processors = 0;
  Path echo;
  Path in_handler;
  Path service;
  // Through BulkSession; it has rates only.
  Path session;
};

// The value below which `part` (0 to 1) of the values lie; 0 if there are
// none. Reorders them.
absl::Duration Percentile(std::vector<absl::Duration>* values, double part);

double Median(std::vector<double> values);

// The median of the rounds' ratios: both were measured within the same second
// or two, so that what else the machine does touches both.
double MedianRatio(const std::vector<double>& upper,
                   const std::vector<double>& lower);

// An aligned table, and one JSON object. Both reorder latencies.
std::string ToTable(Figures* figures);
std::string ToJson(Figures* figures);

}  // namespace gongkai::bench

#endif  // GONGKAI_TESTS_BENCH_FIGURES_H_
