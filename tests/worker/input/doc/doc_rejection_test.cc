// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Binary Word files that cannot be read, or that are made to do harm.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/worker/input/doc/compound_file_builder.h"
#include "tests/worker/input/doc/word_builder.h"
#include "tests/worker/input/read_document.h"
#include "worker/input/limits.h"

namespace gongkai::input {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string ShowDoc(const WordBuilder& word) {
  return ReadPackedAndShow(word.File());
}

TEST(DocRejectionTest, NamesWhatIsNoWordDocument) {
  const struct {
    const char* stream;
    const char* name;
  } cases[] = {{"Workbook", "Excel workbook"},
               {"Book", "Excel workbook"},
               {"PowerPoint Document", "PowerPoint"},
               {"EncryptedPackage", "encrypted"},
               {"MatOST", "Works"},
               {"Contents", "without a Word document"}};
  for (const auto& test : cases) {
    EXPECT_THAT(
        ReadPackedAndShow(MakeCompoundFile({{test.stream, "x"}})),
        AllOf(StartsWith("UNSUPPORTED_FORMAT: "), HasSubstr(test.name)));
  }
}

TEST(DocRejectionTest, SaysThatADocumentIsEncryptedOrTooOld) {
  WordBuilder word;
  word.Add({.text = u"文\r"});
  WordBuilder::Streams streams = word.MakeStreams();
  Put16(WordBuilder::kFlags, 0x0100, &streams[0].second);
  EXPECT_THAT(ReadPackedAndShow(MakeCompoundFile(streams)),
              AllOf(StartsWith("UNSUPPORTED_FORMAT: "), HasSubstr("password")));

  streams = word.MakeStreams();
  Put16(WordBuilder::kVersion, 104, &streams[0].second);
  EXPECT_THAT(ReadPackedAndShow(MakeCompoundFile(streams)),
              AllOf(StartsWith("UNSUPPORTED_FORMAT: "), HasSubstr("Word 95")));
}

TEST(DocRejectionTest, FindsTheTableStreamByItsFlag) {
  WordBuilder word;
  word.Add({.text = u"文\r"});
  WordBuilder::Streams streams = word.MakeStreams();
  Put16(WordBuilder::kFlags, 0x0200, &streams[0].second);
  EXPECT_THAT(ReadPackedAndShow(MakeCompoundFile(streams)),
              StartsWith("MALFORMED: "));
  streams[1].first = "1Table";
  EXPECT_EQ(ReadPackedAndShow(MakeCompoundFile(streams)), "text 文\n");
}

TEST(DocRejectionTest, RefusesADocumentWithoutText) {
  WordBuilder blank;
  blank.Add({.text = u"\r \u3000\r"});
  EXPECT_THAT(ShowDoc(blank), StartsWith("MALFORMED: "));
  WordBuilder scan;
  scan.Add({.text = u"\x01\r"});
  EXPECT_THAT(ShowDoc(scan),
              AllOf(StartsWith("UNSUPPORTED_FORMAT: "), HasSubstr("pictures")));
}

TEST(DocRejectionTest, RefusesPiecesThatLeaveTheStreamOrOverlap) {
  WordBuilder word;
  word.Add({.text = u"文\r"});
  word.Add({.text = std::u16string(2000, u'字')});
  const WordBuilder::Streams good = word.MakeStreams();
  const uint32_t size = static_cast<uint32_t>(good[0].second.size());
  for (const uint32_t place : {size - 3, 0x3FFFFFFFu, 0x7FFFFFFFu}) {
    WordBuilder::Streams streams = good;
    Put32(word.PieceOffset(0), place, &streams[1].second);
    EXPECT_THAT(ReadPackedAndShow(MakeCompoundFile(streams)),
                StartsWith("MALFORMED: "))
        << place;
  }
  WordBuilder many;
  for (int i = 0; i < 10; ++i) many.Add({.text = std::u16string(2000, u'字')});
  WordBuilder::Streams streams = many.MakeStreams();
  // As one byte a character, all at one place, in a short stream.
  for (int i = 0; i < 10; ++i) {
    Put32(many.PieceOffset(i), 0x40000000 | 0x600 * 2, &streams[1].second);
  }
  EXPECT_THAT(ReadPackedAndShow(MakeCompoundFile(streams)),
              StartsWith("text "));
  streams[0].second.resize(0x600 + 2000);
  EXPECT_THAT(ReadPackedAndShow(MakeCompoundFile(streams)),
              StartsWith("MALFORMED: "));
}

TEST(DocRejectionTest, RefusesPieceTablesThatAreNone) {
  WordBuilder word;
  word.Add({.text = u"文\r"});
  word.Add({.text = u"字\r"});
  const WordBuilder::Streams good = word.MakeStreams();
  const auto show_with = [&](size_t stream, size_t at, uint32_t number) {
    WordBuilder::Streams streams = good;
    Put32(at, number, &streams[stream].second);
    return ReadPackedAndShow(MakeCompoundFile(streams));
  };
  EXPECT_THAT(show_with(1, 9, 0), StartsWith("MALFORMED: "));   // empty piece
  EXPECT_THAT(show_with(1, 13, 1), StartsWith("MALFORMED: "));  // backwards
  EXPECT_THAT(show_with(1, 5, 1), StartsWith("MALFORMED: "));   // not from 0
  EXPECT_THAT(show_with(1, 1, 0xFFFFFFFF), StartsWith("MALFORMED: "));
  EXPECT_THAT(show_with(1, 1, 0), StartsWith("MALFORMED: "));
  EXPECT_THAT(show_with(1, 0, 0x07070707), StartsWith("MALFORMED: "));
  EXPECT_THAT(show_with(0, WordBuilder::kPieceTable, 0xFFFFFFF0),
              StartsWith("MALFORMED: "));
  EXPECT_THAT(show_with(0, WordBuilder::kPieceTable + 4, 0xFFFFFFF0),
              StartsWith("MALFORMED: "));
  EXPECT_THAT(show_with(0, 0x4C, 5), StartsWith("MALFORMED: "));  // too few
  EXPECT_THAT(show_with(0, 0x98, 0), StartsWith("MALFORMED: "));
  EXPECT_THAT(show_with(0, 0, 0x00C10000), StartsWith("MALFORMED: "));
}

TEST(DocRejectionTest, RefusesAFileThatIsCutOff) {
  WordBuilder word;
  for (int i = 0; i < 40; ++i) {
    word.Add({.text = u"一句话，结尾。\r"});
  }
  const std::string bytes = word.File();
  for (size_t size = 8; size < bytes.size() - 512; size += 701) {
    EXPECT_THAT(ReadPackedAndShow(bytes.substr(0, size)),
                StartsWith("MALFORMED: "))
        << size;
  }
}

TEST(DocRejectionTest, RefusesMorePiecesThanTheLimit) {
  Limits limits;
  limits.max_pieces = 3;
  WordBuilder paragraphs;
  paragraphs.Add({.text = u"一\r二\r三\r"});
  EXPECT_THAT(ReadPackedAndShow(paragraphs.File(), limits),
              StartsWith("text "));
  paragraphs.Add({.text = u"四\r"});
  EXPECT_THAT(ReadPackedAndShow(paragraphs.File(), limits),
              StartsWith("LIMIT_EXCEEDED: "));
  WordBuilder cells;
  cells.AddRow({u"a", u"b"}, DefineRow({0, 1000, 2000}));
  cells.AddRow({u"c", u"d"}, DefineRow({0, 1000, 2000}));
  EXPECT_THAT(ReadPackedAndShow(cells.File(), limits),
              StartsWith("LIMIT_EXCEEDED: "));
  WordBuilder one_cell;
  one_cell.AddRow({u"\r\r\r\r\r", u"b"}, DefineRow({0, 1000, 2000}));
  EXPECT_THAT(ReadPackedAndShow(one_cell.File(), limits),
              StartsWith("LIMIT_EXCEEDED: "));
}

// Each row has edges of its own: as many columns as there are edges.
TEST(DocRejectionTest, RefusesAGridWithMoreCellsThanTheLimit) {
  WordBuilder word;
  for (int row = 0; row < 300; ++row) {
    std::vector<int> edges;
    for (int cell = 0; cell <= 10; ++cell) {
      edges.push_back(cell * 3000 - 15000 + row * 7);
    }
    word.AddRow(std::vector<std::u16string>(10, u"1"), DefineRow(edges));
  }
  Limits limits;
  limits.max_pieces = 10000;
  EXPECT_THAT(ReadPackedAndShow(word.File(), limits),
              StartsWith("LIMIT_EXCEEDED: "));
}

// A row that refers to much elsewhere, again and again.
TEST(DocRejectionTest, RefusesPropertiesWithoutEnd) {
  WordBuilder word;
  std::string data;
  Add16(0xFFFF, &data);
  // Every modifier refers to the same place once more.
  while (data.size() < 0x10002) {
    data += Modifier(0x6646, std::string_view("\0\0\0\0", 4));
  }
  word.SetData(data);
  for (int i = 0; i < 400; ++i) {
    word.Add({.text = u"\r", .paragraph = data.substr(2, 6)});
  }
  EXPECT_THAT(ShowDoc(word), StartsWith("LIMIT_EXCEEDED: "));
}

TEST(DocRejectionTest, ReadsTablesInsideEachOtherDownToALimit) {
  WordBuilder word;
  for (uint32_t depth = 1; depth <= 40; ++depth) {
    std::string operand;
    Add32(depth, &operand);
    word.Add({.text = u"层\r",
              .paragraph = kInTable + Modifier(0x6649, operand) +
                           (depth > 1 ? kEndsInnerCell : "")});
  }
  word.Add(
      {.text = u"深\r",
       .paragraph = kInTable +
                    Modifier(0x6649, std::string_view("\xFF\xFF\xFF\x7F", 4))});
  EXPECT_THAT(ShowDoc(word), AllOf(StartsWith("text 层\n"), HasSubstr("深")));
}

}  // namespace
}  // namespace gongkai::input
