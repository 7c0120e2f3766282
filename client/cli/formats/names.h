// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/formats/names.h
//
// Enum values as the formats print them: without the prefix of their enum.
// Thread-safe.

#ifndef GONGKAI_CLIENT_CLI_FORMATS_NAMES_H_
#define GONGKAI_CLIENT_CLI_FORMATS_NAMES_H_

#include <string_view>

#include "gongkai/v1/cell.pb.h"
#include "gongkai/v1/finding.pb.h"
#include "gongkai/v1/report.pb.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai::cli {

// "OK", "PARTIAL", …; "UNSPECIFIED" also for what this version does not know.
std::string_view Name(v1::Outcome outcome);
// "VALUE", "BLANK", …
std::string_view Name(v1::CellState state);
// "PASS", "FAIL", …
std::string_view Name(v1::RuleResult result);
// "ERROR", "WARNING", "INFO".
std::string_view Name(v1::Severity severity);
// "COUNT", "AMOUNT", …
std::string_view Name(v1::ClaimKind kind);
// "OWN", "OTHER_YEAR", …
std::string_view Name(v1::ClaimScope scope);
// "TEMPLATE_2021": the years alone would read as numbers.
std::string_view Name(v1::Template form);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_FORMATS_NAMES_H_
