// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/rules.h
//
// gongkai rules: lists the rules of the service's catalogue.

#ifndef GONGKAI_CLIENT_CLI_RULES_H_
#define GONGKAI_CLIENT_CLI_RULES_H_

#include <string>

#include "client/cli/arguments.h"
#include "client/cli/console.h"
#include "client/cli/language.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai::cli {

// A line a rule with its basis below it, and the version of the set.
std::string FormatRules(const v1::ListRulesResponse& rules, Language language);

// The exit status of the program, as in client/cli/check.h.
int RunRules(const Arguments& arguments, const Console& console);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_RULES_H_
