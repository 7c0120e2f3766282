// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Real reports, and their values printed in every layout met, against what a
// careful reader found in them. The reports lie beside the repository; where
// they do not, these tests are skipped.

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/worker/extract/cells.h"
#include "tests/worker/extract/reading_room.h"

namespace gongkai::extract {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::IsEmpty;

fs::path Corpus() {
  const char* source = std::getenv("GONGKAI_SOURCE_DIR");
  return fs::path(source == nullptr ? "." : source) / ".." / "shared" /
         "corpus";
}

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The files of a directory with this extension, in order.
std::vector<fs::path> FilesOf(const fs::path& directory,
                              const std::string& extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(directory)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

struct Truth {
  std::string document;
  std::string body;
  int year = 0;
  std::string template_name;
  // Without value where the report prints none.
  std::map<std::string, std::optional<double>> cells;
};

double Number(std::string text) {
  for (const char* unit : {"元", "万"}) {
    text = std::string(absl::StripSuffix(text, unit));
  }
  double number = NAN;
  EXPECT_TRUE(absl::SimpleAtod(text, &number)) << text;
  return number;
}

// Truth files print a member of an object per line, ' "key": value,'. (A JSON
// reader would do; protobuf's own keeps its members in a map, which the
// system's library and code built for the thread sanitizer see differently.)
Truth ReadTruth(const fs::path& path) {
  Truth truth;
  bool in_cells = false;
  for (absl::string_view line : absl::StrSplit(ReadFile(path), '\n')) {
    line = absl::StripSuffix(absl::StripAsciiWhitespace(line), ",");
    const std::pair<absl::string_view, absl::string_view> member =
        absl::StrSplit(line, absl::MaxSplits("\": ", 1));
    const std::string key(absl::StripPrefix(member.first, "\""));
    const std::string text(
        absl::StripSuffix(absl::StripPrefix(member.second, "\""), "\""));
    if (line == "}") in_cells = false;
    if (in_cells) {
      std::optional<double>& number = truth.cells[key];
      if (text != "null") number = Number(text);
    } else if (key == "cells" && text == "{") {
      in_cells = true;
    } else if (key == "document") {
      truth.document = text;
    } else if (key == "body") {
      truth.body = text;
    } else if (key == "year") {
      truth.year = static_cast<int>(Number(text));
    } else if (key == "template") {
      truth.template_name = text;
    }
  }
  EXPECT_GE(truth.cells.size(), 198u) << path;
  return truth;
}

struct Verdict {
  int right = 0;
  int wrong = 0;
  int unread = 0;
};

// A cell is wrong if it claims another number than the printed one, or one
// where none is printed and none follows; unread if it has no number although
// one is printed.
Verdict Judge(const v1::Report& report, const Truth& truth,
              const std::string& name) {
  Verdict verdict;
  std::map<std::string, CellFacts> cells;
  for (CellFacts& cell : AllCells(report)) cells[cell.path] = std::move(cell);
  for (const auto& [path, want] : truth.cells) {
    const auto it = cells.find(path);
    if (it == cells.end() || !it->second.claims()) {
      ++(want.has_value() ? verdict.unread : verdict.right);
      continue;
    }
    const CellFacts& cell = it->second;
    const bool derived = cell.state == v1::CELL_STATE_DERIVED;
    if (want.has_value() ? Number(cell.value) == *want : derived) {
      ++verdict.right;
    } else {
      ++verdict.wrong;
      ADD_FAILURE() << name << ": " << path << " is said to be " << cell.value
                    << " and is "
                    << (want.has_value() ? absl::StrCat(*want) : "not printed");
    }
  }
  std::cout << name << ": " << verdict.right << " right, " << verdict.wrong
            << " wrong, " << verdict.unread << " unread\n";
  return verdict;
}

class CorpusTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(Corpus())) {
      GTEST_SKIP() << "no real reports at " << Corpus();
    }
  }
};

