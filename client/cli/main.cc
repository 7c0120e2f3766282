// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "client/cli/arguments.h"
#include "client/cli/check.h"
#include "client/cli/collection.h"
#include "client/cli/console.h"
#include "client/cli/health.h"
#include "client/cli/help.h"
#include "client/cli/rules.h"
#include "grpc/grpc.h"
#include "grpc/support/log.h"

namespace gongkai::cli {
namespace {

int Print(const Console& console, const std::string& text) {
  return absl::IsAborted(WriteAll(console.out, text)) ? kExitBrokenPipe
                                                      : kExitClean;
}

int Main(const std::vector<std::string>& words) {
  const Console console = StandardConsole();
  const absl::StatusOr<Arguments> arguments = ParseArguments(words);
  if (!arguments.ok()) {
    (void)WriteAll(
        console.err,
        absl::StrCat(
            "gongkai: ", arguments.status().message(), "\n",
            Words{"用法见 gongkai --help", "See gongkai --help for usage"}.In(
                LanguageOfEnvironment()),
            "\n"));
    return kExitFailed;
  }
  switch (arguments->command) {
    case Command::kCheck:
      return arguments->collection ? RunCollection(*arguments, console)
                                   : RunCheck(*arguments, console);
    case Command::kRules:
      return RunRules(*arguments, console);
    case Command::kHealth:
      return RunHealth(*arguments, console);
    case Command::kVersion:
      return Print(console, "gongkai " GONGKAI_VERSION "\n");
    case Command::kHelp:
      break;
  }
  return Print(console, HelpText(arguments->topic, arguments->language));
}

}  // namespace
}  // namespace gongkai::cli

int main(int argc, char** argv) {
#ifdef NDEBUG
  // As in gongkaid (docs/decisions/0022-front.md): the service runs inside.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
#endif
  // A reader of our output that goes away is an error of write() instead.
  std::signal(SIGPIPE, SIG_IGN);
  // What gRPC logs means nothing to the people who use this; what matters comes
  // as a status.
  if (std::getenv("GRPC_VERBOSITY") == nullptr) {
    gpr_set_log_function([](gpr_log_func_args*) {});
  }
  // Held for good, so that gRPC never shuts down: where a write is pending, its
  // shutdown waits for a poll of up to 10 s, and the process ends anyway.
  grpc_init();
  return gongkai::cli::Main(std::vector<std::string>(argv + 1, argv + argc));
}
