// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/printed_rows.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/cell_path.h"
#include "tests/worker/extract/reading_room.h"

namespace gongkai::extract {
namespace {

using testing::ElementsAre;

std::vector<std::string> Keys(const catalog::Form& form, v1::Table table) {
  std::vector<std::string> keys;
  const PrintedRows rows(form, table);
  for (const catalog::FormRow* row : rows.rows()) {
    keys.push_back(std::string(Key(row->row)));
  }
  return keys;
}

TEST(PrintedRows, RowsStandAsTheFormPrintsThem) {
  EXPECT_THAT(Keys(Form2021(), v1::TABLE_DISCLOSURE),
              ElementsAre("rules", "normative", "licence", "penalty",
                          "coercion", "fees"));
  EXPECT_THAT(Keys(Form2021(), v1::TABLE_DISPUTES),
              ElementsAre("review", "direct", "after_review"));
}

TEST(PrintedRows, ARowBesideTheFormStandsBeforeTheFirstItStandsFor) {
  const auto keys = Keys(Form2021(), v1::TABLE_REQUESTS);
  ASSERT_EQ(keys.size(), 26u);
  const auto all = std::find(keys.begin(), keys.end(), "other.all");
  ASSERT_NE(all, keys.end());
  EXPECT_EQ(*(all - 1), "refused.confirm_or_reissue");
  EXPECT_EQ(*(all + 1), "other.no_correction");
}

TEST(PrintedRows, KnowThePlaceOfEachOfTheirRowsAndOfNoOther) {
  const PrintedRows rows(Form2021(), v1::TABLE_REQUESTS);
  for (int place = 0; place < rows.size(); ++place) {
    EXPECT_EQ(rows.PlaceOf(rows[place].row), place);
  }
  EXPECT_EQ(rows.PlaceOf(v1::ROW_PENALTY), -1);
  EXPECT_EQ(rows.PlaceOf(v1::ROW_UNSPECIFIED), -1);
}

TEST(PrintedRows, TellWhichRowsARowBesideTheFormStandsFor) {
  const PrintedRows rows(Form2021(), v1::TABLE_REQUESTS);
  std::vector<std::string> stood_for;
  for (const PrintedRows::StandIn& pair : rows.stand_ins()) {
    EXPECT_EQ(rows[pair.row].row, v1::ROW_OTHER_ALL);
    stood_for.push_back(std::string(Key(rows[pair.stands_for].row)));
  }
  EXPECT_THAT(stood_for, ElementsAre("other.no_correction", "other.no_payment",
                                     "other.misc"));
  EXPECT_TRUE(
      PrintedRows(Form2021(), v1::TABLE_DISCLOSURE).stand_ins().empty());
}

}  // namespace
}  // namespace gongkai::extract
