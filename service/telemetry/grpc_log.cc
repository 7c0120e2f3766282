// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/telemetry/grpc_log.h"

#include <grpc/support/log.h>

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/telemetry/log.h"

namespace gongkai::service {
namespace {

using Handler = std::function<bool(std::string_view)>;

// Lives for ever, as gRPC's threads do.
Handler* handler = nullptr;

void Forward(gpr_log_func_args* args) {
  // The program ends with the next step: nothing must wait to be written.
  if (std::string_view(args->message).find("assertion failed") !=
      std::string_view::npos) {
    FlushLog();
  }
  if ((*handler)(args->message)) return;
  // What gRPC calls information is of use to its developers.
  const LogLevel level = args->severity == GPR_LOG_SEVERITY_ERROR
                             ? LogLevel::kWarning
                             : LogLevel::kDebug;
  if (!LogEnabled(level)) return;
  LogEvent(level, args->message,
           {{"source", "grpc"},
            {"line", absl::StrCat(args->file, ":", args->line)}});
}

}  // namespace

void ForwardGrpcLog(Handler handled) {
  handler = new Handler(std::move(handled));
  gpr_set_log_function(&Forward);
  gpr_set_log_verbosity(LogEnabled(LogLevel::kDebug) ? GPR_LOG_SEVERITY_DEBUG
                                                     : GPR_LOG_SEVERITY_ERROR);
}

}  // namespace gongkai::service
