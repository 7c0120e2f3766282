// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/export/exporter.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/cli/folder_test.h"

namespace gongkai::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// A form of one row with two columns, the second of them an amount.
v1::ListTemplatesResponse Templates() {
  v1::ListTemplatesResponse response;
  v1::TemplateLayout* layout = response.add_templates();
  layout->set_template_(v1::TEMPLATE_2021);
  v1::TableLayout* table = layout->add_tables();
  table->set_table(v1::TABLE_REQUESTS);
  v1::BlockLayout* block = table->add_blocks();
  v1::RowLayout* row = block->add_rows();
  row->set_row(v1::ROW_GRANTED);
  row->set_label("予以公开");
  row->set_label_en("Granted");
  row->add_groups("办理结果");
  row->add_groups_en("Outcomes");
  v1::ColumnLayout* column = block->add_columns();
  column->set_column(v1::COLUMN_NATURAL);
  column->set_label("自然人");
  column->set_label_en("Natural persons");
  column = block->add_columns();
  column->set_column(v1::COLUMN_FEE_WAN);
  column->set_label("金额");
  column->set_label_en("Amount");
  column->set_unit("万元");
  return response;
}

v1::Cell* AddCell(v1::Column column, v1::CellState state,
                  const std::string& raw, v1::Report* report) {
  v1::Cell* cell = report->mutable_requests()->add_cells();
  cell->set_table(v1::TABLE_REQUESTS);
  cell->set_row(v1::ROW_GRANTED);
  cell->set_column(column);
  cell->set_state(state);
  cell->set_raw(raw);
  return cell;
}

v1::ProcessResponse Response() {
  v1::ProcessResponse response;
  response.set_outcome(v1::OUTCOME_OK);
  v1::Report* report = response.mutable_report();
  report->set_template_(v1::TEMPLATE_2021);
  report->set_year(2024);
  report->set_body("霜桥县");
  v1::Cell* cell =
      AddCell(v1::COLUMN_NATURAL, v1::CELL_STATE_VALUE, "12", report);
  cell->set_count(12);
  cell->set_start_byte(100);
  cell->set_end_byte(102);
  AddCell(v1::COLUMN_FEE_WAN, v1::CELL_STATE_VALUE, "3.50", report)
      ->set_decimal("3.50");
  return response;
}

class ExportTest : public FolderTest {
 protected:
  ExportTest() { options_.language = Language::kEnglish; }
  // Exports one document.
  void Export(const std::string& name, const v1::ProcessResponse& response,
              const std::string& path = "a.txt") {
    auto exporter = Exporter::Open({Path(name)}, Templates(), options_);
    ASSERT_TRUE(exporter.ok()) << exporter.status();
    ASSERT_TRUE((*exporter)->Write({1, path, &response}).ok());
    ASSERT_TRUE((*exporter)->Finish().ok());
  }

  // The rows of a query, fields joined by '|'.
  std::vector<std::string> Query(const std::string& name,
                                 const std::string& sql) const {
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open_v2(Path(name).c_str(), &database,
                              SQLITE_OPEN_READONLY, nullptr),
              SQLITE_OK);
    std::vector<std::string> rows;
    const auto add = [](void* to, int fields, char** values, char**) {
      std::string row;
      for (int i = 0; i < fields; ++i) {
        absl::StrAppend(&row, i > 0 ? "|" : "",
                        values[i] == nullptr ? "null" : values[i]);
      }
      static_cast<std::vector<std::string>*>(to)->push_back(row);
      return 0;
    };
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), add, &rows, nullptr),
              SQLITE_OK)
        << sqlite3_errmsg(database);
    sqlite3_close(database);
    return rows;
  }

  ExportOptions options_;
};

TEST_F(ExportTest, WritesARowACellWithItsPlaceAndLabel) {
  Export("out.csv", Response());
  EXPECT_EQ(Read("out.csv"),
            "document_number,document,body,year,template,cell,label,value,unit,"
            "state,raw,candidates,start_byte,end_byte,page,place_table,"
            "place_row,place_column,place_paragraph,box\r\n"
            "1,a.txt,霜桥县,2024,TEMPLATE_2021,requests.granted.natural,"
            "Outcomes／Granted／Natural persons,12,,VALUE,12,,100,102,,,,,,\r\n"
            "1,a.txt,霜桥县,2024,TEMPLATE_2021,requests.granted.fee_wan,"
            "Outcomes／Granted／Amount,3.50,万元,VALUE,3.50,,,,,,,,,\r\n");
  EXPECT_THAT(Read("out.documents.csv"), HasSubstr("\r\n1,a.txt,霜桥县,2024,"));
}

TEST_F(ExportTest, QuotesByRfc4180) {
  v1::ProcessResponse response = Response();
  response.mutable_report()->set_body("a,b \"c\"\nd");
  Export("out.csv", response);
  EXPECT_THAT(Read("out.csv"), HasSubstr("1,a.txt,\"a,b \"\"c\"\"\nd\",2024"));
}

