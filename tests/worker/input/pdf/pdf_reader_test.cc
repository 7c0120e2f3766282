// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/pdf/pdf_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/worker/input/pdf/pdf_maker.h"
#include "tests/worker/input/read_document.h"
#include "worker/input/document_builder.h"
#include "worker/input/reader.h"
#include "worker/input/rejection.h"

namespace gongkai::input {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string ShowPages(const std::vector<PageMaker>& pages) {
  std::vector<std::string> contents;
  for (const PageMaker& page : pages) contents.push_back(page.content());
  return ReadPackedAndShow(MakePdf(contents));
}

// --- Tables.

TEST(PdfReaderTest, ABlankCellIsABlankPieceInItsPlace) {
  PageMaker page;
  page.Grid({50, 150, 200, 250, 300}, {100, 120, 140})
      .Text(55, 115, u"规章")
      .Text(160, 115, u"1")
      .Text(260, 115, u"11")
      .Text(55, 135, u"行政规范性文件")
      .Text(210, 135, u"26");
  EXPECT_EQ(ShowPages({page}),
            "grid\n"
            "  [规章][1][][11]\n"
            "  [行政规范性文件][][26][]\n");
}

TEST(PdfReaderTest, TheOrderInWhichThePageIsDrawnDoesNotMatter) {
  PageMaker page;
  page.Text(260, 115, u"11")
      .Text(115, 115, u"文件")
      .Text(160, 115, u"1")
      .Grid({50, 150, 250, 300}, {100, 120})
      .Text(55, 115, u"行政规范性")
      .Text(55, 80, u"二、主动公开政府信息情况");
  EXPECT_EQ(ShowPages({page}),
            "text 二、主动公开政府信息情况\n"
            "grid\n"
            "  [行政规范性 文件][1][11]\n");
}

TEST(PdfReaderTest, ALabelAroundItsNumbersIsOnePiece) {
  PageMaker page;
  page.Grid({50, 150, 200, 250}, {100, 150, 180})
      .Text(55, 112, u"1.申请人无正当理由")
      .Text(55, 127, u"逾期不补正、行政机")
      .Text(160, 127, u"67")
      .Text(210, 127, u"3")
      .Text(55, 142, u"关不再处理")
      .Text(55, 168, u"2.其他")
      .Text(160, 168, u"0")
      .Text(210, 168, u"0");
  EXPECT_EQ(ShowPages({page}),
            "grid\n"
            "  [1.申请人无正当理由⏎逾期不补正、行政机⏎关不再处理][67][3]\n"
            "  [2.其他][0][0]\n");
}

TEST(PdfReaderTest, CoveredCellsAreBlankPieces) {
  PageMaker page;
  // 三、 spans the rows, 四、 spans two columns.
  page.Grid({50, 80, 200}, {100, 120, 140})
      .Line(80, 120, 80, 140)
      .Line(50, 160, 200, 160)
      .Line(50, 140, 50, 160)
      .Line(200, 140, 200, 160)
      .Line(150, 100, 150, 160)
      .Text(90, 115, u"公开")
      .Text(160, 115, u"1")
      .Text(90, 135, u"其他")
      .Text(160, 135, u"2")
      .Text(55, 155, u"四、结转")
      .Text(160, 155, u"3")
      .Text(60, 115, u"三");
  EXPECT_EQ(ShowPages({page}),
            "grid\n"
            "  [三][公开][1]\n"
            "  [][其他][2]\n"
            "  [四、结转][][3]\n");
}

TEST(PdfReaderTest, ACellOverSeveralRowsMayBeSetVertically) {
  PageMaker page;
  page.Line(50, 100, 250, 100)
      .Line(80, 120, 250, 120)
      .Line(80, 140, 250, 140)
      .Line(50, 160, 250, 160);
  for (const double x : {50, 80, 200, 250}) page.Line(x, 100, x, 160);
  page.Text(60, 115, u"三").Text(60, 127, u"、").Text(60, 139, u"本");
  for (int row = 0; row < 3; ++row) {
    page.Text(85, 115 + 20 * row, std::u16string(1, u'甲' + row))
        .Text(210, 115 + 20 * row, std::u16string(1, u'1' + row));
  }
  EXPECT_THAT(ShowPages({page}), HasSubstr("[三⏎、⏎本]["));
}

TEST(PdfReaderTest, BordersMayBeThinRectanglesAndDoubleAndOutOfLine) {
  PageMaker page;
  // Twice as thin rectangles, the second row's middle border 3 points off.
  for (const int y : {700, 698, 680, 660}) {
    page.Raw(absl::StrCat("50 ", y, " 200 0.5 re f"));
  }
  page.Raw("50 660 0.5 40 re f 249.5 660 0.5 40 re f");
  page.Raw("150 680 0.5 20 re f 157 660 0.5 20 re f 200 660 0.5 40 re f");
  page.Text(55, 842 - 685, u"规章")
      .Text(165, 842 - 685, u"1")
      .Text(210, 842 - 685, u"2")
      .Text(55, 842 - 665, u"文件")
      .Text(165, 842 - 665, u"3")
      .Text(210, 842 - 665, u"4");
  EXPECT_EQ(ShowPages({page}),
            "grid\n"
            "  [规章][1][2]\n"
            "  [文件][3][4]\n");
}

TEST(PdfReaderTest, ATableMayBeOpenAtItsSides) {
  PageMaker page;
  page.Line(50, 100, 250, 100)
      .Line(50, 120, 250, 120)
      .Line(50, 140, 250, 140)
      .Line(150, 100, 150, 140)
      .Line(200, 100, 200, 140)
      .Text(55, 115, u"规章")
      .Text(210, 115, u"2")
      .Text(55, 135, u"文件")
      .Text(160, 135, u"3");
  EXPECT_EQ(ShowPages({page}),
            "grid\n"
            "  [规章][][2]\n"
            "  [文件][3][]\n");
}

TEST(PdfReaderTest, ANumberInANarrowColumnIsOneNumber) {
  PageMaker page;
  page.Grid({50, 150, 182, 300}, {100, 140})
      .Text(55, 125, u"行政许可")
      .Text(156, 115, u"4472")
      .Text(156, 130, u"28")
      // Two numbers, each with room to spare.
      .Text(190, 115, u"12")
      .Text(190, 130, u"34");
  EXPECT_EQ(ShowPages({page}),
            "grid\n"
            "  [行政许可][447228][12⏎34]\n");
}

TEST(PdfReaderTest, UnderlinesAndFramesAreNoTables) {
  PageMaker page;
  page.Text(55, 100, u"收费3940元")
      .Line(55, 102, 120, 102)
      .Grid({40, 560}, {60, 800});
  EXPECT_EQ(ShowPages({page}), "text 收费3940元\n");
}

// A table without rules: a head, and rows whose first label wraps.
PageMaker WithoutRules() {
  PageMaker page;
  page.Text(50, 100, u"信息内容")
      .Text(200, 100, u"制发")
      .Text(300, 100, u"废止");
  page.Text(50, 130, u"行政规范性文件及其").Text(200, 135, u"8");
  page.Text(300, 135, u"26").Text(50, 142, u"他文件");
  page.Text(50, 170, u"规章").Text(200, 170, u"1").Text(300, 170, u"0");
  return page;
}

TEST(PdfReaderTest, ATableWithoutRulesIsReadByLines) {
  EXPECT_EQ(ShowPages({WithoutRules()}),
            "lines\n"
            "  [信息内容]50-90 [制发]200-220 [废止]300-320 \n"
            "  [行政规范性文件及其]50-140 \n"
            "  [8]200-205 [26]300-310 \n"
            "  [他文件]50-80 \n"
            "  [规章]50-70 [1]200-205 [0]300-305 \n");
}

TEST(PdfReaderTest, WithoutRulesABrokenNumberIsNotGuessed) {
  PageMaker page = WithoutRules();
  // The rest of 26, or of a row that is out of line.
  page.Text(300, 147, u"5");
  EXPECT_THAT(ShowPages({page}), testing::Not(HasSubstr("lines")));
}

// --- Over the end of a page.

// The rows of a table that goes on: label and number.
PageMaker Rows(double top, const std::vector<std::u16string>& labels) {
  PageMaker page;
  std::vector<double> ys = {top};
  for (const std::u16string& label : labels) {
    ys.push_back(ys.back() + 20);
    page.Text(55, ys.back() - 5, label).Text(210, ys.back() - 5, u"7");
  }
  return page.Grid({50, 200, 250}, ys);
}

TEST(PdfReaderTest, ATableGoesOnOverPageNumbersAndRunningHeads) {
  PageMaker first = Rows(700, {u"规章", u"文件"});
  first.Text(60, 60, u"某市人民政府公报").Text(290, 800, u"- 1 -");
  PageMaker second = Rows(100, {u"许可"});
  second.Text(60, 60, u"某市人民政府公报").Text(290, 800, u"第2页");
  second.Text(55, 200, u"后面的话");
  EXPECT_EQ(ShowPages({first, second}),
            "text 某市人民政府公报\n"
            "grid\n"
            "  [规章][7]\n"
            "  [文件][7]\n"
            "  [许可][7]\n"
            "text 后面的话\n");
}

TEST(PdfReaderTest, ATableOfOtherWidthIsAnother) {
  PageMaker other;
  other.Grid({50, 200, 300}, {100, 120}).Text(55, 115, u"许可");
  EXPECT_EQ(ShowPages({Rows(700, {u"地方规章"}), other}),
            "grid\n"
            "  [地方规章][7]\n"
            "grid\n"
            "  [许可][]\n");
}

TEST(PdfReaderTest, AHeadThatIsRepeatedCountsOnce) {
  const auto page = [](double top, const char16_t* label) {
    PageMaker page;
    page.Grid({50, 200, 250}, {top, top + 20, top + 40})
        .Text(55, top + 15, u"信息内容")
        .Text(205, top + 15, u"数量")
        .Text(55, top + 35, label)
        .Text(205, top + 35, u"7");
    return page;
  };
  EXPECT_EQ(ShowPages({page(700, u"规章"), page(100, u"文件")}),
            "grid\n"
            "  [信息内容][数量]\n"
            "  [规章][7]\n"
            "  [文件][7]\n");
}

TEST(PdfReaderTest, APageMayBreakInsideARow) {
  PageMaker first;
  first.Grid({50, 170, 220, 270}, {700, 760})
      .Text(56, 720, u"1.申请人无正当理由逾期")
      .Text(180, 720, u"67");
  PageMaker second;
  second.Grid({50, 170, 220, 270}, {100, 120, 140})
      .Text(56, 115, u"不补正、不再处理")
      .Text(230, 115, u"3")
      .Text(56, 135, u"2.其他")
      .Text(180, 135, u"1")
      .Text(230, 135, u"2");
  EXPECT_EQ(ShowPages({first, second}),
            "grid\n"
            "  [1.申请人无正当理由逾期⏎不补正、不再处理][67][3]\n"
            "  [2.其他][1][2]\n");
}

TEST(PdfReaderTest, APageMayBreakInsideANumber) {
  PageMaker first;
  first.Grid({50, 170, 194, 218}, {700, 760})
      .Text(56, 720, u"1.申请人无正当理由逾期")
      .Text(176, 720, u"12");
  PageMaker second;
  second.Grid({50, 170, 194, 218}, {100, 120})
      .Text(56, 115, u"不补正")
      .Text(176, 115, u"3");
  EXPECT_EQ(ShowPages({first, second}),
            "grid\n"
            "  [1.申请人无正当理由逾期⏎不补正][123][]\n");
}

TEST(PdfReaderTest, ANewRowOnANewPageStaysOne) {
  PageMaker first;
  first.Grid({50, 172, 220, 270}, {700, 740})
      .Text(56, 720, u"1.申请人无正当理由逾期");
  PageMaker second;
  second.Grid({50, 172, 220, 270}, {100, 120})
      .Text(56, 115, u"2.其他")
      .Text(180, 115, u"1");
  EXPECT_EQ(ShowPages({first, second}),
            "grid\n"
            "  [1.申请人无正当理由逾期][][]\n"
            "  [2.其他][1][]\n");
}

TEST(PdfReaderTest, ARowThatNoLineClosesGoesOn) {
  PageMaker first;
  first.Line(50, 700, 250, 700);
  PageMaker second;
  second.Line(50, 130, 250, 130).Line(50, 150, 250, 150);
  for (const double x : {50, 150, 250}) {
    first.Line(x, 700, x, 740);
    second.Line(x, 100, x, 150);
  }
  first.Text(56, 720, u"重大行政").Text(160, 720, u"5");
  second.Text(56, 115, u"许可").Text(56, 145, u"文件").Text(160, 145, u"6");
  EXPECT_EQ(ShowPages({first, second}),
            "grid\n"
            "  [重大行政⏎许可][5]\n"
            "  [文件][6]\n");
}

// --- Running text.

TEST(PdfReaderTest, TheLinesOfAParagraphAreJoined) {
  PageMaker first;
  first.Text(70, 780, u"本报告由某市人民政府办公室编制，所列数据")
      .Text(50, 795, u"的统计期限自2024年1月1日起，全文由六个部分");
  PageMaker second;
  second.Text(50, 60, u"组成。")
      .Text(50, 80, u"一、总体情况")
      .Text(50, 100, u"全年收到申请12件，");
  EXPECT_EQ(ShowPages({first, second}),
            "text 本报告由某市人民政府办公室编制，所列数据的统计期限自2024年1月"
            "1日起，全文由六个部分组成。\n"
            "text 一、总体情况\n"
            "text 全年收到申请12件，\n");
}

TEST(PdfReaderTest, BoldPrintDrawnTwiceIsReadOnce) {
  PageMaker page;
  page.Text(50, 100, u"总计11件，共一一").Text(50.4, 100, u"总计11件，共一一");
  EXPECT_EQ(ShowPages({page}), "text 总计11件，共一一\n");
}

TEST(PdfReaderTest, RadicalsAreReadAsTheCharactersTheyShow) {
  PageMaker page;
  // U+2F00, U+2EC5 and U+FF11 in a font that gives them.
  page.Text(50, 100, u"总体情况第")
      .Raw(
          "/Span << /ActualText <FEFF2F002EC5> >> BDC BT /F1 10 Tf 100 742 Td "
          "<4E004E8C> Tj ET EMC");
  EXPECT_EQ(ShowPages({page}), "text 总体情况第一见\n");
}

TEST(PdfReaderTest, PagesOnTheirSideAreTurned) {
  PageMaker page;
  // Text that runs upwards, as on a page in landscape that was not turned.
  page.Raw(
      "q 0 1 -1 0 595 0 cm 0.5 w 100 500 m 300 500 l S 100 480 m 300 480 l S "
      "100 460 m 300 460 l S 100 500 m 100 460 l S 200 500 m 200 460 l S "
      "300 500 m 300 460 l S BT /F1 10 Tf 105 485 Td <89C47AE0> Tj ET BT /F1 "
      "10 Tf 210 485 Td <0031> Tj ET BT /F1 10 Tf 105 465 Td <65874EF6> Tj ET "
      "Q");
  const std::string expected =
      "grid\n"
      "  [规章][1]\n"
      "  [文件][]\n";
  EXPECT_EQ(ReadPackedAndShow(MakePdf({page.content()})), expected);
  EXPECT_EQ(ReadPackedAndShow(MakePdf({page.content()}, "/Rotate 90")),
            expected);
}

TEST(PdfReaderTest, EveryWordKnowsItsPageAndBox) {
  PageMaker first;
  first.Text(50, 100, u"总体情况").Text(120, 100, u"好的");
  PageMaker second;
  second.Grid({50, 150, 250}, {100, 120}).Text(55, 115, u"规章数量");
  Document document;
  const std::string bytes = MakePdf({first.content(), second.content()});
  ASSERT_TRUE(Read(bytes, Limits(), &document).ok());
  ASSERT_EQ(document.pieces().size(), 3u);
  const Location line = document.LocationOf(document.pieces()[0].text);
  EXPECT_EQ(line.page, 1);
  EXPECT_NEAR(line.box.left, 50, 1);
  EXPECT_NEAR(line.box.right, 140, 1);
  EXPECT_NEAR(line.box.bottom, 101, 2);
  EXPECT_NEAR(line.box.top, 91, 2);
  // The second word alone.
  const Location word =
      document.LocationOf(document.pieces()[0].text.substr(13));
  EXPECT_NEAR(word.box.left, 120, 1);
  const Location cell = document.LocationOf(document.pieces()[1].text);
  EXPECT_EQ(cell.page, 2);
  EXPECT_NEAR(cell.box.left, 55, 1);
  // A blank cell stands where it stands.
  const Location blank = document.LocationOf(document.pieces()[2].text);
  EXPECT_EQ(blank.page, 2);
  EXPECT_NEAR(blank.box.left, 150, 1);
  EXPECT_NEAR(blank.box.right, 250, 1);
}

TEST(PdfReaderTest, ASignThatNobodyKnowsSpoilsTheNumber) {
  PageMaker page;
  page.Grid({50, 150, 250}, {100, 120})
      .Text(55, 115, u"行政规范性文件")
      .Text(160, 115, u"12")
      // A code for private use.
      .Raw(
          "/Span << /ActualText <FEFFE000> >> BDC BT /F1 10 Tf 170 727 Td "
          "<4E00> Tj ET EMC");
  EXPECT_EQ(ShowPages({page}),
            "grid\n"
            "  [行政规范性文件][12\uFFFD]\n");
}

TEST(PdfReaderTest, ThreadsMayReadAtOnce) {
  const std::string bytes =
      MakePdf({WithoutRules().content(), Rows(100, {u"规章"}).content()});
  const std::string expected = ReadPackedAndShow(bytes);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i)
        EXPECT_EQ(ReadPackedAndShow(bytes), expected);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace gongkai::input
