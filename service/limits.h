// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/limits.h
//
// Every limit of the front, with the reason for its value. Each is a flag of
// gongkaid.

#ifndef GONGKAI_SERVICE_LIMITS_H_
#define GONGKAI_SERVICE_LIMITS_H_

#include <cstdint>

#include "absl/time/time.h"

namespace gongkai::service {

struct Limits {
  // Worker processes; 0 for one per processor this process may use.
  int workers = 0;
  // Further processes that wait, warm, to take the place of one that dies: the
  // document it ran is tried again at once and not after a start.
  int spare_workers = 1;
  // Address space of one worker in bytes; 0 for no limit. The largest document
  // takes some ten times its size while it is read.
  int64_t worker_memory_bytes = int64_t{2} << 30;
  // CPU time of one worker over all its documents; zero for no limit. Ends one
  // that computes while it has nothing to do, which no limit of a document
  // sees; its document, if it has one, is tried again.
  absl::Duration worker_cpu_time = absl::Hours(2);
  // Largest document in bytes; the receive limit of gRPC is a little more. See
  // worker/input/limits.h for the choice.
  int64_t max_document_bytes = int64_t{32} << 20;
  // Jobs within one worker's reach, the running one included: a worker never
  // sleeps between two, and a wake-up is shared by several (a sleeping
  // hand-over costs 40 µs here, a batched one 4 µs).
  int jobs_per_worker = 32;
  // Bytes within one worker's reach beyond the running job, so that a few
  // large documents do not queue behind each other while workers idle.
  int64_t bytes_per_worker = int64_t{1} << 20;
  // Accepted and unanswered documents. Beyond it unary calls are refused with
  // RetryInfo and streams are not read. One eighth of it, and of the bytes
  // below, is kept from streams, so that they cannot shut out the other calls.
  int max_queued_jobs = 4096;
  // Bytes of all accepted and unanswered documents, and of results that are
  // not sent yet: the front's memory.
  int64_t max_queued_bytes = int64_t{256} << 20;
  // Unanswered documents of one stream.
  int stream_window_documents = 256;
  // Unanswered bytes of one stream.
  int64_t stream_window_bytes = int64_t{64} << 20;
  // Wall time of one document in a worker. Reports take milliseconds, the
  // largest PDF a second.
  absl::Duration document_timeout = absl::Seconds(30);
  // Wall time for a worker to start.
  absl::Duration worker_start_timeout = absl::Seconds(10);
  // Collections under way at once. Each has a process of its own, with as much
  // memory as a worker.
  int max_collections = 2;
  // Reports of a collection: some 500 MB at 2.5 KB each.
  int max_collection_reports = 200'000;
  // Wall time of the work on all reports of a collection between two answers:
  // fifty thousand take some seconds.
  absl::Duration collection_timeout = absl::Minutes(10);
  // Documents by hash that are known to kill workers.
  int max_quarantined = 10'000;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_LIMITS_H_
