// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The tables of gongkai check --export: the same values in every format, and
// the same tables after any number of interruptions.

#include <signal.h>
#include <sqlite3.h>
#include <zip.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <pugixml.hpp>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/command.h"
#include "tests/generator/generator.h"
#include "tests/sanitized.h"

namespace gongkai::testing {
namespace {

using ::testing::ContainerEq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using Row = std::map<std::string, std::string>;

// What --format=cells and --format=findings say of a row.
constexpr const char* kCellFields[] = {"document", "cell", "value", "state",
                                       "raw"};
constexpr const char* kFindingFields[] = {"document", "rule",       "result",
                                          "severity", "cells",      "left",
                                          "right",    "difference", "message"};

std::string ReadFile(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  EXPECT_TRUE(stream.good()) << file;
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

// A value of JSON as a table has it: a list with spaces between.
std::string Plain(const google::protobuf::Value& value) {
  switch (value.kind_case()) {
    case google::protobuf::Value::kStringValue:
      return value.string_value();
    case google::protobuf::Value::kNumberValue:
      return absl::StrCat(static_cast<int64_t>(value.number_value()));
    case google::protobuf::Value::kListValue: {
      std::vector<std::string> all;
      for (const auto& one : value.list_value().values()) {
        all.push_back(one.string_value());
      }
      return absl::StrJoin(all, " ");
    }
    default:
      return "";
  }
}

std::vector<Row> JsonRows(const std::string& text) {
  std::vector<Row> rows;
  for (const google::protobuf::Struct& line : ParseLines(text)) {
    Row& row = rows.emplace_back();
    for (const auto& [key, value] : line.fields()) row[key] = Plain(value);
  }
  return rows;
}

// By RFC 4180.
std::vector<Row> CsvRows(const std::string& text) {
  std::vector<std::vector<std::string>> lines(1, {""});
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    std::string& field = lines.back().back();
    if (quoted) {
      if (text[i] != '"') {
        field += text[i];
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        field += text[++i];
      } else {
        quoted = false;
      }
    } else if (text[i] == '"') {
      quoted = true;
    } else if (text[i] == ',') {
      lines.back().emplace_back();
    } else if (text[i] == '\r') {
      EXPECT_EQ(text[++i], '\n');
      lines.push_back({""});
    } else {
      field += text[i];
    }
  }
  lines.pop_back();
  std::vector<Row> rows;
  for (size_t i = 1; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].size(), lines[0].size());
    Row& row = rows.emplace_back();
    for (size_t k = 0; k < lines[0].size(); ++k) {
      row[lines[0][k]] = lines[i][k];
    }
  }
  return rows;
}

std::vector<Row> SqlRows(const std::string& file, const std::string& sql) {
  sqlite3* database = nullptr;
  EXPECT_EQ(
      sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr),
      SQLITE_OK);
  std::vector<Row> rows;
  const auto add = [](void* to, int fields, char** values, char** names) {
    Row& row = static_cast<std::vector<Row>*>(to)->emplace_back();
    for (int i = 0; i < fields; ++i) {
      row[names[i]] = values[i] == nullptr ? "" : values[i];
    }
    return 0;
  };
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), add, &rows, nullptr), SQLITE_OK)
      << sqlite3_errmsg(database);
  sqlite3_close(database);
  return rows;
}

std::string Unzipped(const std::string& file, const std::string& entry) {
  zip_t* const archive = zip_open(file.c_str(), ZIP_RDONLY, nullptr);
  EXPECT_NE(archive, nullptr) << file;
  zip_stat_t info;
  EXPECT_EQ(zip_stat(archive, entry.c_str(), 0, &info), 0) << entry;
  std::string bytes(info.size, '\0');
  zip_file_t* const opened = zip_fopen(archive, entry.c_str(), 0);
  EXPECT_EQ(zip_fread(opened, bytes.data(), bytes.size()),
            static_cast<zip_int64_t>(bytes.size()));
  zip_fclose(opened);
  zip_discard(archive);
  return bytes;
}

// The rows of a sheet under these names instead of the titles for people.
std::vector<Row> SheetRows(const std::string& file, int sheet,
                           const std::vector<std::string>& names) {
  const std::string xml =
      Unzipped(file, absl::StrCat("xl/worksheets/sheet", sheet, ".xml"));
  pugi::xml_document document;
  EXPECT_TRUE(document.load_buffer(
      xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata));
  std::vector<Row> rows;
  bool head = true;
  for (const pugi::xml_node line :
       document.child("worksheet").child("sheetData").children("row")) {
    if (std::exchange(head, false)) continue;
    Row& row = rows.emplace_back();
    for (const std::string& name : names) row[name];
    for (const pugi::xml_node cell : line.children("c")) {
      size_t column = 0;
      for (const char letter : std::string(cell.attribute("r").value())) {
        if (letter >= 'A') column = column * 26 + (letter - 'A' + 1);
      }
      const char* const inline_text = cell.child("is").child_value("t");
      row[names.at(column - 1)] =
          *inline_text != '\0' ? inline_text : cell.child_value("v");
    }
  }
  return rows;
}

