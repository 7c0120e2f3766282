// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/paths.h
//
// From the paths of the command line to documents and their bytes.

#ifndef GONGKAI_CLIENT_CLI_PATHS_H_
#define GONGKAI_CLIENT_CLI_PATHS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace gongkai::cli {

// The path that means the standard input.
inline constexpr char kStandardInput[] = "-";

// A directory below the given ones that has a file of this name is left out.
inline constexpr char kIgnored[] = ".gongkaiignore";

struct Expansion {
  // Files in the order of the arguments; those of a directory sorted by name.
  std::vector<std::string> documents;
  // A path that is not there or a directory that cannot be read, each with the
  // reason.
  std::vector<std::string> errors;
};

// Replaces archives (archive.h) by the files in them, and directories by the
// regular files in them, at any depth, without hidden files and directories.
// Follows symbolic links; a directory that is reached twice within one argument
// is read once, so loops end. Other arguments stay as given, whatever kind of
// file they name.
Expansion ExpandPaths(const std::vector<std::string>& arguments);

// Reads a file or the standard input, but never more than `limit` bytes.
// Errors: OutOfRange if there is more; NotFound, PermissionDenied, … as the
// system says, with the reason as message.
absl::StatusOr<std::string> ReadDocument(const std::string& path,
                                         int64_t limit);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_PATHS_H_
