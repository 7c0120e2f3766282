// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Collections: how little is kept of a report, that order does not matter, what
// is found among many.

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/worker/validate/report_builder.h"
#include "worker/validate/collection.h"
#include "worker/validate/digest.h"

namespace gongkai::validate {
namespace {

using testing::ElementsAre;
using v1::CheckCollectionResponse;

// Prose of random Chinese characters without any that are masked.
std::string Prose(uint64_t seed, int characters) {
  std::mt19937_64 random(seed);
  std::string text;
  for (int i = 0; i < characters; ++i) {
    const uint32_t c = 0x8000 + random() % 0x1000;
    text += {static_cast<char>(0xE0 | c >> 12),
             static_cast<char>(0x80 | (c >> 6 & 0x3F)),
             static_cast<char>(0x80 | (c & 0x3F))};
  }
  return text;
}

struct Made {
  std::string id;
  std::string body;
  int year = 2023;
  std::string prose;
  std::string parent;
};

worker::v1::ReportDigest DigestOf(const Made& made, v1::Report report) {
  static Digester* const digester = new Digester(TestCatalog());
  report.set_body(made.body);
  report.set_year(made.year);
  for (v1::Section& section : *report.mutable_sections()) {
    section.set_text(section.kind() == v1::SECTION_KIND_OVERVIEW ? made.prose
                                                                 : "");
  }
  worker::v1::ReportDigest digest;
  digest.set_id(made.id);
  digest.set_parent(made.parent);
  digester->Digest(report, &digest);
  return digest;
}

worker::v1::ReportDigest DigestOf(const Made& made) {
  static const v1::Report* const report =
      new v1::Report(ReportBuilder(v1::TEMPLATE_2021).report());
  return DigestOf(made, *report);
}

std::vector<CheckCollectionResponse> Find(
    const std::vector<worker::v1::ReportDigest>& digests,
    int64_t bytes = 1 << 16) {
  Collection collection(TestCatalog());
  for (const worker::v1::ReportDigest& digest : digests) collection.Add(digest);
  std::vector<CheckCollectionResponse> all;
  std::vector<CheckCollectionResponse> some;
  bool more = true;
  while (more) {
    more = collection.Next(bytes, &some);
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

std::vector<std::string> RulesOf(
    const std::vector<CheckCollectionResponse>& responses) {
  std::vector<std::string> rules;
  for (const CheckCollectionResponse& response : responses) {
    if (response.has_finding()) {
      rules.push_back(response.finding().finding().rule_id());
    }
  }
  return rules;
}

TEST(CollectionTest, NothingIsFoundInNothing) {
  const auto responses = Find({});
  ASSERT_EQ(responses.size(), 1u);
  EXPECT_EQ(responses[0].summary().reports(), 0);
}

TEST(CollectionTest, CopiesOfOtherBodiesAndOfLastYearAreFound) {
  const std::string copied = Prose(1, 800);
  const auto responses = Find({
      DigestOf({"a-22", "青岚市", 2022, Prose(2, 800), ""}),
      DigestOf({"a-23", "青岚市", 2023, copied, ""}),
      DigestOf({"b-23", "桐溪市", 2023, copied + Prose(3, 20), ""}),
      // The same text in another year is another matter.
      DigestOf({"c-24", "槿川市", 2024, copied, ""}),
      DigestOf({"d-23", "汀州市", 2023, Prose(4, 800), ""}),
      DigestOf({"d-24", "汀州市", 2024, Prose(4, 800), ""}),
  });
  EXPECT_THAT(RulesOf(responses),
              ElementsAre("similarity.previous-year", "similarity.other-body"));
  EXPECT_THAT(responses[0].finding().ids(), ElementsAre("d-24", "d-23"));
  EXPECT_THAT(responses[1].finding().ids(), ElementsAre("a-23", "b-23"));
  const v1::CollectionSummary& summary = responses.back().summary();
  EXPECT_EQ(summary.reports(), 6);
  EXPECT_EQ(summary.bodies(), 4);
  EXPECT_EQ(summary.year_pairs(), 2);
  EXPECT_EQ(summary.errors(), 2);
}

TEST(CollectionTest, FindingsDoNotDependOnTheOrder) {
  std::vector<worker::v1::ReportDigest> digests;
  for (int i = 0; i < 60; ++i) {
    digests.push_back(
        DigestOf({absl::StrCat("r", i), absl::StrCat("城", i % 25, "市"),
                  2022 + i % 2, Prose(i / 3, 400), "桐溪省"}));
  }
  const auto once = Find(digests);
  EXPECT_GT(once.size(), 10u);
  std::shuffle(digests.begin(), digests.end(), std::mt19937_64(5));
  // Nor on the pieces that are asked for.
  const auto again = Find(digests, 1);
  ASSERT_EQ(once.size(), again.size());
  for (size_t i = 0; i < once.size(); ++i) {
    EXPECT_EQ(once[i].ShortDebugString(), again[i].ShortDebugString());
  }
}

TEST(CollectionTest, ReportsWithoutBodyOrYearAreNotCompared) {
  const auto responses =
      Find({DigestOf({"a", "", 2023, Prose(1, 600), ""}),
            DigestOf({"b", "", 2023, Prose(1, 600), ""}),
            DigestOf({"c", "青岚市", 0, Prose(1, 600), ""}),
            DigestOf({"d", "桐溪市", 0, Prose(1, 600), ""})});
  EXPECT_THAT(RulesOf(responses), ElementsAre());
  EXPECT_EQ(responses.back().summary().reports(), 4);
}

TEST(CollectionTest, AnUnreadReportMakesASumUnknown) {
  worker::v1::ReportDigest unread;
  unread.set_id("x");
  unread.set_unread(true);
  unread.set_parent("青岚市");
  const auto responses =
      Find({DigestOf({"p", "青岚市", 2023, "", ""}),
            DigestOf({"c", "青岚市民政局", 2023, "", "青岚市"}), unread});
  ASSERT_THAT(RulesOf(responses), ElementsAre("hierarchy.sum"));
  EXPECT_EQ(responses[0].finding().finding().result(),
            v1::RULE_RESULT_NOT_ASSESSABLE);
  EXPECT_EQ(responses.back().summary().unread(), 1);
}

TEST(CollectionTest, DamagedDigestsDoNoHarm) {
  worker::v1::ReportDigest digest =
      DigestOf({"a", "青岚市", 2023, Prose(1, 600), ""});
  digest.set_sketch(digest.sketch().substr(1));
  digest.set_cells(std::string(400, '\xff'));
  worker::v1::ReportDigest next =
      DigestOf({"b", "青岚市", 2024, Prose(1, 600), ""});
  next.set_template_(static_cast<v1::Template>(77));
  EXPECT_EQ(Find({digest, next}).back().summary().reports(), 2);
}

TEST(CollectionTest, AReportTakesLessThanTwoAndAHalfKilobytes) {
  constexpr int kReports = 500;
  std::mt19937_64 random(9);
  Collection collection(TestCatalog());
  for (int i = 0; i < kReports; ++i) {
    const ReportBuilder builder = RandomReport(v1::TEMPLATE_2021, random);
    collection.Add(DigestOf({absl::StrCat("2023/reports/district-", i, ".docx"),
                             absl::StrCat("青岚市第", i, "区人民政府"), 2023,
                             Prose(i, 1500), "青岚市人民政府"},
                            builder.report()));
  }
  EXPECT_LE(collection.memory_bytes(), 2560 * kReports);
  EXPECT_GT(collection.memory_bytes(), 1200 * kReports);
}

TEST(DigestTest, CellsComeBack) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  builder.Set("requests.received.natural", 123456789);
  builder.Set("disputes.review.total", 7);
  builder.SetState("requests.granted.total", v1::CELL_STATE_BLANK, "");
  builder.cell("disclosure.fees.fee_wan").set_decimal("4987.020");
  v1::Report report = builder.report();
  worker::v1::ReportDigest digest;
  Digester(TestCatalog()).Digest(report, &digest);

  v1::Report restored;
  RestoreCells(TestCatalog(), v1::TEMPLATE_2021, digest.cells(), &restored);
  const catalog::Form& form = builder.form();
  CellTable before, after;
  before.Load(form, report);
  after.Load(form, restored);
  for (int i = 0; i < form.own_cell_count(); ++i) {
    EXPECT_EQ(before.state(i), after.state(i)) << i;
    EXPECT_EQ(before.counts()[i], after.counts()[i]) << i;
  }
  bool found = false;
  for (const v1::Cell& cell : restored.disclosure().cells()) {
    found = found || cell.decimal() == "4987.02";
  }
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace gongkai::validate
