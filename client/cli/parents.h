// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/parents.h
//
// Which body is above which, from a file.

#ifndef GONGKAI_CLIENT_CLI_PARENTS_H_
#define GONGKAI_CLIENT_CLI_PARENTS_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "client/cli/language.h"

namespace gongkai::cli {

// Of each line a path, a tab, and the name of the body above; empty lines and
// lines that begin with '#' are skipped. The path is that of a document, or of
// a directory for all documents in it, as the command line leads to them.
class Parents {
 public:
  Parents() = default;

  // Errors: InvalidArgument with file and line; as the system says if the file
  // cannot be read.
  static absl::StatusOr<Parents> Load(const std::string& file,
                                      Language language);

  // The body above the document's: of the longest path that leads to it; empty
  // if there is none.
  std::string Of(const std::string& document) const;

 private:
  // By path, without a slash at the end.
  std::map<std::string, std::string> bodies_;
};

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_PARENTS_H_