TEST_F(CorpusTest, ReportsAreReadAsACarefulReaderReadsThem) {
  int documents = 0;
  for (const fs::path& path : FilesOf(Corpus() / "truth", ".json")) {
    const Truth truth = ReadTruth(path);
    if (fs::path(truth.document).extension() != ".txt") continue;
    const ReadResult result = ReadReport(ReadFile(Corpus() / truth.document));
    const Verdict verdict = Judge(result.report, truth, truth.document);
    EXPECT_EQ(verdict.wrong, 0) << truth.document;
    EXPECT_EQ(verdict.unread, 0) << truth.document;
    EXPECT_EQ(v1::Template_Name(result.report.template_()), truth.template_name)
        << truth.document;
    EXPECT_EQ(result.report.year(), truth.year) << truth.document;
    ++documents;
  }
  EXPECT_GE(documents, 8);
}

TEST_F(CorpusTest, TextFromPdfIsReadInFullOrLeftOpen) {
  const Truth truth = ReadTruth(Corpus() / "truth" / "huaian-2024.json");
  const auto read = [&](const std::string& kind) {
    const std::string name =
        absl::StrCat("huaian-2024.pdftotext-", kind, ".txt");
    const ReadResult result = ReadReport(ReadFile(Corpus() / "reports" / name));
    EXPECT_EQ(result.report.year(), 2024) << name;
    EXPECT_EQ(result.report.body(), truth.body) << name;
    EXPECT_EQ(result.report.sections_size(), 6) << name;
    return Judge(result.report, truth, name);
  };
  EXPECT_EQ(read("layout").right, 200);
  // The table of disputes has its labels and numbers torn apart in these.
  for (const char* kind : {"raw", "plain"}) {
    const Verdict verdict = read(kind);
    EXPECT_EQ(verdict.wrong, 0) << kind;
    EXPECT_LE(verdict.unread, 15) << kind;
  }
}

// What a layout lets a reader read.
enum class Promise {
  kAll,         // every value
  kBlanks,      // zeros are blank
  kMarks,       // zeros are slashes or dashes
  kLostTotals,  // eleven totals are gone
  kNothing,     // nothing can be proved
};

const std::map<std::string, Promise>& Promises() {
  static const auto* const promises = new std::map<std::string, Promise>{
      {"A", Promise::kAll},          {"B", Promise::kAll},
      {"B2", Promise::kLostTotals},  {"C", Promise::kAll},
      {"D", Promise::kAll},          {"E", Promise::kAll},
      {"E_blank", Promise::kBlanks}, {"E_slash", Promise::kMarks},
      {"E_dash", Promise::kMarks},   {"F", Promise::kAll},
      {"G", Promise::kAll},          {"H", Promise::kBlanks},
      {"H2", Promise::kNothing},     {"I", Promise::kNothing},
      {"J", Promise::kAll},          {"M", Promise::kAll}};
  return *promises;
}

TEST_F(CorpusTest, TheOfficialFormInWordIsBlankEverywhere) {
  const ReadResult result =
      ReadReport(ReadFile(Corpus() / "reports" / "form-2021-blank.docx"));
  EXPECT_EQ(result.outcome, v1::OUTCOME_OK) << result.message_en;
  EXPECT_EQ(result.report.template_(), v1::TEMPLATE_2021);
  const std::vector<CellFacts> cells = AllCells(result.report);
  EXPECT_EQ(cells.size(), 200u);
  for (const CellFacts& cell : cells) {
    EXPECT_EQ(cell.state, v1::CELL_STATE_BLANK) << cell.path;
  }
}

