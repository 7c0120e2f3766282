// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "tests/worker/input/read_document.h"
#include "worker/input/rejection.h"
#include "worker/input/utf8.h"

namespace gongkai::input {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(ReaderTest, RefusesDocumentsWithoutAnyText) {
  for (const std::string& bytes :
       {std::string(), std::string(" "), std::string("\n\n\t\t\r\n"),
        std::string("\0", 1), std::string("\ufeff"), std::string("　\u00a0\n"),
        std::string("\xFF\xFE"), std::string(1 << 20, '\t')}) {
    EXPECT_THAT(ReadAndShow(bytes), StartsWith("MALFORMED: "))
        << testing::PrintToString(bytes.substr(0, 10));
  }
}

TEST(ReaderTest, NamesTheFormatItCannotRead) {
  const struct {
    std::string bytes;
    const char* name;
  } cases[] = {
      {"PK\x03\x04\x14__mimetypeapplication/vnd.oasis.opendocument.textPK",
       "ODT"},
      {"PK\x03\x04\x14__OFD.xml____Doc_0/Document.xml", "OFD"},
      {"PK\x03\x04\x14__xl/workbook.xml", "XLSX"},
      {"PK\x03\x04\x14__photo.jpg", "a ZIP archive"},
      {"{\\rtf1\\ansi}", "RTF"},
      {"GIF89a____", "GIF"},
      {"\x89PNG\r\n\x1A\n____", "PNG"},
      {"\xFF\xD8\xFF\xE0____", "JPEG"},
      {"\x1F\x8B\x08____", "gzip"},
      {"<?xml version='1.0'?><报告/>", "an XML file"},
  };
  for (const auto& test : cases) {
    EXPECT_THAT(ReadAndShow(test.bytes),
                testing::AllOf(StartsWith("UNSUPPORTED_FORMAT: "),
                               HasSubstr(test.name)));
  }
}

TEST(ReaderTest, ReadsWebPagesHoweverTheyBegin) {
  for (const std::string& page :
       {std::string("\r\n<!DOCTYPE HTML>\n<HTML lang=zh>规章"),
        std::string("<?xml version='1.0'?><html><body>规章</body></html>"),
        std::string("<div><p>规章</p></div>"),
        std::string("规章<table><tr></table>"),
        Encode("<html><body>规章</body></html>", "GB18030"),
        Encode("<html><body>规章</body></html>", "UTF-16LE"),
        Encode("\ufeff<html><body>规章</body></html>", "UTF-16BE")}) {
    Document document;
    EXPECT_TRUE(Read(page, Limits(), &document).ok()) << page;
    EXPECT_EQ(Show(document), "text 规章\n") << page;
  }
}

TEST(ReaderTest, TakesTextWithAngleBracketsForText) {
  EXPECT_EQ(ReadAndShow("<信息公开条例>的落实 a<b\n"),
            "text <信息公开条例>的落实 a<b\n");
}

TEST(ReaderTest, SaysWhatToDoInBothLanguages) {
  Document document;
  const std::string rtf = "{\\rtf1 ";
  const Rejection rejection = RejectionOf(Read(rtf, Limits(), &document));
  EXPECT_EQ(rejection.outcome, v1::OUTCOME_UNSUPPORTED_FORMAT);
  EXPECT_THAT(rejection.message, HasSubstr("RTF 文档"));
  EXPECT_THAT(rejection.message, HasSubstr("请把报告另存为 Word 文档"));
  EXPECT_THAT(rejection.message_en,
              HasSubstr("Save the report as a Word file"));
}

TEST(ReaderTest, RefusesBytesThatAreNoText) {
  // Control characters in valid UTF-8, NULs, and noise.
  EXPECT_THAT(ReadAndShow("\x01\x02\x03\x04ELF\x01\x01\x01"),
              StartsWith("UNSUPPORTED_FORMAT: "));
  EXPECT_THAT(ReadAndShow(std::string(1000, '\0') + "text"),
              StartsWith("UNSUPPORTED_FORMAT: "));
  std::mt19937 random(31);
  for (int round = 0; round < 200; ++round) {
    std::string noise(500 + random() % 3000, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    EXPECT_THAT(ReadAndShow(noise), StartsWith("UNSUPPORTED_FORMAT: "));
  }
}

TEST(ReaderTest, ReadsTextWithAFewControlCharacters) {
  std::string text = "规章\x07 1\n";
  for (int i = 0; i < 50; ++i) text += "行政许可决定\n";
  EXPECT_THAT(ReadAndShow(text), StartsWith("text 规章\x07 1\n"));
}

TEST(ReaderTest, RefusesDocumentsLargerThanTheLimit) {
  Limits limits;
  limits.max_document_bytes = 6;
  EXPECT_EQ(ReadAndShow("规章", limits), "text 规章\n");
  EXPECT_THAT(ReadAndShow("规章1", limits), StartsWith("TOO_LARGE: "));
  EXPECT_THAT(ReadAndShow(std::string(40 << 20, '\t')),
              StartsWith("TOO_LARGE: "));
}

TEST(ReaderTest, RefusesDocumentsWithMorePiecesThanTheLimit) {
  const char* const layouts[] = {
      "甲\n乙\n丙\n",                // paragraphs
      "\t甲\n\t乙\n\n\t丙\n",        // tab cells
      "甲\t\t丙\n",                  // tab rows
      "甲 |  | 丙 |\n",              // bar rows
      "甲 |\n|\n丙 |\n||\n",         // cell bars
      "甲\n|\n乙\n|\n丙\n|\n",       // lone bars
      "|\n甲\n|\n1\n|\n|\n丙\n|\n",  // bars before rows
      "甲    1    2\n",              // columns
  };
  for (const char* const text : layouts) {
    Limits limits;
    limits.max_pieces = 3;
    Document document;
    ASSERT_TRUE(Read(text, limits, &document).ok()) << text;
    EXPECT_EQ(document.pieces().size(), 3u) << text;
    limits.max_pieces = 2;
    EXPECT_THAT(ReadAndShow(text, limits), StartsWith("LIMIT_EXCEEDED: "))
        << text;
  }
}

TEST(ReaderTest, StopsAtItsLimitsWhateverTheBytes) {
  // Among them what makes tables end and begin again all the time.
  const std::string repeated[] = {"\t",
                                  "|",
                                  "|\n",
                                  "\t\n",
                                  "甲|\n",
                                  "a\n\n",
                                  "1 2\n",
                                  "a\t",
                                  "甲\n|\n",
                                  "a  b",
                                  "|a\n|\n",
                                  " |",
                                  "|\n\n",
                                  "a ",
                                  "\r\r",
                                  "　a　",
                                  "\f\t",
                                  "\\|",
                                  "|-",
                                  "**",
                                  "甲\n|\n乙\n|\n丙\n丁\n",
                                  "\t甲\n乙\n\t1\t2\n",
                                  "a  b\nc\n",
                                  "a | b\n\n",
                                  "\t甲\n\t乙。\n",
                                  "a\n|\n|\n1\n|\n",
                                  "甲 |\n乙\n丙 |\n",
                                  "1 2\n甲\n乙\n",
                                  "\t甲\n乙\n"};
  for (const std::string& part : repeated) {
    std::string bytes = "标题\n";
    while (bytes.size() < (4u << 20)) bytes += part;
    Document document;
    const absl::Status status = Read(bytes, Limits(), &document);
    if (status.ok()) {
      EXPECT_LE(document.pieces().size(), 200'000u);
    } else {
      EXPECT_EQ(RejectionOf(status).outcome, v1::OUTCOME_LIMIT_EXCEEDED)
          << part;
    }
  }
}

TEST(ReaderTest, StopsWhenCharactersChangeTheirLengthAllTheTime) {
  const std::string pair = Encode("a中", "gb18030");
  std::string bytes;
  while (bytes.size() < (24u << 20)) bytes += pair;
  EXPECT_THAT(ReadAndShow(bytes), StartsWith("LIMIT_EXCEEDED: "));
}

TEST(ReaderTest, ADocumentIsEmptiedForTheNextOne) {
  Document document;
  const std::string gb18030 = Encode("甲\t1\n乙\t2\n", "gb18030");
  const std::string utf8 = "规章 |\n3 |\n";
  const std::string bad = "%PDF-1.4";
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(Read(gb18030, Limits(), &document).ok());
    EXPECT_EQ(Show(document), "grid\n  [甲][1]\n  [乙][2]\n");
    ExpectPlaces(document, gb18030);
    ASSERT_TRUE(Read(utf8, Limits(), &document).ok());
    EXPECT_EQ(Show(document), "grid\n  [规章][3]\n");
    EXPECT_EQ(document.encoding(), Encoding::kUtf8);
    ExpectPlaces(document, utf8);
    ASSERT_FALSE(Read(bad, Limits(), &document).ok());
    EXPECT_EQ(Show(document), "");
    EXPECT_TRUE(document.text().empty());
  }
}

TEST(ReaderTest, APlaceOutsideTheTextIsNone) {
  const std::string bytes = "规章";
  Document document;
  ASSERT_TRUE(Read(bytes, Limits(), &document).ok());
  const SourceRange none = document.SourceOf("elsewhere");
  EXPECT_EQ(none.begin, 0);
  EXPECT_EQ(none.end, 0);
  EXPECT_EQ(document.SourceOf({}).end, 0);
}

// What holds for any bytes that are read: valid UTF-8, pieces in order inside
// the text, places in order inside the bytes.
void ExpectSound(const Document& document, std::string_view bytes) {
  EXPECT_EQ(ValidUtf8Prefix(document.text()), document.text().size());
  const char* at = document.text().data();
  int64_t source_at = 0;
  for (const Piece& piece : document.pieces()) {
    ASSERT_GE(piece.text.data(), at);
    at = piece.text.data() + piece.text.size();
    ASSERT_LE(at, document.text().data() + document.text().size());
    EXPECT_EQ(ValidUtf8Prefix(piece.text), piece.text.size());
    const SourceRange range = document.SourceOf(piece.text);
    ASSERT_GE(range.begin, source_at);
    ASSERT_GE(range.end, range.begin);
    ASSERT_LE(range.end, static_cast<int64_t>(bytes.size()));
    source_at = range.end;
  }
}

TEST(ReaderTest, ReadsOrRefusesAnythingThatIsCutOffOrChanged) {
  const std::string parts[] = {
      "规章",   "\t",     "\n",   "\n\n", " | ",  "|\n",  "||\n", "|",
      "0",      " ",      "  ",   "12 ",  "、",   "。\n", "\f",   "\r\n",
      "\u3000", "\u00a0", "一、", "- ",   "---|", "**",   "#",    "—"};
  std::mt19937 random(1949);
  Document document;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const size_t count = random() % 80;
    for (size_t i = 0; i < count; ++i) {
      text += parts[random() % std::size(parts)];
    }
    const char* const names[] = {"UTF-8", "gb18030", "UTF-16LE", "UTF-16BE"};
    std::string bytes = Encode(text, names[random() % 4]);
    if (random() % 2 == 0) bytes.resize(random() % (bytes.size() + 1));
    for (size_t changes = random() % 4; changes > 0 && !bytes.empty();
         --changes) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    if (Read(bytes, Limits(), &document).ok()) {
      ExpectSound(document, bytes);
      if (HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace gongkai::input
