// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Figures that stand in the wrong cells, and what last year's report says.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/worker/validate/check.h"

namespace gongkai::validate {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kColumns[] = {"natural", "business", "research", "social",
                                    "legal",   "other",    "total"};

ReportBuilder Sample() {
  ReportBuilder builder(v1::TEMPLATE_2021);
  builder.Set("requests.received.natural", 90);
  builder.Set("requests.received.business", 14);
  builder.Set("requests.received.legal", 6);
  builder.Set("requests.granted.natural", 36);
  builder.Set("requests.granted.business", 7);
  builder.Set("requests.granted.legal", 5);
  builder.Set("requests.partial.natural", 11);
  builder.Set("requests.unable.not_held.natural", 20);
  builder.Set("requests.unable.not_held.business", 3);
  builder.AddUp();
  return builder;
}

std::vector<int64_t> Row(ReportBuilder& builder, const std::string& row) {
  std::vector<int64_t> values;
  for (const char* column : kColumns) {
    values.push_back(builder.Get(absl::StrCat(row, ".", column)));
  }
  return values;
}

void SetRow(const std::string& row, const std::vector<int64_t>& values,
            ReportBuilder* builder) {
  for (size_t i = 0; i < values.size(); ++i) {
    builder->Set(absl::StrCat(row, ".", kColumns[i]), values[i]);
  }
}

std::vector<int64_t> Proposed(const v1::Repair& repair) {
  std::vector<int64_t> values;
  for (const v1::CellChange& change : repair.changes()) {
    values.push_back(change.proposed());
  }
  return values;
}

TEST(Misreading, JoinsTheDigitsOfANumberThatPushedTheRowToTheRight) {
  ReportBuilder builder = Sample();
  const std::string row = "requests.unable.not_held";
  ASSERT_THAT(Row(builder, row), ElementsAre(20, 3, 0, 0, 0, 0, 23));
  SetRow(row, {2, 0, 3, 0, 0, 0, 0}, &builder);
  const auto findings =
      Only(Check(builder.report()), "cells.split-digits", v1::RULE_RESULT_FAIL);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].repair().kind(), v1::REPAIR_KIND_SPLIT_DIGITS);
  EXPECT_THAT(Proposed(findings[0].repair()), ElementsAre(20, 3, 0, 23));
  for (const v1::Finding& finding : CheckIdentities(builder.report())) {
    EXPECT_EQ(finding.repair().kind(), v1::REPAIR_KIND_SPLIT_DIGITS)
        << finding.message();
  }
}

TEST(Misreading, PutsExchangedCellsBack) {
  ReportBuilder builder = Sample();
  builder.Set("requests.granted.natural", 7);
  builder.Set("requests.granted.business", 36);
  const auto findings =
      Only(Check(builder.report()), "cells.displaced", v1::RULE_RESULT_FAIL);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_THAT(Paths(findings[0]), ElementsAre("requests.granted.natural",
                                              "requests.granted.business"));
  EXPECT_THAT(Proposed(findings[0].repair()), ElementsAre(36, 7));
}

TEST(Misreading, PutsExchangedRowsOfAColumnBack) {
  ReportBuilder builder = Sample();
  builder.Set("requests.granted.natural", 20);
  builder.Set("requests.unable.not_held.natural", 36);
  const auto findings =
      Only(Check(builder.report()), "cells.displaced", v1::RULE_RESULT_FAIL);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_THAT(Proposed(findings[0].repair()), ElementsAre(36, 20));
}

TEST(Misreading, IsNotToldWhereItCouldHaveHappenedInSeveralWays) {
  // Printed like that, either row may be the one that was exchanged.
  ReportBuilder builder = Sample();
  builder.Set("requests.denied.process_info.natural", 7);
  builder.Set("requests.denied.process_info.business", 36);
  builder.Set("requests.received.business", 50);
  builder.AddUp();
  builder.Set("requests.granted.natural", 7);
  builder.Set("requests.granted.business", 36);
  const auto findings = Check(builder.report());
  EXPECT_THAT(Only(findings, "cells.displaced", v1::RULE_RESULT_FAIL),
              IsEmpty());
  EXPECT_THAT(Only(findings, "cells.split-digits", v1::RULE_RESULT_FAIL),
              IsEmpty());
}

