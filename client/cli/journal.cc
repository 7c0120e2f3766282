// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/journal.h"

#include <openssl/sha.h>
#include <zstd.h>

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
// Results are 12 KB and packed to a sixth in no time at the lowest level.
constexpr int kCompressionLevel = 1;
// No result is larger (some ten times the largest of a report); what claims to
// be is no result of ours.
constexpr size_t kMaxResultBytes = 64 << 20;

// The log beside the database makes each commit whole, also where the process
// is killed in it.
constexpr char kBegin[] = R"sql(
PRAGMA journal_mode = WAL;
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

std::optional<v1::ProcessResponse> Unpacked(const void* data, size_t size) {
  const unsigned long long length = ZSTD_getFrameContentSize(data, size);
  if (length > kMaxResultBytes) return std::nullopt;
  std::string bytes(length, '\0');
  if (ZSTD_decompress(bytes.data(), bytes.size(), data, size) != length) {
    return std::nullopt;
  }
  v1::ProcessResponse response;
  if (!response.ParseFromString(bytes)) return std::nullopt;
  return response;
}

void RemoveFiles(const std::string& file) {
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::remove(absl::StrCat(file, suffix).c_str());
  }
}

}  // namespace

Journal::Journal(std::string file, std::string version)
    : file_(std::move(file)),
      version_(std::move(version)),
      compressor_(ZSTD_createCCtx(),
                  [](ZSTD_CCtx_s* context) { ZSTD_freeCCtx(context); }) {}

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
  const std::string all = absl::StrCat(version_, "\n", about.size(), "\n",
                                       about, request.document().content());
  std::string key(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(all.data()), all.size(),
         reinterpret_cast<unsigned char*>(key.data()));
  return key;
}

std::optional<v1::ProcessResponse> Journal::Find(const std::string& key) {
  absl::MutexLock lock(&mutex_);
  sqlite3_bind_blob(find_.get(), 1, key.data(), static_cast<int>(key.size()),
                    SQLITE_STATIC);
  std::optional<v1::ProcessResponse> response;
  if (sqlite3_step(find_.get()) == SQLITE_ROW) {
    response =
        Unpacked(sqlite3_column_blob(find_.get(), 0),
                 static_cast<size_t>(sqlite3_column_bytes(find_.get(), 0)));
  }
  sqlite3_reset(find_.get());
  return response;
}

absl::Status Journal::Add(const std::string& key,
                          const v1::ProcessResponse& response) {
  if (!IsLasting(response.outcome())) return absl::OkStatus();
  absl::MutexLock lock(&mutex_);
  const std::string packed = Packed(response);
  sqlite3_bind_blob(add_.get(), 1, key.data(), static_cast<int>(key.size()),
                    SQLITE_STATIC);
  sqlite3_bind_blob(add_.get(), 2, packed.data(),
                    static_cast<int>(packed.size()), SQLITE_STATIC);
  const int result = sqlite3_step(add_.get());
  sqlite3_reset(add_.get());
  if (result != SQLITE_DONE) return Error();
  return absl::Now() - committed_ < kCommitInterval ? absl::OkStatus()
                                                    : Commit();
}

std::string Journal::Packed(const v1::ProcessResponse& response) {
  const std::string bytes = response.SerializeAsString();
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  packed.resize(ZSTD_compressCCtx(compressor_.get(), packed.data(),
                                  packed.size(), bytes.data(), bytes.size(),
                                  kCompressionLevel));
  return packed;
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
