// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/telemetry/log.h"

#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace gongkai::service {
namespace {

// Lines that wait to be written, of some hundred bytes each.
constexpr size_t kMaxWaitingLines = 4096;

// A worker that dies may have printed much, and callers choose ids.
constexpr size_t kMaxValueBytes = 4096;

constexpr const char* kLevelNames[] = {"debug", "info", "warning", "error"};
constexpr spdlog::level::level_enum kSpdlogLevels[] = {
    spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
    spdlog::level::err};

std::shared_ptr<spdlog::logger> Prepared(
    std::shared_ptr<spdlog::logger> logger) {
  logger->set_pattern("%v");
  logger->set_level(spdlog::level::debug);
  return logger;
}

std::shared_ptr<spdlog::logger> DirectLogger() {
  return Prepared(std::make_shared<spdlog::logger>(
      "gongkaid", std::make_shared<spdlog::sinks::stderr_sink_mt>()));
}

// Where lines go. Lives for ever: threads may log until the very end.
struct Output {
  std::mutex mutex;
  // The thread that writes, if there is one.
  std::shared_ptr<spdlog::details::thread_pool> writer;
  std::shared_ptr<spdlog::logger> logger = DirectLogger();
  std::atomic<LogLevel> level{LogLevel::kInfo};
  std::atomic<LogFormat> format{LogFormat::kText};
};

Output& TheOutput() {
  static Output* const output = new Output();
  return *output;
}

std::string Dump(const nlohmann::ordered_json& value) {
  return value.dump(-1, ' ', false,
                    nlohmann::ordered_json::error_handler_t::replace);
}

std::string Shortened(std::string_view value) {
  return std::string(value.substr(0, kMaxValueBytes));
}

// As it is, if it is one word; else as JSON has it.
std::string TextValue(std::string_view value) {
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= ' ' || byte >= 0x7f || c == '"' || c == '=') {
      return Dump(Shortened(value));
    }
  }
  return value.empty() ? "\"\"" : Shortened(value);
}

// A message is one line, whatever was put into it.
std::string OneLine(std::string_view message) {
  std::string line = Shortened(message);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
  }
  return line;
}

std::string AsText(LogLevel level, std::string_view message,
                   std::initializer_list<LogField> fields) {
  std::string line = "gongkaid: ";
  if (level != LogLevel::kInfo) {
    absl::StrAppend(&line, kLevelNames[static_cast<int>(level)], ": ");
  }
  line += OneLine(message);
  for (const LogField& field : fields) {
    line.append(" ").append(field.key).append("=");
    if (const auto* text = std::get_if<std::string>(&field.value)) {
      line += TextValue(*text);
    } else if (const auto* number = std::get_if<int64_t>(&field.value)) {
      absl::StrAppend(&line, *number);
    } else {
      absl::StrAppend(&line, std::get<double>(field.value));
    }
  }
  return line;
}

std::string AsJson(LogLevel level, std::string_view message,
                   std::initializer_list<LogField> fields) {
  nlohmann::ordered_json line;
  line["time"] = absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(),
                                  absl::UTCTimeZone());
  line["level"] = kLevelNames[static_cast<int>(level)];
  line["message"] = Shortened(message);
  for (const LogField& field : fields) {
    auto& value = line[std::string(field.key)];
    if (const auto* text = std::get_if<std::string>(&field.value)) {
      value = Shortened(*text);
    } else if (const auto* number = std::get_if<int64_t>(&field.value)) {
      value = *number;
    } else {
      value = std::get<double>(field.value);
    }
  }
  return Dump(line);
}

}  // namespace

void ConfigureLog(LogLevel level, LogFormat format) {
  Output& output = TheOutput();
  output.level = level;
  output.format = format;
  auto writer =
      std::make_shared<spdlog::details::thread_pool>(kMaxWaitingLines, 1);
  auto logger = Prepared(std::make_shared<spdlog::async_logger>(
      "gongkaid", std::make_shared<spdlog::sinks::stderr_sink_mt>(), writer,
      spdlog::async_overflow_policy::overrun_oldest));
  const std::scoped_lock lock(output.mutex);
  output.logger = std::move(logger);
  output.writer = std::move(writer);
}

void FlushLog() {
  Output& output = TheOutput();
  std::shared_ptr<spdlog::details::thread_pool> writer;
  {
    const std::scoped_lock lock(output.mutex);
    output.logger = DirectLogger();
    writer = std::move(output.writer);
  }
  // Its destructor writes what waits and joins its thread.
  writer.reset();
}

bool LogEnabled(LogLevel level) { return level >= TheOutput().level; }

void LogEvent(LogLevel level, std::string_view message,
              std::initializer_list<LogField> fields) {
  Output& output = TheOutput();
  if (level < output.level) return;
  const std::string line = output.format == LogFormat::kJson
                               ? AsJson(level, message, fields)
                               : AsText(level, message, fields);
  std::shared_ptr<spdlog::logger> logger;
  {
    const std::scoped_lock lock(output.mutex);
    logger = output.logger;
  }
  logger->log(kSpdlogLevels[static_cast<int>(level)],
              spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace gongkai::service
