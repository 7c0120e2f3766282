// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// What the rule cases do not show of the rules about years and dates: places,
// quotations, and reports that callers give without a document.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/worker/validate/check.h"

namespace gongkai::validate {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto kFail = v1::RULE_RESULT_FAIL;

void SetDate(int year, int month, int day, v1::Date* date) {
  date->set_year(year);
  date->set_month(month);
  date->set_day(day);
}

// The report of 2021 with this period.
ReportBuilder WithPeriod(int first_year, int last_day) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  v1::Period* period = builder.mutable_report().mutable_period();
  SetDate(first_year, 1, 1, period->mutable_first_date());
  SetDate(2021, 12, last_day, period->mutable_last_date());
  period->mutable_place()->set_start_byte(77);
  return builder;
}

TEST(PeriodRule, PointsToThePeriod) {
  const auto findings =
      Only(Check(WithPeriod(2021, 21).report()), "dates.period", kFail);
  ASSERT_THAT(findings, SizeIs(1));
  ASSERT_THAT(findings[0].places(), SizeIs(1));
  EXPECT_EQ(findings[0].places(0).start_byte(), 77);
  EXPECT_EQ(findings[0].message(),
            "统计期限写为2021年1月1日至2021年12月21日，"
            "应为2021年1月1日至2021年12月31日。");
  EXPECT_THAT(findings[0].message_en(), HasSubstr("2021-12-21"));
}

TEST(PeriodRule, APeriodOverTwoYearsDoesNotSettleTheYear) {
  const auto findings = Check(WithPeriod(2020, 31).report());
  EXPECT_THAT(Only(findings, "dates.period", kFail), SizeIs(1));
  EXPECT_THAT(Only(findings, "dates.years-agree", kFail), IsEmpty());
}

TEST(YearsAgreeRule, ATitleWithTwoYearsIsNotCompared) {
  ReportBuilder builder = WithPeriod(2021, 31);
  EXPECT_THAT(Check(builder.report()), IsEmpty());
  builder.mutable_report().set_title("清河县2020年政府信息公开年度报告");
  EXPECT_THAT(Only(Check(builder.report()), "dates.years-agree", kFail),
              SizeIs(1));
  builder.mutable_report().set_title(
      "清河县2020年政府信息公开年度报告（2021年发布）");
  EXPECT_THAT(Only(Check(builder.report()), "dates.years-agree", kFail),
              IsEmpty());
}

TEST(YearsAgreeRule, OneMentionOfAnotherYearIsNotEnough) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  v1::Section& overview = builder.section(v1::SECTION_KIND_OVERVIEW);
  overview.set_text(overview.text() + "2020年，我县主动公开。");
  EXPECT_THAT(Only(Check(builder.report()), "dates.years-agree", kFail),
              IsEmpty());
  overview.set_text(overview.text() + "2020年，全县共公开。");
  const auto findings =
      Only(Check(builder.report()), "dates.years-agree", kFail);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_THAT(findings[0].quotations(), SizeIs(2));
}

TEST(WorkYearRule, QuotesEveryPassageInOneFinding) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  builder.section(v1::SECTION_KIND_OVERVIEW)
      .set_text(
          "2021年，我县依法公开。2020年，我县主动公开信息30条。"
          "2020年共收到申请4件。2019年共收到申请2件。");
  const auto findings = Only(Check(builder.report()), "dates.work-year", kFail);
  ASSERT_THAT(findings, SizeIs(1));
  ASSERT_THAT(findings[0].quotations(), SizeIs(2));
  EXPECT_EQ(findings[0].quotations(1).text(), "2020年共收到申请4件");
  EXPECT_EQ(findings[0].quotations(1).section(), v1::SECTION_KIND_OVERVIEW);
}

TEST(WorkYearRule, IsSkippedWhereThePeriodIsOfAnotherYear) {
  ReportBuilder builder = WithPeriod(2021, 31);
  SetDate(2020, 1, 1,
          builder.mutable_report().mutable_period()->mutable_first_date());
  SetDate(2020, 12, 31,
          builder.mutable_report().mutable_period()->mutable_last_date());
  builder.section(v1::SECTION_KIND_OVERVIEW)
      .set_text("2020年，我县主动公开信息30条，依法答复申请，改进工作。");
  const auto findings = Check(builder.report());
  EXPECT_THAT(Only(findings, "dates.work-year", kFail), IsEmpty());
  EXPECT_THAT(Only(findings, "dates.years-agree", kFail), SizeIs(1));
}

TEST(PublishedRules, AMonthWithoutADayIsJudgedInTheReportsFavour) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  SetDate(2022, 3, 0, builder.mutable_report().mutable_publication_date());
  EXPECT_THAT(Check(builder.report()), IsEmpty());
  SetDate(2022, 4, 0, builder.mutable_report().mutable_publication_date());
  EXPECT_THAT(
      Only(Check(builder.report()), "dates.published-late-government", kFail),
      SizeIs(1));
  SetDate(2022, 0, 0, builder.mutable_report().mutable_publication_date());
  EXPECT_THAT(Check(builder.report()), IsEmpty());
}

TEST(EventsRule, AMisprintedDateOfPublicationIsNoEvidence) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  v1::Section& overview = builder.section(v1::SECTION_KIND_OVERVIEW);
  overview.set_text(overview.text() + "学习十九届六中全会精神。");
  EXPECT_THAT(Check(builder.report()), IsEmpty());
  SetDate(2021, 1, 20, builder.mutable_report().mutable_publication_date());
  EXPECT_THAT(Brief(Check(builder.report())),
              testing::ElementsAre("dates.published-early FAIL"));
  overview.set_text(overview.text() + "学习党的二十大精神。");
  builder.mutable_report().clear_publication_date();
  EXPECT_THAT(Only(Check(builder.report()), "dates.anachronism", kFail),
              IsEmpty());
  overview.set_text(overview.text() + "学习二十届二中全会精神。");
  EXPECT_THAT(Only(Check(builder.report()), "dates.anachronism", kFail),
              SizeIs(1));
}

}  // namespace
}  // namespace gongkai::validate
