// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/bench/load.h
//
// Clients that put a server under load and measure it.

#ifndef GONGKAI_TESTS_BENCH_LOAD_H_
#define GONGKAI_TESTS_BENCH_LOAD_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "tests/bench/documents.h"

namespace gongkai::bench {

struct LoadOptions {
  int64_t documents = 20'000;
  // Unanswered documents of all streams together.
  int in_flight = 256;
  int streams = 1;
};

struct LoadResult {
  absl::Duration elapsed;
  // From sending a document to its answer, one per document; empty where the
  // client does not tell.
  std::vector<absl::Duration> latencies;
};

// Streams documents as raw bytes and looks at no more of an answer than its
// id. Errors: the stream's; DataLoss if an answer is missing, doubled or
// unknown.
absl::StatusOr<LoadResult> StreamRaw(
    const std::shared_ptr<grpc::Channel>& channel, const Documents& documents,
    const LoadOptions& options);

// Streams documents through BulkSession, which decodes the answers.
absl::StatusOr<LoadResult> StreamThroughSession(const std::string& target,
                                                const Documents& documents,
                                                const LoadOptions& options);

// Calls ParseReport `calls` times, one at a time. `first` numbers the first
// document.
absl::StatusOr<std::vector<absl::Duration>> CallOneByOne(
    const std::shared_ptr<grpc::Channel>& channel, const Documents& documents,
    int64_t first, int64_t calls);

}  // namespace gongkai::bench

#endif  // GONGKAI_TESTS_BENCH_LOAD_H_
