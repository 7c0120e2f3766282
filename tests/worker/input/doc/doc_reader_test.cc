// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/doc/doc_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/worker/input/doc/compound_file_builder.h"
#include "tests/worker/input/doc/word_builder.h"
#include "tests/worker/input/read_document.h"
#include "worker/input/reader.h"
#include "worker/input/rejection.h"

namespace gongkai::input {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string ShowDoc(const WordBuilder& word) {
  return ReadPackedAndShow(word.File());
}

TEST(DocReaderTest, ReadsParagraphsInOneAndTwoBytesACharacter) {
  WordBuilder word;
  word.Add({.text = u"一、总体情况\r"});
  word.Add({.text = u"caf\u00e9 \x0093\x0080\x0094\r", .compressed = true});
  word.Add({.text = u" \u3000𠮷\xD842x\xDFB7\r"});
  EXPECT_EQ(ShowDoc(word),
            "text 一、总体情况\n"
            "text café “€”\n"
            "text 𠮷\ufffdx\ufffd\n");
}

TEST(DocReaderTest, JoinsWhatIsSplitOverPieces) {
  WordBuilder word;
  word.Add({.text = u"受理1"});
  word.Add({.text = u"2", .compressed = true});
  word.Add({.text = u"3件\xD842"});
  word.Add({.text = u"\xDFB7\r二"});
  EXPECT_EQ(ShowDoc(word), "text 受理123件𠮷\ntext 二\n");
}

TEST(DocReaderTest, ReadsTheMainTextAndNotWhatFollowsIt) {
  WordBuilder word;
  word.Add({.text = u"正文\r"});
  word.Add({.text = u"脚注\r"});
  word.SetCharacters(3);
  EXPECT_EQ(ShowDoc(word), "text 正文\n");
}

TEST(DocReaderTest, BreaksLinesWhereThePageDoes) {
  WordBuilder word;
  word.Add({.text = u"一\v二\r\r三\f四\x0E五\t六\r"});
  EXPECT_EQ(ShowDoc(word), "text 一\ntext 二\ntext 三\ntext 四\ntext 五\t六\n");
}

TEST(DocReaderTest, LeavesOutWhatIsNotShown) {
  WordBuilder word;
  word.Add({.text = u"受理1\x01\x02\x05\x08\x1F\u00AD"});
  word.Add({.text = u"7", .characters = kDeleted});
  word.Add({.text = u"8", .characters = kHidden});
  word.Add({.text = u"2\x1E"
                    u"3件\u00A0\r"});
  EXPECT_EQ(ShowDoc(word), "text 受理12-3件\n");
}

TEST(DocReaderTest, RunsOnWhereAParagraphMarkWasDeleted) {
  WordBuilder word;
  word.Add({.text = u"受理"});
  word.Add({.text = u"\r", .characters = kDeleted});
  word.Add({.text = u"12件\r"});
  EXPECT_EQ(ShowDoc(word), "text 受理12件\n");
}

TEST(DocReaderTest, ReadsTheResultsOfFieldsAndNotTheirInstructions) {
  WordBuilder word;
  word.Add({.text = u"见\x13 HYPERLINK \x13 REF a \x14 b\x15\x14"
                    u"链\x13 PAGE \x14"
                    u"3\x15接\x15。\x15\r"});
  word.Add({.text = u"\x13 TC \"目录\" \x15完\r"});
  EXPECT_EQ(ShowDoc(word), "text 见链3接。\ntext 完\n");
}

TEST(DocReaderTest, EndsAFieldThatIsLeftOpenWithItsCell) {
  WordBuilder word;
  word.AddRow({u"\x13 =SUM(A1)", u"2"}, DefineRow({0, 900, 1800}));
  word.Add({.text = u"完\r"});
  EXPECT_EQ(ShowDoc(word), "grid\n  [][2]\ntext 完\n");
}

TEST(DocReaderTest, SaysThatASymbolOfAnotherFontIsUnreadable) {
  WordBuilder word;
  const std::string special = Modifier(0x0855, "\1");
  word.Add({.text = u"(",
            .characters = special + Modifier(0x6A09, std::string_view(
                                                         "\1\0\x81\xF0", 4))});
  word.Add({.text = u"(",
            .characters = special + Modifier(0x6A09, std::string_view(
                                                         "\1\0\x60\x24", 4))});
  word.Add({.text = u"(a)\r"});
  EXPECT_EQ(ShowDoc(word), "text \ufffd①(a)\n");
}

TEST(DocReaderTest, ReadsATable) {
  WordBuilder word;
  word.Add({.text = u"前\r"});
  word.AddRow({u"信息内容", u"数量"}, DefineRow({-108, 3000, 6000}));
  word.AddRow({u"规章\r（含规范性文件）", u"1"}, DefineRow({-108, 3000, 6000}));
  word.AddRow({u"", u" "}, DefineRow({-108, 3000, 6000}));
  word.Add({.text = u"后\r"});
  EXPECT_EQ(ShowDoc(word),
            "text 前\n"
            "grid\n"
            "  [信息内容][数量]\n"
            "  [规章⏎（含规范性文件）][1]\n"
            "  [][]\n"
            "text 后\n");
}

TEST(DocReaderTest, MakesOneGridOfRowsWithOtherEdges) {
  WordBuilder word;
  word.AddRow({u"标题"}, DefineRow({0, 4000}));
  word.AddRow({u"a", u"b", u"c"}, DefineRow({0, 1000, 2000, 4000}));
  word.AddRow({u"d", u"e"}, DefineRow({0, 2000, 4000}));
  word.AddRow({u"f", u"g"}, DefineRow({1000, 2000, 3000}));
  EXPECT_EQ(ShowDoc(word),
            "grid\n"
            "  [标题][][][]\n"
            "  [a][b][c][]\n"
            "  [d][][e][]\n"
            "  [][f][g][]\n");
}

TEST(DocReaderTest, TakesEdgesThatHardlyDifferForOne) {
  WordBuilder word;
  word.AddRow({u"a", u"b", u"c"}, DefineRow({-108, 1000, 2000, 3000}));
  word.AddRow({u"d", u"e", u"f"}, DefineRow({0, 1108, 2090, 3002}));
  // Narrow cells of one row stay apart.
  word.AddRow({u"g", u"h", u"i"}, DefineRow({-108, 1000, 1100, 3000}));
  EXPECT_EQ(ShowDoc(word),
            "grid\n"
            "  [a][b][][c]\n"
            "  [d][][e][f]\n"
            "  [g][h][i][]\n");
}

TEST(DocReaderTest, LeavesCoveredCellsBlank) {
  WordBuilder word;
  const std::vector<int> edges = {0, 1000, 2000, 3000, 4000};
  word.AddRow({u"a", u"b", u"", u"c"}, DefineRow(edges, {0x60, 1, 2, 0}));
  word.AddRow({u"不", u"d", u"e", u"f"}, DefineRow(edges, {0x20, 1, 0, 0}));
  // Two merged pairs side by side; the other reading of the two bits.
  word.AddRow({u"g", u"不", u"h", u"不"}, DefineRow(edges, {2, 1, 2, 1}));
  EXPECT_EQ(ShowDoc(word),
            "grid\n"
            "  [a][b][][c]\n"
            "  [][d][e][f]\n"
            "  [g][][h][]\n");
}

TEST(DocReaderTest, MergesCellsAfterTheirDefinition) {
  WordBuilder word;
  const std::vector<int> edges = {0, 1000, 2000, 3000};
  word.AddRow({u"a", u"不", u"b"},
              DefineRow(edges) + Modifier(0x5624, std::string_view("\0\2", 2)));
  word.AddRow({u"c", u"d", u"不"},
              DefineRow(edges, {1, 2, 0}) +
                  Modifier(0x5625, std::string_view("\0\2", 2)) +
                  Modifier(0xD62B, "\2\2\1"));
  EXPECT_EQ(ShowDoc(word), "grid\n  [a][][b]\n  [c][d][]\n");
}

TEST(DocReaderTest, ReadsRowsWithoutAShapeAsTheyAre) {
  WordBuilder word;
  word.AddRow({u"a", u"b"}, "");
  word.AddRow({u"c"}, DefineRow({0, 1000}));
  word.AddRow({u"d", u"e", u"f"}, DefineRow({0, 1000}));
  EXPECT_EQ(ShowDoc(word), "grid\n  [a][b]\n  [c]\n  [d][e][f]\n");
  // Edges that go back and forth tell nothing.
  WordBuilder back;
  back.AddRow({u"a", u"b"}, DefineRow({0, 2000, 1000}));
  back.AddRow({u"c", u"d"}, DefineRow({0, 1000, 2000}));
  EXPECT_EQ(ShowDoc(back), "grid\n  [a][b]\n  [c][d]\n");
}

TEST(DocReaderTest, FlattensTablesThatHoldTables) {
  WordBuilder word;
  word.Add({.text = u"前\r", .paragraph = kInTable});
  for (const char16_t* cell : {u"a\r", u"1\r"}) {
    word.Add({.text = cell, .paragraph = kInner + kEndsInnerCell});
  }
  word.Add({.text = u"\r",
            .paragraph = kInner + kEndsInnerRow + DefineRow({0, 500, 1000})});
  word.AddRow({u"后", u"右"}, DefineRow({0, 3000, 6000}));
  EXPECT_EQ(ShowDoc(word),
            "text 前\n"
            "grid\n"
            "  [a][1]\n"
            "text 后\n"
            "text 右\n");
}

TEST(DocReaderTest, FlattensTablesThatArrangeAPage) {
  WordBuilder one;
  one.AddRow({u"一、\r二、"}, DefineRow({0, 9000}));
  EXPECT_EQ(ShowDoc(one), "text 一、\ntext 二、\n");

  WordBuilder page;
  const std::u16string prose(1200, u'文');
  page.AddRow({prose + u"\r完", u"边栏"}, DefineRow({0, 7000, 9000}));
  EXPECT_THAT(ShowDoc(page), AllOf(StartsWith("text 文"),
                                   HasSubstr("\ntext 完\ntext 边栏\n")));
}

TEST(DocReaderTest, TellsWhereEveryPieceStands) {
  WordBuilder word;
  word.Add({.text = u"一\v二\r\r三\r"});
  word.AddRow({u"标题"}, DefineRow({0, 2000}));
  word.AddRow({u"a", u""}, DefineRow({0, 1000, 2000}));
  word.Add({.text = u"四\r"});
  word.AddRow({u"b", u"c"}, DefineRow({0, 1000, 2000}));
  Document document;
  const std::string bytes = word.File();
  ASSERT_TRUE(Read(bytes, Limits(), &document).ok());
  std::string places;
  for (const Piece& piece : document.pieces()) {
    const Location l = document.LocationOf(piece.text);
    EXPECT_EQ(l.page, 0);
    places +=
        "[" + std::string(piece.text) + "]" +
        (l.table == 0 ? std::to_string(l.paragraph)
                      : std::to_string(l.table) + "." + std::to_string(l.row) +
                            "." + std::to_string(l.column)) +
        " ";
  }
  EXPECT_EQ(places,
            "[一]1 [二]1 [三]3 [标题]1.1.1 []1.1.2 [a]1.2.1 []1.2.2 [四]4 "
            "[b]2.1.1 [c]2.1.2 ");
}

TEST(DocReaderTest, ReadsRowsWhosePropertiesStandInTheDataStream) {
  WordBuilder word;
  const std::string row = kEndsRow + DefineRow({0, 1000, 2000}, {1, 2});
  std::string data = "unused";
  Add16(static_cast<uint32_t>(row.size()), &data);
  word.SetData(data + row);
  word.AddRow({u"a", u""}, DefineRow({0, 1000, 2000}));
  word.AddRow({u"b", u"不"}, Modifier(0x6646, std::string_view("\6\0\0\0", 4)));
  EXPECT_EQ(ShowDoc(word), "grid\n  [a][]\n  [b][]\n");
}

TEST(DocReaderTest, AppliesTheModifiersOfPiecesThatAFastSaveLeaves) {
  WordBuilder word;
  word.AddGroup(kHidden);
  word.AddGroup(kInTable + kEndsRow + DefineRow({0, 1000, 2000}));
  word.Add({.text = u"受"});
  word.Add({.text = u"不", .modifier = 1});                   // the first group
  word.Add({.text = u"不", .modifier = 0x41 << 1 | 1 << 8});  // deleted
  word.Add({.text = u"理", .modifier = 0x41 << 1});
  word.Add({.text = u"\r"});
  word.Add({.text = u"a\a", .modifier = 0x18 << 1 | 1 << 8});  // in a table
  word.Add({.text = u"b\a", .paragraph = kInTable});
  word.Add({.text = u"\a", .modifier = 3});  // the second group
  EXPECT_EQ(ShowDoc(word), "text 受理\ngrid\n  [a][b]\n");
}

// A level of a list: where it begins, its format and its text.
std::string ListLevel(uint32_t start, int format, const std::u16string& text) {
  std::string level;
  Add32(start, &level);
  level += static_cast<char>(format);
  level.resize(24);
  // Three bytes of properties for the number, two for the paragraph.
  level.append("\3\2\0\0?????", 9);
  Add16(static_cast<uint32_t>(text.size()), &level);
  for (const char16_t c : text) Add16(c, &level);
  return level;
}

std::string InList(int use, int level) {
  std::string operand;
  Add16(use, &operand);
  return Modifier(0x460B, operand) +
         Modifier(0x260A, std::string(1, static_cast<char>(level)));
}

// One list of nine levels, one of a single level with bullets; the first is
// used as it is and once more with its second level from 7.
WordBuilder WordWithLists() {
  std::string definitions;
  Add16(2, &definitions);
  for (const int simple : {0, 1}) {
    Add32(500 + simple, &definitions);
    definitions.append(22, '\0');
    definitions += static_cast<char>(simple);
    definitions += '\0';
  }
  std::string levels = ListLevel(1, 37, std::u16string(u"\0、", 2)) +
                       ListLevel(1, 11, u"（\1）") +
                       ListLevel(3, 0, std::u16string(u"\1.\2", 3));
  for (int i = 3; i < 9; ++i) levels += ListLevel(1, 4, u"\3)");
  levels += ListLevel(1, 23, u"\xF0B7");
  std::string uses;
  Add32(3, &uses);
  for (const auto& [id, overrides] :
       {std::pair(500, 0), std::pair(501, 0), std::pair(500, 1)}) {
    Add32(id, &uses);
    uses.append(8, '\0');
    uses += static_cast<char>(overrides);
    uses.append(3, '\0');
  }
  Add32(0xFFFFFFFF, &uses);
  Add32(0xFFFFFFFF, &uses);
  Add32(0xFFFFFFFF, &uses);
  Add32(7, &uses);
  Add32(0x11, &uses);
  WordBuilder word;
  word.SetLists(definitions, levels, uses);
  return word;
}

TEST(DocReaderTest, PutsNumbersBeforeTheParagraphsOfLists) {
  WordBuilder word = WordWithLists();
  const auto add = [&](const char16_t* text, int use, int level) {
    word.Add({.text = text, .paragraph = InList(use, level)});
  };
  add(u"甲\r", 1, 0);
  add(u"子\r", 1, 1);
  add(u"2024年\r", 1, 2);
  add(u"丑\r", 1, 1);
  add(u"点\r", 2, 0);
  add(u"乙\r", 1, 0);
  add(u"寅\r", 1, 1);
  add(u"卯\r", 3, 1);
  add(u"辰\r", 3, 1);
  add(u"深\r", 1, 3);
  add(u"无\r", 0, 0);
  add(u"无\r", 9, 0);
  add(u"无\r", 1, 12);
  for (int i = 3; i < 12; ++i) add(u" \r", 1, 0);
  add(u"丙\r", 1, 0);
  add(u"1\a", 1, 0);
  EXPECT_EQ(ShowDoc(word),
            "text 一、甲\ntext （一）子\ntext 一.3 2024年\ntext （二）丑\n"
            "text 点\n"
            "text 二、乙\ntext （一）寅\ntext （七）卯\ntext （八）辰\n"
            "text a)深\n"
            "text 无\ntext 无\ntext 无\n"
            "text 十二、丙\n"
            "text 1\n");
}

TEST(DocReaderTest, ReadsParagraphsWhoseListsAreCutOff) {
  WordBuilder word = WordWithLists();
  word.Add({.text = u"甲\r", .paragraph = InList(1, 0)});
  const WordBuilder::Streams good = word.MakeStreams();
  const size_t end = good[1].second.size();
  for (size_t cut = 1; cut < 520; cut += 7) {
    WordBuilder::Streams streams = good;
    std::string& table = streams[1].second;
    table.replace(end - cut, cut, std::string(cut, '\xFF'));
    EXPECT_THAT(ReadPackedAndShow(MakeCompoundFile(streams)),
                HasSubstr("甲\n"));
  }
}

TEST(DocReaderTest, EndsWhateverTheBytesAre) {
  WordBuilder word = WordWithLists();
  word.AddGroup(kHidden + kInTable);
  word.Add({.text = u"甲\r", .paragraph = InList(3, 1)});
  word.SetData(std::string(5000, '\x16'));
  word.Add({.text = u"见\x13 REF \x14链\x15。\r", .modifier = 1});
  word.AddRow({u"a", u"b"}, DefineRow({0, 1000, 2000}, {0x60, 1}));
  word.AddRow({u"c", u"d"}, DefineRow({0, 500, 2000}, {0x20, 2}));
  word.Add({.text = u"1\r", .paragraph = kInner + kEndsInnerCell});
  word.Add(
      {.text = u"\r", .paragraph = kInner + kEndsInnerRow + DefineRow({0, 9})});
  word.AddRow({u"e"}, Modifier(0x6646, std::string_view("\6\0\0\0", 4)));
  const WordBuilder::Streams good = word.MakeStreams();
  Document document;
  std::mt19937 random(11);
  for (int round = 0; round < 4000; ++round) {
    WordBuilder::Streams streams = good;
    for (auto& [name, bytes] : streams) {
      for (int i = random() % 4; i > 0; --i) {
        const size_t at = random() % (bytes.size() - 4);
        if (random() % 2 == 0) {
          bytes[at] = static_cast<char>(random());
        } else {
          Put32(at, random() >> random() % 32, &bytes);
        }
      }
    }
    const std::string file = MakeCompoundFile(streams, round % 2 == 0);
    const absl::Status status = Read(file, Limits(), &document);
    if (!status.ok()) {
      EXPECT_NE(RejectionOf(status).outcome, v1::OUTCOME_UNSPECIFIED);
    }
  }
}

}  // namespace
}  // namespace gongkai::input
