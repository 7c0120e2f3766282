// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/docx/numbering.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/worker/input/docx/make_docx.h"
#include "worker/input/list_number.h"

namespace gongkai::input {
namespace {

std::string Level(int level, const std::string& format, const std::string& text,
                  const std::string& more = "") {
  return "<w:lvl w:ilvl=\"" + std::to_string(level) +
         "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" + format +
         "\"/><w:lvlText w:val=\"" + text + "\"/>" + more + "</w:lvl>";
}

std::string List(const std::string& levels) {
  return "<w:abstractNum w:abstractNumId=\"5\">" + levels + "</w:abstractNum>";
}

std::string Instance(int id, const std::string& overrides = "") {
  return "<w:num w:numId=\"" + std::to_string(id) +
         "\"><w:abstractNumId w:val=\"5\"/>" + overrides + "</w:num>";
}

std::string Numbered(const std::string& text, int level, int id = 1) {
  return P(text, "<w:numPr><w:ilvl w:val=\"" + std::to_string(level) +
                     "\"/><w:numId w:val=\"" + std::to_string(id) +
                     "\"/></w:numPr>");
}

TEST(ListNumbers, AreFormattedAsWordPrintsThem) {
  const struct {
    const char* format;
    int64_t number;
    const char* text;
  } kCases[] = {
      {"decimal", 12, "12"},
      {"chineseCounting", 3, "三"},
      {"chineseCountingThousand", 10, "十"},
      {"chineseCountingThousand", 12, "十二"},
      {"japaneseCounting", 20, "二十"},
      {"chineseCountingThousand", 101, "一百零一"},
      {"chineseCountingThousand", 110, "一百一十"},
      {"chineseCountingThousand", 1010, "一千零一十"},
      {"chineseLegalSimplified", 12, "壹拾贰"},
      {"ideographDigital", 105, "一〇五"},
      {"ideographTraditional", 2, "乙"},
      {"ideographTraditional", 11, "11"},
      {"ideographZodiac", 12, "亥"},
      {"decimalZero", 3, "03"},
      {"decimalFullWidth", 12, "１２"},
      {"upperLetter", 28, "BB"},
      {"lowerRoman", 14, "xiv"},
      {"decimalEnclosedCircle", 3, "③"},
      {"decimalEnclosedParen", 20, "⒇"},
      {"ideographEnclosedCircle", 21, "21"},
      {"noSuchFormat", 7, "7"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(FormatListNumber(c.number, c.format), c.text) << c.format;
  }
}

TEST(Numbering, SectionsAndItemsAreCountedAsAReaderSeesThem) {
  EXPECT_EQ(
      ShowDocx(MakeDocx(Numbered("总体情况", 0) + Numbered("主动公开", 1) +
                            P("正文") + Numbered("依申请公开", 1) +
                            Numbered("主动公开情况", 0) + Numbered("数据", 1),
                        List(Level(0, "chineseCounting", "%1、") +
                             Level(1, "chineseCounting", "（%2）")) +
                            Instance(1))),
      "text 一、总体情况\ntext （一）主动公开\ntext 正文\n"
      "text （二）依申请公开\ntext 二、主动公开情况\ntext （一）数据\n");
}

TEST(Numbering, ANumberThatEndsInAsciiKeepsItsDistance) {
  const std::string two = Numbered("12件", 0) + Numbered("下级", 1);
  EXPECT_EQ(ShowDocx(MakeDocx(two, List(Level(0, "decimal", "%1") +
                                        Level(1, "decimal", "%1.%2.")) +
                                       Instance(1))),
            "text 1 12件\ntext 1.1. 下级\n");
  EXPECT_EQ(ShowDocx(MakeDocx(Numbered("总则", 0),
                              List(Level(0, "decimal", "%1.",
                                         "<w:suff w:val=\"nothing\"/>")) +
                                  Instance(1))),
            "text 1.总则\n");
}

TEST(Numbering, BulletsAndListsThatAreNotThereAddNothing) {
  EXPECT_EQ(ShowDocx(MakeDocx(
                Numbered("甲", 0) + Numbered("乙", 0, 9) + Numbered("丙", 0, 0),
                List(Level(0, "bullet", "●")) + Instance(1))),
            "text 甲\ntext 乙\ntext 丙\n");
}

TEST(Numbering, InstancesOfAListGoOnUnlessTheyStartAnew) {
  const std::string anew =
      "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/>"
      "</w:lvlOverride>";
  const std::string own = "<w:lvlOverride w:ilvl=\"0\">" +
                          Level(0, "upperLetter", "%1、") + "</w:lvlOverride>";
  EXPECT_EQ(
      ShowDocx(MakeDocx(
          Numbered("a", 0, 1) + Numbered("b", 0, 2) + Numbered("c", 0, 3) +
              Numbered("d", 0, 3) + Numbered("e", 0, 4),
          List(Level(0, "decimal", "%1、")) + Instance(1) + Instance(2) +
              Instance(3, anew) + Instance(4, own))),
      "text 1、a\ntext 2、b\ntext 1、c\ntext 2、d\ntext A、e\n");
}

TEST(Numbering, OuterNumbersOfALegalListAreArabic) {
  EXPECT_EQ(
      ShowDocx(MakeDocx(Numbered("总则", 0) + Numbered("范围", 1),
                        List(Level(0, "chineseCounting", "第%1章") +
                             Level(1, "decimal", "%1.%2：", "<w:isLgl/>")) +
                            Instance(1))),
      "text 第一章总则\ntext 1.1：范围\n");
}

TEST(Numbering, StylesNumberTheirParagraphsAndThoseBasedOnThem) {
  const std::string styles =
      "<w:style w:type=\"paragraph\" w:styleId=\"h\"><w:pPr><w:numPr>"
      "<w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"i\"><w:basedOn w:val=\"h\"/>"
      "</w:style><w:style w:type=\"paragraph\" w:styleId=\"c\"><w:basedOn "
      "w:val=\"c\"/></w:style>";
  const std::string styled = "<w:pStyle w:val=\"";
  EXPECT_EQ(
      ShowDocx(MakeDocx(
          P("甲", styled + "h\"/>") + P("乙", styled + "i\"/>") +
              P("丙", styled + "c\"/>") +
              P("丁", styled + "h\"/><w:numPr><w:numId w:val=\"0\"/>"
                               "</w:numPr>"),
          List(Level(0, "chineseCounting", "%1、")) + Instance(1), styles)),
      "text 一、甲\ntext 二、乙\ntext 丙\ntext 丁\n");
}

TEST(Numbering, FormerNumbersOfTrackedChangesDoNotCount) {
  EXPECT_EQ(
      ShowDocx(MakeDocx(P("甲",
                          "<w:pPrChange><w:pPr><w:numPr><w:numId "
                          "w:val=\"1\"/></w:numPr></w:pPr></w:pPrChange>") +
                            Numbered("乙", 0),
                        List(Level(0, "decimal", "%1、")) + Instance(1))),
      "text 甲\ntext 1、乙\n");
}

TEST(Numbering, ATextThatIsTooLongIsNoNumber) {
  EXPECT_EQ(ShowDocx(MakeDocx(Numbered("甲", 0),
                              List(Level(0, "decimal", std::string(500, 'x'))) +
                                  Instance(1))),
            "text 甲\n");
}

}  // namespace
}  // namespace gongkai::input
