// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/job_queue.h
//
// The jobs that wait for a worker, in the order in which they are to run:
// interactive ones first, then those of streams. Of each kind, one of every
// account in turn; of an account, one of every call in turn; of a call, in the
// order of their coming.

#ifndef GONGKAI_SERVICE_JOB_QUEUE_H_
#define GONGKAI_SERVICE_JOB_QUEUE_H_

#include <cstddef>
#include <cstdint>
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

  bool empty() const { return size() == 0; }
  size_t size() const { return lanes_[0].size + lanes_[1].size; }
  size_t interactive() const { return lanes_[0].size; }
  // Of all requests.
  int64_t bytes() const { return bytes_; }

 private:
  // The jobs of one priority.
  struct Lane {
    // Those with waiting jobs, the next one to serve first.
    std::deque<std::shared_ptr<Account>> accounts;
    size_t size = 0;
  };

  static size_t LaneOf(const Caller& caller) { return caller.urgent() ? 0 : 1; }
  void List(const std::shared_ptr<Caller>& caller, bool first);
  void Count(const Job& job, int change);

  Lane lanes_[2];
  int64_t bytes_ = 0;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_JOB_QUEUE_H_
