// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/process/processor.h
//
// One job of a worker, from the serialised request to the serialised response:
// input, extract and validate in a row. Knows nothing of frames, processes or
// gRPC, so that benchmarks can run the same work inside a gRPC handler.
//
//   Processor processor(*catalog, input::Limits());
//   std::string response;
//   processor.Process(JobKind::kProcess, request_bytes, &response);

#ifndef GONGKAI_WORKER_PROCESS_PROCESSOR_H_
#define GONGKAI_WORKER_PROCESS_PROCESSOR_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "worker/catalog/catalog.h"
#include "worker/input/limits.h"
#include "worker/ipc/job_kind.h"

namespace gongkai::process {

// Keeps its working memory from job to job. Not thread-safe.
class Processor {
 public:
  // The catalogue must outlive the processor. A document whose answer would be
  // longer than `max_result_bytes` gets OUTCOME_LIMIT_EXCEEDED.
  Processor(const catalog::Catalog& catalog, const input::Limits& limits,
            int64_t max_result_bytes = ipc::kMaxResultBytes);
  ~Processor();

  // Replaces *response by the serialised response message of the kind
  // (job_kind.h). Whatever
  // the request holds, the answer is a typed outcome; a request that is not a
  // valid message gets OUTCOME_MALFORMED.
  //
  // Collect and findings jobs are about one collection, which is kept from job
  // to job: a processor serves one in its life.
  void Process(ipc::JobKind kind, std::string_view request,
               std::string* response);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gongkai::process

#endif  // GONGKAI_WORKER_PROCESS_PROCESSOR_H_