template <typename Fields>
std::multiset<std::string> Values(const std::vector<Row>& rows,
                                  const Fields& fields) {
  std::multiset<std::string> values;
  for (const Row& row : rows) {
    std::string all;
    for (const auto& field : fields) {
      const auto found = row.find(field);
      absl::StrAppend(&all, found == row.end() ? "" : found->second, "\x1F");
    }
    values.insert(std::move(all));
  }
  return values;
}

std::vector<std::string> Head(const std::string& csv) {
  return absl::StrSplit(csv.substr(0, csv.find('\r')), ',');
}

std::string Examples() {
  return absl::StrCat(std::getenv("GONGKAI_SOURCE_DIR"), "/examples");
}

std::set<std::string> FilesBelow(const std::string& directory) {
  std::set<std::string> files;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    files.insert(std::filesystem::relative(entry.path(), directory).string());
  }
  return files;
}

class ExportTest : public CommandTest {
 protected:
  std::string Path(const std::string& name) const { return root_ + "/" + name; }
};

TEST_F(ExportTest, AllFormatsHoldTheValuesThatTheCommandPrints) {
  const Result result =
      Run({"check", "--export=" + Path("t.csv"), "--export=" + Path("t.jsonl"),
           "--export=" + Path("t.sqlite"), "--export=" + Path("t.xlsx"),
           "--format=cells", Examples()});
  ASSERT_EQ(result.status, 1) << result.err;
  std::vector<Row> printed = JsonRows(result.out);
  std::erase_if(printed, [](const Row& row) { return !row.contains("cell"); });
  const auto cells = Values(printed, kCellFields);
  EXPECT_GT(cells.size(), 2500u);
  EXPECT_THAT(Values(JsonRows(ReadFile(Path("t.jsonl"))), kCellFields),
              ContainerEq(cells));
  EXPECT_THAT(
      Values(SqlRows(Path("t.sqlite"), "SELECT * FROM cells"), kCellFields),
      ContainerEq(cells));
  const std::vector<Row> csv_cells = CsvRows(ReadFile(Path("t.csv")));
  const std::vector<std::string> head = Head(ReadFile(Path("t.csv")));
  EXPECT_THAT(Values(csv_cells, kCellFields), ContainerEq(cells));
  EXPECT_THAT(Values(SheetRows(Path("t.xlsx"), 5, head), kCellFields),
              ContainerEq(cells));
  // The database keeps them apart: label, unit, candidates, place.
  EXPECT_GT(std::ranges::count_if(
                csv_cells,
                [](const Row& row) { return !row.at("place_row").empty(); }),
            100);
  EXPECT_THAT(Values(SqlRows(Path("t.sqlite"), "SELECT * FROM cells"), head),
              ContainerEq(Values(csv_cells, head)));

  const auto findings =
      Values(JsonRows(Run({"check", "--format=findings", Examples()}).out),
             kFindingFields);
  EXPECT_GT(findings.size(), 20u);
  const std::string csv = ReadFile(Path("t.findings.csv"));
  EXPECT_THAT(Values(CsvRows(csv), kFindingFields), ContainerEq(findings));
  EXPECT_THAT(
      Values(JsonRows(ReadFile(Path("t.findings.jsonl"))), kFindingFields),
      ContainerEq(findings));
  EXPECT_THAT(Values(SqlRows(Path("t.sqlite"),
                             "SELECT document, f.* FROM findings f "
                             "JOIN documents USING (document_number)"),
                     kFindingFields),
              ContainerEq(findings));
  EXPECT_THAT(Values(SheetRows(Path("t.xlsx"), 3, Head(csv)), kFindingFields),
              ContainerEq(findings));
}

TEST_F(ExportTest, TheWorkbookBeginsWithWhatIsToBeCorrected) {
  const Result result = Run({"check", "--lang=zh", "--export=" + Path("t.xlsx"),
                             Examples() + "/songyuan-county-2022-row-sum.txt"});
  ASSERT_EQ(result.status, 1) << result.err;
  const std::vector<Row> rows =
      SheetRows(Path("t.xlsx"), 1,
                {"body", "year", "document", "severity", "problem",
                 "correction", "basis"});
  ASSERT_THAT(rows, Not(IsEmpty()));
  EXPECT_EQ(rows[0].at("body"), "松沅县人民政府");
  EXPECT_EQ(rows[0].at("year"), "2022");
  EXPECT_EQ(rows[0].at("severity"), "错误");
  EXPECT_THAT(rows[0].at("problem"), Not(IsEmpty()));
  EXPECT_THAT(Unzipped(Path("t.xlsx"), "xl/workbook.xml"),
              HasSubstr("更正清单"));
}

