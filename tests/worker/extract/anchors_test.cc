// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/anchors.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/cell_path.h"
#include "tests/worker/extract/reading_room.h"

namespace gongkai::extract {
namespace {

using input::BlockKind;
using testing::ElementsAre;

class AnchorFinderTest : public testing::Test {
 protected:
  // The anchors as "granted 0" (row and token), "partial -" (no label),
  // "processed displaced".
  std::vector<std::string> Find(const TokenMaker& maker,
                                const catalog::Form& form, v1::Table table) {
    std::vector<Anchor> anchors;
    repeated_ = finder_.Find(maker.tokens(), TokenIndex(maker.tokens()),
                             PrintedRows(form, table), &anchors);
    std::vector<std::string> found;
    for (const Anchor& anchor : anchors) {
      found.push_back(absl::StrCat(Key(anchor.row->row), " ",
                                   anchor.displaced ? "displaced"
                                   : anchor.token < 0
                                       ? "-"
                                       : absl::StrCat(anchor.token)));
    }
    return found;
  }

  std::vector<std::string> FindDisclosure(const TokenMaker& maker) {
    return Find(maker, Form2021(), v1::TABLE_DISCLOSURE);
  }

  Tokenizer tokenizer_{TestNormalizer(), TestLabels(), TestValues()};
  AnchorFinder finder_{TestLabels(), &tokenizer_};
  int repeated_ = -1;
};

TEST_F(AnchorFinderTest, EveryRowStandsAtItsLabel) {
  TokenMaker maker(BlockKind::kGrid);
  maker.Row({"规章", "1", "0", "4"})
      .Row({"行政规范性文件", "2", "1", "30"})
      .Row({"行政许可", "1500"})
      .Row({"行政处罚", "12"})
      .Row({"行政强制", "3"})
      .Row({"行政事业性收费", "25.4"});
  EXPECT_THAT(FindDisclosure(maker),
              ElementsAre("rules 0", "normative 4", "licence 8", "penalty 10",
                          "coercion 12", "fees 14"));
  EXPECT_EQ(repeated_, 0);
}

TEST_F(AnchorFinderTest, ARowWithoutLabelHasNoAnchor) {
  TokenMaker maker(BlockKind::kGrid);
  maker.Row({"规章", "1", "0", "4"}).Row({"行政许可", "1500"});
  EXPECT_THAT(FindDisclosure(maker),
              ElementsAre("rules 0", "normative -", "licence 4", "penalty -",
                          "coercion -", "fees -"));
}

TEST_F(AnchorFinderTest, AWrappedLabelIsFoundByItsBeginning) {
  TokenMaker maker(BlockKind::kLines);
  maker.Row({"规章", "1", "0", "4"})
      .Row({"行政规范性"})
      .Row({"2", "1", "30"})
      .Row({"文件"});
  EXPECT_EQ(FindDisclosure(maker)[1], "normative 4");
}

TEST_F(AnchorFinderTest, OneWrongCharacterIsForgiven) {
  TokenMaker maker(BlockKind::kGrid);
  maker.Row({"规章", "1", "0", "4"}).Row({"行政规泛性文件", "2", "1", "30"});
  EXPECT_EQ(FindDisclosure(maker)[1], "normative 4");
}

TEST_F(AnchorFinderTest, AnExactLabelGoesBeforeASimilarOne) {
  TokenMaker maker(BlockKind::kGrid);
  maker.Row({"行政规泛性文件", "7", "7", "7"})
      .Row({"行政规范性文件", "2", "1", "30"});
  EXPECT_EQ(FindDisclosure(maker)[1], "normative 4");
}

TEST_F(AnchorFinderTest, ALabelWithValuesGoesBeforeOneInRunningText) {
  TokenMaker maker(BlockKind::kParagraph);
  maker.Row({"行政许可"}).Row({"行政处罚"}).Row({"规章"}).Row({"1"});
  maker.Row({"行政许可"}).Row({"1500"}).Row({"行政处罚"}).Row({"12"});
  EXPECT_THAT(FindDisclosure(maker),
              ElementsAre("rules 2", "normative -", "licence 4", "penalty 6",
                          "coercion -", "fees -"));
  EXPECT_EQ(repeated_, 2);
}

TEST_F(AnchorFinderTest, ALabelOutOfTheFormsOrderIsDisplaced) {
  TokenMaker maker(BlockKind::kParagraph);
  maker.Row({"行政许可"})
      .Row({"1500"})
      .Row({"行政处罚"})
      .Row({"12"})
      .Row({"行政强制"})
      .Row({"3"})
      .Row({"规章"});
  EXPECT_THAT(FindDisclosure(maker),
              ElementsAre("rules displaced", "normative -", "licence 0",
                          "penalty 2", "coercion 4", "fees -"));
}

TEST_F(AnchorFinderTest, TheFormsThreeRowsOfOtherHandlingHaveNoRowForAll) {
  TokenMaker maker(BlockKind::kGrid);
  const std::vector<std::string> zeros(7, "0");
  const auto row = [&](const std::string& label) {
    std::vector<std::string> texts = {label};
    texts.insert(texts.end(), zeros.begin(), zeros.end());
    maker.Row(texts);
  };
  maker.Row({"（六）其他处理"});
  row("1.逾期不补正");
  row("2.逾期不缴费");
  row("3.其他");
  row("（七）总计");
  const auto found = Find(maker, Form2021(), v1::TABLE_REQUESTS);
  EXPECT_THAT(found, testing::IsSupersetOf({"other.no_correction 1",
                                            "other.no_payment 9",
                                            "other.misc 17", "processed 25"}));
  EXPECT_EQ(found.size(), 25u);
}

TEST_F(AnchorFinderTest, TheOneRowOfAHybridIsThereInPlaceOfTheThree) {
  TokenMaker maker(BlockKind::kGrid);
  maker.Row({"（六）其他处理", "0", "0", "0", "0", "0", "0", "0"})
      .Row({"（七）总计", "0", "0", "0", "0", "0", "0", "0"});
  const auto found = Find(maker, Form2021(), v1::TABLE_REQUESTS);
  EXPECT_THAT(found, testing::IsSupersetOf({"other.all 0", "processed 8"}));
  EXPECT_THAT(found, testing::Not(testing::Contains(
                         testing::StartsWith("other.no_correction"))));
  EXPECT_EQ(found.size(), 23u);
}

TEST_F(AnchorFinderTest, NothingHasNoAnchors) {
  const TokenMaker maker(BlockKind::kGrid);
  EXPECT_THAT(FindDisclosure(maker), testing::Each(testing::EndsWith(" -")));
}

}  // namespace
}  // namespace gongkai::extract
