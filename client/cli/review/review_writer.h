// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/review/review_writer.h
//
// gongkai check --html=DIR: a directory to be looked at in a browser, without
// any server. index.html lists what was checked; reports/ has a page a
// document, each complete in itself.

#ifndef GONGKAI_CLIENT_CLI_REVIEW_REVIEW_WRITER_H_
#define GONGKAI_CLIENT_CLI_REVIEW_REVIEW_WRITER_H_

#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/cli/export/tables.h"
#include "client/cli/language.h"
#include "client/cli/review/index_data.h"
#include "client/cli/review/page.h"
#include "client/cli/review/report_data.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai::cli {

// What a document's page is called: its number and what of the document's name
// is safe in every file system and address, such as "000012-report-2024.html".
// No two documents have the same.
std::string PageName(int64_t number, std::string_view path);

// Thread-compatible. Memory does not grow with the documents.
class ReviewWriter {
 public:
  // Begins to write `directory` aside, as "directory.partial", over what an
  // earlier run left there. A review that is in `directory` stays until Finish.
  // Errors: FailedPrecondition if there is something else in one of them, which
  // is never touched; as the system says.
  static absl::StatusOr<std::unique_ptr<ReviewWriter>> Open(
      const std::string& directory, const v1::ListTemplatesResponse& templates,
      const v1::ListRulesResponse& rules, Language language);

  ReviewWriter(const ReviewWriter&) = delete;
  ReviewWriter& operator=(const ReviewWriter&) = delete;

  // Writes a document's page and its line of the index. Documents come in
  // order, each once. Errors: as the system says, such as a full disk.
  absl::Status Write(const ExportedDocument& document);

  // Completes the index and moves the directory into place; an older review
  // goes.
  absl::Status Finish();

  // Completes the index and leaves the directory aside.
  absl::Status FinishAside();

  // Where it will be, without a slash at the end.
  const std::string& directory() const { return directory_; }
  // Where it is until Finish.
  const std::string& partial_directory() const { return partial_; }

 private:
  ReviewWriter(std::string directory,
               const v1::ListTemplatesResponse& templates,
               const v1::ListRulesResponse& rules, Language language);

  absl::Status Append(std::string json);

  const std::string directory_;
  const std::string partial_;
  const review::Rules rules_;
  const review::Page report_page_;
  const review::Page index_page_;
  const review::ReportData report_data_;
  review::IndexData index_data_;
  std::ofstream index_;
};

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_REVIEW_REVIEW_WRITER_H_
