// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/ipc/job_kind.h
//
// What a job asks of a worker: which of the service's messages it carries, and
// how long an answer may be.

#ifndef GONGKAI_WORKER_IPC_JOB_KIND_H_
#define GONGKAI_WORKER_IPC_JOB_KIND_H_

#include <cstdint>

namespace gongkai::ipc {

// Written into frames; never renumber.
enum class JobKind : uint16_t {
  kParse = 1,     // ParseReportRequest -> ParseReportResponse
  kValidate = 2,  // ValidateReportRequest -> ValidateReportResponse
  kProcess = 3,   // ProcessRequest -> ProcessResponse
  // A collection; messages of gongkai.worker.v1 but for the first.
  kDigest = 4,    // CheckCollectionRequest -> DigestResult
  kCollect = 5,   // ReportDigest -> CollectionAnswer
  kFindings = 6,  // FindingsRequest -> CollectionAnswer
};

// The largest result that a worker may send. The text of a report comes back
// in its result, with the places of its cells beside it: a few times the
// largest document.
inline constexpr int64_t kMaxResultBytes = int64_t{128} << 20;

}  // namespace gongkai::ipc

#endif  // GONGKAI_WORKER_IPC_JOB_KIND_H_
