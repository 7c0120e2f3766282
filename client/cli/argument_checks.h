// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/argument_checks.h
//
// Which arguments of `gongkai` go together.

#ifndef GONGKAI_CLIENT_CLI_ARGUMENT_CHECKS_H_
#define GONGKAI_CLIENT_CLI_ARGUMENT_CHECKS_H_

#include "absl/status/status.h"
#include "client/cli/arguments.h"

namespace gongkai::cli {

// Spelled as gongkaid and gongkai-worker spell it.
inline constexpr char kWithoutSandbox[] = "--dangerously-run-without-sandbox";

// Errors: InvalidArgument with a sentence for people, in the arguments'
// language.
absl::Status CheckTogether(const Arguments& arguments);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_ARGUMENT_CHECKS_H_