TEST_F(CorpusTest, EveryLayoutKeepsItsPromise) {
  int documents = 0;
  for (const fs::path& path : FilesOf(Corpus() / "layouts", ".txt")) {
    const std::string stem = path.stem();
    const size_t dash = stem.rfind('-');
    const std::string family = stem.substr(dash + 1);
    ASSERT_EQ(Promises().count(family), 1u) << stem;
    const Promise promise = Promises().at(family);
    const Truth truth = ReadTruth(Corpus() / "truth" /
                                  absl::StrCat(stem.substr(0, dash), ".json"));
    const ReadResult result = ReadReport(ReadFile(path));
    const Verdict verdict = Judge(result.report, truth, stem);
    ++documents;
    EXPECT_EQ(verdict.wrong, 0) << stem;
    EXPECT_EQ(v1::Template_Name(result.report.template_()), truth.template_name)
        << stem;
    EXPECT_EQ(result.report.year(), truth.year) << stem;

    int other = 0;
    for (const CellFacts& cell : AllCells(result.report)) {
      const auto want = truth.cells.find(cell.path);
      const bool zero = want != truth.cells.end() && want->second == 0.0;
      const v1::CellState expected =
          zero && promise == Promise::kBlanks  ? v1::CELL_STATE_BLANK
          : zero && promise == Promise::kMarks ? v1::CELL_STATE_NOT_APPLICABLE
                                               : v1::CELL_STATE_VALUE;
      if (cell.state == expected) continue;
      ++other;
      if (promise == Promise::kNothing) continue;
      const bool lost = promise == Promise::kLostTotals &&
                        absl::EndsWith(cell.path, ".total") &&
                        (cell.state == v1::CELL_STATE_MISSING ||
                         cell.state == v1::CELL_STATE_DERIVED);
      EXPECT_TRUE(lost) << stem << ": " << cell.path << " is " << Word(cell);
    }
    if (promise == Promise::kLostTotals) {
      EXPECT_EQ(other, 11) << stem;
    } else if (promise != Promise::kNothing) {
      EXPECT_EQ(result.outcome, v1::OUTCOME_OK) << stem;
      EXPECT_THAT(Notes(result.report), IsEmpty()) << stem;
    } else {
      EXPECT_GT(other, 50) << stem;
      EXPECT_EQ(result.outcome, v1::OUTCOME_PARTIAL) << stem;
      EXPECT_THAT(
          Notes(result.report),
          Contains(family == "I" ? "lines deduplicated" : "cells compacted"))
          << stem;
    }
  }
  EXPECT_GE(documents, 48);
}

// What is expected of an abridged page, named by how its file begins.
struct Excerpt {
  const char* name;
  v1::Outcome outcome;
  v1::Template template_id;
  int year;
};

constexpr Excerpt kExcerpts[] = {
    {"x01", v1::OUTCOME_PARTIAL, v1::TEMPLATE_2021, 2023},
    {"x02", v1::OUTCOME_PARTIAL, v1::TEMPLATE_2021, 2023},
    {"x03", v1::OUTCOME_PARTIAL, v1::TEMPLATE_2021, 2022},
    {"x05", v1::OUTCOME_PARTIAL, v1::TEMPLATE_2019, 2020},
    {"x06", v1::OUTCOME_PARTIAL, v1::TEMPLATE_UNSPECIFIED, 2020},
    // The form of 2019 in 2023.
    {"x07", v1::OUTCOME_PARTIAL, v1::TEMPLATE_2019, 2023},
    {"x09", v1::OUTCOME_PARTIAL, v1::TEMPLATE_2021, 2023},
    {"x10", v1::OUTCOME_PARTIAL, v1::TEMPLATE_2021, 2023},
    {"x12", v1::OUTCOME_PARTIAL, v1::TEMPLATE_2019, 2019},
    {"x14", v1::OUTCOME_PARTIAL, v1::TEMPLATE_2019, 2020},
    {"x15", v1::OUTCOME_PARTIAL, v1::TEMPLATE_2019, 0},
    {"x17", v1::OUTCOME_PARTIAL, v1::TEMPLATE_2021, 2021},
    {"x18", v1::OUTCOME_PARTIAL, v1::TEMPLATE_2021, 2021},
    {"x19", v1::OUTCOME_PARTIAL, v1::TEMPLATE_UNSPECIFIED, 2024},
    // One section alone is left of these two: that of any report.
    {"x21", v1::OUTCOME_NOT_A_REPORT, v1::TEMPLATE_UNSPECIFIED, 2022},
    {"x22", v1::OUTCOME_NOT_A_REPORT, v1::TEMPLATE_UNSPECIFIED, 2023},
    {"x23", v1::OUTCOME_PARTIAL, v1::TEMPLATE_UNSPECIFIED, 2022},
    {"x25", v1::OUTCOME_PARTIAL, v1::TEMPLATE_UNSPECIFIED, 0},
    // Of 2019, in the old form and without tables.
    {"x27", v1::OUTCOME_PARTIAL, v1::TEMPLATE_UNSPECIFIED, 2019},
    {"x28", v1::OUTCOME_UNSUPPORTED_TEMPLATE, v1::TEMPLATE_UNSPECIFIED, 2019},
    {"x29", v1::OUTCOME_UNSUPPORTED_TEMPLATE, v1::TEMPLATE_UNSPECIFIED, 2017},
    {"x30", v1::OUTCOME_UNSUPPORTED_TEMPLATE, v1::TEMPLATE_UNSPECIFIED, 2010},
    {"x31", v1::OUTCOME_UNSUPPORTED_TEMPLATE, v1::TEMPLATE_UNSPECIFIED, 0},
    {"x33", v1::OUTCOME_PARTIAL, v1::TEMPLATE_UNSPECIFIED, 2025},
};

