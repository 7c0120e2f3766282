// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/journal.h
//
// What a run has finished, on disk: an interrupted one is resumed by answering
// from here what was asked before. A result is found by everything that it
// depends on, so that a changed file, option or rule is asked again.

#ifndef GONGKAI_CLIENT_CLI_JOURNAL_H_
#define GONGKAI_CLIENT_CLI_JOURNAL_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "client/cli/sqlite_handles.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai::cli {

// Thread-safe.
class Journal {
 public:
  // Opens or begins the journal in `file`. With `resume` what is there is kept.
  // Results of another `version` (of the service and its rules) are not found.
  // Errors: as the system says, with what to do.
  static absl::StatusOr<std::unique_ptr<Journal>> Open(
      const std::string& file, bool resume, const std::string& version);
  ~Journal();

  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // What a request is known by: a hash of all of it but its id.
  std::string KeyOf(const v1::ProcessRequest& request) const;

  // The result that was added under the key, without an id.
  std::optional<v1::ProcessResponse> Find(const std::string& key);

  // Adds a result, unless it may be another one next time, such as that of a
  // worker that ran out of time. It is safe within a second, and at once when
  // the journal is closed; a process that is killed loses what is younger.
  absl::Status Add(const std::string& key, const v1::ProcessResponse& response);

  // Results that are in it.
  int64_t size();

  // Removes the file: all is done.
  void Remove();

 private:
  Journal(std::string file, std::string version);

  absl::Status OpenDatabase(bool resume) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status Commit() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void CloseDatabase() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status Error() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::string file_;
  const std::string version_;

  absl::Mutex mutex_;
  Database database_ ABSL_GUARDED_BY(mutex_);
  Statement find_ ABSL_GUARDED_BY(mutex_);
  Statement add_ ABSL_GUARDED_BY(mutex_);
  // An encoded result: memory that is used again.
  std::string bytes_ ABSL_GUARDED_BY(mutex_);
  absl::Time committed_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_JOURNAL_H_
