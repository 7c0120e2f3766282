// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/job_queue.h
//
// The jobs that wait for a worker, in the order in which they are to run:
// interactive ones first, in the order of their coming; then those of the
// streams, one of each in turn.

#ifndef GONGKAI_SERVICE_JOB_QUEUE_H_
#define GONGKAI_SERVICE_JOB_QUEUE_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <vector>

#include "service/job.h"

namespace gongkai::service {

// Not thread-safe: belongs to the pool's thread.
class JobQueue {
 public:
  void Add(std::unique_ptr<Job> job);

  // For a job that was in a worker's reach already: goes before all others of
  // its kind. To put several back in order, add the last one first.
  void AddFirst(std::unique_ptr<Job> job);

  // The next job to run; null if there is none. Stays in the queue.
  const Job* Peek() const;

  // Takes the next job. The queue must not be empty.
  std::unique_ptr<Job> Take();

  // Takes all jobs of a caller.
  std::vector<std::unique_ptr<Job>> TakeAllOf(Caller* caller);

  // Takes all jobs.
  std::vector<std::unique_ptr<Job>> TakeAll();

  bool empty() const { return size_ == 0; }
  size_t size() const { return size_; }

 private:
  std::deque<std::unique_ptr<Job>> interactive_;
  // Those with waiting jobs, the next one to serve first.
  std::deque<std::shared_ptr<Caller>> streams_;
  size_t size_ = 0;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_JOB_QUEUE_H_