// The excerpt whose file begins with this name.
ReadResult ReadExcerpt(const std::string& name) {
  for (const fs::path& path : FilesOf(Corpus() / "excerpts", ".txt")) {
    if (absl::StartsWith(path.filename().string(), name)) {
      return ReadReport(ReadFile(path));
    }
  }
  ADD_FAILURE() << "no excerpt " << name;
  return ReadResult();
}

TEST_F(CorpusTest, AbridgedPagesAreJudgedAsWhatTheyAre) {
  EXPECT_EQ(FilesOf(Corpus() / "excerpts", ".txt").size(),
            std::size(kExcerpts));
  for (const Excerpt& excerpt : kExcerpts) {
    const ReadResult result = ReadExcerpt(excerpt.name);
    EXPECT_EQ(result.outcome, excerpt.outcome) << excerpt.name;
    EXPECT_EQ(result.report.template_(), excerpt.template_id) << excerpt.name;
    EXPECT_EQ(result.report.year(), excerpt.year) << excerpt.name;
    EXPECT_NE(result.message, "") << excerpt.name;
    EXPECT_NE(result.message_en, "") << excerpt.name;
  }
}

TEST_F(CorpusTest, SignedDifferencesAreRead) {
  const v1::Report report = ReadExcerpt("x05").report;
  EXPECT_EQ(RowText(report, "disclosure.licence"), "0 21 776");
  EXPECT_EQ(RowText(report, "disclosure.penalty"), "34 10 29");
}

TEST_F(CorpusTest, SlashesAndTotalsAloneAreRead) {
  const v1::Report report = ReadExcerpt("x09").report;
  EXPECT_EQ(RowText(report, "disclosure.rules"), "/ / /");
  EXPECT_EQ(RowText(report, "requests.received"), "_ _ _ _ _ _ 0");
}

TEST_F(CorpusTest, OneValuePerRowIsNotGuessed) {
  const v1::Report report = ReadExcerpt("x17").report;
  EXPECT_EQ(RowText(report, "disclosure.normative"), "0 0 0");
  for (const char* row :
       {"requests.received", "requests.carried_in", "requests.granted"}) {
    EXPECT_EQ(RowText(report, row), "? ? ? ? ? ? ?") << row;
  }
}

TEST_F(CorpusTest, RemovedRepeatedLinesAreLostAndNotZero) {
  const v1::Report report = ReadExcerpt("x12").report;
  EXPECT_THAT(Claims(report), IsEmpty());
  EXPECT_THAT(Notes(report), Contains("lines deduplicated"));
}

}  // namespace
}  // namespace gongkai::extract
