// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Tables whose format tells the place of every cell (input::Block::placed):
// what text leaves in doubt is certain there.

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/generator/docx.h"
#include "tests/generator/form.h"
#include "tests/generator/layout.h"
#include "tests/generator/random.h"
#include "tests/worker/extract/cells.h"
#include "tests/worker/extract/reading_room.h"
#include "tests/worker/extract/small_report.h"

namespace gongkai::extract {
namespace {

using generator::Layout;

// The report's title and tables as a Word file.
std::string Docx(const SmallReport& report) {
  generator::Random random(1);
  return generator::PrintDocx(
      generator::DocxKind::kClean,
      {{report.title, std::nullopt},
       {"二、主动公开政府信息情况", std::nullopt},
       {"", report.Disclosure()},
       {"三、收到和处理政府信息公开申请情况", std::nullopt},
       {"", report.Requests()},
       {"四、行政复议、行政诉讼情况", std::nullopt},
       {"", report.Disputes()}},
      &random);
}

v1::Report Read(const SmallReport& report) {
  return ReadReport(Docx(report)).report;
}

std::vector<std::string> RequestRows() {
  std::vector<std::string> rows;
  for (const auto& row : generator::RequestRows(generator::Form::k2021)) {
    rows.push_back(absl::StrCat("requests.", row.key));
  }
  return rows;
}

TEST(PlacedTest, BlanksBehindOneValueKeepTheirPlaces) {
  SmallReport report;
  for (const std::string& row : RequestRows()) {
    report.Set(row, {"5", "", "", "", "", "", ""});
  }
  const v1::Report read = Read(report);
  for (const std::string& row : RequestRows()) {
    EXPECT_EQ(RowText(read, row), "5 _ _ _ _ _ _") << row;
  }
  // Text does not tell whether they do.
  EXPECT_EQ(
      RowText(ReadReport(report.Print(Layout::kA)).report, "requests.granted"),
      "? ? ? ? ? ? ?");
}

TEST(PlacedTest, BlanksBeforeOneValueKeepTheirPlaces) {
  for (size_t column = 0; column < 7; ++column) {
    SmallReport report;
    report.Fill("requests", "");
    std::string expected;
    std::vector<std::string> values(7);
    values[column] = "5";
    for (size_t c = 0; c < 7; ++c) {
      absl::StrAppend(&expected, c > 0 ? " " : "", c == column ? "5" : "_");
    }
    for (const std::string& row : RequestRows()) report.Set(row, values);
    const v1::Report read = Read(report);
    for (const std::string& row : RequestRows()) {
      EXPECT_EQ(RowText(read, row), expected) << row;
    }
  }
}

TEST(PlacedTest, ALabelThatSpansColumnsIsNoCell) {
  SmallReport report;
  report.Fill("requests", "");
  report.Set("requests.partial", {"", "", "", "", "1", "", ""});
  const v1::Report read = Read(report);
  EXPECT_EQ(RowText(read, "requests.partial"), "_ _ _ _ 1 _ _");
  EXPECT_EQ(RowText(read, "requests.granted"), "_ _ _ _ _ _ _");
}

// A report whose disputes table has one more column than cells: the first
// total takes two. `head_begins` says in which of them the next head begins.
v1::Report ReadWithSpareColumn(const std::vector<std::string>& review,
                               int head_begins) {
  SmallReport report;
  report.Set("disputes.review", review);
  generator::PrintedTable disputes = report.Disputes();
  disputes.width = 16;
  auto& rows = disputes.rows;
  ++rows[0].cells[head_begins == 5 ? 1 : 0].span;
  ++rows[1].cells[4].span;
  ++rows[2].cells[4].span;
  ++rows[3].cells[4].span;
  // A row below in which a cell begins in every column.
  generator::PrintedRow last{
      .cells = std::vector<generator::PrintedCell>(16, {.text = "注"})};
  rows.push_back(last);
  generator::Random random(1);
  return ReadReport(generator::PrintDocx(
                        generator::DocxKind::kClean,
                        {{report.title, std::nullopt},
                         {"三、收到和处理政府信息公开申请情况", std::nullopt},
                         {"", report.Requests()},
                         {"四、行政复议、行政诉讼情况", std::nullopt},
                         {"", disputes}},
                        &random))
      .report;
}

TEST(PlacedTest, ValuesOfTheDisputesTableStandBelowTheirHeads) {
  EXPECT_EQ(RowText(ReadWithSpareColumn({"", "1", "2", "3", "6"}, 6),
                    "disputes.review"),
            "_ 1 2 3 6");
  // Heads that begin in one column more than there are cells prove nothing.
  EXPECT_EQ(RowText(ReadWithSpareColumn({"", "1", "2", "3", "6"}, 5),
                    "disputes.review"),
            "? ? ? ? ?");
}

TEST(PlacedTest, AValueBesideTheHeadsOfTheDisputesTableLeavesItAmbiguous) {
  SmallReport report;
  report.Set("disputes.direct", {"0", "0", "1", "0", "0", "1"});
  const v1::Report read = Read(report);
  for (const char* row : {"review", "direct", "after_review"}) {
    EXPECT_EQ(RowText(read, absl::StrCat("disputes.", row)), "? ? ? ? ?");
  }
}

TEST(PlacedTest, AFormThatNobodyFilledInIsBlankEverywhere) {
  SmallReport report;
  for (const char* table : {"disclosure", "requests", "disputes"}) {
    report.Fill(table, "");
  }
  int cells = 0;
  for (const CellFacts& cell : AllCells(Read(report))) {
    EXPECT_EQ(cell.state, v1::CELL_STATE_BLANK) << cell.path;
    ++cells;
  }
  EXPECT_EQ(cells, 200);
}

}  // namespace
}  // namespace gongkai::extract
