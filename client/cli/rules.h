// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/rules.h
//
// gongkai rules: lists the rules of the service's catalogue.

#ifndef GONGKAI_CLIENT_CLI_RULES_H_
#define GONGKAI_CLIENT_CLI_RULES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "client/cli/arguments.h"
#include "client/cli/console.h"
#include "client/cli/language.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai::cli {

// A line a rule with its basis below it, and the version of the set.
std::string FormatRules(const v1::ListRulesResponse& rules, Language language);

// A line of JSON a rule (protobuf JSON of gongkai.v1.Rule).
std::string FormatRulesJsonl(const v1::ListRulesResponse& rules);

// Leaves the rules that are named, by id or by the beginning of an id and '*'.
// Errors: InvalidArgument with a sentence for people, if there is no such rule.
absl::Status KeepNamed(const std::vector<std::string>& names, Language language,
                       v1::ListRulesResponse* rules);

// The exit status of the program, as in client/cli/check.h.
int RunRules(const Arguments& arguments, const Console& console);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_RULES_H_
