// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/readings.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/cell_path.h"
#include "tests/worker/extract/reading_room.h"

namespace gongkai::extract {
namespace {

using catalog::CellIndex;
using catalog::FormIdentity;
using catalog::FormRow;
using testing::ElementsAre;

class ReadingsTest : public testing::Test {
 protected:
  ReadingsTest() { readings_.Reset(Form2021(), &cells_); }

  CellIndex Cell(std::string_view path) const {
    const auto parsed =
        ParseCellPath(absl::string_view(path.data(), path.size()));
    EXPECT_TRUE(parsed.ok()) << parsed.status();
    const CellIndex cell = readings_.form().Find(*parsed);
    EXPECT_NE(cell, catalog::kNoCell) << path;
    return cell;
  }

  const FormRow& Row(v1::Row row) const {
    for (const FormRow& form_row : readings_.form().rows()) {
      if (form_row.row == row) return form_row;
    }
    ADD_FAILURE() << "no row " << v1::Row_Name(row);
    return readings_.form().rows()[0];
  }

  // Sets the cell as if this text stood in it; the text must be a literal.
  const Reading& Set(std::string_view path, std::string_view text) {
    readings_.Set(Cell(path), text, TestValues().Parse(text));
    return readings_[Cell(path)];
  }

  // Sets the cells of a row from numbers, the cell `lost` from none.
  void SetRow(std::string_view row, const std::vector<int64_t>& numbers,
              int lost = -1) {
    const CellIndex first = Cell(absl::StrCat(std::string(row), ".natural"));
    size_t next = 0;
    for (int c = 0; c < 7; ++c) {
      if (c == lost) {
        readings_[first + c].lost = true;
        continue;
      }
      Value value;
      value.kind = Value::Kind::kNumber;
      value.digits = numbers.at(next++);
      readings_.Set(first + c, "number", value);
    }
  }

  // The sum of the row's columns.
  Standing RowSum(v1::Row row) const {
    for (int proof : Row(row).proofs) {
      const FormIdentity& identity = readings_.form().identities()[proof];
      if (identity.left.size() == 6 && identity.right.size() == 1) {
        return readings_.Stand(identity);
      }
    }
    ADD_FAILURE() << "no row sum";
    return Standing();
  }

