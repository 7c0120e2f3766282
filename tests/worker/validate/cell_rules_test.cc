// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/worker/validate/check.h"

namespace gongkai::validate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto kFail = v1::RULE_RESULT_FAIL;

TEST(NotANumber, SaysWhatTheCellHolds) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  builder.SetState("disclosure.rules.made", v1::CELL_STATE_INVALID, "1.5");
  builder.SetState("disclosure.licence.decisions", v1::CELL_STATE_INVALID,
                   "约30");
  const auto failures =
      Only(CheckCore(builder.report()), "cells.not-a-number", kFail);
  ASSERT_THAT(failures, SizeIs(2));
  EXPECT_EQ(failures[0].message(),
            "「规章／本年制发件数」填写的“1.5”不是该栏应填的数字。");
  EXPECT_THAT(failures[0].message_en(),
              HasSubstr("disclosure.rules.made holds \"1.5\""));
  EXPECT_THAT(Paths(failures[1]), ElementsAre("disclosure.licence.decisions"));
  EXPECT_THAT(failures[1].places(), SizeIs(1));
  EXPECT_EQ(failures[0].severity(), v1::SEVERITY_ERROR);
}

TEST(Negative, IsFoundWhetherReadAsANumberOrNot) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  builder.Set("disclosure.penalty.decisions", -4);
  builder.SetState("disclosure.rules.made", v1::CELL_STATE_INVALID, "－3");
  builder.cell("disclosure.fees.fee_wan").set_decimal("-0.5");
  const auto findings = CheckCore(builder.report());
  EXPECT_THAT(Only(findings, "cells.negative", kFail), SizeIs(3));
  EXPECT_THAT(Only(findings, "cells.not-a-number", kFail), IsEmpty());
  EXPECT_THAT(Only(findings, "cells.negative", kFail)[1].message(),
              HasSubstr("行政处罚／本年处理决定数量"));
}

TEST(Negative, IsAllowedInTheChangeOfItems) {
  ReportBuilder builder(v1::TEMPLATE_2019);
  builder.Set("disclosure.licence.delta", -3);
  EXPECT_THAT(CheckCore(builder.report()), IsEmpty());
}

TEST(Negative, IsNotNegativeZero) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  builder.cell("disclosure.fees.fee_wan").set_decimal("-0.00");
  EXPECT_THAT(CheckCore(builder.report()), IsEmpty());
}

TEST(Blank, IsWorthKnowingWhenFew) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  for (const char* column : {"made", "repealed", "valid"}) {
    builder.SetState(absl::StrCat("disclosure.rules.", column),
                     v1::CELL_STATE_NOT_APPLICABLE, "/");
  }
  const auto findings = CheckCore(builder.report());
  ASSERT_THAT(Brief(findings), ElementsAre("cells.blank FAIL"));
  EXPECT_EQ(findings[0].severity(), v1::SEVERITY_INFO);
  EXPECT_THAT(
      findings[0].message(),
      HasSubstr("有 3 个单元格空白或填写了“/”等符号：规章／本年制发件数、"
                "规章／本年废止件数、规章／现行有效件数。"));
}

TEST(Blank, IsAWarningPastTen) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  const auto& cells = builder.report().requests().cells();
  for (int i = 0; i < 10; ++i) {
    builder.SetState(CellPathText(cells[i]), v1::CELL_STATE_BLANK, "");
  }
  EXPECT_THAT(Only(CheckCore(builder.report()), "cells.blank", kFail),
              SizeIs(1));
  EXPECT_THAT(Only(CheckCore(builder.report()), "cells.many-blank", kFail),
              IsEmpty());
  builder.SetState(CellPathText(cells[10]), v1::CELL_STATE_BLANK, "");
  const auto findings = CheckCore(builder.report());
  EXPECT_THAT(Only(findings, "cells.blank", kFail), IsEmpty());
  const auto many = Only(findings, "cells.many-blank", kFail);
  ASSERT_THAT(many, SizeIs(1));
  EXPECT_EQ(many[0].severity(), v1::SEVERITY_WARNING);
  EXPECT_THAT(many[0].cells(), SizeIs(11));
  EXPECT_THAT(many[0].message(), HasSubstr("等 11 个"));
}

TEST(Blank, IsNotWhatIsMissing) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  builder.RemoveRow("disclosure.rules");
  EXPECT_THAT(CheckCore(builder.report()), IsEmpty());
}

TEST(Unit, IsNotedInCountsAndFees) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  builder.cell("disclosure.fees.fee_wan").set_decimal("3.2");
  builder.cell("disclosure.fees.fee_wan").set_raw("3.2万元");
  builder.cell("disclosure.fees.fee_wan").set_unit("万元");
  const auto findings = CheckCore(builder.report());
  ASSERT_THAT(Brief(findings), ElementsAre("cells.unit FAIL"));
  EXPECT_EQ(findings[0].severity(), v1::SEVERITY_INFO);
  EXPECT_THAT(findings[0].message(), HasSubstr("“3.2万元”，带有单位“万元”"));
}

TEST(Unit, IsNotNotedWhereTheFormLeavesItOpen) {
  ReportBuilder builder(v1::TEMPLATE_2019);
  builder.cell("disclosure.procurement.amount").set_decimal("251000");
  builder.cell("disclosure.procurement.amount").set_unit("元");
  EXPECT_THAT(CheckCore(builder.report()), IsEmpty());
}

TEST(Faults, ComeInTheOrderOfTheForm) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  builder.SetState("disputes.review.upheld", v1::CELL_STATE_INVALID, "x");
  builder.SetState("disclosure.rules.made", v1::CELL_STATE_INVALID, "y");
  auto* cells = builder.mutable_report().mutable_disclosure()->mutable_cells();
  std::reverse(cells->pointer_begin(), cells->pointer_end());
  builder.SetState("disclosure.licence.decisions", v1::CELL_STATE_INVALID, "z");
  std::vector<std::string> paths;
  for (const auto& finding :
       Only(CheckCore(builder.report()), "cells.not-a-number", kFail)) {
    paths.push_back(Paths(finding)[0]);
  }
  EXPECT_THAT(paths, ElementsAre("disclosure.rules.made",
                                 "disclosure.licence.decisions",
                                 "disputes.review.upheld"));
}

}  // namespace
}  // namespace gongkai::validate
