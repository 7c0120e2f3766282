// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/check.h
//
// gongkai check: reads documents, has them checked, prints results in the
// order of the documents.

#ifndef GONGKAI_CLIENT_CLI_CHECK_H_
#define GONGKAI_CLIENT_CLI_CHECK_H_

#include "client/cli/arguments.h"
#include "client/cli/console.h"

namespace gongkai::cli {

// The exit status of the program.
enum ExitStatus {
  // No finding of severity ERROR.
  kExitClean = 0,
  // There are some.
  kExitErrors = 1,
  // A document could not be processed, or bad usage. Goes before kExitErrors.
  kExitFailed = 2,
  // Ctrl-C, as shells say it: 128 and the signal; 143 for SIGTERM.
  kExitInterrupted = 130,
  // Nobody reads the output any more, as if SIGPIPE had ended the program.
  kExitBrokenPipe = 141,
};

int RunCheck(const Arguments& arguments, const Console& console);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_CHECK_H_
