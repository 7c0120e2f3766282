// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/rules/rule_cases.h
//
// Makes the documents of rule cases and asks the worker about them.

#ifndef GONGKAI_TESTS_RULES_RULE_CASES_H_
#define GONGKAI_TESTS_RULES_RULE_CASES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gongkai/v1/report_service.pb.h"
#include "tests/rules/rule_cases.pb.h"

namespace gongkai::rules {

// All files of tests/rules/cases, by name.
absl::StatusOr<std::vector<RuleCases>> LoadCases();

// The text of the document. Errors: InvalidArgument if a change does not apply,
// NotFound if there is no such base.
absl::StatusOr<std::string> MakeDocument(const CaseDocument& document);

// What the worker answers to the case's document, passed rules included. For a
// case with other reports, what it says of them all together: failures and what
// is not assessable.
absl::StatusOr<v1::ValidateReportResponse> Ask(const Case& rule_case);

}  // namespace gongkai::rules

#endif  // GONGKAI_TESTS_RULES_RULE_CASES_H_
