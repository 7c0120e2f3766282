// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/worker/validate/check.h"

namespace gongkai::validate {
namespace {

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

TEST(Repair, NamesTheCellThatBreaksARowAndAColumn) {
  ReportBuilder builder = Sample();
  builder.Set("requests.granted.natural", 4);
  const auto findings = CheckIdentities(builder.report());
  ASSERT_THAT(Brief(findings), ElementsAre("requests.processed-sum FAIL",
                                           "requests.row-sum FAIL"));
  for (const v1::Finding& finding : findings) {
    const v1::Repair& repair = finding.repair();
    EXPECT_EQ(CellPathText(repair.cell()), "requests.granted.natural");
    EXPECT_EQ(repair.printed(), 4);
    EXPECT_EQ(repair.proposed(), 40);
    EXPECT_THAT(repair.repairs(),
                ElementsAre("requests.processed-sum requests.processed.natural",
                            "requests.row-sum requests.granted.total"));
    EXPECT_THAT(finding.message(),
                HasSubstr("如果「（一）予以公开／自然人」由 4 改为 40"));
    EXPECT_THAT(finding.message_en(),
                HasSubstr("If requests.granted.natural were 40 instead of 4"));
    EXPECT_EQ(finding.message_args().at("proposed"), "40");
  }
}

TEST(Repair, NamesATotalThatBreaksThreeIdentities) {
  ReportBuilder builder = Sample();
  builder.Set("requests.processed.natural", 56);
  const auto findings = CheckIdentities(builder.report());
  ASSERT_THAT(Brief(findings), ElementsAre("requests.balance FAIL",
                                           "requests.processed-sum FAIL",
                                           "requests.row-sum FAIL"));
  for (const v1::Finding& finding : findings) {
    EXPECT_EQ(CellPathText(finding.repair().cell()),
              "requests.processed.natural");
    EXPECT_EQ(finding.repair().proposed(), 55);
    EXPECT_THAT(finding.repair().repairs(), SizeIs(3));
  }
}

TEST(Repair, IsNotGivenWhereSeveralCellsWouldDo) {
  ReportBuilder builder = Sample();
  builder.Set("disputes.review.total", 1);
  const auto findings = CheckIdentities(builder.report());
  ASSERT_THAT(Brief(findings), ElementsAre("disputes.group-sum FAIL"));
  EXPECT_FALSE(findings[0].has_repair());
  EXPECT_THAT(findings[0].message(), Not(HasSubstr("如果")));
}

TEST(Repair, NamesEachOfTwoWrongCellsThatLieApart) {
  ReportBuilder builder = Sample();
  builder.Set("requests.granted.natural", 41);
  builder.Set("requests.partial.legal", 7);
  const auto findings = CheckIdentities(builder.report());
  ASSERT_THAT(findings, SizeIs(4));
  for (const v1::Finding& finding : findings) {
    const bool first = finding.difference() == "1";
    EXPECT_EQ(CellPathText(finding.repair().cell()),
              first ? "requests.granted.natural" : "requests.partial.legal");
    EXPECT_EQ(finding.repair().proposed(), first ? 40 : 0);
  }
}

TEST(Repair, IsNotGivenForTwoWrongCellsOfOneRow) {
  ReportBuilder builder = Sample();
  builder.Set("requests.granted.natural", 41);
  builder.Set("requests.granted.legal", 7);
  const auto findings = CheckIdentities(builder.report());
  ASSERT_THAT(findings, SizeIs(3));
  for (const v1::Finding& finding : findings) {
    EXPECT_FALSE(finding.has_repair()) << finding.message();
  }
}

TEST(Repair, PrefersTheSmallerChangeOfDigits) {
  // Only the group's own sum speaks for or against its five cells.
  ReportBuilder builder = Sample();
  builder.Set("disputes.review.upheld", 58);
  builder.Set("disputes.review.other", 9);
  builder.AddUp();
  builder.Set("disputes.review.upheld", 85);
  const auto findings = CheckIdentities(builder.report());
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].difference(), "27");
  // 85 for 58 has two digits exchanged; the others would change two digits.
  EXPECT_EQ(CellPathText(findings[0].repair().cell()),
            "disputes.review.upheld");
  EXPECT_EQ(findings[0].repair().proposed(), 58);
  EXPECT_EQ(findings[0].repair().kind(), v1::REPAIR_KIND_ONE_CELL);
  ASSERT_THAT(findings[0].repair().changes(), SizeIs(1));
}

