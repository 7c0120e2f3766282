// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/worker/validate/check.h"

namespace gongkai::validate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto kFail = v1::RULE_RESULT_FAIL;
constexpr auto kNotAssessable = v1::RULE_RESULT_NOT_ASSESSABLE;

// 60 received, 60 granted.
ReportBuilder Small(v1::Template template_id = v1::TEMPLATE_2021) {
  ReportBuilder builder(template_id);
  builder.Set("requests.received.natural", 60);
  builder.Set("requests.granted.natural", 60);
  builder.AddUp();
  return builder;
}

TEST(Balance, HoldsInAReportThatAddsUp) {
  EXPECT_THAT(CheckCore(Small().report()), IsEmpty());
  EXPECT_THAT(CheckCore(Small(v1::TEMPLATE_2019).report()), IsEmpty());
}

TEST(Balance, FailsWithBothSidesWrittenOut) {
  ReportBuilder builder = Small();
  builder.Set("requests.granted.natural", 61);
  builder.Set("requests.granted.total", 61);
  builder.Set("requests.processed.natural", 61);
  builder.Set("requests.processed.total", 61);
  const auto failures =
      Only(CheckCore(builder.report()), "requests.balance", kFail);
  ASSERT_THAT(failures, SizeIs(2));  // natural and total
  const v1::Finding& finding = failures[0];
  EXPECT_EQ(
      finding.message(),
      "「自然人」一列：本年新收 60 + 上年结转 0 = 60，而办理结果总计 61 + "
      "结转下年度 0 = 61，相差 -1。");
  EXPECT_EQ(finding.message_en(),
            "Column \"natural\": received 60 + carried_in 0 = 60, but "
            "processed 61 + carried_out 0 = 61; the difference is -1.");
  EXPECT_EQ(finding.left(), "60");
  EXPECT_EQ(finding.right(), "61");
  EXPECT_EQ(finding.difference(), "-1");
  EXPECT_EQ(finding.formula(),
            "requests.received.natural + requests.carried_in.natural = "
            "requests.processed.natural + requests.carried_out.natural");
  EXPECT_THAT(Paths(finding), ElementsAre("requests.received.natural",
                                          "requests.carried_in.natural",
                                          "requests.processed.natural",
                                          "requests.carried_out.natural"));
  ASSERT_THAT(finding.places(), SizeIs(4));
  EXPECT_EQ(finding.places(0).start_byte(),
            builder.cell("requests.received.natural").start_byte());
  EXPECT_EQ(finding.severity(), v1::SEVERITY_ERROR);
  EXPECT_THAT(finding.legal_basis(), HasSubstr("勾稽关系"));
  EXPECT_FALSE(finding.has_repair());
  EXPECT_EQ(finding.message_args().at("subject"), "自然人");
  EXPECT_EQ(finding.message_args().at("difference"), "-1");
  EXPECT_EQ(finding.message_template(),
            "「{subject}」一列：{left_terms}，而{right_terms}，相差 "
            "{difference}。");
}

TEST(RowSum, FailsForTheRowAndItsColumn) {
  ReportBuilder builder = Small();
  builder.Set("requests.denied.admin_query.total", 2);
  const auto findings = CheckCore(builder.report());
  EXPECT_THAT(Brief(findings), ElementsAre("requests.processed-sum FAIL",
                                           "requests.row-sum FAIL"));
  EXPECT_THAT(findings[1].message(),
              HasSubstr("「8.属于行政查询事项」一行：6 项均为 0，而总计 2，"
                        "相差 -2。"));
  EXPECT_THAT(findings[0].message(),
              HasSubstr("「总计」一列：各项办理结果 （一）予以公开 60 + "
                        "8.属于行政查询事项 2 + 其余 19 项 0 = 62，"
                        "而办理结果总计 60，相差 2。"));
  EXPECT_THAT(Paths(findings[0]), SizeIs(22));
}

TEST(RowSum, WritesOutWhatIsNotZero) {
  ReportBuilder builder = Small();
  builder.Set("requests.carried_in.business", 4);
  EXPECT_THAT(
      Only(CheckCore(builder.report()), "requests.row-sum", kFail)[0]
          .message_en(),
      HasSubstr("Row \"carried_in\": business 4 + 0 of 5 others = 4, but "
                "total 0; the difference is 4."));
}

