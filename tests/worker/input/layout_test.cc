// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The layouts in which programs that turn documents into text print tables.

#include <gtest/gtest.h>

#include <string>

#include "tests/worker/input/read_document.h"

namespace gongkai::input {
namespace {

TEST(LayoutTest, LinesOfTextAreParagraphs) {
  EXPECT_EQ(ReadAndShow("松河县2024年报告\n\n　　一、总体情况\n"
                        "2024 年，本县主动公开 35 条信息。\n"),
            "text 松河县2024年报告\n"
            "text 一、总体情况\n"
            "text 2024 年，本县主动公开 35 条信息。\n");
}

TEST(LayoutTest, BareCellsAreParagraphs) {
  EXPECT_EQ(ReadAndShow("规章\n\n3\n\n0\n\n- 2 -\n\n\f11\n"),
            "text 规章\ntext 3\ntext 0\ntext - 2 -\ntext 11\n");
}

TEST(LayoutTest, AWholeDocumentOnOneLineIsOneParagraph) {
  EXPECT_EQ(ReadAndShow("一、总体情况 本县…… 规章 1 0 2 六、其他 无。"),
            "text 一、总体情况 本县…… 规章 1 0 2 六、其他 无。\n");
}

// One cell per line behind a tab.

TEST(LayoutTest, TabCellsMakeRowsBetweenEmptyLines) {
  EXPECT_EQ(ReadAndShow("二、主动公开\n"
                        "\t信息内容\n\t制发件数\n\t现行有效\n\n"
                        "\t规章\n\t0 \n\t\u00a07\n\n"
                        "三、申请情况\n"),
            "text 二、主动公开\n"
            "grid\n"
            "  [信息内容][制发件数][现行有效]\n"
            "  [规章][0][7]\n"
            "text 三、申请情况\n");
}

TEST(LayoutTest, ALoneTabIsABlankCell) {
  EXPECT_EQ(ReadAndShow("\t\n\t自然人\n\t总计\n\n\t新收\n\t\n\t5\n"),
            "grid\n  [][自然人][总计]\n  [新收][][5]\n");
}

TEST(LayoutTest, ALineWithoutATabGoesOnWithTheCellAbove) {
  EXPECT_EQ(ReadAndShow("\t信息内容\n\t本年新\n制作数量\n\t总\n数\n\n"
                        "\t规章\n\t1\n\t2\n"),
            "grid\n"
            "  [信息内容][本年新⏎制作数量][总⏎数]\n"
            "  [规章][1][2]\n");
}

TEST(LayoutTest, AHeadingDirectlyBelowNumbersIsNoPartOfTheirCell) {
  EXPECT_EQ(ReadAndShow("\t规章\n\t1\n\n\t总计\n\t2\n四、复议情况\n无。\n"),
            "grid\n  [规章][1]\n  [总计][2]\ntext 四、复议情况\ntext 无。\n");
}

TEST(LayoutTest, ATabBeforeSentencesIsAnIndent) {
  EXPECT_EQ(ReadAndShow("\t一、总体情况\n\t本镇公开信息九条。\n"
                        "\t二、主动公开\n\t规章没有制定。\n"),
            "text 一、总体情况\ntext 本镇公开信息九条。\n"
            "text 二、主动公开\ntext 规章没有制定。\n");
}

TEST(LayoutTest, TabCellsAllApartHaveNoRows) {
  EXPECT_EQ(ReadAndShow("\t规章\n\n\t1\n\n\t0\n\n\t3\n"),
            "cells\n  [规章][1][0][3]\n");
}

// One row per line, tabs between.

TEST(LayoutTest, TabRowsKeepEveryField) {
  EXPECT_EQ(ReadAndShow("新收\t\t30\t4\t\n\t予以公开\t1\t\t5\n"),
            "grid\n  [新收][][30][4][]\n  [][予以公开][1][][5]\n");
}

TEST(LayoutTest, APageBreakDoesNotEndATableOfTabRows) {
  EXPECT_EQ(ReadAndShow("规章\t1\t2\n\n\n文件\t3\t4\n\f许可\t5\t6\n"),
            "grid\n  [规章][1][2]\n  [文件][3][4]\n  [许可][5][6]\n");
}

TEST(LayoutTest, ARowThatLostItsLastFieldHasOneFewer) {
  EXPECT_EQ(ReadAndShow("甲\t1\t2\t3\n乙\t4\t5\n"),
            "grid\n  [甲][1][2][3]\n  [乙][4][5]\n");
}

// A cell and a bar per line.

TEST(LayoutTest, BarsAloneEndARowOfCellBars) {
  EXPECT_EQ(ReadAndShow("二、主动公开\n"
                        "第一项 |\n||\n信息内容 |\n件数 |\n|||\n"
                        "规章 |\n1 |\n||\n"
                        "三、申请情况\n"),
            "text 二、主动公开\n"
            "grid\n  [第一项]\n  [信息内容][件数]\n  [规章][1]\n"
            "text 三、申请情况\n");
}

TEST(LayoutTest, ALoneBarAmongCellBarsIsABlankCell) {
  EXPECT_EQ(ReadAndShow("新收 |\n|\n|\n0 |\n||\n结转 |\n|\n2 |\n||\n"),
            "grid\n  [新收][][][0]\n  [结转][][2]\n");
}

TEST(LayoutTest, WithoutMarksSeveralRowsOfCellBarsStandTogether) {
  EXPECT_EQ(ReadAndShow("甲 |\n1 |\n乙 |\n2 |\n||\n丙 |\n3 |\n完。\n"),
            "grid\n  [甲][1][乙][2]\n  [丙][3]\ntext 完。\n");
}

TEST(LayoutTest, ACellBarMayTakeTwoLines) {
  EXPECT_EQ(ReadAndShow("自然人 |\n商业\n企业 |\n总计 |\n||\n"),
            "grid\n  [自然人][商业⏎企业][总计]\n");
}

TEST(LayoutTest, AHeadingBetweenCellBarsIsAParagraph) {
  EXPECT_EQ(ReadAndShow("收费 |\n0 |\n三、申请情况\n说明 |\n申请人 |\n||\n"),
            "grid\n  [收费][0]\ntext 三、申请情况\n"
            "grid\n  [说明][申请人]\n");
}

// One row per line, bars between.

TEST(LayoutTest, BarRowsEndWithABar) {
  EXPECT_EQ(ReadAndShow("第一项 |\n信息内容 | 件数 | 总数 |\n规章 | 1 | - |\n"
                        "文件 | / | — |\n"),
            "grid\n  [第一项]\n  [信息内容][件数][总数]\n  [规章][1][-]\n"
            "  [文件][/][—]\n");
}

TEST(LayoutTest, NothingBetweenBarsIsABlankCell) {
  EXPECT_EQ(ReadAndShow("甲 | 1 |  |   | 2 |\n| 乙 | 3 ||| 4 |\n丙 ||||| \n"),
            "grid\n  [甲][1][][][2]\n  [乙][3][][][4]\n  [丙][][][][]\n");
}

TEST(LayoutTest, BlankCellsBehindTheOthersStayThere) {
  EXPECT_EQ(ReadAndShow("| 甲 | 1 | 2 | |\n| 乙 | 3 | 4 | |||\n"
                        "丙 | 0 | |||||\n"),
            "grid\n  [甲][1][2][]\n  [乙][3][4][][][]\n"
            "  [丙][0][][][][][]\n");
}

TEST(LayoutTest, BarsAreNoLeftOversWhenRowsStandAround) {
  EXPECT_EQ(ReadAndShow("| 甲 | 1 |\n||||\n| 乙 | 2 |\n"),
            "grid\n  [甲][1]\n  [][][]\n  [乙][2]\n");
}

// Markdown.

TEST(LayoutTest, MarkdownTablesLoseTheirLineOfDashes) {
  EXPECT_EQ(ReadAndShow("## 二、主动公开 ##\n\n"
                        "| 信息内容 | 件数 |\n|---|:---:|\n| **规章** | 1 |\n"
                        "| 甲\\|乙 | - |\n\n"
                        "| 许可 | 数量 |\n| :-- | --: |\n| 许可 | 5 |\n"),
            "text 二、主动公开\n"
            "grid\n  [信息内容][件数]\n  [规章][1]\n  [甲\\|乙][-]\n"
            "  [许可][数量]\n  [许可][5]\n");
}

TEST(LayoutTest, ARowOfDashesForNoNumbersIsARow) {
  EXPECT_EQ(ReadAndShow("维持 | 纠正 | 总计 |\n- | - | - |\n"),
            "grid\n  [维持][纠正][总计]\n  [-][-][-]\n");
  EXPECT_EQ(ReadAndShow("甲 | 乙 |\n丙 | 丁 |\n--- | --- |\n"),
            "grid\n  [甲][乙]\n  [丙][丁]\n  [---][---]\n");
}

TEST(LayoutTest, MarkdownEmphasisAroundAParagraphIsNoText) {
  EXPECT_EQ(ReadAndShow("**一、总体情况**\n### **二、公开**\n#标签\n"),
            "text 一、总体情况\ntext 二、公开\ntext #标签\n");
}

// Lone bars.

TEST(LayoutTest, ALoneBarBehindEveryCellMarksNoRows) {
  EXPECT_EQ(ReadAndShow("二、主动公开\n第一项\n|\n信息内容\n|\n件数\n|\n规章\n"
                        "|\n1\n|\n三、申请情况\n"),
            "text 二、主动公开\n"
            "cells\n  [第一项][信息内容][件数][规章][1]\n"
            "text 三、申请情况\n");
}

TEST(LayoutTest, TwoLoneBarsBehindACellAreABlankCell) {
  EXPECT_EQ(ReadAndShow("甲\n|\n\n|\n1\n|\n|\n|\n2\n|\n乙\n|\n3\n|\n4\n|\n"),
            "cells\n  [甲][][1][][][2][乙][3][4]\n");
}

TEST(LayoutTest, ACellBeforeALoneBarMayTakeTwoLines) {
  EXPECT_EQ(
      ReadAndShow("自然人\n|\n商业\n企业\n|\n5.要求出具\n信息\n|\n总计\n|\n"),
      "cells\n  [自然人][商业⏎企业][5.要求出具⏎信息][总计]\n");
}

TEST(LayoutTest, RunningTextAmongLoneBarsIsParagraphs) {
  EXPECT_EQ(ReadAndShow("收费\n|\n0\n|\n三、申请情况\n表格如下:\n说明\n|\n"
                        "申请人\n|\n"),
            "cells\n  [收费][0]\n"
            "text 三、申请情况\ntext 表格如下:\n"
            "cells\n  [说明][申请人]\n");
}

TEST(LayoutTest, ALoneBarBeforeEveryRowMarksTheRows) {
  EXPECT_EQ(ReadAndShow("二、主动公开\n"
                        "|\n第一项\n|\n|\n信息内容\n|\n件数\n|\n|\n"
                        "规章\n|\n1\n|\n|\n文件\n|\n2\n|\n"
                        "三、申请情况\n"
                        "|\n说明\n|\n申请人\n|\n|\n新收\n|\n3\n|\n4\n|\n|\n"
                        "维持\n|\n纠正\n|\n总计\n|\n|\n5\n|\n0\n|\n6\n|\n"
                        "五、问题\n"),
            "text 二、主动公开\n"
            "grid\n  [第一项]\n  [信息内容][件数]\n  [规章][1]\n  [文件][2]\n"
            "text 三、申请情况\n"
            "grid\n  [说明][申请人]\n  [新收][3][4]\n  [维持][纠正][总计]\n  "
            "[5][0][6]\n"
            "text 五、问题\n");
}

TEST(LayoutTest, BlankCellsInRowsMarkedByBarsStayWhereTheyStand) {
  EXPECT_EQ(ReadAndShow("一、表\n"
                        "|\n项目\n|\n|\n内容\n|\n件数\n|\n总数\n|\n|\n"
                        "规章\n|\n|\n1\n|\n|\n文件\n|\n2\n|\n3\n|\n|\n"
                        "许可\n|\n4\n|\n|\n|\n处罚\n|\n5\n|\n6\n|\n"),
            "text 一、表\n"
            "grid\n  [项目]\n  [内容][件数][总数]\n  [规章][][1]\n"
            "  [文件][2][3]\n  [许可][4][]\n  [处罚][5][6]\n");
}

// Several layouts in one document.

TEST(LayoutTest, EachTableMayHaveItsOwnLayout) {
  EXPECT_EQ(ReadAndShow("松河县报告\n"
                        "\t甲\n\t1\n\n\t乙\n\t2\n\n"
                        "其间文字。\n"
                        "丙\t3\t4\n丁\t5\t6\n"
                        "又有文字。\n"
                        "戊 | 7 | 8 |\n"
                        "还有文字。\n"
                        "己 |\n9 |\n||\n"
                        "最后文字。\n"
                        "庚\n|\n10\n|\n"),
            "text 松河县报告\n"
            "grid\n  [甲][1]\n  [乙][2]\n"
            "text 其间文字。\n"
            "grid\n  [丙][3][4]\n  [丁][5][6]\n"
            "text 又有文字。\n"
            "grid\n  [戊][7][8]\n"
            "text 还有文字。\n"
            "grid\n  [己][9]\n"
            "text 最后文字。\n"
            "cells\n  [庚][10]\n");
}

TEST(LayoutTest, LineEndsOfEveryKindGiveTheSameBlocks) {
  const std::string text =
      "标题\n\n\t甲\n\t1\n\n\t乙\n\t2\n\n丙 | 3 |\n丁 | 4 |\n\n完。\n";
  const std::string expected = ReadAndShow(text);
  for (const std::string end : {"\r\n", "\r", "\u2028"}) {
    std::string other;
    for (const char c : text) {
      if (c == '\n') {
        other += end;
      } else {
        other += c;
      }
    }
    EXPECT_EQ(ReadAndShow(other), expected);
  }
}

}  // namespace
}  // namespace gongkai::input
