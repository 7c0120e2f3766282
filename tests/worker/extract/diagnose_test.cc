// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/diagnose.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/worker/extract/cells.h"
#include "tests/worker/extract/reading_room.h"
#include "tests/worker/extract/small_report.h"

namespace gongkai::extract {
namespace {

using generator::Form;
using generator::Layout;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;

// Every diagnostic says something in both languages.
void ExpectSentences(const v1::Report& report) {
  for (const v1::Diagnostic& diagnostic : report.diagnostics()) {
    EXPECT_THAT(diagnostic.message(), testing::EndsWith("。"));
    EXPECT_THAT(diagnostic.message_en(), testing::EndsWith("."));
  }
}

TEST(DiagnoseTest, AFullReportHasNoDiagnostics) {
  for (Form form : {Form::k2019, Form::k2021}) {
    EXPECT_THAT(Notes(ReadReport(SmallReport(form).Print(Layout::kE)).report),
                IsEmpty());
  }
}

TEST(DiagnoseTest, AMissingRowIsNamedWithItsLabelAndPath) {
  SmallReport report;
  report.Drop("requests.unable.not_held");
  const ReadResult result = ReadReport(report.Print(Layout::kE));
  ASSERT_THAT(Notes(result.report),
              ElementsAre("row missing requests.unable.not_held"));
  const v1::Diagnostic& diagnostic = result.report.diagnostics(0);
  EXPECT_THAT(diagnostic.message(), HasSubstr("本机关不掌握相关政府信息"));
  EXPECT_THAT(diagnostic.message_en(), HasSubstr("requests.unable.not_held"));
  ExpectSentences(result.report);
}

TEST(DiagnoseTest, ALabelWithoutNumbersIsSaidToBeThere) {
  SmallReport report;
  report.Set("requests.unable.not_held", {});
  const std::string bytes = report.Print(Layout::kA);
  const ReadResult result = ReadReport(bytes);
  ASSERT_THAT(Notes(result.report),
              ElementsAre("row missing requests.unable.not_held"));
  const v1::Diagnostic& diagnostic = result.report.diagnostics(0);
  EXPECT_THAT(diagnostic.message_en(), HasSubstr("No values"));
  EXPECT_EQ(bytes.substr(diagnostic.place().start_byte(),
                         diagnostic.place().end_byte() -
                             diagnostic.place().start_byte()),
            "1.本机关不掌握相关政府信息");
}

TEST(DiagnoseTest, AnAmbiguousRowSaysHowManyCellsItHas) {
  SmallReport report;
  report.Set("requests.granted", {"5", "1", "0", "0", "0", "0", "0", "6"});
  const ReadResult result = ReadReport(report.Print(Layout::kE));
  ASSERT_THAT(Notes(result.report),
              ElementsAre("row ambiguous requests.granted"));
  EXPECT_THAT(result.report.diagnostics(0).message(), HasSubstr("8 个单元格"));
  EXPECT_THAT(result.report.diagnostics(0).message_en(), HasSubstr("8 cells"));
}

TEST(DiagnoseTest, AMissingTableIsOneNoteAndAllItsCellsAreMissing) {
  SmallReport report;
  std::string text = report.Print(Layout::kE);
  const size_t begin = text.find("（本列数据的勾稽关系为");
  text.erase(begin, text.find(report.headings[3]) - begin);
  const ReadResult result = ReadReport(text);
  EXPECT_EQ(result.outcome, v1::OUTCOME_PARTIAL);
  EXPECT_THAT(Notes(result.report), ElementsAre("table missing"));
  EXPECT_THAT(result.report.diagnostics(0).message_en(),
              HasSubstr("requests table"));
  EXPECT_FALSE(result.report.requests().has_place());
  EXPECT_EQ(result.report.requests().cells_size(), 175);
  EXPECT_EQ(RowText(result.report, "requests.received"), "x x x x x x x");
  EXPECT_EQ(RowText(result.report, "disclosure.rules"), "1 0 4");
  EXPECT_EQ(RowText(result.report, "disputes.review"), "1 0 2 0 3");
}

TEST(DiagnoseTest, ATableWhoseNumbersAreGoneIsSaidToBeLost) {
  SmallReport report;
  for (const auto& row : generator::RequestRows(Form::k2021)) {
    report.Set(absl::StrCat("requests.", row.key), {});
  }
  const ReadResult result = ReadReport(report.Print(Layout::kE));
  EXPECT_THAT(Notes(result.report), Contains("values lost"));
  EXPECT_EQ(RowText(result.report, "requests.granted"), "x x x x x x x");
}

TEST(DiagnoseTest, TwoReportsInOneFileAreNotRead) {
  SmallReport first;
  SmallReport second;
  second.title = "白石乡人民政府2023年政府信息公开工作年度报告";
  second.Set("requests.granted", {"9", "9", "9", "9", "9", "9", "54"});
  for (Layout layout : {Layout::kA, Layout::kB, Layout::kC, Layout::kE,
                        Layout::kF, Layout::kM}) {
    const ReadResult result =
        ReadReport(first.Print(layout) + second.Print(layout));
    EXPECT_EQ(result.outcome, v1::OUTCOME_PARTIAL);
    EXPECT_THAT(Notes(result.report), ElementsAre("several reports"))
        << generator::LayoutName(layout);
    EXPECT_THAT(result.message_en, HasSubstr("more than one report"));
    EXPECT_EQ(AllCells(result.report).size(), 200u);
    for (const CellFacts& cell : AllCells(result.report)) {
      EXPECT_EQ(cell.state, v1::CELL_STATE_AMBIGUOUS) << cell.path;
    }
    ExpectSentences(result.report);
  }
}

TEST(DiagnoseTest, OneTableTwiceIsTakenForTwoReports) {
  const SmallReport report;
  const std::string whole = report.Print(Layout::kE);
  const size_t disclosure = whole.find(report.headings[1]);
  const size_t requests = whole.find(report.headings[2]);
  const size_t disputes = whole.find(report.headings[3]);
  std::string text = whole;
  text.insert(disputes, whole.substr(requests, disputes - requests));
  EXPECT_THAT(Notes(ReadReport(text).report), ElementsAre("several reports"));
  text = whole;
  text.insert(requests, whole.substr(disclosure, requests - disclosure));
  EXPECT_THAT(Notes(ReadReport(text).report), ElementsAre("several reports"));
}

TEST(DiagnoseTest, ReportsOfTwoFormsInOneFileAreNotRead) {
  const ReadResult result =
      ReadReport(SmallReport(Form::k2019).Print(Layout::kE) +
                 SmallReport(Form::k2021).Print(Layout::kE));
  EXPECT_THAT(Notes(result.report), Contains("several reports"));
  for (const CellFacts& cell : AllCells(result.report)) {
    EXPECT_FALSE(cell.claims()) << cell.path;
  }
}

TEST(DiagnoseTest, RemovedRepeatedLinesAreNoticed) {
  const ReadResult result = ReadReport(SmallReport().Print(Layout::kI));
  EXPECT_EQ(result.outcome, v1::OUTCOME_PARTIAL);
  EXPECT_THAT(Notes(result.report),
              IsSupersetOf({"values lost", "lines deduplicated"}));
  // What is left of the zeros is one; no other number became one.
  const auto truth = Claims(ReadReport(SmallReport().Print(Layout::kF)).report);
  for (const auto& [path, value] : Claims(result.report)) {
    EXPECT_EQ(value, truth.at(path)) << path;
  }
  EXPECT_EQ(RowText(result.report, "requests.granted"), "? ? ? ? ? ? ?");
  ExpectSentences(result.report);
}

TEST(DiagnoseTest, AFileWithoutRepeatedLinesThatIsReadInFullIsNoSuspect) {
  // In one row per line, nothing need occur twice.
  EXPECT_THAT(Notes(ReadReport(SmallReport().Print(Layout::kE)).report),
              Not(Contains("lines deduplicated")));
}

TEST(DiagnoseTest, CompactedCellsAreNoticedOnce) {
  SmallReport report;
  report.ReplaceAll("0", "");
  const ReadResult result = ReadReport(report.Print(Layout::kH2));
  EXPECT_EQ(result.outcome, v1::OUTCOME_PARTIAL);
  const auto notes = Notes(result.report);
  EXPECT_EQ(std::count(notes.begin(), notes.end(), "cells compacted"), 1);
  ExpectSentences(result.report);
}

TEST(DiagnoseTest, ReplacedBytesAreCounted) {
  const std::string bytes = ReplaceOnce(SmallReport().Print(Layout::kE),
                                        "回应群众关切", "回应\xff群众\xff关切");
  const ReadResult result = ReadReport(bytes);
  ASSERT_THAT(Notes(result.report), ElementsAre("bytes replaced"));
  EXPECT_THAT(result.report.diagnostics(0).message_en(), HasSubstr("2 byte"));
  EXPECT_EQ(RowText(result.report, "requests.granted"), "5 1 0 0 0 0 6");
}

TEST(DiagnoseTest, ALostColumnIsNamed) {
  SmallReport report;
  report.Values("requests.granted").pop_back();
  const ReadResult result = ReadReport(report.Print(Layout::kB));
  ASSERT_THAT(Notes(result.report),
              ElementsAre("column lost requests.granted"));
  EXPECT_THAT(result.report.diagnostics(0).message(), HasSubstr("予以公开"));
  ExpectSentences(result.report);
}

}  // namespace
}  // namespace gongkai::extract