TEST_F(ExportTest, TellsAnEmptyTextFromNothing) {
  v1::ProcessResponse response;
  response.set_outcome(v1::OUTCOME_OK);
  AddCell(v1::COLUMN_NATURAL, v1::CELL_STATE_BLANK, "",
          response.mutable_report());
  Export("out.csv", response);
  EXPECT_THAT(Read("out.csv"), HasSubstr(",,,BLANK,\"\",,"));
}

TEST_F(ExportTest, WritesCsvThatExcelReadsAndDoesNotRun) {
  v1::ProcessResponse response = Response();
  response.mutable_report()->set_body("=HYPERLINK(\"x\")");
  for (const char* raw : {"-2.5", "-", "-1-2"}) {
    AddCell(v1::COLUMN_TOTAL, v1::CELL_STATE_INVALID, raw,
            response.mutable_report());
  }
  Export("plain.csv", response);
  EXPECT_THAT(Read("plain.csv"), StartsWith("document_number"));
  EXPECT_THAT(Read("plain.csv"), HasSubstr(",\"=HYPERLINK(\"\"x\"\")\","));
  options_.spreadsheet_csv = true;
  Export("excel.csv", response);
  EXPECT_THAT(Read("excel.csv"), StartsWith("\xEF\xBB\xBF"
                                            "document_number"));
  EXPECT_THAT(Read("excel.csv"), HasSubstr(",\"'=HYPERLINK(\"\"x\"\")\","));
  EXPECT_THAT(Read("excel.csv"), HasSubstr(",INVALID,-2.5,"));
  EXPECT_THAT(Read("excel.csv"), HasSubstr(",INVALID,-,"));
  EXPECT_THAT(Read("excel.csv"), HasSubstr(",INVALID,\"'-1-2\","));
}

TEST_F(ExportTest, WritesJsonWithoutWhatIsNotKnown) {
  Export("out.jsonl", Response());
  EXPECT_THAT(
      static_cast<std::vector<std::string>>(
          absl::StrSplit(Read("out.jsonl"), '\n')),
      ElementsAre("{\"document_number\":1,\"document\":\"a.txt\",\"body\":"
                  "\"霜桥县\",\"year\":2024,\"template\":\"TEMPLATE_2021\","
                  "\"cell\":\"requests.granted.natural\",\"label\":\"Outcomes／"
                  "Granted／Natural persons\",\"value\":12,\"state\":\"VALUE\","
                  "\"raw\":\"12\",\"start_byte\":100,\"end_byte\":102}",
                  HasSubstr("\"value\":\"3.50\",\"unit\":\"万元\""), ""));
}

TEST_F(ExportTest, WritesTheWideTableOnRequest) {
  Export("narrow.csv", Response());
  EXPECT_FALSE(Exists("narrow.wide.csv"));
  options_.wide = true;
  Export("out.csv", Response());
  EXPECT_EQ(Read("out.wide.csv"),
            "document_number,document,body,year,template,"
            "requests.granted.natural,requests.granted.fee_wan\r\n"
            "1,a.txt,霜桥县,2024,TEMPLATE_2021,12,3.50\r\n");
  Export("out.sqlite", Response());
  EXPECT_THAT(
      Query("out.sqlite",
            "SELECT \"requests.granted.natural\" + 1, "
            "\"requests.granted.fee_wan\", typeof(\"requests.granted.fee_wan\")"
            " FROM wide"),
      ElementsAre("13|3.50|text"));
}

TEST_F(ExportTest, AnswersQuestionsInSql) {
  v1::ProcessResponse response = Response();
  v1::Finding* finding = response.add_findings();
  finding->set_rule_id("requests.balance");
  finding->set_result(v1::RULE_RESULT_FAIL);
  finding->set_severity(v1::SEVERITY_ERROR);
  finding->set_message_en("does not add up");
  v1::CellPath* path = finding->add_cells();
  path->set_table(v1::TABLE_REQUESTS);
  path->set_row(v1::ROW_GRANTED);
  path->set_column(v1::COLUMN_NATURAL);
  Export("out.sqlite", response);
  EXPECT_THAT(
      Query("out.sqlite",
            "SELECT document, cell, value, typeof(value), state, raw, unit, "
            "start_byte FROM cells ORDER BY cell"),
      ElementsAre("a.txt|requests.granted.fee_wan|3.50|text|VALUE|3.50|万元|"
                  "null",
                  "a.txt|requests.granted.natural|12|integer|VALUE|12|null|"
                  "100"));
  EXPECT_THAT(Query("out.sqlite", "SELECT * FROM problems_by_body"),
              ElementsAre("霜桥县|2024|1|1|0"));
  EXPECT_THAT(Query("out.sqlite", "SELECT * FROM problems_by_rule"),
              ElementsAre("requests.balance|ERROR|1|1"));
  EXPECT_THAT(Query("out.sqlite", "SELECT body, message FROM corrections"),
              ElementsAre("霜桥县|does not add up"));
  EXPECT_THAT(
      Query("out.sqlite",
            "SELECT d.body FROM finding_cells f JOIN documents d USING "
            "(document_number) WHERE f.cell = 'requests.granted.natural'"),
      ElementsAre("霜桥县"));
  EXPECT_THAT(
      Query("out.sqlite", "SELECT year, cell, reports, sum FROM sums_by_year"),
      ElementsAre("2024|requests.granted.fee_wan|1|3.5",
                  "2024|requests.granted.natural|1|12"));
  EXPECT_THAT(Query("out.sqlite", "PRAGMA foreign_key_check"), ElementsAre());
  EXPECT_THAT(Query("out.sqlite", "PRAGMA integrity_check"), ElementsAre("ok"));
}