TEST(Repair, OfOneTableIsNotHinderedByAnother) {
  ReportBuilder builder = Sample();
  builder.Set("requests.granted.natural", 41);
  builder.Set("disputes.review.total", 1);
  const auto findings = CheckIdentities(builder.report());
  ASSERT_THAT(findings, SizeIs(3));
  for (const v1::Finding& finding : findings) {
    EXPECT_EQ(finding.has_repair(), finding.rule_id() != "disputes.group-sum");
  }
}

TEST(Repair, DoesNotBreakWhatHolds) {
  // One balance fails. Each of its four cells could repair it, but all except
  // one are part of a row sum that holds.
  ReportBuilder builder = Sample();
  builder.Set("requests.received.natural", 61);
  builder.SetState("requests.received.total", v1::CELL_STATE_BLANK, "");
  const auto failures = Only(CheckIdentities(builder.report()),
                             "requests.balance", v1::RULE_RESULT_FAIL);
  ASSERT_THAT(failures, SizeIs(1));
  EXPECT_EQ(CellPathText(failures[0].repair().cell()),
            "requests.received.natural");
  EXPECT_EQ(failures[0].repair().proposed(), 60);

  // With two such cells it is not unique.
  builder.SetState("requests.carried_out.total", v1::CELL_STATE_BLANK, "");
  EXPECT_FALSE(Only(CheckIdentities(builder.report()), "requests.balance",
                    v1::RULE_RESULT_FAIL)[0]
                   .has_repair());
}

TEST(Repair, NeverProposesANegativeCount) {
  ReportBuilder builder = Sample();
  builder.Set("requests.granted.business", 50);
  builder.Set("requests.partial.natural", 50);
  // What would prove those two cells wrong was not read.
  builder.SetState("requests.processed.business", v1::CELL_STATE_BLANK, "");
  builder.SetState("requests.partial.total", v1::CELL_STATE_BLANK, "");
  const auto failures = [&builder] {
    return CheckIdentities(builder.report());
  };
  // The one cell that both failures share would have to become 40 - 50.
  ASSERT_THAT(Brief(failures()), ElementsAre("requests.processed-sum FAIL",
                                             "requests.row-sum FAIL"));
  for (const v1::Finding& finding : failures()) {
    EXPECT_NE(CellPathText(finding.repair().cell()),
              "requests.granted.natural");
  }
  // The same with a change that the cell can bear: one cell is less than two.
  builder.Set("requests.granted.business", 30);
  builder.Set("requests.partial.natural", 30);
  for (const v1::Finding& finding : failures()) {
    EXPECT_EQ(finding.repair().proposed(), 10);
  }
}

class RandomReports : public testing::TestWithParam<v1::Template> {};

INSTANTIATE_TEST_SUITE_P(Repair, RandomReports,
                         testing::Values(v1::TEMPLATE_2019, v1::TEMPLATE_2021),
                         [](const auto& info) {
                           return v1::Template_Name(info.param);
                         });

TEST_P(RandomReports, ThatAddUpGiveNoFinding) {
  std::mt19937_64 random(20210926);
  for (int i = 0; i < 200; ++i) {
    const ReportBuilder builder = RandomReport(GetParam(), random);
    EXPECT_THAT(Brief(CheckIdentities(builder.report())), IsEmpty());
  }
}

TEST_P(RandomReports, WithOneWrongCellOfRequestsNameIt) {
  std::mt19937_64 random(711);
  for (int i = 0; i < 400; ++i) {
    ReportBuilder builder = RandomReport(GetParam(), random);
    const auto& cells = builder.report().requests().cells();
    const v1::Cell right = cells[random() % cells.size()];
    const std::string path = CellPathText(right);
    const int64_t wrong =
        static_cast<int64_t>(random() % 100) + (random() % 2) * 1000;
    if (wrong == right.count()) continue;
    builder.Set(path, wrong);
    const auto findings = CheckIdentities(builder.report());
    // Every cell of this table is part of at least two identities.
    ASSERT_GE(findings.size(), 2u);
    for (const v1::Finding& finding : findings) {
      EXPECT_EQ(finding.result(), v1::RULE_RESULT_FAIL);
      ASSERT_TRUE(finding.has_repair()) << path << ": " << finding.message();
      EXPECT_EQ(CellPathText(finding.repair().cell()), path);
      EXPECT_EQ(finding.repair().printed(), wrong);
      EXPECT_EQ(finding.repair().proposed(), right.count());
      EXPECT_EQ(static_cast<size_t>(finding.repair().repairs_size()),
                findings.size());
    }
  }
}

}  // namespace
}  // namespace gongkai::validate