TEST(Misreading, IsNeverToldOfASingleWrongCell) {
  std::mt19937_64 random(20190403);
  for (int i = 0; i < 200; ++i) {
    ReportBuilder builder = RandomReport(v1::TEMPLATE_2021, random);
    const auto& cells = builder.report().requests().cells();
    const v1::Cell right = cells[random() % cells.size()];
    const int64_t wrong = static_cast<int64_t>(random() % 100);
    builder.Set(CellPathText(right), wrong);
    for (const v1::Finding& finding : Check(builder.report())) {
      if (finding.result() != v1::RULE_RESULT_FAIL) continue;
      EXPECT_NE(finding.rule_id(), "cells.displaced");
      EXPECT_NE(finding.rule_id(), "cells.split-digits");
    }
  }
}

TEST(Misreading, FindsRandomRowsThatBeginOneCellTooLate) {
  std::mt19937_64 random(60);
  int found = 0;
  for (int i = 0; i < 100; ++i) {
    ReportBuilder builder = RandomReport(v1::TEMPLATE_2021, random);
    const std::string row = "requests.granted";
    const std::vector<int64_t> right = Row(builder, row);
    std::vector<int64_t> wrong = {0};
    wrong.insert(wrong.end(), right.begin(), right.end() - 1);
    if (wrong == right) continue;
    SetRow(row, wrong, &builder);
    for (const v1::Finding& finding :
         Only(Check(builder.report()), "cells.displaced",
              v1::RULE_RESULT_FAIL)) {
      ReportBuilder repaired = builder;
      for (const v1::CellChange& change : finding.repair().changes()) {
        repaired.Set(CellPathText(change.cell()), change.proposed());
      }
      EXPECT_THAT(CheckIdentities(repaired.report()), IsEmpty());
      EXPECT_EQ(Row(repaired, row), right);
      ++found;
    }
  }
  EXPECT_GT(found, 50);
}

std::vector<v1::Finding> CheckWith(const v1::Report& report,
                                   const v1::Report& previous) {
  Validator validator(TestCatalog());
  v1::ValidateReportResponse response;
  Beside beside;
  beside.previous = &previous;
  validator.Validate(report, {}, beside, response.mutable_findings());
  return {response.findings().begin(), response.findings().end()};
}

TEST(Repair, CountsWhatLastYearCarriedOverAsAProof) {
  ReportBuilder previous(v1::TEMPLATE_2021);
  previous.Set("requests.received.natural", 4);
  previous.AddUp();
  ReportBuilder builder = Sample();
  builder.mutable_report().set_year(previous.report().year() + 1);
  builder.Set("requests.carried_in.natural", 4);
  builder.AddUp();
  builder.Set("requests.carried_in.natural", 14);
  const auto findings = CheckWith(builder.report(), previous.report());
  const auto failures =
      Only(findings, "requests.balance", v1::RULE_RESULT_FAIL);
  ASSERT_THAT(failures, SizeIs(1));
  EXPECT_THAT(failures[0].repair().repairs(),
              Contains("years.carry-over-column requests.carried_in.natural"));
  const auto beside =
      Only(findings, "years.carry-over-column", v1::RULE_RESULT_FAIL);
  ASSERT_THAT(beside, SizeIs(1));
  EXPECT_EQ(CellPathText(beside[0].repair().cell()),
            "requests.carried_in.natural");
}

TEST(Repair, IsNotHinderedByAnotherCarryOver) {
  ReportBuilder previous(v1::TEMPLATE_2021);
  ReportBuilder builder = Sample();
  builder.mutable_report().set_year(previous.report().year() + 1);
  builder.Set("requests.carried_in.natural", 4);
  builder.AddUp();
  builder.Set("requests.carried_in.natural", 14);
  const auto failures = Only(CheckWith(builder.report(), previous.report()),
                             "requests.balance", v1::RULE_RESULT_FAIL);
  ASSERT_THAT(failures, SizeIs(1));
  EXPECT_EQ(failures[0].repair().proposed(), 4);
}

}  // namespace
}  // namespace gongkai::validate
