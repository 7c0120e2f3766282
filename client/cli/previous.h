// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/previous.h
//
// gongkai check --previous: which file holds last year's report of a document.

#ifndef GONGKAI_CLIENT_CLI_PREVIOUS_H_
#define GONGKAI_CLIENT_CLI_PREVIOUS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/cli/language.h"

namespace gongkai::cli {

class PreviousReports {
 public:
  // None: no document has one.
  PreviousReports() = default;

  // `path` is --previous: a file, for one document, or a directory. Errors:
  // InvalidArgument with a sentence for people.
  static absl::StatusOr<PreviousReports> Open(
      const std::string& path, const std::vector<std::string>& documents,
      Language language);

  // The file of last year's report of the document; empty if there is none. In
  // a directory it is the file that bears the document's name with every year
  // (20…) one less; if the name has no year, the file of the same name.
  std::string For(const std::string& document) const;

 private:
  std::string file_;
  std::string directory_;
};

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_PREVIOUS_H_
