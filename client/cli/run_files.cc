// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/run_files.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/internal/utf8.h"

namespace gongkai::cli {

absl::StatusOr<std::unique_ptr<RunFiles>> RunFiles::Open(
    const Arguments& arguments, const Client& client) {
  const auto capabilities = client.GetCapabilities();
  if (!capabilities.ok()) return capabilities.status();
  const auto templates = client.ListTemplates();
  if (!templates.ok()) return templates.status();
  ExportOptions options;
  options.language = arguments.language;
  options.wide = arguments.wide;
  options.spreadsheet_csv = arguments.spreadsheet_csv;
  auto exporter = Exporter::Open(arguments.exports, *templates, options);
  if (!exporter.ok()) return exporter.status();
  std::unique_ptr<ReviewWriter> review;
  if (!arguments.html.empty()) {
    const auto rules = client.ListRules();
    if (!rules.ok()) return rules.status();
    auto opened = ReviewWriter::Open(arguments.html, *templates, *rules,
                                     arguments.language);
    if (!opened.ok()) return opened.status();
    review = *std::move(opened);
  }
  // Beside the first of the tables, or the pages.
  const std::string& beside = arguments.exports.empty()
                                  ? review->directory()
                                  : arguments.exports.front();
  auto journal =
      Journal::Open(absl::StrCat(beside, ".journal"), arguments.resume,
                    absl::StrCat(capabilities->version(), " ",
                                 capabilities->rule_set_version()));
  if (!journal.ok()) return journal.status();
  return std::unique_ptr<RunFiles>(
      new RunFiles(arguments.resume, *std::move(exporter), std::move(review),
                   *std::move(journal)));
}

std::optional<v1::ProcessResponse> RunFiles::Recall(
    int index, const v1::ProcessRequest& request) {
  std::string key = journal_->KeyOf(request);
  std::optional<v1::ProcessResponse> response;
  if (resume_) response = journal_->Find(key);
  absl::MutexLock lock(&mutex_);
  if (response.has_value()) {
    ++recalled_;
  } else {
    keys_[index] = std::move(key);
  }
  return response;
}

absl::Status RunFiles::Keep(int index, const v1::ProcessResponse& response) {
  std::string key;
  {
    absl::MutexLock lock(&mutex_);
    const auto found = keys_.find(index);
    // One that was recalled, or could not be read.
    if (found == keys_.end()) return absl::OkStatus();
    key = std::move(found->second);
    keys_.erase(found);
  }
  return journal_->Add(key, response);
}

int RunFiles::recalled() const {
  absl::MutexLock lock(&mutex_);
  return recalled_;
}

absl::Status RunFiles::Write(int index, const std::string& path,
                             const v1::ProcessResponse& response) {
  const std::string name = internal::ToUtf8(path);
  const ExportedDocument document = {index + 1, name, &response};
  if (absl::Status status = exporter_->Write(document); !status.ok()) {
    return status;
  }
  return review_ == nullptr ? absl::OkStatus() : review_->Write(document);
}

absl::Status RunFiles::Complete() {
  if (absl::Status status = exporter_->Finish(); !status.ok()) return status;
  if (review_ != nullptr) {
    if (absl::Status status = review_->Finish(); !status.ok()) return status;
  }
  journal_->Remove();
  return absl::OkStatus();
}

absl::Status RunFiles::Abandon() {
  if (absl::Status status = exporter_->FinishAside(); !status.ok()) {
    return status;
  }
  return review_ == nullptr ? absl::OkStatus() : review_->FinishAside();
}

std::string RunFiles::partial_files() const {
  std::vector<std::string> files = exporter_->partial_files();
  if (review_ != nullptr) files.push_back(review_->partial_directory());
  return absl::StrJoin(files, ", ");
}

}  // namespace gongkai::cli
