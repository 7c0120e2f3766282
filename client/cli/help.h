// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/help.h
//
// What --help says.

#ifndef GONGKAI_CLIENT_CLI_HELP_H_
#define GONGKAI_CLIENT_CLI_HELP_H_

#include "client/cli/arguments.h"
#include "client/cli/language.h"

namespace gongkai::cli {

const char* HelpText(Command topic, Language language);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_HELP_H_
