// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Each root cause once.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/worker/validate/check.h"

namespace gongkai::validate {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

ReportBuilder Sample() {
  ReportBuilder builder(v1::TEMPLATE_2021);
  builder.Set("requests.received.natural", 60);
  builder.Set("requests.received.business", 4);
  builder.Set("requests.granted.natural", 40);
  builder.Set("requests.unable.not_held.natural", 15);
  builder.Set("requests.unable.not_held.business", 3);
  builder.AddUp();
  return builder;
}

v1::ValidateReportResponse Judge(const v1::Report& report,
                                 const v1::CheckOptions& options = {}) {
  Validator validator(TestCatalog());
  v1::ValidateReportResponse response;
  validator.Validate(report, options, {}, response.mutable_findings(),
                     response.mutable_verdict());
  return response;
}

std::vector<std::string> RulesOf(const v1::ValidateReportResponse& response,
                                 int problem) {
  std::vector<std::string> rules;
  for (int finding : response.verdict().problems(problem).findings()) {
    rules.push_back(response.findings(finding).rule_id());
  }
  return rules;
}

TEST(Verdict, FindsNothingWhereNothingIsWrong) {
  const auto response = Judge(Sample().report());
  EXPECT_THAT(response.verdict().problems(), IsEmpty());
  EXPECT_EQ(response.verdict().summary(), "未发现问题。");
  EXPECT_EQ(response.verdict().summary_en(), "No problems found.");
}

TEST(Verdict, SaysHowManyRulesCouldNotBeAssessed) {
  ReportBuilder builder = Sample();
  builder.SetState("disputes.review.upheld", v1::CELL_STATE_MISSING, "");
  const auto response = Judge(builder.report());
  EXPECT_THAT(response.verdict().problems(), IsEmpty());
  EXPECT_EQ(response.verdict().summary(), "未发现问题。另有1项规则未能核验。");
}

TEST(Verdict, TellsACellThatBreaksThreeIdentitiesOnce) {
  ReportBuilder builder = Sample();
  builder.Set("requests.processed.natural", 56);
  const auto response = Judge(builder.report());
  ASSERT_THAT(response.verdict().problems(), SizeIs(1));
  const v1::Problem& problem = response.verdict().problems(0);
  EXPECT_EQ(problem.severity(), v1::SEVERITY_ERROR);
  EXPECT_THAT(RulesOf(response, 0),
              ElementsAre("requests.balance", "requests.processed-sum",
                          "requests.row-sum"));
  EXPECT_THAT(problem.message(),
              AllOf(HasSubstr("自然人"), HasSubstr("表中为 56，如为 55"),
                    HasSubstr("3 处勾稽关系")));
  EXPECT_THAT(problem.message_en(),
              HasSubstr("requests.processed.natural may be wrong: with 55 "
                        "instead of 56"));
  ASSERT_THAT(problem.repairs(), SizeIs(1));
  EXPECT_EQ(problem.repairs(0).proposed(), 55);
  EXPECT_EQ(response.verdict().summary(), "发现1个问题：1个错误。");
}

TEST(Verdict, TellsTwoCausesApartAndTheirPlacesInOrder) {
  ReportBuilder builder = Sample();
  builder.Set("disputes.review.total", 1);
  builder.Set("requests.granted.natural", 41);
  const auto response = Judge(builder.report());
  ASSERT_THAT(response.verdict().problems(), SizeIs(2));
  EXPECT_THAT(RulesOf(response, 0),
              ElementsAre("requests.processed-sum", "requests.row-sum"));
  EXPECT_THAT(RulesOf(response, 1), ElementsAre("disputes.group-sum"));
  // Any of five cells would do, and none by a smaller change than the others.
  EXPECT_THAT(response.verdict().problems(1).repairs(), SizeIs(3));
  EXPECT_EQ(response.verdict().summary_en(), "Problems found: 2 (errors: 2).");
}

TEST(Verdict, PutsWhatFollowsFromAWrongCellToIt) {
  ReportBuilder builder = Sample();
  builder.Set("requests.carried_out.natural", 905);
  const auto response = Judge(builder.report());
  ASSERT_THAT(response.verdict().problems(), SizeIs(1));
  EXPECT_THAT(RulesOf(response, 0),
              ElementsAre("requests.balance", "requests.row-sum",
                          "requests.carry-limit"));
}

TEST(Verdict, PutsOrdinalsToTheMissingSection) {
  ReportBuilder builder = Sample();
  auto& sections = *builder.mutable_report().mutable_sections();
  sections.DeleteSubrange(4, 1);
  sections[4].set_ordinal(5);
  const auto response = Judge(builder.report());
  ASSERT_THAT(response.verdict().problems(), SizeIs(1));
  EXPECT_THAT(RulesOf(response, 0), ElementsAre("structure.section-missing",
                                                "structure.section-ordinal"));
  EXPECT_THAT(response.verdict().problems(0).message(),
              HasSubstr("另有 1 项检查不通过"));
}

TEST(BlankAsZero, IsMilderAndSaysSo) {
  ReportBuilder builder = Sample();
  builder.SetState("requests.granted.business", v1::CELL_STATE_BLANK, "");
  v1::CheckOptions options;
  options.set_blank_as_zero(true);
  const auto holding = Judge(builder.report(), options);
  for (const v1::Finding& finding : holding.findings()) {
    EXPECT_NE(finding.rule_id(), "requests.row-sum") << finding.message();
  }
  builder.Set("requests.granted.total", 41);
  const auto response = Judge(builder.report(), options);
  int row_sums = 0;
  for (const v1::Finding& finding : response.findings()) {
    if (finding.rule_id() == "requests.row-sum") {
      ++row_sums;
      EXPECT_TRUE(finding.assumed_zero());
      EXPECT_EQ(finding.severity(), v1::SEVERITY_WARNING);
    } else if (finding.rule_id() == "requests.processed-sum") {
      // The column of totals has no blank cell.
      EXPECT_FALSE(finding.assumed_zero());
      EXPECT_EQ(finding.severity(), v1::SEVERITY_ERROR);
    }
  }
  EXPECT_EQ(row_sums, 1);
}

TEST(BlankAsZero, IsNotTheDefault) {
  ReportBuilder builder = Sample();
  builder.SetState("requests.granted.business", v1::CELL_STATE_BLANK, "");
  builder.Set("requests.granted.total", 41);
  EXPECT_THAT(
      Only(Check(builder.report()), "requests.row-sum", v1::RULE_RESULT_FAIL),
      IsEmpty());
}

}  // namespace
}  // namespace gongkai::validate
