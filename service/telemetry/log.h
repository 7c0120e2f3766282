// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/telemetry/log.h
//
// Lines for operators on standard error: what happened, and the facts about it
// as fields. Never what is in a document, and never the name of its file.
//
//   LogEvent(LogLevel::kWarning, "a worker died",
//            {{"pid", pid}, {"cause", exit.ToString()}});
//
// As text, for people and for journals that note the time themselves:
//
//   gongkaid: warning: a worker died pid=4711 cause="signal 11"
//
// As JSON, an object a line:
//
//   {"time":"2026-01-31T08:00:00.123Z","level":"warning",
//    "message":"a worker died","pid":4711,"cause":"signal 11"}

#ifndef GONGKAI_SERVICE_TELEMETRY_LOG_H_
#define GONGKAI_SERVICE_TELEMETRY_LOG_H_

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace gongkai::service {

enum class LogLevel { kDebug, kInfo, kWarning, kError };
enum class LogFormat { kText, kJson };

struct LogField {
  LogField(std::string_view key, std::string_view value)
      : key(key), value(std::string(value)) {}
  LogField(std::string_view key, const char* value)
      : key(key), value(std::string(value)) {}
  LogField(std::string_view key, std::integral auto value)
      : key(key), value(static_cast<int64_t>(value)) {}
  LogField(std::string_view key, double value) : key(key), value(value) {}

  std::string_view key;
  std::variant<std::string, int64_t, double> value;
};

// Lines below `level` are left out. From here on lines are written by a thread
// of their own, so that nobody waits for whoever reads them: where they come
// faster than they are read the oldest are lost. Without this call lines from
// kInfo on are written as text, each by the thread that logs it.
void ConfigureLog(LogLevel level, LogFormat format);

// Writes what is left, for the end of the program; later lines are written as
// without ConfigureLog().
void FlushLog();

// Whether lines of this level are written.
bool LogEnabled(LogLevel level);

// Thread-safe. Bytes that are not text are escaped or replaced.
void LogEvent(LogLevel level, std::string_view message,
              std::initializer_list<LogField> fields = {});

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_TELEMETRY_LOG_H_
