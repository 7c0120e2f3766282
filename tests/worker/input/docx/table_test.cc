// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/docx/table.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/worker/input/docx/make_docx.h"
#include "worker/input/document.h"
#include "worker/input/reader.h"

namespace gongkai::input {
namespace {

const char kStart[] = "<w:vMerge w:val=\"restart\"/>";
const char kGoesOn[] = "<w:vMerge/>";

std::string Span(int columns) {
  return "<w:gridSpan w:val=\"" + std::to_string(columns) + "\"/>";
}

std::string ShowTable(const std::string& rows) {
  return ShowDocx(MakeDocx(Tbl(rows)));
}

TEST(DocxTable, SpansLeaveBlankPlacesInATrueGrid) {
  EXPECT_EQ(ShowTable(Tr(Tc("结果", kStart) + Tc("申请人", Span(3))) +
                      Tr(Tc("看不见", kGoesOn) + Tc("1") + Tc("") + Tc("3")) +
                      Tr(Tc("合计") + Tc("4", Span(2)) + Tc("5"))),
            "grid\n"
            "  [结果][申请人][][]\n"
            "  [][1][][3]\n"
            "  [合计][4][][5]\n");
}

TEST(DocxTable, ASpanOverRowsGoesOnOnlyBelowOne) {
  EXPECT_EQ(ShowTable(Tr(Tc("1", kGoesOn) + Tc("2")) +
                      Tr(Tc("3") + Tc("4", "<w:vMerge w:val=\"continue\"/>"))),
            "grid\n  [1][2]\n  [3][4]\n");
}

// The widths of the grid's columns.
std::string Grid(const std::vector<int>& widths) {
  std::string grid = "<w:tblGrid>";
  for (const int width : widths) {
    grid += "<w:gridCol w:w=\"" + std::to_string(width) + "\"/>";
  }
  return grid + "</w:tblGrid>";
}

TEST(DocxTable, ColumnsInWhichNoCellBeginsAreNone) {
  EXPECT_EQ(ShowTable(Tr(Tc("总计", Span(3)) + Tc("1", Span(2))) +
                      Tr(Tc("2", Span(2)) + Tc("3") + Tc("4", Span(2)))),
            "grid\n  [总计][][1]\n  [2][3][4]\n");
}

TEST(DocxTable, EdgesAHairApartAreOneEdge) {
  // As programs save a table whose rows were drawn with edges of their own.
  const std::string rows = Tr(Tc("复议") + Tc("诉讼", Span(3))) +
                           Tr(Tc("1", Span(2)) + Tc("2") + Tc("3")) +
                           Tr(Tc("4") + Tc("") + Tc("5") + Tc("6"));
  EXPECT_EQ(ShowTable(Grid({650, 3, 650, 650}) + rows),
            "grid\n  [复议][诉讼][]\n  [1][2][3]\n  [4][5][6]\n");
  const std::string all_columns =
      "grid\n  [复议][诉讼][][]\n  [1][][2][3]\n  [4][][5][6]\n";
  EXPECT_EQ(ShowTable(Grid({650, 650, 650, 650}) + rows), all_columns);
  // Where the widths cannot be right, they are not believed.
  EXPECT_EQ(ShowTable(Grid({650, 3, 650}) + rows), all_columns);
  EXPECT_EQ(ShowTable(Grid({0, 0, 0, 0}) + rows), all_columns);
}

TEST(DocxTable, ANarrowColumnWithTextIsAColumn) {
  EXPECT_EQ(ShowTable(Grid({650, 3, 650}) + Tr(Tc("1") + Tc("2") + Tc("3")) +
                      Tr(Tc("4") + Tc("") + Tc("5"))),
            "grid\n  [1][2][3]\n  [4][][5]\n");
}

TEST(DocxTable, OldFilesJoinCellsSideBySide) {
  EXPECT_EQ(ShowTable(Tr(Tc("1", "<w:hMerge w:val=\"restart\"/>") +
                         Tc("9", "<w:hMerge/>") + Tc("2"))),
            "grid\n  [1][][2]\n");
}

TEST(DocxTable, ColumnsLeftFreeAreBlankAndShortRowsStayShort) {
  EXPECT_EQ(ShowTable(Tr(Tc("1") + Tc("2") + Tc("3")) +
                      Tr(Tc("4") + Tc("5"), "<w:gridBefore w:val=\"1\"/>") +
                      Tr(Tc("6"), "<w:gridAfter w:val=\"2\"/>") +
                      Tr(Tc("7") + Tc("8"))),
            "grid\n  [1][2][3]\n  [][4][5]\n  [6][][]\n  [7][8]\n");
}

TEST(DocxTable, RowsAndCellsAreFoundInContentControlsAndChanges) {
  const auto control = [](const std::string& content,
                          const std::string& properties = "") {
    return "<w:sdt><w:sdtPr>" + properties + "</w:sdtPr><w:sdtContent>" +
           content + "</w:sdtContent></w:sdt>";
  };
  EXPECT_EQ(ShowTable(control(Tr(control(Tc("1")) + Tc("2"))) +
                      Tr(Tc("9") + Tc("9"), "<w:del/>") +
                      Tr(Tc("9") + Tc("9"), "<w:hidden/>") +
                      Tr(Tc("3") + Tc("9", "<w:cellDel/>") +
                         control(Tc("输入"), "<w:showingPlcHdr/>")) +
                      Tr(Tc("4") + Tc("5"), "<w:ins/>")),
            "grid\n  [1][2]\n  [3][]\n  [4][5]\n");
}

TEST(DocxTable, ParagraphsAndBreaksOfACellAreLinesOfOnePiece) {
  EXPECT_EQ(ShowTable(Tr("<w:tc>" + P("商业") + "<w:p/>" + P("企业") +
                         "</w:tc><w:tc><w:p><w:r><w:t>1</w:t><w:br/><w:t>2"
                         "</w:t></w:r></w:p></w:tc>")),
            "grid\n  [商业⏎企业][1⏎2]\n");
}

TEST(DocxTable, TablesThatLayOutAPageAreReadAsWhatTheyHold) {
  const std::string inner = Tbl(Tr(Tc("1") + Tc("2")) + Tr(Tc("3") + Tc("4")));
  const std::string expected =
      "text 标题\ngrid\n  [1][2]\n  [3][4]\ntext 落款\n";
  EXPECT_EQ(ShowTable(Tr("<w:tc>" + P("标题") + inner + P("落款") + "</w:tc>")),
            expected);
  // Beside a narrow column.
  EXPECT_EQ(ShowTable(Tr("<w:tc>" + P("标题") + inner + "</w:tc>" + Tc("")) +
                      Tr(Tc("落款"))),
            expected);
  EXPECT_EQ(ShowTable(Tr(Tc("甲"))), "text 甲\n");
}

TEST(DocxTable, ATableOfProseIsReadAsParagraphs) {
  std::string prose;
  while (prose.size() < 3000) prose += "本年度依法公开信息。";
  EXPECT_EQ(ShowTable(Tr(Tc("一、总体情况") + Tc(prose))),
            "text 一、总体情况\ntext " + prose + "\n");
}

TEST(DocxTable, ASmallTableInACellBecomesLinesOfTheCell) {
  EXPECT_EQ(ShowTable(Tr("<w:tc>" + P("注") + Tbl(Tr(Tc("1") + Tc("2"))) +
                         "</w:tc>" + Tc("3")) +
                      Tr(Tc("4") + Tc("5"))),
            "grid\n  [注⏎1⏎2][3]\n  [4][5]\n");
}

TEST(DocxTable, EveryPlaceOfTheGridTellsItsTableRowAndColumn) {
  Document document;
  ASSERT_TRUE(Read(MakeDocx(Tbl(Tr(Tc("a") + Tc("b"))) +
                            Tbl(Tr(Tc("c", Span(2)) + Tc("")) +
                                Tr(Tc("9") + Tc("9") + Tc("9"), "<w:del/>") +
                                Tr(Tc("d") + Tc("e") + Tc("f")))),
                   Limits(), &document)
                  .ok());
  std::string places;
  for (const Piece& piece : document.pieces()) {
    const Location place = document.LocationOf(piece.text);
    EXPECT_EQ(place.paragraph, 0);
    places += std::to_string(place.table) + "." + std::to_string(place.row) +
              "." + std::to_string(place.column) + " ";
  }
  EXPECT_EQ(places, "1.1.1 1.1.2 2.1.1 2.1.2 2.1.3 2.3.1 2.3.2 2.3.3 ");
  for (const Block& block : document.blocks()) EXPECT_TRUE(block.placed);
}

}  // namespace
}  // namespace gongkai::input
