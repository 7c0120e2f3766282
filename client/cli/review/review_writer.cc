// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/review/review_writer.h"

#include <fcntl.h>
#include <stdio.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace gongkai::cli {
namespace {

namespace fs = std::filesystem;

// Of a document's name, in the name of its page: enough to be told apart by
// people; the number does it for programs.
constexpr size_t kMaxSlug = 48;

constexpr char kIndex[] = "index.html";
constexpr char kReports[] = "reports";

absl::Status CannotWrite(const std::string& path, int error) {
  return absl::ErrnoToStatus(error, absl::StrCat("cannot write ", path));
}

// Whether nothing is lost with it: it is not there, is empty, or is a review.
bool MayReplace(const std::string& directory) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(directory, error);
  if (!fs::exists(status)) return true;
  if (!fs::is_directory(status)) return false;
  std::ifstream index(fs::path(directory) / kIndex, std::ios::binary);
  // Nothing is there, or what a run leaves that is killed when it has just
  // begun.
  const bool alone = std::all_of(fs::directory_iterator(directory, error),
                                 fs::directory_iterator(),
                                 [](const fs::directory_entry& entry) {
                                   return entry.path().filename() == kIndex;
                                 });
  if (alone && (!index || index.peek() == EOF)) return true;
  std::string beginning(review::kPageBeginning, '\0');
  index.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  return review::IsReviewPage(beginning);
}

absl::Status CheckMayReplace(const std::string& directory) {
  if (MayReplace(directory)) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      directory,
      " is there and is not a review: --html wants a directory of its own"));
}

// The index goes last: by it the rest is known as a review.
std::error_code Remove(const std::string& directory) {
  std::error_code error;
  fs::remove_all(fs::path(directory) / kReports, error);
  if (!error) fs::remove_all(directory, error);
  return error;
}

// "a/b/" as "a/b".
std::string WithoutSlash(std::string directory) {
  while (directory.size() > 1 && directory.back() == '/') directory.pop_back();
  return directory;
}

// Puts `from` in the place of `to`. What was there is in `from` afterwards, or
// gone where the file system cannot exchange two names.
absl::Status MoveIntoPlace(const std::string& from, const std::string& to) {
  if (rename(from.c_str(), to.c_str()) == 0) return absl::OkStatus();
  // There is a review.
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(),
                RENAME_EXCHANGE) == 0) {
    return absl::OkStatus();
  }
  Remove(to);
  if (rename(from.c_str(), to.c_str()) == 0) return absl::OkStatus();
  return absl::ErrnoToStatus(errno,
                             absl::StrCat("cannot move ", from, " to ", to));
}

}  // namespace

std::string PageName(int64_t number, std::string_view path) {
  const fs::path name(path);
  std::string slug;
  for (const char c : name.stem().string()) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) {
      slug += absl::ascii_tolower(static_cast<unsigned char>(c));
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
    if (slug.size() == kMaxSlug) break;
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  return absl::StrCat(absl::StrFormat("%06d", number), slug.empty() ? "" : "-",
                      slug, ".html");
}

ReviewWriter::ReviewWriter(std::string directory,
                           const v1::ListTemplatesResponse& templates,
                           const v1::ListRulesResponse& rules,
                           Language language)
    : directory_(std::move(directory)),
      partial_(absl::StrCat(directory_, ".partial")),
      rules_(review::RulesOf(rules)),
      report_page_(review::PageKind::kReport),
      index_page_(review::PageKind::kIndex),
      report_data_(templates, &rules_, language),
      index_data_(&rules_, language) {}

absl::StatusOr<std::unique_ptr<ReviewWriter>> ReviewWriter::Open(
    const std::string& directory, const v1::ListTemplatesResponse& templates,
    const v1::ListRulesResponse& rules, Language language) {
  auto writer = std::unique_ptr<ReviewWriter>(
      new ReviewWriter(WithoutSlash(directory), templates, rules, language));
  for (const std::string& path : {writer->directory_, writer->partial_}) {
    if (absl::Status status = CheckMayReplace(path); !status.ok()) {
      return status;
    }
  }
  std::error_code error = Remove(writer->partial_);
  if (!error) fs::create_directory(writer->partial_, error);
  if (error) return CannotWrite(writer->partial_, error.value());
  // The index comes first: by it the rest is known as a review.
  writer->index_.open(fs::path(writer->partial_) / kIndex, std::ios::binary);
  writer->index_ << writer->index_page_.before_data() << std::flush;
  if (absl::Status status = writer->Append(writer->index_data_.Begin());
      !status.ok()) {
    return status;
  }
  fs::create_directory(fs::path(writer->partial_) / kReports, error);
  if (error) return CannotWrite(writer->partial_, error.value());
  return writer;
}

absl::Status ReviewWriter::Append(std::string json) {
  index_ << review::EscapedForScript(std::move(json));
  return index_ ? absl::OkStatus()
                : CannotWrite(absl::StrCat(partial_, "/", kIndex), errno);
}

absl::Status ReviewWriter::Write(const ExportedDocument& document) {
  const std::string name =
      absl::StrCat(kReports, "/", PageName(document.number, document.path));
  const std::string file = absl::StrCat(partial_, "/", name);
  std::ofstream page(file, std::ios::binary);
  page << report_page_.before_data()
       << review::EscapedForScript(report_data_.Json(document))
       << report_page_.after_data();
  page.close();
  if (!page) return CannotWrite(file, errno);
  return Append(index_data_.Row(document, name));
}

absl::Status ReviewWriter::FinishAside() {
  if (absl::Status status = Append(index_data_.End()); !status.ok()) {
    return status;
  }
  index_ << index_page_.after_data();
  index_.close();
  return index_ ? absl::OkStatus()
                : CannotWrite(absl::StrCat(partial_, "/", kIndex), errno);
}

absl::Status ReviewWriter::Finish() {
  if (absl::Status status = FinishAside(); !status.ok()) return status;
  if (absl::Status status = MoveIntoPlace(partial_, directory_); !status.ok()) {
    return status;
  }
  // What was in its place until now.
  Remove(partial_);
  return absl::OkStatus();
}

}  // namespace gongkai::cli
