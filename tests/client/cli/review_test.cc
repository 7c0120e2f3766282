// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <openssl/sha.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "client/cli/review/page.h"
#include "client/cli/review/review_writer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/client/cli/folder_test.h"

namespace gongkai::cli {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// What a document may say to leave the place where text stands.
constexpr char kHostile[] =
    "</script><script>alert(1)</script><!--\"onload=x "
    "\xE2\x80\xAE\xF0\x9F\x98\x80";

v1::ListTemplatesResponse Templates() {
  v1::ListTemplatesResponse response;
  v1::TemplateLayout* layout = response.add_templates();
  layout->set_template_(v1::TEMPLATE_2021);
  layout->set_name("2021年格式");
  v1::TableLayout* table = layout->add_tables();
  table->set_table(v1::TABLE_REQUESTS);
  v1::BlockLayout* block = table->add_blocks();
  v1::RowLayout* row = block->add_rows();
  row->set_row(v1::ROW_RECEIVED);
  row->set_label("新收");
  v1::ColumnLayout* column = block->add_columns();
  column->set_column(v1::COLUMN_TOTAL);
  column->set_label("总计");
  return response;
}

v1::ListRulesResponse RuleList() {
  v1::ListRulesResponse response;
  v1::Rule* rule = response.add_rules();
  rule->set_id("requests.row-sum");
  rule->set_title("各类之和");
  rule->set_title_en("kinds add up");
  return response;
}

v1::ProcessResponse Response() {
  v1::ProcessResponse response;
  response.set_outcome(v1::OUTCOME_OK);
  v1::Report* report = response.mutable_report();
  report->set_template_(v1::TEMPLATE_2021);
  report->set_year(2024);
  report->set_body("霜桥县");
  v1::Cell* cell = report->mutable_requests()->add_cells();
  cell->set_table(v1::TABLE_REQUESTS);
  cell->set_row(v1::ROW_RECEIVED);
  cell->set_column(v1::COLUMN_TOTAL);
  cell->set_state(v1::CELL_STATE_VALUE);
  cell->set_count(1200);
  cell->set_raw("1,200");
  cell->set_start_byte(100);
  cell->set_end_byte(105);
  v1::Finding* finding = response.add_findings();
  finding->set_rule_id("requests.row-sum");
  finding->set_result(v1::RULE_RESULT_FAIL);
  finding->set_severity(v1::SEVERITY_ERROR);
  finding->set_message("不等");
  finding->set_message_en("differ");
  return response;
}

// The data of a page.
json DataOf(const std::string& page) {
  const std::string begin = "id=\"data\">";
  const size_t from = page.find(begin) + begin.size();
  return json::parse(page.substr(from, page.find("</script>", from) - from),
                     nullptr, /*allow_exceptions=*/false);
}

size_t Count(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos;
       at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

class ReviewTest : public FolderTest {
 protected:
  absl::StatusOr<std::unique_ptr<ReviewWriter>> Open(const std::string& name) {
    return ReviewWriter::Open(Path(name), Templates(), RuleList(),
                              Language::kChinese);
  }

  // A review of one document.
  void Review(const std::string& name, const v1::ProcessResponse& response,
              const std::string& path = "a.txt") {
    auto writer = Open(name);
    ASSERT_TRUE(writer.ok()) << writer.status();
    ASSERT_TRUE((*writer)->Write({1, path, &response}).ok());
    ASSERT_TRUE((*writer)->Finish().ok());
  }
};

TEST_F(ReviewTest, APageHoldsWhatWasFound) {
  Review("r", Response());
  const json data = DataOf(Read("r/reports/000001-a.html"));
  EXPECT_EQ(data["body"], "霜桥县");
  EXPECT_EQ(data["cells"]["requests.received.total"]["value"], "1200");
  EXPECT_EQ(data["cells"]["requests.received.total"]["raw"], "1,200");
  EXPECT_EQ(data["cells"]["requests.received.total"]["place"]["end"], 105);
  EXPECT_EQ(data["findings"][0]["title"], "各类之和");
  EXPECT_EQ(data["findings"][0]["message_en"], "differ");
  EXPECT_EQ(data["form"]["tables"][0]["blocks"][0]["rows"][0]["key"],
            "received");
  const json index = DataOf(Read("r/index.html"));
  EXPECT_EQ(
      index["rows"].dump(),
      "[[1,\"reports/000001-a.html\",\"a.txt\",\"霜桥县\",2024,\"OK\",1,0,"
      "0,0,1200,null,null,null,[0,1]]]");
  EXPECT_EQ(index["rules"].dump(),
            "[[\"requests.row-sum\",\"各类之和\",\"kinds add up\"]]");
}

TEST_F(ReviewTest, WhatADocumentSaysStaysInTheData) {
  v1::ProcessResponse response = Response();
  response.mutable_report()->set_body(kHostile);
  response.mutable_report()->add_sections()->set_text(kHostile);
  response.mutable_findings(0)->set_message(kHostile);
  Review("r", response, kHostile);
  for (const char* name :
       {"r/index.html", "r/reports/000001-script-onload-x.html"}) {
    const std::string page = Read(name);
    // The data and the script of the page.
    EXPECT_EQ(Count(page, "<script"), 2u) << name;
    EXPECT_EQ(Count(page, "</script"), 2u) << name;
    EXPECT_EQ(Count(page, "<!--"), 0u) << name;
    EXPECT_THAT(page, Not(HasSubstr("<script>alert"))) << name;
  }
  EXPECT_EQ(DataOf(Read("r/index.html"))["rows"][0][3], kHostile);
}

TEST_F(ReviewTest, ThePolicyNamesTheScriptAndTheStyleThatAreThere) {
  Review("r", Response());
  for (const char* name : {"r/index.html", "r/reports/000001-a.html"}) {
    const std::string page = Read(name);
    EXPECT_THAT(page, AllOf(HasSubstr("default-src 'none'"),
                            Not(HasSubstr("unsafe")), Not(HasSubstr("{{"))));
    for (const std::string tag : {"style", "script"}) {
      const size_t from =
          page.find(absl::StrCat("<", tag, ">")) + tag.size() + 2;
      const std::string text =
          page.substr(from, page.find(absl::StrCat("</", tag), from) - from);
      std::string digest(SHA256_DIGEST_LENGTH, '\0');
      SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
             reinterpret_cast<unsigned char*>(digest.data()));
      EXPECT_THAT(page, HasSubstr(absl::StrCat(tag, "-src 'sha256-",
                                               absl::Base64Escape(digest))));
    }
  }
}

TEST_F(ReviewTest, NamesOfPagesAreSafe) {
  EXPECT_EQ(PageName(12, "a/b/Report 2024.final.docx"),
            "000012-report-2024-final.html");
  EXPECT_EQ(PageName(3, "松沅县2022年报.txt"), "000003-2022.html");
  EXPECT_EQ(PageName(4, "松沅县"), "000004.html");
  EXPECT_EQ(PageName(5, "../../etc/passwd"), "000005-passwd.html");
  EXPECT_EQ(PageName(6, "..\xFF\"<>&#%?\n.."), "000006.html");
  EXPECT_EQ(PageName(1234567, std::string(500, 'x')),
            absl::StrCat("1234567-", std::string(48, 'x'), ".html"));
}

TEST_F(ReviewTest, StandsAsideUntilItIsComplete) {
  Review("r", Response(), "old.txt");
  auto writer = Open("r");
  ASSERT_TRUE(writer.ok()) << writer.status();
  const v1::ProcessResponse response = Response();
  ASSERT_TRUE((*writer)->Write({1, "new.txt", &response}).ok());
  EXPECT_TRUE(Exists("r/reports/000001-old.html"));
  EXPECT_TRUE(Exists("r.partial/reports/000001-new.html"));
  ASSERT_TRUE((*writer)->Finish().ok());
  EXPECT_FALSE(Exists("r.partial"));
  EXPECT_FALSE(Exists("r/reports/000001-old.html"));
  EXPECT_TRUE(Exists("r/reports/000001-new.html"));
}

TEST_F(ReviewTest, AnInterruptedOneCanBeUsedAndIsBegunAnew) {
  const v1::ProcessResponse response = Response();
  for (int run = 0; run < 2; ++run) {
    auto writer = Open("r/");
    ASSERT_TRUE(writer.ok()) << writer.status();
    ASSERT_TRUE((*writer)->Write({1, "a.txt", &response}).ok());
    ASSERT_TRUE((*writer)->FinishAside().ok());
    EXPECT_FALSE(Exists("r"));
    EXPECT_EQ(DataOf(Read("r.partial/index.html"))["rows"].size(), 1u);
  }
}

TEST_F(ReviewTest, NothingElseIsReplaced) {
  std::filesystem::create_directory(Path("mine"));
  std::ofstream(Path("mine/index.html")) << "<!doctype html>my own";
  EXPECT_EQ(Open("mine").status().code(),
            absl::StatusCode::kFailedPrecondition);
  std::ofstream(Path("file")) << "text";
  EXPECT_EQ(Open("file").status().code(),
            absl::StatusCode::kFailedPrecondition);
  std::filesystem::create_directory(Path("r.partial"));
  std::ofstream(Path("r.partial/letter.txt")) << "text";
  EXPECT_THAT(std::string(Open("r").status().message()),
              HasSubstr("r.partial"));
  EXPECT_TRUE(Exists("mine/index.html"));
  EXPECT_TRUE(Exists("file"));
  EXPECT_TRUE(Exists("r.partial/letter.txt"));
  // One that is empty is taken, and what was killed when it began.
  std::filesystem::create_directory(Path("empty.partial"));
  std::ofstream(Path("empty.partial/index.html")).flush();
  std::filesystem::create_directory(Path("empty"));
  Review("empty", Response());
  EXPECT_TRUE(Exists("empty/index.html"));
}

TEST_F(ReviewTest, ADocumentThatWasNotReadHasItsReason) {
  v1::ProcessResponse response;
  response.set_outcome(v1::OUTCOME_MALFORMED);
  response.set_message("文件是空的。");
  response.set_message_en("The file is empty.");
  Review("r", response);
  const json row = DataOf(Read("r/index.html"))["rows"][0];
  EXPECT_EQ(row[5], "MALFORMED");
  EXPECT_THAT(row[15].get<std::string>(), HasSubstr("文件是空的。"));
  EXPECT_THAT(row[16].get<std::string>(), HasSubstr("The file is empty."));
  EXPECT_THAT(
      DataOf(Read("r/reports/000001-a.html"))["reason_en"].get<std::string>(),
      HasSubstr("The file is empty."));
}

}  // namespace
}  // namespace gongkai::cli
