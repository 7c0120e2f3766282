// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/formats.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "proto/cell_path.h"
#include "tests/generator/generator.h"

namespace gongkai::testing {

using ::testing::HasSubstr;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.is_open()) << path;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string Example(const std::string& name) {
  const char* directory = std::getenv("GONGKAI_SOURCE_DIR");
  return absl::StrCat(directory == nullptr ? "." : directory, "/examples/",
                      name);
}

std::vector<std::string> FormatTest::CellsOf(const std::string& path) {
  const Result result = Run({"check", "--format=cells", path});
  EXPECT_EQ(result.status, 0) << result.err << result.out;
  const std::string document = absl::StrCat("\"document\":\"", path, "\",");
  return absl::StrSplit(absl::StrReplaceAll(result.out, {{document, ""}}), '\n',
                        absl::SkipEmpty());
}

std::vector<v1::Cell> FormatTest::ValuesOf(const std::string& path) {
  const Result result = Run({"check", "--format=jsonl", path});
  EXPECT_EQ(result.status, 0) << result.err;
  v1::ProcessResponse response;
  EXPECT_TRUE(
      google::protobuf::util::JsonStringToMessage(result.out, &response).ok())
      << result.out;
  std::vector<v1::Cell> values;
  for (const v1::ReportTable* table :
       {&response.report().disclosure(), &response.report().requests(),
        &response.report().disputes()}) {
    for (const v1::Cell& cell : table->cells()) {
      if (cell.state() == v1::CELL_STATE_VALUE) values.push_back(cell);
    }
  }
  EXPECT_GT(values.size(), 0);
  return values;
}

void FormatTest::ExpectRejected(const std::vector<Rejected>& documents) {
  std::vector<std::string> words = {"check", "--format=cells"};
  std::map<std::string, std::string> expected;
  generator::Options options;
  for (const Rejected& document : documents) {
    words.push_back(Write(document.name, document.bytes));
    expected[words.back()] = document.outcome;
    // Another one each time.
    ++options.seed;
    words.push_back(Write(absl::StrCat("good-", options.seed, ".txt"),
                          generator::Generate(options).bytes));
    expected[words.back()] = "OK";
  }
  const Result result = Run(words);
  EXPECT_EQ(result.status, 2);
  std::map<std::string, std::string> outcomes;
  for (const google::protobuf::Struct& line : ParseLines(result.out)) {
    if (!line.fields().contains("outcome")) continue;
    outcomes[TextOf(line, "document")] = TextOf(line, "outcome");
  }
  EXPECT_EQ(outcomes, expected);
  for (const Rejected& document : documents) {
    const std::string path = absl::StrCat(root_, "/", document.name, ": ");
    const size_t at = result.err.find(path);
    ASSERT_NE(at, std::string::npos) << path << result.err;
    EXPECT_THAT(result.err.substr(at, result.err.find('\n', at) - at),
                HasSubstr(document.sentence));
  }
  ExpectCleanedUp();
}

std::string BytesOf(const v1::Cell& cell, const std::string& document) {
  return document.substr(cell.start_byte(),
                         cell.end_byte() - cell.start_byte());
}

void ExpectPlacesInTables(const std::vector<v1::Cell>& cells) {
  std::set<std::tuple<int, int, int>> places;
  std::map<v1::Table, std::set<int>> tables;
  for (const v1::Cell& cell : cells) {
    const v1::Place& place = cell.place();
    EXPECT_GT(place.row(), 0);
    EXPECT_TRUE(
        places.insert({place.table(), place.row(), place.column()}).second)
        << "two values in one place: " << CellPathText(cell);
    tables[cell.table()].insert(place.table());
    if (cell.table() == v1::TABLE_REQUESTS) {
      // Behind three columns of labels.
      EXPECT_EQ(place.column() - 4, cell.column() - v1::COLUMN_NATURAL)
          << CellPathText(cell);
    }
  }
  // The three tables of the form stand in three tables of the document.
  std::set<int> different;
  for (const auto& [table, numbers] : tables) {
    EXPECT_EQ(numbers.size(), 1) << v1::Table_Name(table);
    different.insert(numbers.begin(), numbers.end());
  }
  EXPECT_EQ(different.size(), 3);
  EXPECT_FALSE(different.contains(0));
}

}  // namespace gongkai::testing