  catalog::ReadCells cells_;
  Readings readings_;
};

TEST_F(ReadingsTest, AtFirstEveryCellIsMissing) {
  for (size_t c = 0; c < readings_.form().cells().size(); ++c) {
    EXPECT_EQ(readings_[static_cast<CellIndex>(c)].state,
              v1::CELL_STATE_MISSING);
  }
}

TEST_F(ReadingsTest, ANumberIsAValueWithItsRawText) {
  const Reading& reading = Set("requests.granted.natural", "1,234件");
  EXPECT_EQ(reading.state, v1::CELL_STATE_VALUE);
  EXPECT_EQ(reading.count, 1234);
  EXPECT_EQ(reading.raw, "1,234件");
  EXPECT_EQ(reading.unit, "件");
}

TEST_F(ReadingsTest, AnEmptyCellIsBlankAndADashNotApplicable) {
  EXPECT_EQ(Set("requests.granted.natural", "").state, v1::CELL_STATE_BLANK);
  EXPECT_EQ(Set("requests.granted.natural", "/").state,
            v1::CELL_STATE_NOT_APPLICABLE);
  EXPECT_EQ(readings_[Cell("requests.granted.natural")].raw, "/");
}

TEST_F(ReadingsTest, WhatIsNoNumberIsInvalidAndKept) {
  for (const char* text : {"abc", "1,23", "1234567890123456789", "约3"}) {
    const Reading& reading = Set("requests.granted.natural", text);
    EXPECT_EQ(reading.state, v1::CELL_STATE_INVALID) << text;
    EXPECT_EQ(reading.raw, text);
  }
}

TEST_F(ReadingsTest, AFractionIsNoCount) {
  EXPECT_EQ(Set("requests.granted.natural", "1.5").state,
            v1::CELL_STATE_INVALID);
  EXPECT_EQ(Set("disputes.review.total", "2.0").state, v1::CELL_STATE_INVALID);
  EXPECT_EQ(Set("disclosure.fees.fee_wan", "1.5").state, v1::CELL_STATE_VALUE);
}

TEST_F(ReadingsTest, ACountIsNotNegative) {
  EXPECT_EQ(Set("requests.granted.natural", "-3").state,
            v1::CELL_STATE_INVALID);
  EXPECT_EQ(Set("disclosure.fees.fee_wan", "-1.5").state,
            v1::CELL_STATE_INVALID);
}

TEST_F(ReadingsTest, ADifferenceMayBeNegative) {
  readings_.Reset(Form2019(), &cells_);
  EXPECT_EQ(Set("disclosure.licence.delta", "-3").state, v1::CELL_STATE_VALUE);
  EXPECT_EQ(readings_[Cell("disclosure.licence.delta")].count, -3);
  EXPECT_EQ(Set("disclosure.licence.items_prev", "-3").state,
            v1::CELL_STATE_INVALID);
  EXPECT_EQ(Set("disclosure.licence.delta", "-0.5").state,
            v1::CELL_STATE_INVALID);
}

TEST_F(ReadingsTest, AnAmbiguousRowKeepsWhatItCouldBe) {
  const std::vector<std::string_view> texts = {"3", "", "0", "abc"};
  readings_.SetAmbiguous(Row(v1::ROW_GRANTED), texts);
  const Reading& reading = readings_[Cell("requests.granted.total")];
  EXPECT_EQ(reading.state, v1::CELL_STATE_AMBIGUOUS);
  EXPECT_THAT(cells_.candidates(reading), ElementsAre("3", "0", "abc"));
}

TEST_F(ReadingsTest, NoMoreThanSixteenCandidatesAreKept) {
  const std::vector<std::string_view> texts(40, "1");
  readings_.SetAmbiguous(Row(v1::ROW_GRANTED), texts);
  EXPECT_EQ(
      cells_.candidates(readings_[Cell("requests.granted.natural")]).size(),
      16u);
}

TEST_F(ReadingsTest, ASumHoldsOrFails) {
  SetRow("requests.granted", {5, 1, 0, 0, 0, 0, 6});
  EXPECT_TRUE(RowSum(v1::ROW_GRANTED).Holds());
  EXPECT_TRUE(readings_.IsProved(Row(v1::ROW_GRANTED)));
  SetRow("requests.granted", {5, 1, 0, 0, 0, 0, 7});
  EXPECT_TRUE(RowSum(v1::ROW_GRANTED).Fails());
  EXPECT_FALSE(readings_.IsProved(Row(v1::ROW_GRANTED)));
}

TEST_F(ReadingsTest, ABlankIsNotTakenForZeroInASum) {
  SetRow("requests.granted", {5, 1, 0, 0, 0, 0, 6});
  Set("requests.granted.legal", "");
  EXPECT_FALSE(RowSum(v1::ROW_GRANTED).Holds());
  EXPECT_FALSE(RowSum(v1::ROW_GRANTED).Fails());
  EXPECT_EQ(RowSum(v1::ROW_GRANTED).unknown, 1);
}

TEST_F(ReadingsTest, AnInvalidNumberIsNotCounted) {
  SetRow("requests.granted", {5, 1, 0, 0, 0, 0, 6});
  Set("requests.granted.natural", "-5");
  EXPECT_EQ(RowSum(v1::ROW_GRANTED).unknown, 1);
  Set("requests.granted.natural", "5.0");
  EXPECT_EQ(RowSum(v1::ROW_GRANTED).unknown, 1);
}

TEST_F(ReadingsTest, OneUnknownOperandIsSolved) {
  SetRow("requests.granted", {5, 1, 0, 0, 0, 0}, /*lost=*/6);
  EXPECT_EQ(RowSum(v1::ROW_GRANTED).unknown, 1);
  EXPECT_EQ(RowSum(v1::ROW_GRANTED).Solution(), 6);
  SetRow("requests.partial", {1, 0, 0, 1, 0, 9}, /*lost=*/1);
  EXPECT_EQ(RowSum(v1::ROW_PARTIAL).Solution(), 7);
}

TEST_F(ReadingsTest, NumbersTooLargeToAddNeitherHoldNorFail) {
  // Five quarters of all an int64 holds, on one side.
  SetRow("requests.granted", {INT64_MAX / 4, INT64_MAX / 4, INT64_MAX / 4,
                              INT64_MAX / 4, INT64_MAX / 4, 0, 0});
  EXPECT_FALSE(RowSum(v1::ROW_GRANTED).Holds());
  EXPECT_FALSE(RowSum(v1::ROW_GRANTED).Fails());
}

TEST_F(ReadingsTest, ALostTotalIsDerivedFromItsRow) {
  SetRow("requests.granted", {5, 1, 0, 0, 0, 0}, /*lost=*/6);
  readings_.Derive();
  const Reading& total = readings_[Cell("requests.granted.total")];
  EXPECT_EQ(total.state, v1::CELL_STATE_DERIVED);
  EXPECT_EQ(total.count, 6);
  EXPECT_TRUE(total.raw.empty());
}

TEST_F(ReadingsTest, OnlyLostCellsAreDerived) {
  SetRow("requests.granted", {5, 1, 0, 0, 0, 0, 6});
  Set("requests.granted.total", "");
  SetRow("requests.partial", {5, 1, 0, 0, 0, 0, 6});
  Set("requests.partial.total", "六");
  SetRow("requests.unable.not_held", {1, 0, 0, 0, 0, 0, 1});
  readings_[Cell("requests.unable.not_held.total")] = Reading();  // MISSING
  readings_.Derive();
  EXPECT_EQ(readings_[Cell("requests.granted.total")].state,
            v1::CELL_STATE_BLANK);
  EXPECT_EQ(readings_[Cell("requests.partial.total")].state,
            v1::CELL_STATE_INVALID);
  EXPECT_EQ(readings_[Cell("requests.unable.not_held.total")].state,
            v1::CELL_STATE_MISSING);
}

TEST_F(ReadingsTest, WithABlankInTheRowNothingIsDerived) {
  SetRow("requests.granted", {5, 1, 0, 0, 0, 0}, /*lost=*/6);
  Set("requests.granted.legal", "");
  readings_.Derive();
  EXPECT_EQ(readings_[Cell("requests.granted.total")].state,
            v1::CELL_STATE_MISSING);
}

TEST_F(ReadingsTest, ANumberBelowZeroIsNotDerived) {
  SetRow("requests.granted", {5, 1, 0, 0, 0, 4}, /*lost=*/2);
  readings_.Derive();
  const Reading& lost = readings_[Cell("requests.granted.research")];
  EXPECT_EQ(lost.state, v1::CELL_STATE_MISSING);
  EXPECT_EQ(lost.count, 0);
}

TEST_F(ReadingsTest, IdentitiesThatDisagreeDeriveNothing) {
  // The row says 6; the balance of the column says 9.
  SetRow("requests.received", {5, 1, 0, 0, 0, 0}, /*lost=*/6);
  SetRow("requests.carried_in", {1, 0, 0, 0, 0, 0, 1});
  SetRow("requests.processed", {9, 0, 0, 0, 0, 0, 9});
  SetRow("requests.carried_out", {1, 0, 0, 0, 0, 0, 1});
  readings_.Derive();
  EXPECT_EQ(readings_[Cell("requests.received.total")].state,
            v1::CELL_STATE_MISSING);
}

TEST_F(ReadingsTest, IdentitiesThatAgreeDerive) {
  SetRow("requests.received", {8, 1, 0, 0, 0, 0}, /*lost=*/6);
  SetRow("requests.carried_in", {1, 0, 0, 0, 0, 0, 1});
  SetRow("requests.processed", {9, 0, 0, 0, 0, 0, 9});
  SetRow("requests.carried_out", {1, 0, 0, 0, 0, 0, 1});
  readings_.Derive();
  EXPECT_EQ(readings_[Cell("requests.received.total")].state,
            v1::CELL_STATE_DERIVED);
  EXPECT_EQ(readings_[Cell("requests.received.total")].count, 9);
}

TEST_F(ReadingsTest, DerivedCellsThatContradictEachOtherAreTakenBack) {
  // Both rows lost their totals; together they cannot be balanced.
  SetRow("requests.received", {5, 1, 0, 0, 0, 0}, /*lost=*/6);
  SetRow("requests.carried_in", {1, 0, 0, 0, 0, 0, 1});
  SetRow("requests.processed", {9, 0, 0, 0, 0, 0}, /*lost=*/6);
  SetRow("requests.carried_out", {1, 0, 0, 0, 0, 0, 1});
  readings_.Derive();
  EXPECT_EQ(readings_[Cell("requests.received.total")].state,
            v1::CELL_STATE_MISSING);
  EXPECT_EQ(readings_[Cell("requests.processed.total")].state,
            v1::CELL_STATE_MISSING);
}

TEST_F(ReadingsTest, DerivedCellsProveNothing) {
  SetRow("requests.granted", {5, 1, 0, 0, 0, 0}, /*lost=*/6);
  readings_.Derive();
  EXPECT_FALSE(readings_.IsProved(Row(v1::ROW_GRANTED)));
}

TEST_F(ReadingsTest, ARowBesideTheFormStandsForThoseThatAreNotPrinted) {
  for (const FormRow& row : readings_.form().rows()) {
    if (row.table != v1::TABLE_REQUESTS || row.beside_form) continue;
    for (CellIndex c = 0; c < row.cell_count; ++c) {
      readings_.Set(row.first_cell + c, "0", TestValues().Parse("0"));
    }
  }
  for (v1::Row row : {v1::ROW_OTHER_NO_CORRECTION, v1::ROW_OTHER_NO_PAYMENT,
                      v1::ROW_OTHER_MISC}) {
    for (CellIndex c = 0; c < 7; ++c) {
      readings_[Row(row).first_cell + c] = Reading();
    }
  }
  Set("requests.other.all.total", "4");
  Set("requests.processed.total", "4");
  bool held = false;
  for (int proof : Row(v1::ROW_OTHER_ALL).proofs) {
    const FormIdentity& identity = readings_.form().identities()[proof];
    if (identity.right.size() != 1 ||
        identity.right[0].cell != Cell("requests.processed.total")) {
      continue;
    }
    // Counted once, though it stands for three.
    held = readings_.Stand(identity).Holds();
  }
  EXPECT_TRUE(held);
}

TEST_F(ReadingsTest, ResetForgetsEverything) {
  Set("requests.granted.natural", "7");
  readings_.SetAmbiguous(Row(v1::ROW_PARTIAL), {"1", "2"});
  readings_.Reset(Form2021(), &cells_);
  EXPECT_EQ(readings_[Cell("requests.granted.natural")].state,
            v1::CELL_STATE_MISSING);
  EXPECT_EQ(readings_[Cell("requests.partial.natural")].state,
            v1::CELL_STATE_MISSING);
  readings_.Reset(Form2019(), &cells_);
  EXPECT_EQ(readings_.form().template_id(), v1::TEMPLATE_2019);
}

}  // namespace
}  // namespace gongkai::extract
