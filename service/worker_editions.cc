// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/worker_editions.h"

#include <utility>

namespace gongkai::service {

absl::StatusOr<std::shared_ptr<const CatalogSnapshot>>
WorkerEditions::Snapshot() const {
  absl::StatusOr<CatalogSnapshot> snapshot = CatalogSnapshot::Take(catalogs_);
  if (!snapshot.ok()) return snapshot.status();
  return std::make_shared<const CatalogSnapshot>(*std::move(snapshot));
}

PoolOptions WorkerEditions::With(const CatalogSnapshot& snapshot) const {
  PoolOptions options = options_;
  for (std::string& argument : snapshot.arguments()) {
    options.worker_arguments.push_back(std::move(argument));
  }
  return options;
}

absl::StatusOr<PoolOptions> WorkerEditions::First() {
  auto snapshot = Snapshot();
  if (!snapshot.ok()) return snapshot.status();
  absl::MutexLock lock(&mutex_);
  current_ = *std::move(snapshot);
  return With(*current_);
}

std::string WorkerEditions::WithFileNames(std::string words) const {
  absl::MutexLock lock(&mutex_);
  return current_->WithFileNames(std::move(words));
}

absl::Status WorkerEditions::Renew(
    Front* front, std::function<void(const worker::v1::Hello&)> renewed) {
  auto snapshot = Snapshot();
  if (!snapshot.ok()) return snapshot.status();
  const PoolOptions options = With(**snapshot);
  PoolOptions trial = options;
  trial.limits.workers = 1;
  trial.limits.spare_workers = 0;
  // It is none of the pool's workers.
  trial.stats = std::make_shared<Stats>();
  worker::v1::Hello hello;
  {
    const absl::StatusOr<std::unique_ptr<Pool>> pool = Pool::Start(trial);
    if (!pool.ok()) {
      return absl::FailedPreconditionError(
          (*snapshot)->WithFileNames(std::string(pool.status().message())));
    }
    hello = (*pool)->hello();
  }
  std::shared_ptr<const CatalogSnapshot> before;
  int64_t edition;
  {
    absl::MutexLock lock(&mutex_);
    before = std::exchange(current_, *std::move(snapshot));
    edition = ++edition_;
  }
  front->collections.Renew(options.worker_arguments);
  // The copies of before are kept while a worker may be reading them.
  front->pool->Renew(options.worker_arguments, [this, edition, before, hello,
                                                renewed = std::move(renewed)] {
    {
      absl::MutexLock lock(&mutex_);
      if (edition != edition_) return;
    }
    renewed(hello);
  });
  return absl::OkStatus();
}

}  // namespace gongkai::service
