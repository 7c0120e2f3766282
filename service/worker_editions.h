// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/worker_editions.h
//
// The workers' program and catalogue as they were when last looked at, and how
// a pool goes over to them as they are now: the new ones are tried in a process
// of their own, and only if it gets ready the pool's workers are replaced, one
// by one.

#ifndef GONGKAI_SERVICE_WORKER_EDITIONS_H_
#define GONGKAI_SERVICE_WORKER_EDITIONS_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "gongkai/worker/v1/hello.pb.h"
#include "service/catalog_snapshot.h"
#include "service/front.h"
#include "service/pool.h"

namespace gongkai::service {

// Thread-safe.
class WorkerEditions {
 public:
  // `options` are the pool's, without the catalogue.
  WorkerEditions(PoolOptions options, std::vector<std::string> catalogs)
      : options_(std::move(options)), catalogs_(std::move(catalogs)) {}

  // The options of the pool at the start.
  // Errors: FailedPrecondition for a catalogue that cannot be read.
  absl::StatusOr<PoolOptions> First();

  // A worker's words as its operator knows the files.
  std::string WithFileNames(std::string words) const;

  // Goes over to program and catalogue as they are now. `renewed` is called,
  // on the pool's thread, when the last worker has been replaced, unless
  // another Renew() came in between.
  // Errors: FailedPrecondition for what cannot be used, in which case nothing
  // changes. Takes as long as a worker's start.
  absl::Status Renew(
      Front* front,
      std::function<void(const worker::v1::Hello& hello)> renewed);

 private:
  absl::StatusOr<std::shared_ptr<const CatalogSnapshot>> Snapshot() const;
  PoolOptions With(const CatalogSnapshot& snapshot) const;

  const PoolOptions options_;
  const std::vector<std::string> catalogs_;
  mutable absl::Mutex mutex_;
  // What workers that start now read.
  std::shared_ptr<const CatalogSnapshot> current_ ABSL_GUARDED_BY(mutex_);
  int64_t edition_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_WORKER_EDITIONS_H_
