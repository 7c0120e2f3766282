// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/worker/validate/check.h"

namespace gongkai::validate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// A report with something of everything.
ReportBuilder Faulty() {
  ReportBuilder builder(v1::TEMPLATE_2019);
  builder.SetYear(2022);
  builder.mutable_report().set_title("年度报告");
  builder.SetState("disclosure.rules.produced", v1::CELL_STATE_BLANK, "");
  builder.SetState("disclosure.penalty.delta", v1::CELL_STATE_INVALID, "增加");
  builder.Set("disclosure.licence.decisions", -1);
  builder.cell("disclosure.coercion.decisions").set_unit("件");
  builder.Set("requests.carried_in.natural", 2);
  builder.SetState("requests.granted.natural", v1::CELL_STATE_AMBIGUOUS, "");
  builder.Set("disputes.review.total", 2);
  builder.section(v1::SECTION_KIND_PROBLEMS).set_text("");
  builder.section(v1::SECTION_KIND_OTHER_MATTERS).set_ordinal(7);
  builder.mutable_report().mutable_sections()->SwapElements(3, 4);
  builder.mutable_report().mutable_sections()->DeleteSubrange(0, 1);
  return builder;
}

TEST(Validator, PutsTheGravestFirst) {
  EXPECT_THAT(
      Brief(CheckCore(Faulty().report())),
      ElementsAre(
          "requests.balance FAIL", "requests.row-sum FAIL",
          "disputes.group-sum FAIL", "cells.not-a-number FAIL",
          "cells.negative FAIL", "structure.section-missing FAIL",
          "structure.section-empty FAIL", "structure.template-year FAIL",
          "structure.section-order FAIL", "structure.section-ordinal FAIL",
          "structure.title FAIL", "cells.blank FAIL", "cells.unit FAIL",
          "requests.processed-sum NOT_ASSESSABLE",
          "requests.row-sum NOT_ASSESSABLE"));
}

TEST(Validator, LeavesNoArgumentUnfilled) {
  ReportBuilder many_blank = Faulty();
  for (const char* column : {"upheld", "corrected", "other", "pending"}) {
    for (const char* row : {"review", "direct", "after_review"}) {
      many_blank.SetState(absl::StrCat("disputes.", row, ".", column),
                          v1::CELL_STATE_BLANK, "");
    }
  }
  std::set<std::string> seen;
  for (const v1::Report& report : {Faulty().report(), many_blank.report()}) {
    for (const v1::Finding& finding : CheckCore(report)) {
      seen.insert(finding.rule_id());
      for (const std::string& message :
           {finding.message(), finding.message_en()}) {
        EXPECT_THAT(message, Not(HasSubstr("{"))) << finding.rule_id();
        EXPECT_FALSE(message.empty()) << finding.rule_id();
      }
      EXPECT_FALSE(finding.legal_basis().empty());
    }
  }
  // Every rule about cells and structure was seen to speak; tests/rules has
  // the others.
  for (const forms::v1::Rule& rule : CoreCatalog().proto().rules()) {
    if (rule.has_identity() || rule.has_cell_quality() ||
        rule.has_section_check()) {
      EXPECT_TRUE(seen.contains(rule.id())) << rule.id();
    }
  }
}

TEST(Validator, SaysNothingOfWhatHoldsUnlessAsked) {
  const ReportBuilder builder(v1::TEMPLATE_2021);
  EXPECT_THAT(CheckCore(builder.report()), IsEmpty());
  std::map<std::string, int> results;
  for (const std::string& brief :
       Brief(CheckCore(builder.report(), /*include_passed=*/true))) {
    ++results[brief];
  }
  EXPECT_EQ(results["requests.balance PASS"], 7);
  EXPECT_EQ(results["requests.processed-sum PASS"], 7);
  EXPECT_EQ(results["requests.row-sum PASS"], 25);
  EXPECT_EQ(results["disputes.group-sum PASS"], 3);
  // Every other rule once.
  EXPECT_THAT(results, SizeIs(CoreCatalog().proto().rules_size()));
}

TEST(Validator, AddsToWhatIsThere) {
  Validator validator(CoreCatalog());
  v1::ValidateReportResponse response;
  response.add_findings()->set_rule_id("kept");
  validator.Validate(Faulty().report(), v1::CheckOptions(), {},
                     response.mutable_findings());
  EXPECT_EQ(response.findings(0).rule_id(), "kept");
  EXPECT_THAT(response.findings(), SizeIs(16));
}

TEST(Validator, SaysTheSameOfTheSameReport) {
  Validator validator(CoreCatalog());
  std::string first;
  for (int i = 0; i < 3; ++i) {
    std::string text;
    v1::ValidateReportResponse response;
    validator.Validate(Faulty().report(), v1::CheckOptions(), {},
                       response.mutable_findings());
    for (const v1::Finding& finding : response.findings()) {
      text += finding.rule_id() + finding.message() + finding.message_en();
    }
    if (i == 0) first = text;
    EXPECT_EQ(text, first);
  }
}

TEST(Validator, AssessesNoTableWithoutAForm) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  builder.mutable_report().set_template_(v1::TEMPLATE_UNSPECIFIED);
  for (const v1::Finding& finding : CheckCore(builder.report())) {
    EXPECT_EQ(finding.result(), v1::RULE_RESULT_NOT_ASSESSABLE);
  }
  EXPECT_FALSE(CheckCore(builder.report()).empty());
}

TEST(Validator, SurvivesAnEmptyReportAndUnknownCells) {
  EXPECT_FALSE(CheckCore(v1::Report()).empty());
  ReportBuilder builder(v1::TEMPLATE_2021);
  v1::Cell* cell = builder.mutable_report().mutable_requests()->add_cells();
  cell->set_table(static_cast<v1::Table>(99));
  cell->set_row(static_cast<v1::Row>(-7));
  cell->set_column(static_cast<v1::Column>(1000));
  cell->set_state(static_cast<v1::CellState>(77));
  EXPECT_THAT(CheckCore(builder.report()), IsEmpty());
}

TEST(DescribeRules, ListsEveryRuleById) {
  const v1::ListRulesResponse response = DescribeRules(CoreCatalog());
  EXPECT_EQ(response.rule_set_version(), CoreCatalog().version());
  EXPECT_EQ(response.rules_size(), CoreCatalog().proto().rules_size());
  EXPECT_TRUE(std::is_sorted(
      response.rules().begin(), response.rules().end(),
      [](const v1::Rule& a, const v1::Rule& b) { return a.id() < b.id(); }));
  std::map<std::string, v1::Rule> rules;
  for (const v1::Rule& rule : response.rules()) rules[rule.id()] = rule;
  EXPECT_THAT(rules["requests.balance"].formula(),
              HasSubstr("requests.received.* + requests.carried_in.* ="));
  EXPECT_EQ(rules["cells.many-blank"].formula(),
            "cell_quality { fault: CELL_FAULT_BLANK at_least: 11 }");
  for (const auto& [id, rule] : rules) {
    EXPECT_FALSE(rule.title().empty()) << id;
    EXPECT_FALSE(rule.title_en().empty()) << id;
    EXPECT_NE(rule.severity(), v1::SEVERITY_UNSPECIFIED) << id;
  }
}

}  // namespace
}  // namespace gongkai::validate
