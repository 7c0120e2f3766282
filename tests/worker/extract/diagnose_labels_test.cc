// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/diagnose_labels.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/worker/extract/cells.h"
#include "tests/worker/extract/reading_room.h"
#include "tests/worker/extract/small_report.h"

namespace gongkai::extract {
namespace {

using generator::Form;
using generator::Layout;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(LabelVariantTest, IsToldOnceAndLeavesTheOutcome) {
  SmallReport report;
  report.Relabel("商业企业", "商业机构");
  const std::string bytes = report.Print(Layout::kE);
  const ReadResult result = ReadReport(bytes);
  EXPECT_EQ(result.outcome, v1::OUTCOME_OK);
  ASSERT_THAT(Notes(result.report), ElementsAre("label variant"));
  const v1::Diagnostic& diagnostic = result.report.diagnostics(0);
  EXPECT_EQ(diagnostic.message(),
            "“商业机构”不是格式的名称，格式为“商业企业”。");
  EXPECT_EQ(bytes.substr(diagnostic.place().start_byte(),
                         diagnostic.place().end_byte() -
                             diagnostic.place().start_byte()),
            "商业机构");
}

TEST(LabelVariantTest, ALabelOfTheOtherFormIsOne) {
  SmallReport report;
  report.Relabel("行政规范性文件", "规范性文件");
  const ReadResult result = ReadReport(report.Print(Layout::kE));
  ASSERT_THAT(Notes(result.report),
              ElementsAre("label variant disclosure.normative"));
  EXPECT_THAT(
      Notes(ReadReport(SmallReport(Form::k2019).Print(Layout::kE)).report),
      IsEmpty());
}

TEST(LabelVariantTest, AWrongCharacterIsOne) {
  SmallReport report;
  report.Relabel("1.本机关不掌握相关政府信息", "1.本机关不掌握相关政俯信息");
  const ReadResult result = ReadReport(report.Print(Layout::kE));
  EXPECT_EQ(result.outcome, v1::OUTCOME_OK);
  ASSERT_THAT(Notes(result.report),
              ElementsAre("label variant requests.unable.not_held"));
  EXPECT_THAT(result.report.diagnostics(0).message(),
              HasSubstr("格式为“1.本机关不掌握相关政府信息”"));
}

TEST(LabelVariantTest, WhatDocumentsLoseIsNone) {
  SmallReport report;
  report.Relabel("1.属于国家秘密", "属于国家秘密");
  report.Relabel("一、本年新收政府信息公开申请数量",
                 "本年新收政府信息公开申请数量");
  report.Relabel("本年收费金额（单位：万元）", "本年收费金额");
  report.Relabel("本年制发件数", "本年（2023）制发件数");
  EXPECT_THAT(Notes(ReadReport(report.Print(Layout::kE)).report), IsEmpty());
}

TEST(HeadRepeatedTest, TheColumnThatIsMissingIsNamed) {
  SmallReport report(Form::k2019);
  report.Relabel("本年新公开数量", "本年新制作数量");
  const ReadResult result = ReadReport(report.Print(Layout::kE));
  EXPECT_EQ(result.outcome, v1::OUTCOME_OK);
  ASSERT_THAT(Notes(result.report), ElementsAre("head repeated"));
  EXPECT_THAT(result.report.diagnostics(0).message(),
              HasSubstr("第 2 列应为“本年新公开数量”"));
}

TEST(HeadRepeatedTest, AHeadThatLostItsEndIsNotTakenForAnother) {
  SmallReport report(Form::k2019);
  report.Relabel("本年新制作数量", "本年新");
  report.Relabel("本年新公开数量", "本年新");
  EXPECT_THAT(Notes(ReadReport(report.Print(Layout::kE)).report), IsEmpty());
}

TEST(HeadRepeatedTest, AMergedCellThatIsPrintedTwiceIsNone) {
  const std::string text =
      ReplaceOnce(SmallReport(Form::k2019).Print(Layout::kB),
                  "上一年项目数量\t本年增/减\n行政事业性收费",
                  "上一年项目数量\t本年增/减\t本年增/减\n行政事业性收费");
  EXPECT_THAT(Notes(ReadReport(text).report), IsEmpty());
}

TEST(NoteMissingTest, IsToldWhereTheNoteIsGone) {
  SmallReport report;
  report.Relabel(
      "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
      "");
  const ReadResult result = ReadReport(report.Print(Layout::kE));
  EXPECT_EQ(result.outcome, v1::OUTCOME_OK);
  EXPECT_THAT(Notes(result.report), ElementsAre("note missing"));
}

TEST(NoteMissingTest, TheNoteMayBeWordedOtherwise) {
  SmallReport report;
  report.Relabel(
      "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
      "勾稽关系：一+二=三+四");
  EXPECT_THAT(Notes(ReadReport(report.Print(Layout::kE)).report), IsEmpty());
}

TEST(CellsJoinedTest, IsToldWhetherOrNotTheyCouldBeSplit) {
  const std::string text = SmallReport().Print(Layout::kB);
  const ReadResult split =
      ReadReport(ReplaceOnce(text, "规章\t1\t0\t4", "规章000"));
  EXPECT_EQ(split.outcome, v1::OUTCOME_OK);
  ASSERT_THAT(Notes(split.report),
              ElementsAre("cells joined disclosure.rules"));
  EXPECT_THAT(split.report.diagnostics(0).message(), HasSubstr("已按每格一位"));
  const ReadResult whole =
      ReadReport(ReplaceOnce(text, "规章\t1\t0\t4", "规章1012"));
  EXPECT_EQ(whole.outcome, v1::OUTCOME_PARTIAL);
  EXPECT_THAT(Notes(whole.report),
              ElementsAre("row ambiguous disclosure.rules",
                          "cells joined disclosure.rules"));
}

}  // namespace
}  // namespace gongkai::extract
