// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/collection_workers.h"

#include <utility>

#include "absl/status/status.h"

namespace gongkai::service {

CollectionWorkers::CollectionWorkers(const PoolOptions& options)
    : options_(options), max_collections_(options.limits.max_collections) {
  options_.limits.workers = 1;
  // A process that died has lost its reports: another one is of no use.
  options_.limits.spare_workers = 0;
  options_.limits.document_timeout = options.limits.collection_timeout;
  // They are not of the pool that is counted.
  options_.stats = std::make_shared<Stats>();
  thread_ = std::thread([this] { Run(); });
}

CollectionWorkers::~CollectionWorkers() { Stop(); }

bool CollectionWorkers::Start(Started started) {
  absl::MutexLock lock(&mutex_);
  if (stopping_ || places_taken_ >= max_collections_) return false;
  ++places_taken_;
  tasks_.push_back({std::move(started), nullptr});
  return true;
}

void CollectionWorkers::Release(std::unique_ptr<Pool> pool) {
  absl::MutexLock lock(&mutex_);
  if (pool == nullptr) {
    --places_taken_;
    return;
  }
  tasks_.push_back({nullptr, std::move(pool)});
}

void CollectionWorkers::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

std::vector<int> CollectionWorkers::worker_pids() const {
  absl::MutexLock lock(&mutex_);
  std::vector<int> pids;
  for (const Pool* pool : pools_) {
    const std::vector<int> more = pool->worker_pids();
    pids.insert(pids.end(), more.begin(), more.end());
  }
  return pids;
}

void CollectionWorkers::Run() {
  while (true) {
    Task task;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &CollectionWorkers::Awake));
      if (tasks_.empty()) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    if (task.start != nullptr) {
      task.start(StartPool());
      continue;
    }
    Pool* const pool = task.release.get();
    {
      absl::MutexLock lock(&mutex_);
      pools_.erase(pool);
    }
    task.release = nullptr;
    absl::MutexLock lock(&mutex_);
    --places_taken_;
  }
}

absl::StatusOr<std::unique_ptr<Pool>> CollectionWorkers::StartPool() {
  {
    absl::MutexLock lock(&mutex_);
    if (stopping_) return absl::CancelledError("the server is stopping");
  }
  absl::StatusOr<std::unique_ptr<Pool>> pool = Pool::Start(options_);
  if (pool.ok()) {
    absl::MutexLock lock(&mutex_);
    pools_.insert(pool->get());
  }
  return pool;
}

}  // namespace gongkai::service
