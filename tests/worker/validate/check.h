// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/worker/validate/check.h
//
// Shorthands for tests of rules.

#ifndef GONGKAI_TESTS_WORKER_VALIDATE_CHECK_H_
#define GONGKAI_TESTS_WORKER_VALIDATE_CHECK_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gongkai/v1/finding.pb.h"
#include "proto/cell_path.h"
#include "tests/worker/validate/report_builder.h"
#include "worker/validate/validate.h"

namespace gongkai::validate {

inline std::vector<v1::Finding> Check(
    const v1::Report& report, bool include_passed = false,
    const catalog::Catalog& catalog = TestCatalog()) {
  Validator validator(catalog);
  v1::CheckOptions options;
  options.set_include_passed(include_passed);
  v1::ValidateReportResponse response;
  validator.Validate(report, options, {}, response.mutable_findings());
  return {response.findings().begin(), response.findings().end()};
}

// With the rules of the core catalogue.
inline std::vector<v1::Finding> CheckCore(const v1::Report& report,
                                          bool include_passed = false) {
  return Check(report, include_passed, CoreCatalog());
}

// The failures of the form's identities.
inline std::vector<v1::Finding> CheckIdentities(const v1::Report& report) {
  std::vector<v1::Finding> only;
  for (const v1::Finding& finding : CheckCore(report)) {
    if (finding.result() != v1::RULE_RESULT_FAIL) continue;
    for (const forms::v1::Rule& rule : CoreCatalog().proto().rules()) {
      if (rule.id() == finding.rule_id() && rule.has_identity()) {
        only.push_back(finding);
      }
    }
  }
  return only;
}

// The findings of one rule with one result.
inline std::vector<v1::Finding> Only(const std::vector<v1::Finding>& findings,
                                     absl::string_view rule,
                                     v1::RuleResult result) {
  std::vector<v1::Finding> only;
  for (const v1::Finding& finding : findings) {
    if (finding.rule_id() == rule && finding.result() == result) {
      only.push_back(finding);
    }
  }
  return only;
}

// "rule RESULT", one for each finding.
inline std::vector<std::string> Brief(
    const std::vector<v1::Finding>& findings) {
  std::vector<std::string> brief;
  for (const v1::Finding& finding : findings) {
    brief.push_back(absl::StrCat(
        finding.rule_id(), " ",
        v1::RuleResult_Name(finding.result()).substr(sizeof("RULE_RESULT"))));
  }
  return brief;
}

inline std::vector<std::string> Paths(const v1::Finding& finding) {
  std::vector<std::string> paths;
  for (const v1::CellPath& path : finding.cells()) {
    paths.push_back(CellPathText(path));
  }
  return paths;
}

}  // namespace gongkai::validate

#endif  // GONGKAI_TESTS_WORKER_VALIDATE_CHECK_H_