TEST(GroupSum, FailsForOneGroup) {
  ReportBuilder builder = Small();
  builder.Set("disputes.direct.upheld", 3);
  builder.Set("disputes.direct.total", 4);
  const auto findings = CheckCore(builder.report());
  ASSERT_THAT(Brief(findings), ElementsAre("disputes.group-sum FAIL"));
  EXPECT_EQ(
      findings[0].message(),
      "「未经复议直接起诉」：结果维持 3 + 其余 3 项 0 = 3，而总计 4，相差 "
      "-1。");
}

TEST(Identities, AreNotAssessableWhereACellWasNotRead) {
  for (v1::CellState state :
       {v1::CELL_STATE_BLANK, v1::CELL_STATE_NOT_APPLICABLE,
        v1::CELL_STATE_INVALID, v1::CELL_STATE_AMBIGUOUS,
        v1::CELL_STATE_MISSING, v1::CELL_STATE_UNSPECIFIED}) {
    ReportBuilder builder = Small();
    builder.SetState("requests.granted.natural", state, "");
    const auto findings = CheckCore(builder.report());
    EXPECT_THAT(Only(findings, "requests.row-sum", kFail), IsEmpty());
    const auto unread = Only(findings, "requests.row-sum", kNotAssessable);
    ASSERT_THAT(unread, SizeIs(1)) << v1::CellState_Name(state);
    EXPECT_THAT(Paths(unread[0]), ElementsAre("requests.granted.natural"));
    EXPECT_THAT(unread[0].message(), HasSubstr("有 1 处无法核对"));
    EXPECT_THAT(unread[0].message(), HasSubstr("（一）予以公开／自然人"));
    EXPECT_THAT(Only(findings, "requests.processed-sum", kNotAssessable),
                SizeIs(1));
    EXPECT_THAT(Only(findings, "requests.balance", kNotAssessable), IsEmpty());
  }
}

TEST(Identities, DoNotTakeDerivedCellsForRead) {
  ReportBuilder builder = Small();
  builder.cell("requests.granted.total").set_state(v1::CELL_STATE_DERIVED);
  EXPECT_THAT(Brief(CheckCore(builder.report())),
              ElementsAre("requests.processed-sum NOT_ASSESSABLE",
                          "requests.row-sum NOT_ASSESSABLE"));
}

TEST(Identities, AreNotAssessableOverACellGivenTwice) {
  ReportBuilder builder = Small();
  *builder.mutable_report().mutable_disputes()->add_cells() =
      builder.cell("disputes.review.total");
  EXPECT_THAT(Brief(CheckCore(builder.report())),
              ElementsAre("disputes.group-sum NOT_ASSESSABLE"));
}

TEST(Identities, MergeWhatIsNotAssessableIntoOneFindingPerRule) {
  ReportBuilder builder = Small();
  for (const char* row : {"granted", "partial", "received"}) {
    builder.SetState(absl::StrCat("requests.", row, ".legal"),
                     v1::CELL_STATE_BLANK, "");
  }
  const auto findings = CheckCore(builder.report());
  const auto rows = Only(findings, "requests.row-sum", kNotAssessable);
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_THAT(Paths(rows[0]),
              ElementsAre("requests.received.legal", "requests.granted.legal",
                          "requests.partial.legal"));
  EXPECT_THAT(rows[0].message_en(), HasSubstr("in 3 places"));
}

TEST(Identities, StillFailElsewhereWhenSomeAreNotAssessable) {
  ReportBuilder builder = Small();
  builder.SetState("requests.partial.natural", v1::CELL_STATE_BLANK, "");
  builder.Set("requests.carried_in.total", 1);
  const auto findings = CheckCore(builder.report());
  EXPECT_THAT(Only(findings, "requests.row-sum", kFail), SizeIs(1));
  EXPECT_THAT(Only(findings, "requests.row-sum", kNotAssessable), SizeIs(1));
}

TEST(Identities, AreNotAssessableWhereTheSumOverflows) {
  ReportBuilder builder = Small();
  constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
  builder.Set("disputes.review.upheld", kMax);
  builder.Set("disputes.review.corrected", kMax);
  const auto findings = CheckCore(builder.report());
  ASSERT_THAT(Brief(findings),
              ElementsAre("disputes.group-sum NOT_ASSESSABLE"));
  EXPECT_THAT(Paths(findings[0]), SizeIs(5));

  builder.Set("disputes.review.corrected", 0);
  builder.Set("disputes.review.total", std::numeric_limits<int64_t>::min());
  EXPECT_THAT(
      Only(CheckCore(builder.report()), "disputes.group-sum", kNotAssessable),
      SizeIs(1));
}