TEST_F(ExportTest, KeepsCellsThatNoFormHas) {
  v1::ProcessResponse response = Response();
  v1::Cell* cell = response.mutable_report()->mutable_disputes()->add_cells();
  cell->set_table(v1::TABLE_DISPUTES);
  cell->set_row(v1::ROW_REVIEW);
  cell->set_column(v1::COLUMN_UPHELD);
  cell->set_state(v1::CELL_STATE_VALUE);
  cell->set_count(4);
  cell->set_raw("4");
  Export("out.sqlite", response);
  EXPECT_THAT(Query("out.sqlite",
                    "SELECT value, label FROM cells WHERE cell = "
                    "'disputes.review.upheld'"),
              ElementsAre("4|null"));
  Export("out.csv", response);
  EXPECT_THAT(Read("out.csv"), HasSubstr(",disputes.review.upheld,,4,,VALUE"));
}

TEST_F(ExportTest, KeepsCellsOfFormsThatItDoesNotKnow) {
  for (const int form : {0, 98, 99}) {
    v1::ProcessResponse response = Response();
    response.mutable_report()->set_template_(static_cast<v1::Template>(form));
    Export("out.sqlite", response);
    // Looked up in the newest form that it knows.
    EXPECT_THAT(Query("out.sqlite",
                      "SELECT template, label, value FROM cells WHERE cell = "
                      "'requests.granted.natural'"),
                ElementsAre("null|Outcomes／Granted／Natural persons|12"));
  }
}

TEST_F(ExportTest, LeavesTheOldFileUntilTheNewOneIsComplete) {
  std::ofstream(Path("out.csv")) << "old";
  const v1::ProcessResponse response = Response();
  auto exporter = Exporter::Open({Path("out.csv")}, Templates(), options_);
  ASSERT_TRUE(exporter.ok()) << exporter.status();
  ASSERT_TRUE((*exporter)->Write({1, "a.txt", &response}).ok());
  EXPECT_EQ(Read("out.csv"), "old");
  EXPECT_TRUE(Exists("out.partial.csv"));
  EXPECT_TRUE(Exists("out.partial.findings.csv"));
  ASSERT_TRUE((*exporter)->Finish().ok());
  EXPECT_THAT(Read("out.csv"), HasSubstr("requests.granted.natural"));
  EXPECT_TRUE(Exists("out.findings.csv"));
  EXPECT_FALSE(Exists("out.partial.csv"));
  EXPECT_FALSE(Exists("out.partial.findings.csv"));
}

TEST_F(ExportTest, LeavesWhatIsDoneAsideWhereItCanBeUsed) {
  const v1::ProcessResponse response = Response();
  for (const char* name : {"out.csv", "out.sqlite", "out.xlsx"}) {
    auto exporter = Exporter::Open({Path(name)}, Templates(), options_);
    ASSERT_TRUE(exporter.ok()) << exporter.status();
    ASSERT_TRUE((*exporter)->Write({1, "a.txt", &response}).ok());
    ASSERT_TRUE((*exporter)->FinishAside().ok());
    EXPECT_FALSE(Exists(name));
  }
  EXPECT_THAT(Query("out.partial.sqlite", "SELECT count(*) FROM cells"),
              ElementsAre("2"));
  EXPECT_THAT(Read("out.partial.csv"), HasSubstr("requests.granted.natural"));
  EXPECT_THAT(Read("out.partial.xlsx"), StartsWith("PK"));
  // The next run writes over them.
  Export("out.sqlite", response);
  EXPECT_THAT(Query("out.sqlite", "SELECT count(*) FROM cells"),
              ElementsAre("2"));
}

TEST_F(ExportTest, SaysWhereItCannotWrite) {
  for (const char* name : {"no/out.csv", "no/out.sqlite"}) {
    const auto exporter = Exporter::Open({Path(name)}, Templates(), options_);
    EXPECT_THAT(std::string(exporter.status().message()),
                HasSubstr("out.partial"));
  }
  const auto twice =
      Exporter::Open({Path("out.csv"), Path("out.csv")}, Templates(), options_);
  EXPECT_THAT(std::string(twice.status().message()), HasSubstr("two exports"));
}

TEST(ExportNamesTest, AreToldByTheirEnding) {
  for (const char* name :
       {"a.csv", "b/a.JSONL", "a.sqlite", "a.db", "表.xlsx"}) {
    EXPECT_TRUE(IsExportName(name)) << name;
  }
  for (const char* name : {"a", "a.xls", "csv", "a.csv/"}) {
    EXPECT_FALSE(IsExportName(name)) << name;
  }
}

}  // namespace
}  // namespace gongkai::cli
