// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/journal.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace gongkai::cli {
namespace {

// How long a result may be unsafe: a commit costs a millisecond.
constexpr absl::Duration kCommitInterval = absl::Seconds(1);
// The file beside the database makes each commit whole, also where the process
// is killed in it; it holds the pages that were there before and change, which
// are few. A result is kept as it is: it has 16 KB, and packing them costs more
// than writing them.
constexpr char kBegin[] = R"sql(
PRAGMA journal_mode = DELETE;
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS results (
  key BLOB PRIMARY KEY,
  response BLOB NOT NULL
);
BEGIN;
)sql";

// Whether the same document would be answered so again.
bool IsLasting(v1::Outcome outcome) {
  switch (outcome) {
    case v1::OUTCOME_OK:
    case v1::OUTCOME_PARTIAL:
    case v1::OUTCOME_NOT_A_REPORT:
    case v1::OUTCOME_UNSUPPORTED_FORMAT:
    case v1::OUTCOME_UNSUPPORTED_TEMPLATE:
    case v1::OUTCOME_MALFORMED:
    case v1::OUTCOME_TOO_LARGE:
    case v1::OUTCOME_LIMIT_EXCEEDED:
      return true;
    default:
      return false;
  }
}

void RemoveFiles(const std::string& file) {
  for (const char* suffix : {"", "-journal"}) {
    std::remove(absl::StrCat(file, suffix).c_str());
  }
}

}  // namespace

Journal::Journal(std::string file, std::string version)
    : file_(std::move(file)), version_(std::move(version)) {}

Journal::~Journal() {
  absl::MutexLock lock(&mutex_);
  (void)Commit();
  CloseDatabase();
}

absl::StatusOr<std::unique_ptr<Journal>> Journal::Open(
    const std::string& file, bool resume, const std::string& version) {
  auto journal = std::unique_ptr<Journal>(new Journal(file, version));
  absl::MutexLock lock(&journal->mutex_);
  if (absl::Status status = journal->OpenDatabase(resume); !status.ok()) {
    return status;
  }
  return journal;
}

absl::Status Journal::OpenDatabase(bool resume) {
  if (!resume) RemoveFiles(file_);
  sqlite3* database = nullptr;
  const int opened =
      sqlite3_open_v2(file_.c_str(), &database,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                          // mutex_ does.
                          SQLITE_OPEN_NOMUTEX,
                      nullptr);
  database_.reset(database);
  if (opened != SQLITE_OK || sqlite3_exec(database_.get(), kBegin, nullptr,
                                          nullptr, nullptr) != SQLITE_OK) {
    return Error();
  }
  find_ = Prepare(database_, "SELECT response FROM results WHERE key=?");
  add_ = Prepare(database_, "INSERT OR REPLACE INTO results VALUES (?,?)");
  if (find_ == nullptr || add_ == nullptr) return Error();
  committed_ = absl::Now();
  return absl::OkStatus();
}

std::string Journal::KeyOf(const v1::ProcessRequest& request) const {
  v1::ProcessRequest parts;
  *parts.mutable_options() = request.options();
  parts.mutable_document()->set_file_name(request.document().file_name());
  parts.mutable_document()->set_year(request.document().year());
  if (request.has_previous_document()) {
    *parts.mutable_previous_document() = request.previous_document();
  }
  const std::string about = parts.SerializeAsString();
  const std::string& content = request.document().content();
  // The only part without its length stands last.
  const std::string before =
      absl::StrCat(version_, "\n", about.size(), "\n", about);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> hash(
      EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::string key(SHA256_DIGEST_LENGTH, '\0');
  EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr);
  EVP_DigestUpdate(hash.get(), before.data(), before.size());
  EVP_DigestUpdate(hash.get(), content.data(), content.size());
  EVP_DigestFinal_ex(hash.get(), reinterpret_cast<unsigned char*>(key.data()),
                     nullptr);
  return key;
}

std::optional<v1::ProcessResponse> Journal::Find(const std::string& key) {
  absl::MutexLock lock(&mutex_);
  sqlite3_bind_blob(find_.get(), 1, key.data(), static_cast<int>(key.size()),
                    SQLITE_STATIC);
  std::optional<v1::ProcessResponse> response;
  if (sqlite3_step(find_.get()) == SQLITE_ROW &&
      !response.emplace().ParseFromArray(
          sqlite3_column_blob(find_.get(), 0),
          sqlite3_column_bytes(find_.get(), 0))) {
    response.reset();
  }
  sqlite3_reset(find_.get());
  return response;
}

absl::Status Journal::Add(const std::string& key,
                          const v1::ProcessResponse& response) {
  if (!IsLasting(response.outcome())) return absl::OkStatus();
  absl::MutexLock lock(&mutex_);
  response.SerializeToString(&bytes_);
  sqlite3_bind_blob(add_.get(), 1, key.data(), static_cast<int>(key.size()),
                    SQLITE_STATIC);
  sqlite3_bind_blob(add_.get(), 2, bytes_.data(),
                    static_cast<int>(bytes_.size()), SQLITE_STATIC);
  const int result = sqlite3_step(add_.get());
  sqlite3_reset(add_.get());
  if (result != SQLITE_DONE) return Error();
  return absl::Now() - committed_ < kCommitInterval ? absl::OkStatus()
                                                    : Commit();
}

int64_t Journal::size() {
  absl::MutexLock lock(&mutex_);
  const Statement count = Prepare(database_, "SELECT count(*) FROM results");
  return count != nullptr && sqlite3_step(count.get()) == SQLITE_ROW
             ? sqlite3_column_int64(count.get(), 0)
             : 0;
}

void Journal::Remove() {
  absl::MutexLock lock(&mutex_);
  CloseDatabase();
  RemoveFiles(file_);
}

absl::Status Journal::Commit() {
  if (database_ == nullptr) return absl::OkStatus();
  committed_ = absl::Now();
  return sqlite3_exec(database_.get(), "COMMIT; BEGIN;", nullptr, nullptr,
                      nullptr) == SQLITE_OK
             ? absl::OkStatus()
             : Error();
}

void Journal::CloseDatabase() {
  find_ = nullptr;
  add_ = nullptr;
  database_ = nullptr;
}

absl::Status Journal::Error() const {
  return absl::UnknownError(absl::StrCat("cannot keep what is done in ", file_,
                                         ": ",
                                         sqlite3_errmsg(database_.get())));
}

}  // namespace gongkai::cli
