// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/access/files.h
//
// Small files that an operator names: read whole, and watched for change.

#ifndef GONGKAI_SERVICE_ACCESS_FILES_H_
#define GONGKAI_SERVICE_ACCESS_FILES_H_

#include <string>

#include "absl/status/statusor.h"

namespace gongkai::service {

// Errors: as the system has them, with the file's name; InvalidArgument for one
// that is larger than any such file.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// Changes whenever the file at this path does, or a link on the way to it.
std::string FileStamp(const std::string& path);

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_ACCESS_FILES_H_
