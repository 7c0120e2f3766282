// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Blank cells that the form's sums leave one value for, and those they do not.

#include "worker/validate/proved_cells.h"

#include "gtest/gtest.h"
#include "tests/worker/validate/report_builder.h"
#include "worker/catalog/cell_sum.h"

namespace gongkai::validate {
namespace {

// A report that leaves zeros and the totals of rows blank.
class ProvedCellsTest : public testing::Test {
 protected:
  ProvedCellsTest() : builder_(v1::TEMPLATE_2019) {
    builder_.Set("requests.received.natural", 40);
    builder_.Set("requests.received.business", 5);
    builder_.Set("requests.granted.natural", 20);
    builder_.Set("requests.granted.business", 5);
    builder_.Set("requests.unable.not_held.natural", 12);
    builder_.Set("requests.unable.need_creation.natural", 8);
    builder_.AddUp();
    for (v1::Cell& cell :
         *builder_.mutable_report().mutable_requests()->mutable_cells()) {
      const bool total = cell.column() == v1::COLUMN_TOTAL &&
                         cell.row() != v1::ROW_RECEIVED &&
                         cell.row() != v1::ROW_PROCESSED;
      if (cell.count() == 0 || total) {
        cell.set_state(v1::CELL_STATE_BLANK);
        cell.clear_value();
        cell.clear_raw();
      }
    }
  }

  SumValue Sum(absl::string_view sum) {
    view_.report = &builder_.report();
    view_.form = &builder_.form();
    view_.cells.Load(builder_.form(), builder_.report());
    cells_.Load(view_);
    return cells_.Sum(catalog::CompileCellSum(sum, builder_.form()));
  }

  ReportBuilder builder_;
  ReportView view_;
  ProvedCells cells_;
};

TEST_F(ProvedCellsTest, BlankPartsOfAFullTotalAreZero) {
  const SumValue sum = Sum("requests.granted.research");
  EXPECT_TRUE(sum.read);
  EXPECT_TRUE(sum.proved);
  EXPECT_EQ(sum.value, 0);
}

TEST_F(ProvedCellsTest, BlankTotalsAreTheSumOfTheirParts) {
  EXPECT_EQ(Sum("requests.granted.total").value, 25);
  const SumValue sum = Sum("requests.unable.**.total");
  EXPECT_TRUE(sum.read);
  EXPECT_TRUE(sum.proved);
  EXPECT_EQ(sum.value, 20);
}

TEST_F(ProvedCellsTest, CellsThatAreReadNeedNoProof) {
  const SumValue sum = Sum("requests.received.total");
  EXPECT_TRUE(sum.read);
  EXPECT_FALSE(sum.proved);
  EXPECT_EQ(sum.value, 45);
}

TEST_F(ProvedCellsTest, ATotalThatIsNotReachedProvesNothing) {
  builder_.Set("requests.processed.natural", 41);
  EXPECT_FALSE(Sum("requests.unable.not_held.total").read ||
               Sum("requests.denied.state_secret.natural").read);
}

TEST_F(ProvedCellsTest, WhatIsNotBlankIsNeverProved) {
  builder_.SetState("requests.denied.state_secret.natural",
                    v1::CELL_STATE_AMBIGUOUS, "");
  EXPECT_FALSE(Sum("requests.denied.state_secret.natural").read);
  // Its own total is blank, and 0 by the column of the totals.
  EXPECT_TRUE(Sum("requests.denied.state_secret.total").read);
}

TEST_F(ProvedCellsTest, ABlankGroupWithoutATotalProvesNothing) {
  for (const char* cell :
       {"disputes.review.upheld", "disputes.review.corrected",
        "disputes.review.other", "disputes.review.pending",
        "disputes.review.total"}) {
    builder_.SetState(cell, v1::CELL_STATE_BLANK, "");
  }
  EXPECT_FALSE(Sum("disputes.review.total").read);
}

TEST_F(ProvedCellsTest, AbsurdCountsDoNotOverflow) {
  builder_.Set("requests.received.total", INT64_MAX);
  EXPECT_FALSE(Sum("requests.received.total + requests.received.natural").read);
}

}  // namespace
}  // namespace gongkai::validate
