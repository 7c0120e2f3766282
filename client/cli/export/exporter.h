// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/export/exporter.h
//
// All files of gongkai check --export: opened aside, filled together, moved
// into place once they are complete.

#ifndef GONGKAI_CLIENT_CLI_EXPORT_EXPORTER_H_
#define GONGKAI_CLIENT_CLI_EXPORT_EXPORTER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/cli/export/table_writer.h"

namespace gongkai::cli {

// Whether a file's name ends as one of the formats: .csv, .jsonl, .sqlite
// (.db), .xlsx.
bool IsExportName(const std::string& file);

// Thread-compatible.
class Exporter {
 public:
  // Begins to write each of `files` aside: "out.csv" as "out.partial.csv", over
  // whatever an earlier run left there. Names must be IsExportName.
  // Errors: InvalidArgument if two of them would write the same file; as the
  // system says.
  static absl::StatusOr<std::unique_ptr<Exporter>> Open(
      const std::vector<std::string>& files,
      const v1::ListTemplatesResponse& templates, const ExportOptions& options);

  Exporter(const Exporter&) = delete;
  Exporter& operator=(const Exporter&) = delete;

  // As TableWriter::Write, into every file.
  absl::Status Write(const ExportedDocument& document);

  // Completes the files and moves them into place, over older ones.
  absl::Status Finish();

  // Completes the files and leaves them aside, for who wants what is done.
  absl::Status FinishAside();

  // Where the files are until Finish.
  std::vector<std::string> partial_files() const;

 private:
  struct Output {
    std::string file;
    std::string partial;
    std::unique_ptr<TableWriter> writer;
  };

  explicit Exporter(FormLabels labels) : labels_(std::move(labels)) {}

  const FormLabels labels_;
  std::vector<Output> outputs_;
};

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_EXPORT_EXPORTER_H_
