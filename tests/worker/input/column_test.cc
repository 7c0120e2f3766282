// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Fixed-width print, as programs that read PDF write it.

#include <gtest/gtest.h>

#include "tests/worker/input/read_document.h"

namespace gongkai::input {
namespace {

TEST(ColumnTest, BlanksTwoColumnsWidePartCells) {
  EXPECT_EQ(ReadAndShow("二、主动公开情况\n"
                        "信息内容    件数   总数\n"
                        "规章           3     11\n"
                        "三、申请情况。\n"),
            "text 二、主动公开情况\n"
            "lines\n"
            "  [信息内容]0-8 [件数]12-16 [总数]19-23 \n"
            "  [规章]0-4 [3]15-16 [11]21-23 \n"
            "text 三、申请情况。\n");
}

TEST(ColumnTest, WideAndNoBreakSpacesPartCellsToo) {
  EXPECT_EQ(ReadAndShow("规章\u3000\u30003\u00a0\u00a0 4\n文件\u30005   6\n"),
            "lines\n  [规章]0-4 [3]8-9 [4]12-13 \n"
            "  [文件]0-4 [5]6-7 [6]10-11 \n");
}

TEST(ColumnTest, SpacesInsideACellDoNotPartIt) {
  EXPECT_EQ(ReadAndShow("第 一 项    3   4\n结 果     5   6\n"),
            "lines\n  [第 一 项]0-8 [3]12-13 [4]16-17 \n"
            "  [结 果]0-5 [5]10-11 [6]14-15 \n");
}

TEST(ColumnTest, LabelsAboveAndBelowTheirNumbersBelongToTheTable) {
  EXPECT_EQ(ReadAndShow("三、申请情况如下。\n"
                        "      一、本年新收信\n"
                        "                      12   0   12\n"
                        "      息公开申请\n"
                        "\n"
                        "                - 4 -\n"
                        "\f二、结转            1   0    1\n"
                        "      末行说明\n"
                        "\n"
                        "      五、存在的问题\n"),
            "text 三、申请情况如下。\n"
            "lines\n"
            "  [一、本年新收信]6-20 \n"
            "  [12]22-24 [0]27-28 [12]31-33 \n"
            "  [息公开申请]6-16 \n"
            "  [- 4 -]16-21 \n"
            "  [二、结转]0-8 [1]20-21 [0]24-25 [1]29-30 \n"
            "  [末行说明]6-14 \n"
            "text 五、存在的问题\n");
}

TEST(ColumnTest, NumbersBehindSingleSpacesAreCells) {
  EXPECT_EQ(
      ReadAndShow("一、新收数量 12 0 0 1 0 2 15\n"
                  "（一）予以公开 1,203 -3 +4 / — １２ 0.5\n"
                  "7 8 9\n"
                  "行政许可 447228\n"
                  "文件 5 6\n"),
      "lines\n"
      "  [一、新收数量]0-12 [12]13-15 [0]16-17 [0]18-19 [1]20-21 [0]22-23 "
      "[2]24-25 [15]26-28 \n"
      "  [（一）予以公开]0-14 [1,203]15-20 [-3]21-23 [+4]24-26 [/]27-28 "
      "[—]29-30 [１２]31-35 [0.5]36-39 \n"
      "  [7]0-1 [8]2-3 [9]4-5 \n"
      "  [行政许可]0-8 [447228]9-15 \n"
      "  [文件]0-4 [5]5-6 [6]7-8 \n");
}

// pdftotext pads so that equal numbers of characters stand before a column.
TEST(ColumnTest, ColumnsCountCharactersWhereNumbersLineUpSo) {
  EXPECT_EQ(ReadAndShow("行政许可      12     7\n"
                        "章         3     9\n"
                        "规范性文件      4    11\n"),
            "lines\n"
            "  [行政许可]0-4 [12]10-12 [7]17-18 \n"
            "  [章]0-1 [3]10-11 [9]16-17 \n"
            "  [规范性文件]0-5 [4]11-12 [11]16-18 \n");
}

TEST(ColumnTest, RunningTextWithGapsStaysText) {
  // Sentences, a list, page numbers, single spaces around numbers, a heading
  // in the middle of its line, a lone line of two parts.
  const char* const texts[] = {
      "2024 年，本县  公开 35 条，同比增 2 条。\n答复 7 件，  均按期。\n",
      "1.  加强培训\n2.  完善制度\n3、  强化监督\n",
      "公开情况\n- 12 -\n公开工作\n-3-\n",
      "截至 2024 年 12 月 31 日\n共计 5 件\n",
      "            一、总体情况\n　　本年公开\n",
      "发布日期：2024-01-20    来源：本站\n",
      "目　　录\n",
  };
  for (const char* const text : texts) {
    EXPECT_EQ(ReadAndShow(text).find("lines"), std::string::npos) << text;
  }
}

TEST(ColumnTest, ProseBetweenTwoTablesIsNotTakenIn) {
  EXPECT_EQ(ReadAndShow("甲    1   2\n"
                        "这是其间的一句话。\n"
                        "乙    3   4\n"),
            "lines\n  [甲]0-2 [1]6-7 [2]10-11 \n"
            "text 这是其间的一句话。\n"
            "lines\n  [乙]0-2 [3]6-7 [4]10-11 \n");
}

}  // namespace
}  // namespace gongkai::input
