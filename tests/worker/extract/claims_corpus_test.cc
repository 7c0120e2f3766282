// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The claims of real reports against those that a careful reader noted, with
// what the tables say of them. The reports lie beside the repository; where
// they do not, these tests are skipped.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/worker/extract/cells.h"
#include "tests/worker/extract/reading_room.h"

namespace gongkai::extract {
namespace {

namespace fs = std::filesystem;

// What the careful reader noted: a subject, its number in the prose, and
// whether one of its readings is that number.
struct Noted {
  const char* file;
  const char* subject;
  const char* value;
  bool holds;
};

constexpr Noted kNoted[] = {
    {"huaian-2024.pdftotext-layout.txt", "requests.taken", "3119", true},
    {"huaian-2024.pdftotext-layout.txt", "requests.processed", "3050", true},
    {"huaian-2024.pdftotext-layout.txt", "requests.carried-in", "34", true},
    {"huaian-2024.pdftotext-layout.txt", "requests.carried-out", "103", true},
    {"huaian-2024.pdftotext-layout.txt", "disputes.review", "351", true},
    {"huaian-2024.pdftotext-layout.txt", "disputes.review.upheld", "72", true},
    {"huaian-2024.pdftotext-layout.txt", "disputes.review.corrected", "64",
     true},
    {"huaian-2024.pdftotext-layout.txt", "disputes.review.other", "178", true},
    {"huaian-2024.pdftotext-layout.txt", "disputes.review.pending", "37", true},
    {"huaian-2024.pdftotext-layout.txt", "disputes.lawsuit", "46", true},
    {"huaian-2024.pdftotext-layout.txt", "disputes.lawsuit.upheld", "25", true},
    {"huaian-2024.pdftotext-layout.txt", "disputes.lawsuit.corrected", "5",
     true},
    {"huaian-2024.pdftotext-layout.txt", "disputes.lawsuit.other", "9", true},
    {"huaian-2024.pdftotext-layout.txt", "disputes.lawsuit.pending", "7", true},
    {"shanghai-office-2019.pipe-rows.txt", "requests.taken", "859", true},
    {"shanghai-office-2019.pipe-rows.txt", "requests.processed", "805", true},
    {"shanghai-office-2019.pipe-rows.txt", "requests.carried-in", "18", true},
    {"shanghai-office-2019.pipe-rows.txt", "requests.carried-out", "72", true},
    {"shanghai-office-2019.pipe-rows.txt", "disclosure.rules.made", "13", true},
    {"shanghai-office-2019.pipe-rows.txt", "disclosure.normative.made", "60",
     true},
    {"suqian-2023.tabs.txt", "requests.taken", "3607", true},
    {"suqian-2023.tabs.txt", "requests.natural", "3493", true},
    {"suqian-2023.tabs.txt", "requests.organisations", "114", true},
    {"suqian-2023.tabs.txt", "requests.granted", "1191", true},
    {"suqian-2023.tabs.txt", "requests.partial", "328", true},
    {"suqian-2024.tabs.txt", "requests.taken", "3646", true},
    {"suqian-2024.tabs.txt", "requests.granted", "1431", true},
    {"suqian-2024.tabs.txt", "requests.partial", "471", true},
    {"suqian-2024.tabs.txt", "disputes.review", "134", false},
    {"suqian-2024.tabs.txt", "disputes.lawsuit", "57", false},
    {"003_db17ef4a54c83baf.txt", "requests.taken", "0", true},
    {"004_357b74e5395ab291.txt", "requests.taken", "0", true},
    {"004_357b74e5395ab291.txt", "disclosure.normative.made", "5", true},
};

// Shanghai's outcomes, whose row totals are blank in its tables: what it
// states, and the shares.
constexpr Noted kOutcomes[] = {
    {"", "requests.granted-or-partial", "258", false},
    {"", "requests.granted-or-partial", "33.9", false},
    {"", "requests.denied", "35", false},
    {"", "requests.denied", "4.34", false},
    {"", "requests.unable", "265", false},
    {"", "requests.unable", "32.9", false},
    {"", "requests.refused", "158", false},
    {"", "requests.refused", "19.6", false},
    {"", "disputes.all-upheld", "100", false},
};

fs::path Corpus() {
  const char* source = std::getenv("GONGKAI_SOURCE_DIR");
  return fs::path(source == nullptr ? "." : source) / ".." / "shared" /
         "corpus";
}

v1::Report Read(const std::string& name) {
  const fs::path reports = Corpus() / "reports" / name;
  const fs::path path =
      fs::exists(reports) ? reports : Corpus() / "seeds" / name;
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  std::stringstream text;
  text << file.rdbuf();
  return ReadReport(text.str()).report;
}

const v1::Claim* Find(const v1::Report& report, const Noted& noted) {
  for (const v1::Claim& claim : report.claims()) {
    if (claim.subject() == noted.subject && claim.value() == noted.value) {
      return &claim;
    }
  }
  return nullptr;
}

// The value of a sum of plain paths; -1 if it has none.
int64_t Sum(const std::map<std::string, int64_t>& cells,
            const std::string& reading) {
  int64_t sum = 0;
  std::stringstream terms(reading);
  for (std::string term; terms >> term;) {
    if (term == "+") continue;
    const auto cell = cells.find(term);
    if (cell == cells.end()) return -1;
    sum += cell->second;
  }
  return sum;
}

bool Holds(const v1::Report& report, const v1::Claim& claim) {
  std::map<std::string, int64_t> cells;
  for (const CellFacts& cell : AllCells(report)) {
    int64_t value = 0;
    if (absl::SimpleAtoi(cell.value, &value)) cells[cell.path] = value;
  }
  return std::any_of(claim.readings().begin(), claim.readings().end(),
                     [&](const std::string& reading) {
                       return absl::StrCat(Sum(cells, reading)) ==
                              claim.value();
                     });
}

class ClaimsCorpusTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(Corpus())) GTEST_SKIP() << "no corpus at " << Corpus();
  }
};

TEST_F(ClaimsCorpusTest, FindsWhatACarefulReaderNoted) {
  for (const Noted& noted : kNoted) {
    SCOPED_TRACE(absl::StrCat(noted.file, " ", noted.subject));
    const v1::Report report = Read(noted.file);
    const v1::Claim* const claim = Find(report, noted);
    ASSERT_NE(claim, nullptr);
    EXPECT_EQ(Holds(report, *claim), noted.holds);
    // What does not hold is about another population.
    EXPECT_EQ(claim->scope() == v1::CLAIM_SCOPE_OWN, noted.holds);
  }
}

TEST_F(ClaimsCorpusTest, FindsOutcomesAndShares) {
  const v1::Report report = Read("shanghai-office-2019.pipe-rows.txt");
  for (const Noted& noted : kOutcomes) {
    SCOPED_TRACE(absl::StrCat(noted.subject, " ", noted.value));
    const v1::Claim* const claim = Find(report, noted);
    ASSERT_NE(claim, nullptr);
    EXPECT_EQ(claim->scope(), v1::CLAIM_SCOPE_OWN);
    if (claim->kind() != v1::CLAIM_KIND_SHARE) continue;
    ASSERT_GT(claim->whole(), 0);
    EXPECT_EQ(report.claims(claim->whole() - 1).value(), "805");
  }
}

}  // namespace
}  // namespace gongkai::extract
