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
  // The share of one caller in the places and bytes above: half, so that one
  // that takes all it may leaves as much to the others. Who a caller is, says
  // caller_name.h.
  int max_caller_jobs = 2048;
  int64_t max_caller_bytes = int64_t{128} << 20;
  // Calls under way, idle streams too, of all callers together; each takes some
  // 32 KB while it is idle.
  int max_calls = 20'000;
  // Bytes that gRPC may hold beside those: of messages that have not come in
  // whole yet or have no place yet, of all connections together. That is up to
  // a quarter of a megabyte of each stream that is not read, and a document or
  // two of one that is. When it runs out gRPC cancels streams, not always those
  // at fault, so that it is for sixteen of the largest documents at once.
  int64_t max_transport_bytes = int64_t{512} << 20;
  // Unanswered documents of one stream.
  int stream_window_documents = 256;
  // Unanswered bytes of one stream.
  int64_t stream_window_bytes = int64_t{64} << 20;
  // A stream that is older is ended politely, give or take a tenth, so that
  // long work spreads over servers that have come since; 0 for no limit. A new
  // server is to have its share within a minute. What it costs is a call, so
  // that ten thousand idle streams cost a processor some twentieth; and a
  // client that does not know of such an end shows it at its first trial. Those
  // of the client library replace their streams sooner themselves.
  absl::Duration stream_max_age = absl::Seconds(30);
  // So is one that has carried so much, for the same reason; 0 for no limit.
  int64_t stream_max_documents = 1'000'000;
  int64_t stream_max_bytes = int64_t{16} << 30;
  // How long what such a stream has read is still answered; its client is told
  // which documents are not.
  absl::Duration stream_grace = absl::Seconds(10);
  // Wall time of one document in a worker. Reports take milliseconds, the
  // largest PDF a second.
  absl::Duration document_timeout = absl::Seconds(30);
  // A worker that has a document and gets no processor time for so long stands
  // still: it was stopped, or waits for what will not come. Its document is
  // tried once more. A machine so busy that a process gets nothing for seconds
  // looks the same.
  absl::Duration stall_timeout = absl::Seconds(5);
  // Wall time for a worker to start.
  absl::Duration worker_start_timeout = absl::Seconds(10);
  // A worker is replaced after so many documents, at such an age (give or take
  // a tenth) or when its own memory has grown so much since it was ready,
  // whichever comes first: what a document did to it, seen or not, ends there.
  // It finishes what it has while a spare one goes on in its place, so that
  // without a spare one it is not replaced. 0 for no limit. A start costs as
  // much as some hundred documents; the largest document leaves some hundred
  // megabytes that the allocator keeps.
  int64_t worker_max_jobs = 20'000;
  absl::Duration worker_max_age = absl::Hours(1);
  int64_t worker_max_growth_bytes = int64_t{256} << 20;
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
  // How long they are remembered: a worker of a later version may read them.
  absl::Duration quarantine_time = absl::Hours(1);
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_LIMITS_H_
