// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/review/page_files.h
//
// The files of client/cli/review/page as they were when the program was built.
// Private to the review page.

#ifndef GONGKAI_CLIENT_CLI_REVIEW_PAGE_FILES_H_
#define GONGKAI_CLIENT_CLI_REVIEW_PAGE_FILES_H_

#include "absl/types/span.h"

namespace gongkai::cli::review {

struct BuiltinFile {
  const char* name;
  const char* text;
};

// Defined in a source file that embed_files.cmake writes.
absl::Span<const BuiltinFile> BuiltinFiles();

}  // namespace gongkai::cli::review

#endif  // GONGKAI_CLIENT_CLI_REVIEW_PAGE_FILES_H_
