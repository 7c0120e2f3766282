// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/catalog_snapshot.h
//
// The files of a catalogue as they were at one moment, for workers to read: one
// that starts an hour later must not work by rules that somebody is just
// writing. The copies are in memory and go with the object.

#ifndef GONGKAI_SERVICE_CATALOG_SNAPSHOT_H_
#define GONGKAI_SERVICE_CATALOG_SNAPSHOT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "worker/ipc/unique_fd.h"

namespace gongkai::service {

class CatalogSnapshot {
 public:
  // Errors: FailedPrecondition for a file that cannot be read.
  static absl::StatusOr<CatalogSnapshot> Take(
      const std::vector<std::string>& files);

  // What a worker is to be started with.
  std::vector<std::string> arguments() const;

  // A worker's words with the names of the files in place of the copies'.
  std::string WithFileNames(std::string words) const;

 private:
  struct Copy {
    std::string file;
    ipc::UniqueFd fd;
    // By which other processes find it.
    std::string path;
  };

  std::vector<Copy> copies_;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_CATALOG_SNAPSHOT_H_
