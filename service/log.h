// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/log.h
//
// One line on standard error for what an operator should know.

#ifndef GONGKAI_SERVICE_LOG_H_
#define GONGKAI_SERVICE_LOG_H_

#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace gongkai::service {

// Thread-safe: a line is one write.
template <typename... Args>
void Log(const Args&... args) {
  const std::string line = absl::StrCat("gongkaid: ", args..., "\n");
  (void)!write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_LOG_H_
