// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/builtin_data.h
//
// The files of worker/catalog/data as they were when the program was built, in
// the order in which they are merged. Private to the catalogue.

#ifndef GONGKAI_WORKER_CATALOG_BUILTIN_DATA_H_
#define GONGKAI_WORKER_CATALOG_BUILTIN_DATA_H_

#include "absl/types/span.h"

namespace gongkai::catalog {

struct BuiltinFile {
  const char* name;
  const char* text;
};

// Defined in a source file that embed_files.cmake writes.
absl::Span<const BuiltinFile> BuiltinFiles();

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_BUILTIN_DATA_H_
