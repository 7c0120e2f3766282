// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Every rule of the catalogue against the documents of tests/rules/cases: one
// where it fires, one where it must not, one where it cannot be assessed.

#include "tests/rules/rule_cases.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/cell_path.h"
#include "worker/catalog/catalog.h"

namespace gongkai::rules {
namespace {

std::vector<v1::Finding> FindingsOf(const v1::ValidateReportResponse& response,
                                    const std::string& rule) {
  std::vector<v1::Finding> findings;
  for (const v1::Finding& finding : response.findings()) {
    if (finding.rule_id() == rule) findings.push_back(finding);
  }
  return findings;
}

bool Names(const v1::Finding& finding, const std::string& cell) {
  for (const v1::CellPath& path : finding.cells()) {
    if (CellPathText(path) == cell) return true;
  }
  return false;
}

bool Says(const v1::Finding& finding, const std::string& text) {
  for (const v1::Quotation& quotation : finding.quotations()) {
    if (absl::StrContains(quotation.text(), text)) return true;
  }
  return absl::StrContains(finding.message(), text);
}

void ExpectFailures(const Case& rule_case,
                    const std::vector<v1::Finding>& findings) {
  std::vector<v1::Finding> failed;
  for (const v1::Finding& finding : findings) {
    if (finding.result() == v1::RULE_RESULT_FAIL) failed.push_back(finding);
  }
  ASSERT_FALSE(failed.empty()) << "does not fire";
  if (rule_case.findings() > 0) {
    EXPECT_EQ(static_cast<int>(failed.size()), rule_case.findings());
  }
  for (const v1::Finding& finding : failed) {
    EXPECT_FALSE(finding.message().empty());
    EXPECT_FALSE(finding.message_en().empty());
    EXPECT_FALSE(absl::StrContains(finding.message(), "{"))
        << finding.message();
    EXPECT_FALSE(absl::StrContains(finding.message_en(), "{"))
        << finding.message_en();
    if (rule_case.severity() != v1::SEVERITY_UNSPECIFIED) {
      EXPECT_EQ(finding.severity(), rule_case.severity());
    }
  }
  for (const std::string& cell : rule_case.cells()) {
    EXPECT_TRUE(std::any_of(
        failed.begin(), failed.end(),
        [&cell](const v1::Finding& finding) { return Names(finding, cell); }))
        << "no finding names " << cell;
  }
  for (const std::string& text : rule_case.texts()) {
    EXPECT_TRUE(std::any_of(
        failed.begin(), failed.end(),
        [&text](const v1::Finding& finding) { return Says(finding, text); }))
        << "no finding says " << text
        << "; the first: " << failed.front().message();
  }
}

TEST(RuleCases, AreAnsweredAsExpected) {
  auto all = LoadCases();
  ASSERT_TRUE(all.ok()) << all.status();
  for (const RuleCases& cases : *all) {
    for (const Case& rule_case : cases.cases()) {
      SCOPED_TRACE(absl::StrCat(cases.rule(), ": ", rule_case.name()));
      auto response = Ask(rule_case);
      ASSERT_TRUE(response.ok()) << response.status();
      const auto findings = FindingsOf(*response, cases.rule());
      const bool silent = rule_case.others_size() > 0 &&
                          (rule_case.expect() == v1::RULE_RESULT_PASS ||
                           rule_case.expect() == v1::RULE_RESULT_SKIPPED);
      if (silent && findings.empty()) continue;
      ASSERT_FALSE(findings.empty()) << "the rule does not answer";
      if (rule_case.expect() == v1::RULE_RESULT_FAIL) {
        ExpectFailures(rule_case, findings);
        continue;
      }
      EXPECT_EQ(v1::RuleResult_Name(findings.front().result()),
                v1::RuleResult_Name(rule_case.expect()))
          << findings.front().message();
      for (const v1::Finding& finding : findings) {
        EXPECT_NE(finding.result(), v1::RULE_RESULT_FAIL) << finding.message();
      }
    }
  }
}

TEST(RuleCases, BasesAreWithoutFault) {
  for (const char* base : {"city-2020", "city-2023", "city-2024"}) {
    Case rule_case;
    rule_case.mutable_document()->set_base(base);
    if (std::string(base) == "city-2024") {
      rule_case.mutable_previous()->set_base("city-2023");
    }
    auto response = Ask(rule_case);
    ASSERT_TRUE(response.ok()) << response.status();
    EXPECT_EQ(response->outcome(), v1::OUTCOME_OK);
    for (const v1::Finding& finding : response->findings()) {
      EXPECT_NE(finding.result(), v1::RULE_RESULT_FAIL)
          << base << ": " << finding.rule_id() << ": " << finding.message();
    }
  }
}

TEST(RuleCases, StandForEveryRule) {
  auto all = LoadCases();
  ASSERT_TRUE(all.ok()) << all.status();
  auto catalog = catalog::Catalog::Builtin();
  ASSERT_TRUE(catalog.ok()) << catalog.status();
  std::set<std::string> known;
  for (const forms::v1::Rule& rule : (*catalog)->proto().rules()) {
    known.insert(rule.id());
    bool fires = false, holds = false, open = false;
    for (const RuleCases& cases : *all) {
      if (cases.rule() != rule.id()) continue;
      for (const Case& rule_case : cases.cases()) {
        fires = fires || rule_case.expect() == v1::RULE_RESULT_FAIL;
        holds = holds || rule_case.expect() == v1::RULE_RESULT_PASS;
        open = open || rule_case.expect() == v1::RULE_RESULT_NOT_ASSESSABLE ||
               rule_case.expect() == v1::RULE_RESULT_SKIPPED;
      }
    }
    EXPECT_TRUE(fires) << rule.id() << " has no case where it fires";
    EXPECT_TRUE(holds) << rule.id() << " has no case where it must not fire";
    EXPECT_TRUE(open) << rule.id() << " has no case that it cannot assess";
  }
  for (const RuleCases& cases : *all) {
    EXPECT_TRUE(known.contains(cases.rule()))
        << "the catalogue has no rule " << cases.rule();
  }
}

}  // namespace
}  // namespace gongkai::rules
