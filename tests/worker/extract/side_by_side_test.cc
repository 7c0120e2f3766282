// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/side_by_side.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/worker/extract/cells.h"
#include "tests/worker/extract/reading_room.h"
#include "tests/worker/extract/small_report.h"
#include "worker/extract/anchors.h"

namespace gongkai::extract {
namespace {

using generator::Layout;
using input::BlockKind;
using testing::Contains;
using testing::ElementsAre;

constexpr char kUnread[] = "? ? ? ? ?";
constexpr char kMissing[] = "x x x x x";
constexpr char kBlank[] = "_ _ _ _ _";

// The three groups, "review | direct | after review".
std::string Disputes(const v1::Report& report) {
  return absl::StrCat(RowText(report, "disputes.review"), " | ",
                      RowText(report, "disputes.direct"), " | ",
                      RowText(report, "disputes.after_review"));
}

std::string Thrice(const std::string& text) {
  return absl::StrCat(text, " | ", text, " | ", text);
}

class DisputesTest : public testing::TestWithParam<Layout> {};

TEST_P(DisputesTest, FifteenValuesAreReadInOrder) {
  const ReadResult result = ReadReport(SmallReport().Print(GetParam()));
  EXPECT_EQ(Disputes(result.report), "1 0 2 0 3 | 0 1 0 0 1 | 2 0 0 4 6");
}

TEST_P(DisputesTest, ABrokenSumIsReadAsPrinted) {
  SmallReport report;
  report.Set("disputes.review", {"1", "0", "2", "0", "9"});
  report.Set("disputes.direct", {"0", "1", "0", "0", "0"});
  const ReadResult result = ReadReport(report.Print(GetParam()));
  EXPECT_EQ(Disputes(result.report), "1 0 2 0 9 | 0 1 0 0 0 | 2 0 0 4 6");
}

TEST_P(DisputesTest, FourteenValuesAreAmbiguous) {
  SmallReport report;
  report.Values("disputes.direct").pop_back();
  const ReadResult result = ReadReport(report.Print(GetParam()));
  EXPECT_EQ(Disputes(result.report), Thrice(kUnread));
  EXPECT_EQ(result.outcome, v1::OUTCOME_PARTIAL);
  EXPECT_THAT(Notes(result.report), ElementsAre("row ambiguous"));
  EXPECT_THAT(CellAt(result.report, "disputes.direct.total").candidates,
              ElementsAre("1", "0", "2", "0", "3", "0", "1", "0", "0", "2", "0",
                          "0", "4", "6"));
}

TEST_P(DisputesTest, ThreeTotalsAloneAreAmbiguous) {
  SmallReport report;
  report.Set("disputes.review", {"3"});
  report.Set("disputes.direct", {"1"});
  report.Set("disputes.after_review", {"6"});
  const ReadResult result = ReadReport(report.Print(GetParam()));
  EXPECT_EQ(Disputes(result.report), Thrice(kUnread));
}

TEST_P(DisputesTest, WithoutValuesTheTableHasNone) {
  SmallReport report;
  report.Set("disputes.review", {});
  report.Set("disputes.direct", {});
  report.Set("disputes.after_review", {});
  const ReadResult result = ReadReport(report.Print(GetParam()));
  EXPECT_EQ(Disputes(result.report), Thrice(kMissing));
  EXPECT_THAT(Notes(result.report), Contains("values lost"));
}

TEST_P(DisputesTest, AHeadWithoutItsSecondLineIsStillTheHead) {
  // As a converter leaves it: the last line of most cells is gone.
  SmallReport report;
  report.Relabel("结果维持", "结果");
  report.Relabel("结果纠正", "结果");
  report.Relabel("其他结果", "其他");
  report.Relabel("尚未审结", "尚未");
  const ReadResult result = ReadReport(report.Print(GetParam()));
  EXPECT_EQ(Disputes(result.report), "1 0 2 0 3 | 0 1 0 0 1 | 2 0 0 4 6");
}

INSTANTIATE_TEST_SUITE_P(Layouts, DisputesTest,
                         testing::Values(Layout::kA, Layout::kB, Layout::kC,
                                         Layout::kD, Layout::kE, Layout::kF,
                                         Layout::kG, Layout::kJ, Layout::kK),
                         [](const auto& info) {
                           return std::string(
                               generator::LayoutName(info.param));
                         });

TEST(DisputesOrderTest, SixteenValuesAreAmbiguous) {
  for (Layout layout : {Layout::kA, Layout::kB, Layout::kD, Layout::kE,
                        Layout::kF, Layout::kG, Layout::kJ, Layout::kK}) {
    SmallReport report;
    report.Values("disputes.direct").push_back("5");
    const ReadResult result = ReadReport(report.Print(layout));
    EXPECT_EQ(Disputes(result.report), Thrice(kUnread))
        << generator::LayoutName(layout);
  }
}

TEST(DisputesOrderTest, BlankGroupsAreBlankInTheirPlaces) {
  for (Layout layout : {Layout::kA, Layout::kB, Layout::kH, Layout::kM}) {
    SmallReport report;
    report.Set("disputes.direct", std::vector<std::string>(5, ""));
    const ReadResult result = ReadReport(report.Print(layout));
    EXPECT_EQ(Disputes(result.report),
              absl::StrCat("1 0 2 0 3 | ", kBlank, " | 2 0 0 4 6"))
        << generator::LayoutName(layout);
  }
}

TEST(DisputesOrderTest, ATableThatIsOnlyBlankIsBlank) {
  for (Layout layout : {Layout::kA, Layout::kB, Layout::kH, Layout::kM}) {
    SmallReport report;
    report.Fill("disputes", "");
    const ReadResult result = ReadReport(report.Print(layout));
    EXPECT_EQ(Disputes(result.report), Thrice(kBlank))
        << generator::LayoutName(layout);
  }
}

TEST(DisputesOrderTest, BlanksBehindTheValuesNeedAProof) {
  // The requests table is full, so that it tells nothing of blanks.
  SmallReport report;
  report.Set("disputes.direct", std::vector<std::string>(5, ""));
  report.Set("disputes.after_review", std::vector<std::string>(5, ""));
  EXPECT_EQ(Disputes(ReadReport(report.Print(Layout::kH)).report),
            absl::StrCat("1 0 2 0 3 | ", kBlank, " | ", kBlank));
  // Without the sum they may as well be the first of each group.
  report.Set("disputes.review", {"1", "0", "2", "0", "9"});
  EXPECT_EQ(Disputes(ReadReport(report.Print(Layout::kH)).report),
            Thrice(kUnread));
}

TEST(DisputesOrderTest, CompactedValuesAreAmbiguous) {
  SmallReport report;
  report.ReplaceAll("0", "");
  EXPECT_EQ(Disputes(ReadReport(report.Print(Layout::kH2)).report),
            Thrice(kUnread));
}

// The values of the last group stand behind a label that was torn off.
std::string TornApart(const SmallReport& report) {
  std::string text = report.Print(Layout::kF);
  const std::string& last = report.headings[4];
  const size_t end = text.find(last);
  const size_t begin = text.rfind("\n\n2\n\n0\n\n0\n\n4\n", end);
  EXPECT_NE(begin, std::string::npos);
  return text.insert(begin + 2, "复议后起诉\n\n结果维持\n\n");
}

TEST(DisputesOrderTest,
     ValuesThatAreNotTogetherAreReadWhereEverySumProvesThem) {
  EXPECT_EQ(Disputes(ReadReport(TornApart(SmallReport())).report),
            "1 0 2 0 3 | 0 1 0 0 1 | 2 0 0 4 6");
}

TEST(DisputesOrderTest, ValuesThatAreNotTogetherAreAmbiguousWhereASumIsBroken) {
  SmallReport report;
  report.Set("disputes.direct", {"0", "1", "0", "0", "2"});
  EXPECT_EQ(Disputes(ReadReport(TornApart(report)).report), Thrice(kUnread));
}

TEST(DisputesOrderTest, WithoutTheSectionsHeadingTheTableIsFoundByItsLabels) {
  SmallReport report;
  report.headings[3] = "";
  const ReadResult result = ReadReport(report.Print(Layout::kE));
  EXPECT_EQ(Disputes(result.report), "1 0 2 0 3 | 0 1 0 0 1 | 2 0 0 4 6");
  EXPECT_EQ(RowText(result.report, "requests.carried_out"), "1 0 0 0 0 0 1");
}

TEST(DisputesOrderTest, NumbersOfARunningTextAreNotTheTable) {
  SmallReport report;
  std::string text = report.Print(Layout::kE);
  const size_t begin = text.find("行政复议 | ");
  ASSERT_NE(begin, std::string::npos);
  text.erase(begin, text.find(report.headings[4]) - begin);
  text.insert(begin,
              "全年行政复议3件，其中结果维持1件，其他结果2件，尚未审结0件。\n");
  const ReadResult result = ReadReport(text);
  EXPECT_EQ(Disputes(result.report), Thrice(kMissing));
  EXPECT_THAT(Notes(result.report), Contains("table missing"));
}

// --- The binder alone, on tokens made by hand. ---

class SideBySideBinderTest : public testing::Test {
 protected:
  SideBySideBinderTest() : rows_(Form2021(), v1::TABLE_DISPUTES) {
    readings_.Reset(Form2021(), &cells_);
  }

