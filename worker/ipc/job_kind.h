// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/ipc/job_kind.h
//
// What a job asks of a worker: which of the service's messages it carries.

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

}  // namespace gongkai::ipc

#endif  // GONGKAI_WORKER_IPC_JOB_KIND_H_