TEST_F(ExportTest, AFileThatCannotBeReadHasARowToo) {
  Write("in/a.txt", "霜桥");
  const Result result =
      Run({"check", "--export=" + Path("t.csv"), Path("in"), Path("in/a.txt")});
  EXPECT_EQ(result.status, 2);
  const std::vector<Row> rows = CsvRows(ReadFile(Path("t.documents.csv")));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].at("outcome"), "NOT_A_REPORT");
  EXPECT_THAT(rows[1].at("message"), Not(IsEmpty()));
}

TEST_F(ExportTest, SaysWhatCannotBeWritten) {
  const Result result = Run({"check", "--export=" + Path("no/t.csv"),
                             Examples() + "/qinglan-liuxi-2023.txt"});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("no/t.partial.csv"));
  EXPECT_THAT(Run({"check", "--export=t.pdf", "."}).err, HasSubstr(".xlsx"));
  EXPECT_THAT(Run({"check", "--resume", "."}).err, HasSubstr("--export"));
}

// Whatever stops it, and wherever.
TEST_F(ExportTest, InterruptedAndResumedTheTablesAreTheSame) {
  constexpr int kDocuments = kSanitized ? 60 : 200;
  constexpr int kInterruptions = 20;
  for (int i = 0; i < kDocuments; ++i) {
    const generator::Layout layout =
        generator::AllLayouts()[i % generator::AllLayouts().size()];
    Write(absl::StrCat("in/", i),
          generator::Generate(generator::DrawOptions(i, layout)).bytes);
  }
  const auto words = [this](const std::string& to) {
    return std::vector<std::string>{BuiltProgram("gongkai"),
                                    "check",
                                    "--resume",
                                    "--wide",
                                    "--format=findings",
                                    "--export=" + Path(to + "/t.csv"),
                                    "--export=" + Path(to + "/t.jsonl"),
                                    "--export=" + Path(to + "/t.sqlite"),
                                    "--export=" + Path(to + "/t.xlsx"),
                                    "--html=" + Path(to + "/pages"),
                                    Path("in")};
  };
  std::filesystem::create_directory(Path("whole"));
  std::filesystem::create_directory(Path("parts"));
  const absl::Time start = absl::Now();
  const Result whole = Program(words("whole"), root_, environment()).Wait();
  const absl::Duration needed = absl::Now() - start;
  ASSERT_LT(whole.status, 128) << whole.err;

  std::mt19937 random(20);
  std::uniform_real_distribution<double> share(0.1, 0.6);
  int interrupted = 0;
  for (int i = 0; i < kInterruptions; ++i) {
    Program program(words("parts"), root_, environment());
    absl::SleepFor(needed * share(random));
    program.Signal(i % 2 == 0 ? SIGINT : SIGKILL);
    const Result part = program.Wait();
    if (part.status >= 128) ++interrupted;
    // A run may have been quicker than the signal; half a table is never there.
    if (std::filesystem::exists(Path("parts/t.csv"))) {
      EXPECT_TRUE(ReadFile(Path("parts/t.csv")) ==
                  ReadFile(Path("whole/t.csv")));
    }
  }
  std::cout << interrupted << " interruptions\n";
  EXPECT_GT(interrupted, kInterruptions / 2);
  const Result rest = Program(words("parts"), root_, environment()).Wait();
  EXPECT_EQ(rest.status, whole.status) << rest.err;
  EXPECT_EQ(rest.out, whole.out);

  const std::set<std::string> names = FilesBelow(Path("whole"));
  // The tables, and of the pages the index and one a document.
  EXPECT_EQ(names.size(), 12u + 1 + kDocuments);
  std::set<std::string> parts = FilesBelow(Path("parts"));
  // The library for workbooks makes files and unlinks them at once. A kill
  // between leaves one that is empty.
  for (auto file = parts.begin(); file != parts.end();) {
    const bool left = absl::StartsWith(*file, "tmp.") &&
                      std::filesystem::file_size(Path("parts/" + *file)) == 0;
    file = left ? parts.erase(file) : std::next(file);
  }
  EXPECT_THAT(parts, ContainerEq(names));
  for (const std::string& name : names) {
    if (name == "t.xlsx") continue;
    EXPECT_TRUE(ReadFile(Path("whole/" + name)) ==
                ReadFile(Path("parts/" + name)))
        << name;
  }
  // Its other parts say when it was made.
  for (int sheet = 1; sheet <= 6; ++sheet) {
    const std::string entry =
        absl::StrCat("xl/worksheets/sheet", sheet, ".xml");
    EXPECT_TRUE(Unzipped(Path("whole/t.xlsx"), entry) ==
                Unzipped(Path("parts/t.xlsx"), entry))
        << entry;
  }
}

}  // namespace
}  // namespace gongkai::testing
