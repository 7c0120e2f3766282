// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/run_files.h
//
// What gongkai check leaves on disk beside what it prints: the tables of
// --export, the pages of --html, and a journal by which an interrupted run is
// resumed.

#ifndef GONGKAI_CLIENT_CLI_RUN_FILES_H_
#define GONGKAI_CLIENT_CLI_RUN_FILES_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "client/cli/arguments.h"
#include "client/cli/export/exporter.h"
#include "client/cli/journal.h"
#include "client/cli/review/review_writer.h"
#include "client/client.h"

namespace gongkai::cli {

// Thread-safe, but for Write, Complete and Abandon, which are called from one
// thread at a time.
class RunFiles {
 public:
  // Opens what the arguments ask for; the service is asked for its forms,
  // its rules and its version.
  static absl::StatusOr<std::unique_ptr<RunFiles>> Open(
      const Arguments& arguments, const Client& client);

  // The result of a document that an earlier run finished, if it did and this
  // one resumes it. Else Keep is to follow, once it is there.
  std::optional<v1::ProcessResponse> Recall(int index,
                                            const v1::ProcessRequest& request);
  // Documents that need not be asked again when a run is resumed.
  absl::Status Keep(int index, const v1::ProcessResponse& response);
  // How many were recalled.
  int recalled() const;

  // Adds a document to the files, in order.
  absl::Status Write(int index, const std::string& path,
                     const v1::ProcessResponse& response);

  // All documents are written: the files come into place, the journal goes.
  absl::Status Complete();

  // They are not: what is done is left, in files of its own and in the
  // journal.
  absl::Status Abandon();

  // The files that Abandon leaves, for people.
  std::string partial_files() const;

 private:
  RunFiles(bool resume, std::unique_ptr<Exporter> exporter,
           std::unique_ptr<ReviewWriter> review,
           std::unique_ptr<Journal> journal)
      : resume_(resume),
        exporter_(std::move(exporter)),
        review_(std::move(review)),
        journal_(std::move(journal)) {}

  const bool resume_;
  const std::unique_ptr<Exporter> exporter_;
  // Null without --html.
  const std::unique_ptr<ReviewWriter> review_;
  const std::unique_ptr<Journal> journal_;

  mutable absl::Mutex mutex_;
  // Of the documents that have no result yet.
  absl::flat_hash_map<int, std::string> keys_ ABSL_GUARDED_BY(mutex_);
  int recalled_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_RUN_FILES_H_