// Real districts print the 2021 form with one row for other outcomes.
ReportBuilder Hybrid2021() {
  ReportBuilder builder = Small();
  for (const char* row : {"requests.other.no_correction",
                          "requests.other.no_payment", "requests.other.misc"}) {
    builder.RemoveRow(row);
  }
  builder.AddRow("requests.other.all");
  builder.Set("requests.received.business", 5);
  builder.Set("requests.other.all.business", 5);
  builder.AddUp();
  return builder;
}

TEST(StandIns, TakeTheirPlaceInTheSums) {
  EXPECT_THAT(CheckCore(Hybrid2021().report()), IsEmpty());
  const auto passed = CheckCore(Hybrid2021().report(), /*include_passed=*/true);
  const auto sums =
      Only(passed, "requests.processed-sum", v1::RULE_RESULT_PASS);
  ASSERT_THAT(sums, SizeIs(7));
  EXPECT_THAT(sums[1].formula(), HasSubstr("requests.other.all.business"));
  EXPECT_THAT(sums[1].formula(), Not(HasSubstr("no_payment")));
  EXPECT_EQ(sums[1].left(), "5");
  // 22 rows of the form that are printed, and the one in place of three.
  EXPECT_THAT(Only(passed, "requests.row-sum", v1::RULE_RESULT_PASS),
              SizeIs(23));
}

TEST(StandIns, FailLikeAnyOtherRow) {
  ReportBuilder builder = Hybrid2021();
  builder.Set("requests.other.all.business", 4);
  const auto findings = CheckCore(builder.report());
  EXPECT_THAT(Brief(findings), ElementsAre("requests.processed-sum FAIL",
                                           "requests.row-sum FAIL"));
  EXPECT_THAT(Paths(findings[1])[0], "requests.other.all.natural");
}

TEST(StandIns, AreIgnoredWhereTheFormsOwnRowsArePrinted) {
  // （六） printed as a subtotal above its three rows.
  ReportBuilder builder = Small();
  builder.Set("requests.received.natural", 62);
  builder.Set("requests.other.misc.natural", 2);
  builder.AddUp();
  builder.AddRow("requests.other.all");
  builder.Set("requests.other.all.natural", 2);
  builder.Set("requests.other.all.total", 2);
  EXPECT_THAT(CheckCore(builder.report()), IsEmpty());
  builder.Set("requests.other.all.total", 3);
  const auto findings = CheckCore(builder.report());
  EXPECT_THAT(Brief(findings), ElementsAre("requests.row-sum FAIL"));
}

TEST(StandIns, MakeNothingAssessableWhereNeitherIsPrinted) {
  ReportBuilder builder = Small();
  for (const char* row : {"requests.other.no_correction",
                          "requests.other.no_payment", "requests.other.misc"}) {
    builder.RemoveRow(row);
  }
  const auto findings = CheckCore(builder.report());
  EXPECT_THAT(Only(findings, "requests.processed-sum", kNotAssessable),
              SizeIs(1));
  EXPECT_THAT(Only(findings, "requests.processed-sum", kFail), IsEmpty());
}

TEST(StandIns, WorkTheOtherWayInThe2019Form) {
  ReportBuilder builder = Small(v1::TEMPLATE_2019);
  builder.RemoveRow("requests.other.all");
  for (const char* row : {"requests.other.no_correction",
                          "requests.other.no_payment", "requests.other.misc"}) {
    builder.AddRow(row);
  }
  builder.Set("requests.received.legal", 3);
  builder.Set("requests.other.no_payment.legal", 1);
  builder.Set("requests.other.misc.legal", 2);
  builder.AddUp();
  EXPECT_THAT(CheckCore(builder.report()), IsEmpty());
  builder.Set("requests.other.misc.legal", 1);
  EXPECT_THAT(
      Brief(CheckCore(builder.report())),
      ElementsAre("requests.processed-sum FAIL", "requests.row-sum FAIL"));
}

TEST(StandIns, LeaveNoTraceInTheNextReport) {
  Validator validator(CoreCatalog());
  v1::ValidateReportResponse response;
  for (const v1::Report& report :
       {Hybrid2021().report(), Small().report(), Hybrid2021().report()}) {
    validator.Validate(report, v1::CheckOptions(), {},
                       response.mutable_findings());
  }
  EXPECT_THAT(response.findings(), IsEmpty());
}

}  // namespace
}  // namespace gongkai::validate
