// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/bench/baseline_server.h
//
// The two servers that the service is held against: one that sends every
// message back as it came, and one that reads documents within the gRPC
// handler, without worker processes. Both take the service's methods
// ParseReport and ProcessReports as raw bytes.

#ifndef GONGKAI_TESTS_BENCH_BASELINE_SERVER_H_
#define GONGKAI_TESTS_BENCH_BASELINE_SERVER_H_

#include <string>

#include "absl/status/status.h"

namespace gongkai::bench {

enum class Baseline { kEcho, kInHandler };

// Serves on the address until SIGTERM. Errors: Unavailable if the address
// cannot be bound; those of the catalogue.
absl::Status ServeBaseline(Baseline baseline, const std::string& address);

}  // namespace gongkai::bench

#endif  // GONGKAI_TESTS_BENCH_BASELINE_SERVER_H_