  RowOutcome Bind(const TokenMaker& maker, int from = 0) {
    return binder_.Bind(maker.tokens(), v1::TABLE_DISPUTES, rows_.rows(), from,
                        static_cast<int>(maker.tokens().size()),
                        Blanks::kUnknown, &readings_);
  }

  static void AddHeader(TokenMaker* maker) {
    maker->Row({"行政复议", "行政诉讼"})
        .Row({"结果维持", "结果纠正", "其他结果", "尚未审结", "总计",
              "未经复议直接起诉", "复议后起诉"});
  }

  const PrintedRows rows_;
  Tokenizer tokenizer_{TestNormalizer(), TestLabels(), TestValues()};
  SideBySideBinder binder_{TestLabels(), &tokenizer_};
  catalog::ReadCells cells_;
  Readings readings_;
};

TEST_F(SideBySideBinderTest, TheRangeHoldsHeaderAndValues) {
  TokenMaker maker(BlockKind::kGrid);
  maker.Row({"一段文字"});
  AddHeader(&maker);
  maker.Row(std::vector<std::string>(15, "0")).Row({"又一段"});
  EXPECT_EQ(Bind(maker), RowOutcome::kBound);
  EXPECT_EQ(binder_.range().begin, 1);
  EXPECT_EQ(binder_.range().end, 1 + 9 + 15);
}

TEST_F(SideBySideBinderTest, PaddingAroundFifteenValuesIsLeftOut) {
  TokenMaker maker(BlockKind::kGrid);
  AddHeader(&maker);
  std::vector<std::string> values(15, "0");
  values.insert(values.begin(), "");
  values.push_back("");
  maker.Row(values);
  EXPECT_EQ(Bind(maker), RowOutcome::kBound);
  EXPECT_EQ(readings_[rows_[0].first_cell].state, v1::CELL_STATE_VALUE);
}

TEST_F(SideBySideBinderTest, PaddingThatCouldBeACellIsAmbiguous) {
  TokenMaker maker(BlockKind::kGrid);
  AddHeader(&maker);
  std::vector<std::string> values(14, "0");
  values.insert(values.begin(), "");
  values.push_back("");
  maker.Row(values);
  EXPECT_EQ(Bind(maker), RowOutcome::kAmbiguous);
  EXPECT_EQ(readings_[rows_[0].first_cell].state, v1::CELL_STATE_AMBIGUOUS);
}

TEST_F(SideBySideBinderTest, BlankRowsBeforeTheValuesAreSkipped) {
  TokenMaker maker(BlockKind::kGrid);
  AddHeader(&maker);
  maker.Row({"", "", ""}).Row(std::vector<std::string>(15, "7"));
  EXPECT_EQ(Bind(maker), RowOutcome::kBound);
  EXPECT_EQ(readings_[rows_[2].first_cell].count, 7);
}

TEST_F(SideBySideBinderTest, WithoutAHeaderThereIsNoTable) {
  TokenMaker maker(BlockKind::kGrid);
  maker.Row({"总计", "其他"}).Row(std::vector<std::string>(15, "0"));
  EXPECT_EQ(Bind(maker), RowOutcome::kMissing);
  EXPECT_TRUE(binder_.range().empty());
}

TEST_F(SideBySideBinderTest, WhatStandsBeforeTheStartIsNotLookedAt) {
  TokenMaker maker(BlockKind::kGrid);
  AddHeader(&maker);
  maker.Row(std::vector<std::string>(15, "0"));
  EXPECT_EQ(Bind(maker, 9), RowOutcome::kMissing);
}

}  // namespace
}  // namespace gongkai::extract
