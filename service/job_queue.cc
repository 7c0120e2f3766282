// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/job_queue.h"

#include <algorithm>
#include <utility>

namespace gongkai::service {

void JobQueue::Add(std::unique_ptr<Job> job) {
  ++size_;
  const std::shared_ptr<Caller>& caller = job->caller();
  if (caller->urgent()) {
    interactive_.push_back(std::move(job));
    return;
  }
  if (!caller->listed_) {
    caller->listed_ = true;
    streams_.push_back(caller);
  }
  caller->waiting_.push_back(std::move(job));
}

void JobQueue::AddFirst(std::unique_ptr<Job> job) {
  ++size_;
  const std::shared_ptr<Caller>& caller = job->caller();
  if (caller->urgent()) {
    interactive_.push_front(std::move(job));
    return;
  }
  if (!caller->listed_) {
    caller->listed_ = true;
    streams_.push_front(caller);
  }
  caller->waiting_.push_front(std::move(job));
}

const Job* JobQueue::Peek() const {
  if (!interactive_.empty()) return interactive_.front().get();
  if (!streams_.empty()) return streams_.front()->waiting_.front().get();
  return nullptr;
}

std::unique_ptr<Job> JobQueue::Take() {
  --size_;
  std::unique_ptr<Job> job;
  if (!interactive_.empty()) {
    job = std::move(interactive_.front());
    interactive_.pop_front();
    return job;
  }
  Caller& caller = *streams_.front();
  job = std::move(caller.waiting_.front());
  caller.waiting_.pop_front();
  if (caller.waiting_.empty()) {
    caller.listed_ = false;
    streams_.pop_front();
  } else if (streams_.size() > 1) {
    std::shared_ptr<Caller> served = std::move(streams_.front());
    streams_.pop_front();
    streams_.push_back(std::move(served));
  }
  return job;
}

std::vector<std::unique_ptr<Job>> JobQueue::TakeAllOf(Caller* caller) {
  std::vector<std::unique_ptr<Job>> taken;
  std::erase_if(interactive_, [&](std::unique_ptr<Job>& job) {
    if (job->caller().get() != caller) return false;
    taken.push_back(std::move(job));
    return true;
  });
  if (caller->listed_) {
    for (std::unique_ptr<Job>& job : caller->waiting_) {
      taken.push_back(std::move(job));
    }
    caller->waiting_.clear();
    caller->listed_ = false;
    std::erase_if(streams_, [&](const std::shared_ptr<Caller>& listed) {
      return listed.get() == caller;
    });
  }
  size_ -= taken.size();
  return taken;
}

std::vector<std::unique_ptr<Job>> JobQueue::TakeAll() {
  std::vector<std::unique_ptr<Job>> taken;
  taken.reserve(size_);
  while (!empty()) taken.push_back(Take());
  return taken;
}

}  // namespace gongkai::service
