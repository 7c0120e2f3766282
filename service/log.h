// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/log.h
//
// A line of the log without fields; see service/telemetry/log.h for the rest.

#ifndef GONGKAI_SERVICE_LOG_H_
#define GONGKAI_SERVICE_LOG_H_

#include "absl/strings/str_cat.h"
#include "service/telemetry/log.h"

namespace gongkai::service {

// Thread-safe.
template <typename... Args>
void Log(const Args&... args) {
  LogEvent(LogLevel::kInfo, absl::StrCat(args...));
}

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_LOG_H_
