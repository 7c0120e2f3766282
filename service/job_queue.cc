// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/job_queue.h"

#include <algorithm>
#include <utility>

namespace gongkai::service {
namespace {

// Takes the front of a line, and puts it behind the others if it stays.
template <typename T>
void TakeTurn(std::deque<std::shared_ptr<T>>* line, bool stays) {
  if (stays && line->size() == 1) return;
  std::shared_ptr<T> served = std::move(line->front());
  line->pop_front();
  if (stays) line->push_back(std::move(served));
}

}  // namespace

void JobQueue::Count(const Job& job, int change) {
  lanes_[LaneOf(*job.caller())].size += static_cast<size_t>(change);
  bytes_ += change * job.request_bytes();
}

// Makes sure that a caller that is about to have a job has its turn.
void JobQueue::List(const std::shared_ptr<Caller>& caller, bool first) {
  const size_t lane = LaneOf(*caller);
  const std::shared_ptr<Account>& account = caller->account();
  Account::Turn& turn = account->turns_[lane];
  const auto add = [first](auto* line, const auto& entry) {
    if (first) {
      line->push_front(entry);
    } else {
      line->push_back(entry);
    }
  };
  if (!std::exchange(caller->listed_, true)) add(&turn.calls, caller);
  if (!std::exchange(turn.listed, true)) add(&lanes_[lane].accounts, account);
}

void JobQueue::Add(std::unique_ptr<Job> job) {
  Count(*job, 1);
  const std::shared_ptr<Caller>& caller = job->caller();
  List(caller, false);
  caller->waiting_.push_back(std::move(job));
}

void JobQueue::AddFirst(std::unique_ptr<Job> job) {
  Count(*job, 1);
  const std::shared_ptr<Caller>& caller = job->caller();
  List(caller, true);
  caller->waiting_.push_front(std::move(job));
}

const Job* JobQueue::Peek() const {
  for (size_t lane = 0; lane < 2; ++lane) {
    if (lanes_[lane].size == 0) continue;
    const Account& account = *lanes_[lane].accounts.front();
    return account.turns_[lane].calls.front()->waiting_.front().get();
  }
  return nullptr;
}

std::unique_ptr<Job> JobQueue::Take() {
  const size_t lane = lanes_[0].size > 0 ? 0 : 1;
  Account::Turn& turn = lanes_[lane].accounts.front()->turns_[lane];
  Caller& caller = *turn.calls.front();
  std::unique_ptr<Job> job = std::move(caller.waiting_.front());
  caller.waiting_.pop_front();
  Count(*job, -1);
  caller.listed_ = !caller.waiting_.empty();
  TakeTurn(&turn.calls, caller.listed_);
  turn.listed = !turn.calls.empty();
  TakeTurn(&lanes_[lane].accounts, turn.listed);
  return job;
}

std::vector<std::unique_ptr<Job>> JobQueue::TakeAllOf(Caller* caller) {
  std::vector<std::unique_ptr<Job>> taken;
  if (!caller->listed_) return taken;
  for (std::unique_ptr<Job>& job : caller->waiting_) {
    Count(*job, -1);
    taken.push_back(std::move(job));
  }
  caller->waiting_.clear();
  caller->listed_ = false;
  const size_t lane = LaneOf(*caller);
  Account& account = *caller->account();
  Account::Turn& turn = account.turns_[lane];
  std::erase_if(turn.calls, [&](const std::shared_ptr<Caller>& listed) {
    return listed.get() == caller;
  });
  if (turn.calls.empty()) {
    turn.listed = false;
    std::erase_if(lanes_[lane].accounts,
                  [&](const std::shared_ptr<Account>& listed) {
                    return listed.get() == &account;
                  });
  }
  return taken;
}

std::vector<std::unique_ptr<Job>> JobQueue::TakeAll() {
  std::vector<std::unique_ptr<Job>> taken;
  taken.reserve(size());
  while (!empty()) taken.push_back(Take());
  return taken;
}

}  // namespace gongkai::service
