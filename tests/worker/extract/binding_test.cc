// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Rows are bound to columns only where the binding is proved. Documents are
// made as text and read the whole way, so that what the readers of formats
// really deliver is what is bound.

#include "worker/extract/binding.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/worker/extract/cells.h"
#include "tests/worker/extract/reading_room.h"
#include "tests/worker/extract/small_report.h"

namespace gongkai::extract {
namespace {

using generator::Form;
using generator::Layout;
using testing::AnyOf;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

constexpr char kUnread[] = "? ? ? ? ? ? ?";
constexpr char kMissing[] = "x x x x x x x";
constexpr char kBlank[] = "_ _ _ _ _ _ _";

// The value rows of the requests table, in order.
std::vector<std::string> RequestRows() {
  std::vector<std::string> rows;
  for (const auto& row : generator::RequestRows(Form::k2021)) {
    rows.push_back(absl::StrCat("requests.", row.key));
  }
  return rows;
}

v1::Report Read(const std::string& bytes) { return ReadTrueToBytes(bytes); }

v1::Report Read(const SmallReport& report, Layout layout) {
  return Read(report.Print(layout));
}

// --- Everything in its place. ---

class EveryLayoutTest : public testing::TestWithParam<Layout> {};

TEST_P(EveryLayoutTest, AFullReportIsReadInFull) {
  const ReadResult result = ReadReport(SmallReport().Print(GetParam()));
  EXPECT_EQ(result.outcome, v1::OUTCOME_OK) << result.message_en;
  EXPECT_THAT(Notes(result.report), IsEmpty());
  EXPECT_EQ(RowText(result.report, "requests.received"), "8 2 0 0 1 0 11");
  EXPECT_EQ(RowText(result.report, "requests.carried_out"), "1 0 0 0 0 0 1");
  EXPECT_EQ(RowText(result.report, "disclosure.normative"), "2 1 30");
  EXPECT_EQ(RowText(result.report, "disclosure.fees"), "25.4");
  EXPECT_EQ(RowText(result.report, "disputes.after_review"), "2 0 0 4 6");
  for (const CellFacts& cell : AllCells(result.report)) {
    EXPECT_EQ(cell.state, v1::CELL_STATE_VALUE) << cell.path;
  }
}

TEST_P(EveryLayoutTest, IdentitiesNeverRepairAReport) {
  SmallReport report;
  report.Set("requests.granted", {"5", "1", "0", "0", "0", "0", "7"});
  report.Set("requests.carried_out", {"3", "0", "0", "0", "0", "0", "1"});
  report.Set("disputes.direct", {"0", "1", "0", "0", "2"});
  const ReadResult result = ReadReport(report.Print(GetParam()));
  EXPECT_EQ(RowText(result.report, "requests.granted"), "5 1 0 0 0 0 7");
  EXPECT_EQ(RowText(result.report, "requests.carried_out"), "3 0 0 0 0 0 1");
  EXPECT_EQ(RowText(result.report, "requests.processed"), "8 2 0 0 1 0 11");
  EXPECT_EQ(RowText(result.report, "disputes.direct"), "0 1 0 0 2");
  EXPECT_EQ(RowText(result.report, "disputes.review"), "1 0 2 0 3");
  // That it does not add up is the rules' to say; the reading is whole.
  EXPECT_EQ(result.outcome, v1::OUTCOME_OK);
}

TEST_P(EveryLayoutTest, ANumberOfTheWrongKindDoesNotMoveItsNeighbours) {
  SmallReport report;
  report.Set("requests.granted", {"5", "1.5", "0", "-2", "0", "0", "6"});
  report.Set("disclosure.rules", {"1", "0.5", "4"});
  const v1::Report read = Read(report, GetParam());
  EXPECT_EQ(RowText(read, "requests.granted"), "5 !1.5 0 !-2 0 0 6");
  EXPECT_EQ(RowText(read, "disclosure.rules"), "1 !0.5 4");
}

TEST_P(EveryLayoutTest, TextInACellIsInvalidOrLeavesTheRowInDoubt) {
  SmallReport report;
  report.Set("requests.granted", {"5", "abc", "0", "1,23", "0", "0", "6"});
  report.Set("disclosure.rules", {"1", "1,23", "4"});
  const v1::Report read = Read(report, GetParam());
  const std::string granted = RowText(read, "requests.granted");
  const std::string rules = RowText(read, "disclosure.rules");
  if (GetParam() == Layout::kF || GetParam() == Layout::kG ||
      GetParam() == Layout::kJ) {
    // Nothing there tells a cell from a line of running text for certain.
    EXPECT_THAT(granted, AnyOf(kUnread, "5 !abc 0 !1,23 0 0 6"));
    EXPECT_THAT(rules, AnyOf("? ? ?", "1 !1,23 4"));
  } else {
    EXPECT_EQ(granted, "5 !abc 0 !1,23 0 0 6");
    EXPECT_EQ(rules, "1 !1,23 4");
  }
  EXPECT_EQ(RowText(read, "requests.partial"), "1 0 0 0 1 0 2");
}

TEST_P(EveryLayoutTest, WhatIsNoNumberNeverMovesItsNeighbours) {
  // Signs that normalise to nothing, and the words of labels.
  for (const std::string text : {"＊＊", "**", "其他", "总计", "若干"}) {
    for (const int column : {0, 3, 6}) {
      SmallReport report;
      std::vector<std::string> cells = {"5", "1", "0", "2", "0", "0", "8"};
      cells[column] = text;
      report.Set("requests.granted", cells);
      const std::string row =
          RowText(Read(report, GetParam()), "requests.granted");
      // Each cell is what is printed there, or nothing is claimed of it.
      const std::vector<std::string> read = absl::StrSplit(row, ' ');
      ASSERT_EQ(read.size(), 7u) << row;
      for (int c = 0; c < 7; ++c) {
        if (c == column) {
          EXPECT_THAT(read[c], AnyOf("!" + text, "?", "x"))
              << text << " in column " << c << ": " << row;
        } else {
          EXPECT_THAT(read[c], AnyOf(cells[c], "?", "x"))
              << text << " in column " << column << ": " << row;
        }
      }
    }
  }
}

TEST_P(EveryLayoutTest, SlashesAndDashesAreNotZero) {
  for (const char* mark : {"/", "-", "—"}) {
    SmallReport report;
    report.ReplaceAll("0", mark);
    const v1::Report read = Read(report, GetParam());
    EXPECT_EQ(RowText(read, "requests.received"), "8 2 / / 1 / 11") << mark;
    EXPECT_EQ(RowText(read, "requests.refused.duplicate"), "/ / / / / / /");
    EXPECT_EQ(RowText(read, "disclosure.rules"), "1 / 4") << mark;
    EXPECT_EQ(RowText(read, "disputes.review"), "1 / 2 / 3") << mark;
  }
}

TEST_P(EveryLayoutTest, ARowThatIsNotPrintedIsMissing) {
  SmallReport report;
  report.Drop("requests.denied.third_party");
  report.Drop("disclosure.penalty");
  const ReadResult result = ReadReport(report.Print(GetParam()));
  EXPECT_EQ(result.outcome, v1::OUTCOME_PARTIAL);
  EXPECT_EQ(RowText(result.report, "requests.denied.third_party"), kMissing);
  EXPECT_EQ(RowText(result.report, "requests.denied.internal_affairs"),
            "0 0 0 0 0 0 0");
  EXPECT_EQ(RowText(result.report, "requests.unable.not_held"),
            "1 1 0 0 0 0 2");
  EXPECT_EQ(RowText(result.report, "disclosure.penalty"), "x");
  EXPECT_EQ(RowText(result.report, "disclosure.coercion"), "3");
  EXPECT_THAT(Notes(result.report),
              testing::IsSupersetOf({"row missing requests.denied.third_party",
                                     "row missing disclosure.penalty"}));
}

TEST_P(EveryLayoutTest, TheOneRowOfAHybridStandsBesideTheMissingThree) {
  SmallReport report(Form::kHybrid);
  report.Set("requests.other.all", {"1", "0", "0", "0", "0", "0", "1"});
  report.Set("requests.partial", {"0", "0", "0", "0", "1", "0", "1"});
  const ReadResult result = ReadReport(report.Print(GetParam()));
  EXPECT_EQ(result.report.template_(), v1::TEMPLATE_2021);
  EXPECT_EQ(RowText(result.report, "requests.other.all"), "1 0 0 0 0 0 1");
  EXPECT_EQ(RowText(result.report, "requests.other.misc"), kMissing);
  EXPECT_EQ(RowText(result.report, "requests.other.no_payment"), kMissing);
  EXPECT_EQ(RowText(result.report, "requests.processed"), "8 2 0 0 1 0 11");
  EXPECT_THAT(Notes(result.report), Contains("row extra requests.other.all"));
}

TEST_P(EveryLayoutTest, TheFormOf2019IsToldByItsLabelsAndNotByTheYear) {
  SmallReport report(Form::k2019);
  report.year = 2023;
  const ReadResult result = ReadReport(report.Print(GetParam()));
  EXPECT_EQ(result.report.year(), 2023);
  EXPECT_EQ(result.report.template_(), v1::TEMPLATE_2019);
  EXPECT_EQ(RowText(result.report, "disclosure.licence"), "13 -1 12");
  EXPECT_EQ(RowText(result.report, "disclosure.procurement"), "8 96171.6");
  EXPECT_EQ(RowText(result.report, "requests.other.all"), "0 0 0 0 0 0 0");
  EXPECT_EQ(result.outcome, v1::OUTCOME_OK) << result.message_en;
}

INSTANTIATE_TEST_SUITE_P(Layouts, EveryLayoutTest,
                         testing::Values(Layout::kA, Layout::kB, Layout::kC,
                                         Layout::kD, Layout::kE, Layout::kF,
                                         Layout::kG, Layout::kH, Layout::kJ,
                                         Layout::kK, Layout::kM),
                         [](const auto& info) {
                           return std::string(
                               generator::LayoutName(info.param));
                         });

// --- A row with one value too few. ---

class RowEndsTest : public testing::TestWithParam<Layout> {};

TEST_P(RowEndsTest, ALostLastColumnIsDerivedAndNothingIsShifted) {
  SmallReport report;
  report.Values("requests.granted").pop_back();
  report.Values("requests.partial").pop_back();
  const ReadResult result = ReadReport(report.Print(GetParam()));
  EXPECT_EQ(result.outcome, v1::OUTCOME_PARTIAL);
  EXPECT_EQ(RowText(result.report, "requests.granted"), "5 1 0 0 0 0 =6");
  EXPECT_EQ(RowText(result.report, "requests.partial"), "1 0 0 0 1 0 =2");
  EXPECT_EQ(RowText(result.report, "requests.received"), "8 2 0 0 1 0 11");
  EXPECT_THAT(Notes(result.report),
              ElementsAre("column lost requests.granted",
                          "column lost requests.partial"));
  const CellFacts total = CellAt(result.report, "requests.granted.total");
  EXPECT_EQ(total.raw, "");
  EXPECT_EQ(total.end, 0);
}

TEST_P(RowEndsTest, ATotalThatTheColumnContradictsIsNotDerived) {
  SmallReport report;
  report.Values("requests.granted").pop_back();
  report.Set("requests.processed", {"8", "2", "0", "0", "1", "0", "15"});
  const v1::Report read = Read(report, GetParam());
  // Six come from the row, ten from the column.
  EXPECT_EQ(RowText(read, "requests.granted"), "5 1 0 0 0 0 x");
  EXPECT_EQ(RowText(read, "requests.processed"), "8 2 0 0 1 0 15");
}

TEST_P(RowEndsTest, SixValuesOfWhichNoneIsProvedLostAreAmbiguous) {
  // Which of the seven is lost cannot be told: with the last one lost the
  // natural persons do not add up, with the first one lost they would be -3.
  SmallReport report;
  report.Set("requests.granted", {"1", "0", "0", "0", "0", "6"});
  report.Set("requests.processed", {"7", "3", "1", "0", "1", "0", "12"});
  const v1::Report read = Read(report, GetParam());
  EXPECT_EQ(RowText(read, "requests.granted"), kUnread);
  EXPECT_THAT(Notes(read), Contains("row ambiguous requests.granted"));
  EXPECT_THAT(CellAt(read, "requests.granted.natural").candidates,
              ElementsAre("1", "0", "0", "0", "0", "6"));
}

TEST_P(RowEndsTest, AValueLostAtTheFrontIsNotTakenForTheLast) {
  SmallReport report;
  std::vector<std::string>& granted = report.Values("requests.granted");
  granted.erase(granted.begin());  // 1 0 0 0 0 6
  const v1::Report read = Read(report, GetParam());
  for (const char* column : {"natural", "business", "total"}) {
    const CellFacts cell =
        CellAt(read, absl::StrCat("requests.granted.", column));
    if (!cell.claims()) continue;
    const std::string truth = column == std::string("natural")    ? "5"
                              : column == std::string("business") ? "1"
                                                                  : "6";
    EXPECT_EQ(cell.value, truth) << column;
  }
}

TEST_P(RowEndsTest, ARowBesideOneThatLostItsTotalMayHaveLostAnotherValue) {
  SmallReport report;
  report.Values("requests.granted").pop_back();
  std::vector<std::string>& partial = report.Values("requests.partial");
  partial.erase(partial.begin());  // 0 0 0 1 0 2
  // So that no column says which.
  report.Set("requests.other.misc", {"0", "0", "0", "0", "0", "0", "0", "0"});
  const v1::Report read = Read(report, GetParam());
  EXPECT_EQ(RowText(read, "requests.granted"), "5 1 0 0 0 0 =6");
  EXPECT_EQ(RowText(read, "requests.partial"), kUnread);
}

TEST_P(RowEndsTest, BetweenTwoThatLostTheirTotalsARowLostItsTotalToo) {
  SmallReport report;
  report.Set("requests.received", {"8", "2", "0", "0", "1", "0"});
  report.Set("requests.carried_in", {"0", "1", "0", "0", "0", "1"});
  report.Set("requests.granted", {"5", "1", "0", "0", "0", "0"});
  const v1::Report read = Read(report, GetParam());
  // The column of natural persons does not add up: no total is derived.
  EXPECT_EQ(RowText(read, "requests.carried_in"), "0 1 0 0 0 1 x");
}

TEST_P(RowEndsTest, EightValuesAreAmbiguous) {
  SmallReport report;
  report.Set("requests.granted", {"5", "1", "0", "0", "0", "0", "0", "6"});
  const v1::Report read = Read(report, GetParam());
  EXPECT_EQ(RowText(read, "requests.granted"), kUnread);
  EXPECT_THAT(Notes(read), Contains("row ambiguous requests.granted"));
  EXPECT_EQ(RowText(read, "requests.partial"), "1 0 0 0 1 0 2");
}

TEST_P(RowEndsTest, TwoValuesAloneAreAmbiguous) {
  SmallReport report;
  report.Set("requests.granted", {"5", "6"});
  const v1::Report read = Read(report, GetParam());
  EXPECT_EQ(RowText(read, "requests.granted"), kUnread);
  EXPECT_EQ(RowText(read, "requests.partial"), "1 0 0 0 1 0 2");
}

INSTANTIATE_TEST_SUITE_P(Layouts, RowEndsTest,
                         testing::Values(Layout::kA, Layout::kB, Layout::kC,
                                         Layout::kE),
                         [](const auto& info) {
                           return std::string(
                               generator::LayoutName(info.param));
                         });

TEST(BindingTest, AShortRowOfTheDisclosureTableIsNotGuessed) {
  for (Layout layout : {Layout::kA, Layout::kB, Layout::kE}) {
    SmallReport report;
    report.Set("disclosure.normative", {"2", "30"});
    const v1::Report read = Read(report, layout);
    EXPECT_EQ(RowText(read, "disclosure.normative"), "? ? ?")
        << generator::LayoutName(layout);
    EXPECT_EQ(RowText(read, "disclosure.rules"), "1 0 4");
  }
}

TEST(BindingTest, WithoutMarkedRowEndsAShortRowIsAmbiguous) {
  SmallReport report;
  report.Values("requests.granted").pop_back();
  for (Layout layout : {Layout::kD, Layout::kF, Layout::kK}) {
    const v1::Report read = Read(report, layout);
    EXPECT_EQ(RowText(read, "requests.granted"), kUnread)
        << generator::LayoutName(layout);
    EXPECT_EQ(RowText(read, "requests.partial"), "1 0 0 0 1 0 2");
  }
}

// --- Padding. ---

// The rows of the requests table in tabs, each with these texts around its
// values.
std::string PaddedReport(const SmallReport& report, const std::string& before,
                         const std::string& behind) {
  std::string text = report.Print(Layout::kE);
  std::vector<std::string> lines;
  bool requests = false;
  for (const auto line : absl::StrSplit(text, '\n')) {
    std::string out(line);
    if (absl::StrContains(out, "一、本年新收")) requests = true;
    if (absl::StrContains(out, "行政复议、行政诉讼情况")) requests = false;
    if (requests) {
      std::vector<std::string> cells = absl::StrSplit(out, " | ");
      cells.back() = absl::StrReplaceAll(cells.back(), {{" |", ""}});
      cells.insert(cells.end() - 7, before);
      out = absl::StrCat(absl::StrJoin(cells, "\t"), behind);
      out = absl::StrReplaceAll(out, {{"\t\x01", ""}});
    }
    lines.push_back(std::move(out));
  }
  return absl::StrJoin(lines, "\n");
}

TEST(BindingTest, AnEmptyCellBeforeTheValuesIsPadding) {
  const v1::Report read = Read(PaddedReport(SmallReport(), "", ""));
  EXPECT_EQ(RowText(read, "requests.received"), "8 2 0 0 1 0 11");
  EXPECT_EQ(RowText(read, "requests.refused.duplicate"), "0 0 0 0 0 0 0");
  EXPECT_EQ(RowText(read, "requests.carried_out"), "1 0 0 0 0 0 1");
}

TEST(BindingTest, EmptyCellsBehindTheValuesArePadding) {
  const v1::Report read = Read(PaddedReport(SmallReport(), "\x01", "\t\t"));
  EXPECT_EQ(RowText(read, "requests.received"), "8 2 0 0 1 0 11");
  EXPECT_EQ(RowText(read, "requests.refused.duplicate"), "0 0 0 0 0 0 0");
}

TEST(BindingTest, PaddingIsToldFromBlankCellsByTheOtherRows) {
  SmallReport report;
  report.Set("requests.received", {"", "2", "0", "0", "1", "0", "11"});
  report.Set("requests.carried_in", {"1", "0", "0", "0", "0", "0", ""});
  const v1::Report before = Read(PaddedReport(report, "", ""));
  EXPECT_EQ(RowText(before, "requests.received"), "_ 2 0 0 1 0 11");
  EXPECT_EQ(RowText(before, "requests.carried_in"), "1 0 0 0 0 0 _");
  const v1::Report behind = Read(PaddedReport(report, "\x01", "\t"));
  EXPECT_EQ(RowText(behind, "requests.received"), "_ 2 0 0 1 0 11");
  EXPECT_EQ(RowText(behind, "requests.carried_in"), "1 0 0 0 0 0 _");
}

TEST(BindingTest, PaddingIsNotTakenForTheCellThatARowHasLost) {
  for (const auto& [before, behind] :
       {std::pair("\t", ""), std::pair("", "\t")}) {
    std::string text = PaddedReport(SmallReport(), before, behind);
    const size_t lost = text.find("8\t", text.find("一、本年新收"));
    ASSERT_NE(lost, std::string::npos);
    const v1::Report read = Read(text.erase(lost, 2));
    EXPECT_EQ(RowText(read, "requests.received"), kUnread);
    EXPECT_EQ(RowText(read, "requests.carried_in"), "1 0 0 0 0 0 1");
  }
}

TEST(BindingTest, ANumberAloneBehindARowOfCellsIsNoneOfThem) {
  SmallReport report;
  report.Set("requests.refused.petition", std::vector<std::string>(7));
  const std::string text = PaddedReport(report, "", "\t");
  const size_t next = text.rfind('\n', text.find("2.重复申请"));
  ASSERT_NE(next, std::string::npos);
  const v1::Report read =
      Read(text.substr(0, next) + "\n7" + text.substr(next));
  EXPECT_EQ(RowText(read, "requests.refused.petition"), kBlank);
}

TEST(BindingTest, PaddingThatNoOtherRowExplainsIsAmbiguous) {
  // Every row has a cell too many and a blank at either end.
  SmallReport report;
  for (const std::string& row : RequestRows()) {
    report.Set(row, {"", "2", "0", "0", "1", "0", "3"});
  }
  const v1::Report read = Read(PaddedReport(report, "\x01", "\t"));
  for (const std::string& row : RequestRows()) {
    EXPECT_EQ(RowText(read, row), kUnread) << row;
  }
}

TEST(BindingTest, ABlankBeforeTheValuesIsNotACellWhereTheDocumentBreaksOff) {
  // The first row of the table, its label across two cells, and cut: seven
  // cells are left of eight.
  const std::string whole = SmallReport().Print(Layout::kB);
  const std::string row = "\t\t8\t2\t0\t0\t1\t";
  const size_t end = whole.find(row) + row.size();
  const v1::Report read = Read(whole.substr(0, end));
  EXPECT_EQ(RowText(read, "requests.received"), kUnread);
  EXPECT_EQ(RowText(read, "disclosure.normative"), "2 1 30");
}

TEST(BindingTest, TheRowsBeforeTheBreakKeepTheirLeadingBlanks) {
  SmallReport report;
  const std::vector<std::string> total_alone = {"", "", "", "", "", "", "0"};
  report.Set("requests.received", total_alone);
  report.Set("requests.carried_in", total_alone);
  report.Set("requests.granted", std::vector<std::string>(7, ""));
  const std::string whole = report.Print(Layout::kA);
  const v1::Report read = Read(whole.substr(0, whole.find("（二）部分公开")));
  EXPECT_EQ(RowText(read, "requests.received"), "_ _ _ _ _ _ 0");
  EXPECT_EQ(RowText(read, "requests.carried_in"), "_ _ _ _ _ _ 0");
}

TEST(BindingTest, AFirstBlankIsACellWhereRowsLikeItHaveNoPadding) {
  // Another row lost its last column, so that padding is possible at all.
  SmallReport report;
  report.Set("requests.received", {"", "2", "0", "0", "1", "0", "11"});
  report.Values("requests.partial").pop_back();
  for (Layout layout : {Layout::kA, Layout::kE}) {
    const v1::Report read = Read(report, layout);
    EXPECT_EQ(RowText(read, "requests.received"), "_ 2 0 0 1 0 11")
        << generator::LayoutName(layout);
    EXPECT_EQ(RowText(read, "requests.carried_in"), "1 0 0 0 0 0 1");
  }
}

TEST(BindingTest, OneRowWithACellTooManyIsNotExplainedByFullRows) {
  // Blank at both ends: the others begin where it begins with the first cell
  // and end where it ends with the last, which cannot both be.
  SmallReport report;
  report.Set("requests.granted", {"", "1", "0", "0", "0", "0", "6", ""});
  // Blanks keep their places in this table.
  report.Set("requests.received", {"8", "", "0", "0", "1", "0", "11"});
  for (Layout layout : {Layout::kA, Layout::kE}) {
    const v1::Report read = Read(report, layout);
    EXPECT_EQ(RowText(read, "requests.granted"), kUnread)
        << generator::LayoutName(layout);
  }
}

// --- Blank cells. ---

class BlankTest : public testing::TestWithParam<Layout> {};

TEST_P(BlankTest, BlanksInTheirPlacesAreBlank) {
  SmallReport report;
  report.ReplaceAll("0", "");
  const v1::Report read = Read(report, GetParam());
  EXPECT_EQ(RowText(read, "requests.received"), "8 2 _ _ 1 _ 11");
  EXPECT_EQ(RowText(read, "requests.granted"), "5 1 _ _ _ _ 6");
  EXPECT_EQ(RowText(read, "requests.refused.duplicate"), kBlank);
  EXPECT_EQ(RowText(read, "disclosure.rules"), "1 _ 4");
  EXPECT_THAT(Notes(read), Not(Contains("cells compacted")));
}

TEST_P(BlankTest, BlankTotalsAreBlankWhereOtherBlanksKeepTheirPlaces) {
  SmallReport report;
  report.Set("requests.received", {"8", "", "0", "0", "1", "0", "11"});
  report.Set("requests.granted", {"5", "1", "0", "0", "0", "0", ""});
  report.Set("requests.partial", {"1", "", "", "", "", "", ""});
  const v1::Report read = Read(report, GetParam());
  EXPECT_EQ(RowText(read, "requests.granted"), "5 1 0 0 0 0 _");
  EXPECT_EQ(RowText(read, "requests.partial"), "1 _ _ _ _ _ _");
}

TEST_P(BlankTest, OneValueThenBlanksIsAmbiguousWhereNothingTellsItsPlace) {
  // As real pages print it: is the number the natural persons' or the total?
  SmallReport report;
  for (const std::string& row : RequestRows()) {
    report.Set(row, {"0", "", "", "", "", "", ""});
  }
  const v1::Report read = Read(report, GetParam());
  for (const std::string& row : RequestRows()) {
    EXPECT_EQ(RowText(read, row), kUnread) << row;
  }
  EXPECT_THAT(Notes(read), Contains("cells compacted"));
  EXPECT_THAT(Notes(read), Contains("values lost"));
}

TEST_P(BlankTest, ATableOfBlanksIsBlankAndNotZero) {
  SmallReport report;
  report.Fill("requests", "");
  report.Fill("disclosure", "");
  report.Fill("disputes", "");
  const ReadResult result = ReadReport(report.Print(GetParam()));
  for (const CellFacts& cell : AllCells(result.report)) {
    EXPECT_EQ(cell.state, v1::CELL_STATE_BLANK) << cell.path;
  }
}

TEST_P(BlankTest, ABlankCellHasItsPlace) {
  SmallReport report;
  report.Set("disclosure.rules", {"1", "", "4"});
  const std::string bytes = report.Print(GetParam());
  const v1::Report read = Read(bytes);
  const CellFacts made = CellAt(read, "disclosure.rules.made");
  const CellFacts blank = CellAt(read, "disclosure.rules.repealed");
  const CellFacts valid = CellAt(read, "disclosure.rules.valid");
  EXPECT_EQ(blank.state, v1::CELL_STATE_BLANK);
  EXPECT_EQ(blank.begin, blank.end);
  EXPECT_GE(blank.begin, made.end);
  EXPECT_LE(blank.end, valid.begin);
}

INSTANTIATE_TEST_SUITE_P(Layouts, BlankTest,
                         testing::Values(Layout::kA, Layout::kB, Layout::kH,
                                         Layout::kM),
                         [](const auto& info) {
                           return std::string(
                               generator::LayoutName(info.param));
                         });

TEST(BindingTest, CompactedRowsAreAmbiguousAndFullOnesRead) {
  SmallReport report;
  report.ReplaceAll("0", "");
  report.Set("requests.received", {"3", "2", "1", "1", "1", "3", "11"});
  const v1::Report read = Read(report, Layout::kH2);
  EXPECT_EQ(RowText(read, "requests.received"), "3 2 1 1 1 3 11");
  EXPECT_EQ(RowText(read, "requests.granted"), kUnread);
  EXPECT_EQ(RowText(read, "requests.carried_in"), kUnread);
  EXPECT_EQ(RowText(read, "requests.refused.duplicate"), kBlank);
  EXPECT_EQ(RowText(read, "disclosure.rules"), "? ? ?");
  EXPECT_EQ(RowText(read, "disputes.review"), "? ? ? ? ?");
  EXPECT_THAT(Notes(read), Contains("cells compacted"));
  EXPECT_THAT(CellAt(read, "requests.granted.total").candidates,
              ElementsAre("5", "1", "6"));
}

}  // namespace
}  // namespace gongkai::extract
