// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/stats.h
//
// What the front counts of itself, for whoever exports it. Every number is an
// atomic of its own, cheap to count and cheap to read: a reader sees each one
// right, but not all of the same instant.

#ifndef GONGKAI_SERVICE_STATS_H_
#define GONGKAI_SERVICE_STATS_H_

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace gongkai::service {

// A number that anyone may change and read.
class Count {
 public:
  void Add(int64_t change = 1) {
    value_.fetch_add(change, std::memory_order_relaxed);
  }
  void Set(int64_t value) { value_.store(value, std::memory_order_relaxed); }
  int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<int64_t> value_{0};
};

// Durations in buckets, each twice as wide as the one before: up to 50 µs, up
// to 100 µs, … up to 26 s, and longer.
class DurationHistogram {
 public:
  static constexpr size_t kBuckets = 21;

  // The upper end of a bucket; the last has none.
  static constexpr std::chrono::nanoseconds UpperEnd(size_t bucket) {
    return std::chrono::microseconds(50) * (int64_t{1} << bucket);
  }

  void Record(std::chrono::nanoseconds duration) {
    size_t bucket = 0;
    while (bucket + 1 < kBuckets && duration > UpperEnd(bucket)) ++bucket;
    counts_[bucket].Add();
    nanoseconds_.Add(duration.count());
  }

  // Durations in this bucket alone.
  int64_t count(size_t bucket) const { return counts_[bucket].value(); }
  // The sum of all durations.
  std::chrono::nanoseconds sum() const {
    return std::chrono::nanoseconds(nanoseconds_.value());
  }

 private:
  std::array<Count, kBuckets> counts_;
  Count nanoseconds_;
};

// Counts by the values of an enum whose last one is kCount.
template <typename Enum>
class CountBy {
 public:
  Count& operator[](Enum key) { return counts_[static_cast<size_t>(key)]; }
  const Count& operator[](Enum key) const {
    return counts_[static_cast<size_t>(key)];
  }

 private:
  std::array<Count, static_cast<size_t>(Enum::kCount)> counts_;
};

// Why a worker process ended.
enum class WorkerEnd {
  kCrashed,         // by itself, with or without a document
  kOutOfMemory,     // an allocation failed
  kTimedOut,        // its document took longer than one may
  kStalled,         // it stood still with a document
  kBlocking,        // its document ran so long that others were held up
  kCancelled,       // nobody waited for its document any more
  kDistrusted,      // it broke the protocol
  kKilled,          // by a SIGKILL that was not ours
  kNotStarted,      // it did not get as far as taking jobs
  kRecycledJobs,    // replaced, after as many jobs as one does
  kRecycledAge,     // replaced, being old
  kRecycledMemory,  // replaced, having grown
  kRenewed,         // replaced by one with a newer program or catalogue
  kStopped,         // the pool stopped
  kCount,
};

// The same in the log and in metrics.
inline constexpr const char* kWorkerEndNames[] = {
    "crashed",     "out_of_memory", "timed_out",    "stalled",
    "blocking",    "cancelled",     "distrusted",   "killed",
    "not_started", "recycled_jobs", "recycled_age", "recycled_memory",
    "renewed",     "stopped"};
static_assert(std::size(kWorkerEndNames) ==
              static_cast<size_t>(WorkerEnd::kCount));

// How the work on a document ended, as gongkai.v1.Outcome; and those whose
// answer did not say, and those that nobody waited for.
enum class Outcome {
  kUnspecified,
  kOk,
  kPartial,
  kNotAReport,
  kUnsupportedFormat,
  kUnsupportedTemplate,
  kMalformed,
  kTooLarge,
  kLimitExceeded,
  kDeadlineExceeded,
  kWorkerCrashed,
  kWorkerOutOfMemory,
  kWorkerTimedOut,
  kQuarantined,
  kCancelled,
  kCount,
};

// Why a call was refused.
enum class Refusal {
  kQueueFull,            // no place or no bytes left
  kCallerLimit,          // this caller has its share under way
  kDeadlineUnreachable,  // the queue is longer than its deadline
  kTooManyCalls,         // as many calls are under way as may be
  kTooManyCollections,
  kNoWorkers,  // none can be started
  kStopping,
  kCount,
};

// Why the server ended a stream of its own will.
enum class StreamEnd { kDrain, kAge, kSize, kCount };

struct Stats {
  // The pool -----------------------------------------------------------------

  // Jobs that wait for a worker, and the bytes of their requests.
  Count queued_interactive;
  Count queued_bulk;
  Count queued_bytes;
  // Jobs within the workers' reach, those that run included.
  Count jobs_in_reach;
  // The fewest that any worker has: what an interactive job waits behind.
  Count shortest_reach;
  // Processes by what they are at. A spare one is ready.
  Count workers_ready;
  Count workers_busy;
  Count workers_starting;
  Count workers_down;
  CountBy<WorkerEnd> worker_ends;
  Count worker_starts;
  // Jobs that were run again because a worker ended before or while running
  // them.
  Count jobs_rerun;
  CountBy<Outcome> outcomes;
  // From coming in to a worker's reach, and from there to the answer's coming
  // back.
  DurationHistogram queue_time;
  DurationHistogram run_time;
  // From a start to the first job that can be taken.
  DurationHistogram start_time;
  // From the end of an active worker to a spare one in its place.
  DurationHistogram takeover_time;

  // The front ----------------------------------------------------------------

  // 1 while the readiness of service/health.h is SERVING.
  Count ready;
  // 1 from the signal to stop on.
  Count draining;

  // Accepted documents whose answer is not sent yet, and their bytes.
  Count admitted_documents;
  Count admitted_bytes;
  // Streams that wait for room.
  Count waiting_streams;
  // Calls under way, of all kinds.
  Count calls;
  CountBy<Refusal> refusals;
  CountBy<StreamEnd> stream_ends;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_STATS_H_
