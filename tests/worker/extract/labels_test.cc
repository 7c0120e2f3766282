// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/labels.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/worker/extract/reading_room.h"

namespace gongkai::extract {
namespace {

const Label* Find(std::string_view text) {
  return TestLabels().Find(TestNormalizer().Normalize(text));
}

v1::Row RowOf(std::string_view text) {
  const Label* label = Find(text);
  return label == nullptr ? v1::ROW_UNSPECIFIED : label->row;
}

v1::Row RowByPrefix(std::string_view text) {
  return TestLabels().RowByPrefix(TestNormalizer().Normalize(text));
}

v1::Row RowByDistance(std::string_view text) {
  return TestLabels().RowByDistance(TestNormalizer().Normalize(text));
}

TEST(LabelIndexTest, EveryLabelOfTheFormsIsFound) {
  for (const catalog::Form& form : TestCatalog().forms()) {
    for (const catalog::FormRow& row : form.rows()) {
      const bool side_by_side = row.table == v1::TABLE_DISPUTES;
      for (const std::string& text : row.declaration->labels()) {
        const Label* label = Find(text);
        ASSERT_NE(label, nullptr) << text;
        EXPECT_TRUE(label->In(row.table)) << text;
        if (!side_by_side) {
          EXPECT_EQ(label->row, row.row) << text;
        }
      }
      for (const std::string& text : row.declaration->groups()) {
        ASSERT_NE(Find(text), nullptr) << text;
        EXPECT_TRUE(Find(text)->heads) << text;
      }
      for (const auto& column : row.block->columns()) {
        for (const std::string& text : column.labels()) {
          ASSERT_NE(Find(text), nullptr) << text;
          EXPECT_TRUE(Find(text)->heads) << text;
        }
      }
    }
  }
}

TEST(LabelIndexTest, WidthSpaceBracketsAndListMarksDoNotMatter) {
  for (const char* text : {"（一）予以公开", "(一)予以公开", "(一) 予以公开",
                           "㈠予以公开", "（一） 予 以\n公 开"}) {
    EXPECT_EQ(RowOf(text), v1::ROW_GRANTED) << text;
  }
  for (const char* text : {"1.属于国家秘密", "1、属于国家秘密",
                           "1．属于国家秘密", "１．属于国家秘密"}) {
    EXPECT_EQ(RowOf(text), v1::ROW_DENIED_STATE_SECRET) << text;
  }
}

TEST(LabelIndexTest, TraditionalLabelsAreFound) {
  EXPECT_EQ(RowOf("一、本年新收政府信息公開申請數量"), v1::ROW_RECEIVED);
  EXPECT_EQ(RowOf("2.其他法律行政法規禁止公開"), v1::ROW_DENIED_LAW_FORBIDDEN);
  EXPECT_EQ(RowOf("規範性檔案"), v1::ROW_NORMATIVE);
  ASSERT_NE(Find("商業企業"), nullptr);
  EXPECT_TRUE(Find("商業企業")->In(v1::TABLE_REQUESTS));
}

TEST(LabelIndexTest, KnownVariantsAreFound) {
  EXPECT_EQ(RowOf("规章（设区的市、自治州人民政府应提供相关数据）"),
            v1::ROW_RULES);
  EXPECT_EQ(RowOf("规范性文件"), v1::ROW_NORMATIVE);
  EXPECT_EQ(RowOf("行政规范性文件"), v1::ROW_NORMATIVE);
  EXPECT_EQ(RowOf("（二）部分公开"), v1::ROW_PARTIAL);
  EXPECT_EQ(RowOf("1.逾期不补正"), v1::ROW_OTHER_NO_CORRECTION);
  EXPECT_EQ(
      RowOf(
          "1、申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
      v1::ROW_OTHER_NO_CORRECTION);
  EXPECT_EQ(RowOf("3.危及\"三安全一稳定\""), v1::ROW_DENIED_SAFETY_STABILITY);
  EXPECT_NE(Find("商业机构"), nullptr);
  EXPECT_NE(Find("本年增/减（减用负值表示，如-8）"), nullptr);
}

TEST(LabelIndexTest, ANoteInBracketsDoesNotMatter) {
  EXPECT_NE(Find("本年(2023)制发件数"), nullptr);
  EXPECT_NE(Find("上一年项目数量(指2019年事项数)"), nullptr);
  EXPECT_EQ(RowOf("行政许可（含变更）"), v1::ROW_LICENCE);
  EXPECT_EQ(RowOf("（一）予以公开（含部分）"), v1::ROW_GRANTED);
  EXPECT_EQ(Find("完全不同（行政许可）"), nullptr);
}

TEST(LabelIndexTest, ALostListMarkDoesNotMatterWhereTheWordsAreOneRowsAlone) {
  EXPECT_EQ(RowOf("属于国家秘密"), v1::ROW_DENIED_STATE_SECRET);
  EXPECT_EQ(RowOf("无正当理由大量反复申请"), v1::ROW_REFUSED_EXCESSIVE);
  EXPECT_EQ(RowOf("结转下年度继续办理"), v1::ROW_CARRIED_OUT);
  EXPECT_EQ(RowOf("予以公开"), v1::ROW_GRANTED);
}

TEST(LabelIndexTest, OtherAndTotalAloneAreHeadsAndNoRows) {
  for (const char* text : {"其他", "总计", "合计", "其它"}) {
    ASSERT_NE(Find(text), nullptr) << text;
    EXPECT_EQ(Find(text)->row, v1::ROW_UNSPECIFIED) << text;
    EXPECT_TRUE(Find(text)->heads) << text;
  }
  EXPECT_EQ(RowOf("3.其他"), v1::ROW_OTHER_MISC);
  EXPECT_EQ(RowOf("（七）总计"), v1::ROW_PROCESSED);
  EXPECT_FALSE(Find("（七）总计")->heads);
}

TEST(LabelIndexTest, TheSixthOutcomeIsARowAndAHead) {
  ASSERT_NE(Find("（六）其他处理"), nullptr);
  EXPECT_EQ(RowOf("（六）其他处理"), v1::ROW_OTHER_ALL);
  EXPECT_TRUE(Find("（六）其他处理")->heads);
}

TEST(LabelIndexTest, LabelsOfOneFormAloneTellIt) {
  const uint8_t old_form = 1 << (&Form2019() - TestCatalog().forms().data());
  const uint8_t new_form = 1 << (&Form2021() - TestCatalog().forms().data());
  EXPECT_EQ(Find("政府集中采购")->distinctive, old_form);
  EXPECT_EQ(Find("上一年项目数量")->distinctive, old_form);
  EXPECT_EQ(Find("本年制发件数")->distinctive, new_form);
  EXPECT_EQ(Find("1.逾期不补正")->distinctive, new_form);
  EXPECT_EQ(Find("行政许可")->distinctive, 0);
  EXPECT_EQ(Find("（一）予以公开")->distinctive, 0);
}

TEST(LabelIndexTest, OtherTextIsNoLabel) {
  for (const char* text :
       {"", "政府", "公开", "本年度工作", "（八）予以公开", "1.予以公开"}) {
    EXPECT_EQ(Find(text), nullptr) << text;
  }
}

TEST(RowByPrefixTest, AWrappedLabelIsToldByItsBeginning) {
  EXPECT_EQ(RowByPrefix("5.要求行政机关确认或重新出"),
            v1::ROW_REFUSED_CONFIRM_OR_REISSUE);
  EXPECT_EQ(RowByPrefix("一、本年新收政府信息公开申"), v1::ROW_RECEIVED);
  EXPECT_EQ(RowByPrefix("（二）部分公开（区分处理的，只计这一情"),
            v1::ROW_PARTIAL);
}

TEST(RowByPrefixTest, AShortBeginningIsNotEnough) {
  EXPECT_EQ(RowByPrefix("1.属"), v1::ROW_UNSPECIFIED);
  EXPECT_EQ(RowByPrefix("行政"), v1::ROW_UNSPECIFIED);
  EXPECT_EQ(RowByPrefix(""), v1::ROW_UNSPECIFIED);
}

TEST(RowByPrefixTest, ABeginningOfSeveralVariantsOfOneRowIsThatRow) {
  EXPECT_EQ(RowByPrefix("本年新收政府信息"), v1::ROW_RECEIVED);
  EXPECT_EQ(RowByPrefix("行政规范性"), v1::ROW_NORMATIVE);
}

TEST(RowByDistanceTest, OneWrongCharacterIsForgiven) {
  EXPECT_EQ(RowByDistance("6.属于四类过程性信自"), v1::ROW_DENIED_PROCESS_INFO);
  EXPECT_EQ(RowByDistance("4.保护第三方合法权"), v1::ROW_DENIED_THIRD_PARTY);
  EXPECT_EQ(RowByDistance("2.没有现成的信息需要另行制作"),
            v1::ROW_UNABLE_NEED_CREATION);
}

TEST(RowByDistanceTest, ManyWrongCharactersAreNot) {
  EXPECT_EQ(RowByDistance("6.属于五六过期性信息"), v1::ROW_UNSPECIFIED);
  EXPECT_EQ(RowByDistance("本年度政府信息公开工作"), v1::ROW_UNSPECIFIED);
}

TEST(RowByDistanceTest, AShortLabelMustBeRight) {
  EXPECT_EQ(RowByDistance("规张"), v1::ROW_UNSPECIFIED);
  EXPECT_EQ(RowByDistance("行政许何"), v1::ROW_UNSPECIFIED);
}

TEST(RowByDistanceTest, LongTextIsNoLabel) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "申请";
  EXPECT_EQ(RowByDistance(text), v1::ROW_UNSPECIFIED);
}

TEST(LabelIndexTest, PartsOfLabelsAreFragments) {
  const auto is_fragment = [](std::string_view text) {
    return TestLabels().IsFragment(TestNormalizer().Normalize(text));
  };
  EXPECT_TRUE(is_fragment("形，不计其他情形）"));
  EXPECT_TRUE(is_fragment("本"));
  EXPECT_TRUE(is_fragment("息公开申请"));
  EXPECT_FALSE(is_fragment("青溪镇"));
  EXPECT_FALSE(is_fragment("总计规章"));
}

// What is told by its first characters alone must never be a label.
TEST(LabelIndexTest, WhatTheFirstCharactersRuleOutIsNoLabel) {
  int ruled_out = 0;
  for (const auto& [printed, label] : TestLabels().printed()) {
    const std::string text(printed);
    for (const char* before : {"", " ", "\u3000", "**", "“", "㈠", "(",
                               "（一）", "1.", "全", "信息"}) {
      for (const char* note : {"", "（含部分）", "(1)", "年"}) {
        for (size_t at = 0; at <= text.size(); at += 3) {
          const std::string variant =
              std::string(before) + text.substr(0, at) + note + text.substr(at);
          if (TestLabels().MayBeLabel(variant, TestNormalizer())) continue;
          ++ruled_out;
          EXPECT_EQ(Find(variant), nullptr) << variant;
          EXPECT_EQ(RowByPrefix(variant), v1::ROW_UNSPECIFIED) << variant;
        }
      }
    }
  }
  EXPECT_GT(ruled_out, 1000);
}

TEST(LabelIndexTest, RunningTextIsRuledOutByItsFirstCharacters) {
  for (const char* text : {"2023年，我镇收到申请", "为了让公开的内容看得懂",
                           "二、主动公开政府信息情况", "（四）平台建设"}) {
    EXPECT_FALSE(TestLabels().MayBeLabel(text, TestNormalizer())) << text;
  }
}

}  // namespace
}  // namespace gongkai::extract
