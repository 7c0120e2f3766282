// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// What becomes of values whose labels are varied, interrupted, torn off or
// glued to them. As in binding_test.cc, documents are made as text and read
// the whole way.

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/worker/extract/cells.h"
#include "tests/worker/extract/reading_room.h"
#include "tests/worker/extract/small_report.h"
#include "worker/extract/binding.h"

namespace gongkai::extract {
namespace {

using generator::Form;
using generator::Layout;
using testing::ElementsAre;

constexpr char kUnread[] = "? ? ? ? ? ? ?";
constexpr char kMissing[] = "x x x x x x x";

v1::Report Read(const std::string& bytes) { return ReadTrueToBytes(bytes); }

v1::Report Read(const SmallReport& report, Layout layout) {
  return Read(report.Print(layout));
}

// --- Labels and what stands between them. ---

TEST(BindingLabelsTest, AMergedLabelCellInFrontIsNoValue) {
  // Layout B prints the empty places under a group's label.
  SmallReport report;
  report.ReplaceAll("0", "");
  const v1::Report read = Read(report, Layout::kB);
  EXPECT_EQ(RowText(read, "requests.denied.third_party"), "1 _ _ _ _ _ 1");
  EXPECT_EQ(RowText(read, "requests.unable.not_held"), "1 1 _ _ _ _ 2");
  EXPECT_EQ(RowText(read, "requests.partial"), "1 _ _ _ 1 _ 2");
}

TEST(BindingLabelsTest, AGroupLabelMayStandBetweenALabelAndItsNumbers) {
  const std::string text =
      ReplaceOnce(SmallReport().Print(Layout::kF), "予以公开\n\n5\n",
                  "予以公开\n\n（三）不予公开\n\n5\n");
  EXPECT_EQ(RowText(Read(text), "requests.granted"), "5 1 0 0 0 0 6");
}

TEST(BindingLabelsTest, AnotherRowsLabelEndsTheRow) {
  const std::string text =
      ReplaceOnce(SmallReport().Print(Layout::kF), "予以公开\n\n5\n",
                  "予以公开\n\n7.属于行政执法案卷\n\n5\n");
  EXPECT_EQ(RowText(Read(text), "requests.granted"), kMissing);
}

TEST(BindingLabelsTest, PageNumbersBetweenLabelAndNumbersAreSkipped) {
  for (const char* page : {"- 4 -", "-4-"}) {
    for (Layout layout : {Layout::kF, Layout::kJ}) {
      std::string text = SmallReport().Print(layout);
      text = ReplaceOnce(
          text, "予以公开",
          absl::StrCat("予以公开",
                       layout == Layout::kF ? absl::StrCat("\n", page) : ""));
      const v1::Report read = Read(text);
      EXPECT_EQ(RowText(read, "requests.granted"), "5 1 0 0 0 0 6")
          << page << " in " << generator::LayoutName(layout);
    }
  }
}

TEST(BindingLabelsTest, APageNumberBetweenTwoRowsIsNoValue) {
  for (const char* page : {"- 7 -\n", "— 7 —\n", "－7－\n", "第 7 页\n"}) {
    for (Layout layout : {Layout::kF, Layout::kJ}) {
      std::string text = SmallReport().Print(layout);
      const size_t at = text.find("2.重复申请");
      ASSERT_NE(at, std::string::npos);
      const size_t line = text.rfind('\n', at) + 1;
      text.insert(line, page);
      const v1::Report read = Read(text);
      EXPECT_EQ(RowText(read, "requests.refused.petition"), "0 0 0 0 0 0 0")
          << page << " in " << generator::LayoutName(layout);
      EXPECT_EQ(RowText(read, "requests.refused.duplicate"), "0 0 0 0 0 0 0")
          << page << " in " << generator::LayoutName(layout);
    }
  }
}

TEST(BindingLabelsTest, LabelsInVariantsAndTraditionalBindTheSame) {
  SmallReport report;
  report.Relabel("（一）予以公开", "(一) 予以公開");
  report.Relabel("1.属于国家秘密", "1、屬於國家秘密");
  report.Relabel("行政规范性文件", "規範性檔案");
  report.Relabel("8.属于行政查询事项", "8.属于行政查洵事项");
  report.Set("requests.denied.admin_query",
             {"0", "0", "4", "0", "0", "0", "4"});
  const v1::Report read = Read(report, Layout::kB);
  EXPECT_EQ(RowText(read, "requests.granted"), "5 1 0 0 0 0 6");
  EXPECT_EQ(RowText(read, "requests.denied.state_secret"), "0 0 0 0 0 0 0");
  EXPECT_EQ(RowText(read, "requests.denied.admin_query"), "0 0 4 0 0 0 4");
  EXPECT_EQ(RowText(read, "disclosure.normative"), "2 1 30");
}

// --- Displaced labels. ---

// The rows of the requests table as a PDF program prints them when it tears
// labels from numbers: those of partial and the first denied row stand behind
// the numbers.
std::string DisplacedReport(const SmallReport& report) {
  std::string text = report.Print(Layout::kF);
  const std::string partial =
      "（二）部分公开（区分处理的，只计这一情形，不计其他情形）";
  text = ReplaceOnce(text, partial + "\n\n", "");
  text = ReplaceOnce(text, "（三）不予公开\n\n1.属于国家秘密\n\n", "");
  return ReplaceOnce(
      text, "8.属于行政查询事项\n",
      absl::StrCat(partial, "\n\n1.属于国家秘密\n\n（三）不予公开\n\n",
                   "8.属于行政查询事项\n"));
}

TEST(BindingLabelsTest, DisplacedLabelsAreBoundInOrderWhereTheSumsProveIt) {
  SmallReport report;
  const ReadResult result = ReadReport(DisplacedReport(report));
  EXPECT_EQ(RowText(result.report, "requests.granted"), "5 1 0 0 0 0 6");
  EXPECT_EQ(RowText(result.report, "requests.partial"), "1 0 0 0 1 0 2");
  EXPECT_EQ(RowText(result.report, "requests.denied.state_secret"),
            "0 0 0 0 0 0 0");
  EXPECT_THAT(Notes(result.report),
              ElementsAre("label displaced requests.partial",
                          "label displaced requests.denied.state_secret"));
}

TEST(BindingLabelsTest, DisplacedLabelsAreNotBoundWhereASumIsBroken) {
  SmallReport report;
  report.Set("requests.partial", {"1", "0", "0", "0", "1", "0", "3"});
  const v1::Report read = Read(DisplacedReport(report));
  EXPECT_EQ(RowText(read, "requests.granted"), kUnread);
  EXPECT_EQ(RowText(read, "requests.partial"), kUnread);
  EXPECT_EQ(RowText(read, "requests.denied.state_secret"), kUnread);
  EXPECT_EQ(RowText(read, "requests.denied.law_forbidden"), "0 0 0 0 0 0 0");
}

TEST(BindingLabelsTest, NumbersOfALostLabelAreNotGivenToItsNeighbour) {
  // One label is gone and its numbers are not: fourteen numbers for one row.
  SmallReport report;
  report.Set("requests.partial", {"1", "0", "0", "0", "1", "0", "3"});
  const std::string text =
      ReplaceOnce(report.Print(Layout::kF),
                  "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
                  "\n\n",
                  "");
  const v1::Report read = Read(text);
  EXPECT_EQ(RowText(read, "requests.granted"), kUnread);
  EXPECT_FALSE(CellAt(read, "requests.partial.natural").claims());
}

// --- Glued digits. ---

std::string GluedReport(const std::string& normative,
                        const std::string& granted) {
  SmallReport report;
  std::string text = report.Print(Layout::kF);
  text = ReplaceOnce(text, "行政规范性文件\n\n2\n\n1\n\n30\n",
                     absl::StrCat("行政规范性文件", normative, "\n"));
  return ReplaceOnce(text, "予以公开\n\n5\n\n1\n\n0\n\n0\n\n0\n\n0\n\n6\n",
                     absl::StrCat("予以公开", granted, "\n"));
}

TEST(BindingLabelsTest, GluedZerosAreZeros) {
  const v1::Report read = Read(GluedReport("000", "0000000"));
  EXPECT_EQ(RowText(read, "disclosure.normative"), "0 0 0");
  EXPECT_EQ(RowText(read, "requests.granted"), "0 0 0 0 0 0 0");
}

TEST(BindingLabelsTest, GluedDigitsAreReadWhereTheirSumProvesThem) {
  const v1::Report read = Read(GluedReport("000", "5100006"));
  EXPECT_EQ(RowText(read, "requests.granted"), "5 1 0 0 0 0 6");
}

TEST(BindingLabelsTest, GluedDigitsWithoutProofAreAmbiguous) {
  const v1::Report read = Read(GluedReport("213", "5100007"));
  EXPECT_EQ(RowText(read, "disclosure.normative"), "? ? ?");
  EXPECT_EQ(RowText(read, "requests.granted"), kUnread);
  EXPECT_THAT(CellAt(read, "disclosure.normative.made").candidates,
              ElementsAre("213"));
}

TEST(BindingLabelsTest, GluedDigitsOfAnotherCountAreAmbiguous) {
  const v1::Report read = Read(GluedReport("2130", "51000016"));
  EXPECT_EQ(RowText(read, "disclosure.normative"), "? ? ?");
  EXPECT_EQ(RowText(read, "requests.granted"), kUnread);
}

// --- Forms. ---

TEST(BindingLabelsTest, AReportOf2019WithThreeRowsOfOtherHandlingIsNotMisread) {
  // The text as the 2019 form prints it, with rows of the 2021 form inside.
  SmallReport report(Form::k2019);
  report.year = 2020;
  report.Set("requests.other.all", {"0", "0", "0", "0", "0", "0", "0"});
  std::string text = report.Print(Layout::kE);
  text = ReplaceOnce(
      text, "（六）其他处理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
      "（六）其他处理 | 1.逾期不补正 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n"
      "2.逾期不缴费 | 0 | 2 | 0 | 0 | 0 | 0 | 2 |\n"
      "3.其他 | 0 | 0 | 3 | 0 | 0 | 0 | 3 |");
  const v1::Report read = Read(text);
  EXPECT_EQ(read.template_(), v1::TEMPLATE_2019);
  // None of the three is the whole.
  for (const CellFacts& cell : AllCells(read)) {
    if (cell.path.find("requests.other.all") == std::string::npos) continue;
    EXPECT_FALSE(cell.claims()) << cell.path << " " << cell.value;
  }
  EXPECT_EQ(RowText(read, "requests.processed"), "8 2 0 0 1 0 11");
}

}  // namespace
}  // namespace gongkai::extract
