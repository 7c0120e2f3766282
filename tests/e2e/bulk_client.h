// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/e2e/bulk_client.h
//
// A caller of the client library as most will be, with all options left as they
// are: streams documents until told to stop, and checks that each is answered
// once and right.

#ifndef GONGKAI_TESTS_E2E_BULK_CLIENT_H_
#define GONGKAI_TESTS_E2E_BULK_CLIENT_H_

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "client/bulk_session.h"
#include "tests/e2e/throughput.h"
#include "tests/generator/generator.h"

namespace gongkai::testing {

class BulkClient {
 public:
  // Begins to stream to a target of Client::Connect.
  explicit BulkClient(const std::string& target);
  ~BulkClient();

  BulkClient(const BulkClient&) = delete;
  BulkClient& operator=(const BulkClient&) = delete;

  const Throughput& throughput() const { return throughput_; }

  // Streams up to this many documents, or what it has begun if that is more,
  // and waits for the last answer. Fails the test if one is missing, doubled or
  // wrong, or if the caller saw an error.
  void Finish(int64_t documents);

 private:
  void Run();
  void Take(const v1::ProcessResponse& response);

  // Different documents; they are sent again and again.
  const std::vector<generator::GeneratedReport> truths_;
  Throughput throughput_;
  std::atomic<int64_t> last_;
  // Belongs to the source.
  int64_t next_ = 0;
  // Belongs to the sink.
  int complaints_ = 0;
  absl::Mutex mutex_;
  // How often each was answered.
  std::vector<int> answers_ ABSL_GUARDED_BY(mutex_);
  BulkSession session_;
  absl::Status status_;
  std::thread thread_;
};

}  // namespace gongkai::testing

#endif  // GONGKAI_TESTS_E2E_BULK_CLIENT_H_
