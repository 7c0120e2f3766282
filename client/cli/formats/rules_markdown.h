// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/formats/rules_markdown.h
//
// gongkai rules --format=markdown: docs/RULES.md, in Chinese with English.

#ifndef GONGKAI_CLIENT_CLI_FORMATS_RULES_MARKDOWN_H_
#define GONGKAI_CLIENT_CLI_FORMATS_RULES_MARKDOWN_H_

#include <string>

#include "gongkai/v1/report_service.pb.h"

namespace gongkai::cli {

// A chapter for each subject, the first word of an id. Without the version of
// the rule set, so that the text changes only where a rule does.
std::string FormatRulesMarkdown(const v1::ListRulesResponse& rules);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_FORMATS_RULES_MARKDOWN_H_
