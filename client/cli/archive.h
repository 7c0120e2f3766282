// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/archive.h
//
// Zip archives of documents, read as if they were directories: the entry "b/c"
// of "a.zip" is the document "a.zip/b/c".

#ifndef GONGKAI_CLIENT_CLI_ARCHIVE_H_
#define GONGKAI_CLIENT_CLI_ARCHIVE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

struct zip;

namespace gongkai::cli {

// Whether the path names a file that is an archive of documents: its name ends
// in .zip, and it is no Word file, which is a zip archive itself.
bool IsArchive(const std::string& path);

// Thread-compatible.
class Archive {
 public:
  // Errors: InvalidArgument for what is no zip archive or a damaged one.
  static absl::StatusOr<std::unique_ptr<Archive>> Open(const std::string& path);
  ~Archive();

  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  const std::string& path() const { return path_; }

  // The names of its files, sorted, without directories and what is hidden. In
  // UTF-8, whether they were written so or in GB18030, as Windows does in
  // China; a name that occurs again gets a number, "c#2".
  std::vector<std::string> names() const;

  // An entry's bytes, never more than `limit` whatever the archive claims.
  // Errors: OutOfRange if there are more; NotFound; PermissionDenied for one
  // that is encrypted; DataLoss for one that is damaged.
  absl::StatusOr<std::string> Read(const std::string& name, int64_t limit);

 private:
  Archive(std::string path, zip* archive);

  const std::string path_;
  zip* const archive_;
  // Of the entries.
  std::map<std::string, uint64_t> indices_;
};

// Reads documents, whether files, entries of archives or the standard input.
// Thread-compatible.
class DocumentReader {
 public:
  // As ReadDocument (paths.h) and Archive::Read.
  absl::StatusOr<std::string> Read(const std::string& path, int64_t limit);

 private:
  // The archive that was read last: its neighbours are asked for next.
  std::unique_ptr<Archive> archive_;
};

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_ARCHIVE_H_
