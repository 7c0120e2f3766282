// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Files that are made to hurt: each is answered with its own outcome, without
// the memory or the time it asks for.

#include <zip.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/generator/zip.h"
#include "tests/worker/input/docx/make_docx.h"
#include "worker/input/limits.h"

namespace gongkai::input {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::StartsWith;

std::string Repeat(std::string_view text, size_t count) {
  std::string repeated;
  repeated.reserve(text.size() * count);
  for (size_t i = 0; i < count; ++i) repeated += text;
  return repeated;
}

std::string Nested(std::string_view begin, std::string_view inner,
                   std::string_view end, size_t depth) {
  return Repeat(begin, depth) + std::string(inner) + Repeat(end, depth);
}

// Replaces the little-endian number at `at` behind every `signature`.
void Overwrite(std::string_view signature, size_t at, size_t width,
               uint64_t number, std::string* bytes) {
  for (size_t i = bytes->find(signature); i != std::string::npos;
       i = bytes->find(signature, i + 1)) {
    for (size_t b = 0; b < width; ++b) {
      (*bytes)[i + at + b] = static_cast<char>(number >> (8 * b));
    }
  }
}

const std::string kLocal("PK\x03\x04", 4);
const std::string kCentral("PK\x01\x02", 4);

TEST(HostileDocx, AnArchiveBombIsNotExpanded) {
  EXPECT_THAT(ShowDocx(DocxOf(DocumentXml(P(std::string(8 << 20, ' '))))),
              StartsWith("LIMIT_EXCEEDED: The Word file expands to more than "
                         "200 times"));
}

TEST(HostileDocx, WhatIsExpandedIsLimitedInAll) {
  Limits limits;
  limits.max_expanded_bytes = 2000;
  const std::string text(1500, 'x');
  EXPECT_THAT(ShowDocx(MakeDocx(P(text)), limits), StartsWith("text xxx"));
  EXPECT_THAT(ShowDocx(MakeDocx(P(text), std::string(500, ' ')), limits),
              StartsWith("LIMIT_EXCEEDED: The Word file expands to more than "
                         "the limit of 2000 bytes"));
}

TEST(HostileDocx, EntitiesAreNotExpanded) {
  std::string laughs = "<!DOCTYPE w:document [<!ENTITY a0 \"ha\">";
  for (int i = 1; i < 10; ++i) {
    const std::string last = "&a" + std::to_string(i - 1) + ";";
    laughs +=
        "<!ENTITY a" + std::to_string(i) + " \"" + Repeat(last, 10) + "\">";
  }
  const std::string xml = DocumentXml(P("&a9;"));
  const size_t root = xml.find("<w:document");
  EXPECT_THAT(ShowDocx(DocxOf(laughs + "]>" + xml.substr(root))),
              StartsWith("MALFORMED: The Word file holds a document type"));
  EXPECT_EQ(ShowDocx(MakeDocx(P("&unknown;"))), "text &unknown;\n");
}

TEST(HostileDocx, ExternalEntitiesAreNotFetched) {
  const std::string xml = DocumentXml(P("&x;"));
  EXPECT_THAT(ShowDocx(DocxOf(
                  "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/hosts\">]>" +
                  xml.substr(xml.find("<w:document")))),
              StartsWith("MALFORMED: The Word file holds a document type"));
}

TEST(HostileDocx, DeepElementsAreLeft) {
  constexpr size_t kDepth = 10'000;
  const char kTooDeep[] =
      "LIMIT_EXCEEDED: The content of the Word file is "
      "nested deeper than the limit of 256";
  EXPECT_THAT(
      ShowDocx(MakeDocx(
          "<w:p>" + Nested("<w:ins>", R("1"), "</w:ins>", kDepth) + "</w:p>")),
      StartsWith(kTooDeep));
  EXPECT_THAT(ShowDocx(MakeDocx(Nested("<w:sdt><w:sdtContent>", P("1"),
                                       "</w:sdtContent></w:sdt>", kDepth))),
              StartsWith(kTooDeep));
  EXPECT_THAT(ShowDocx(MakeDocx("<w:p><w:r><w:drawing>" +
                                Nested("<a>", "", "</a>", kDepth) +
                                "</w:drawing></w:r></w:p>")),
              StartsWith(kTooDeep));
  EXPECT_THAT(ShowDocx(MakeDocx(Tbl(Nested("<w:customXml>", Tr(Tc("1")),
                                           "</w:customXml>", kDepth)))),
              StartsWith(kTooDeep));
  EXPECT_THAT(
      ShowDocx(MakeDocx(
          "<w:p>" +
          Repeat("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>", kDepth) +
          "</w:p>")),
      StartsWith(kTooDeep));
  // What is not read may stand as deep as it likes.
  EXPECT_EQ(ShowDocx(MakeDocx("<w:p><w:r><w:rPr>" +
                              Nested("<a>", "", "</a>", kDepth) +
                              "</w:rPr><w:t>1</w:t></w:r></w:p>")),
            "text 1\n");
}

TEST(HostileDocx, TablesInTablesAreLimited) {
  EXPECT_THAT(ShowDocx(MakeDocx(Nested("<w:tbl><w:tr><w:tc>", P("1"),
                                       "</w:tc></w:tr></w:tbl>", 17))),
              StartsWith("LIMIT_EXCEEDED: The tables of the Word file are "
                         "nested deeper than the limit of 16"));
  EXPECT_EQ(ShowDocx(MakeDocx(Nested("<w:tbl><w:tr><w:tc>", P("1"),
                                     "</w:tc></w:tr></w:tbl>", 16))),
            "text 1\n");
}

TEST(HostileDocx, WideSpansAreRefused) {
  const char kTooWide[] =
      "LIMIT_EXCEEDED: A table of the Word file has more "
      "than 256 columns";
  for (const std::string columns : {"257", "1000000", "99999999999999999999"}) {
    EXPECT_THAT(
        ShowDocx(MakeDocx(Tbl(
            Tr(Tc("1") + Tc("2", "<w:gridSpan w:val=\"" + columns + "\"/>"))))),
        StartsWith(kTooWide));
    EXPECT_THAT(
        ShowDocx(MakeDocx(Tbl(Tr(Tc("1") + Tc("2"),
                                 "<w:gridAfter w:val=\"" + columns + "\"/>")))),
        StartsWith(kTooWide));
  }
  EXPECT_THAT(ShowDocx(MakeDocx(
                  Tbl(Tr(Tc("1") + Tc("2", "<w:gridSpan w:val=\"-3\"/>"))))),
              StartsWith("grid\n  [1][2]"));
}

TEST(HostileDocx, SpansCountAsCells) {
  Limits limits;
  limits.max_pieces = 1000;
  // One row in which every column begins, then rows that span most of them.
  const std::string columns = Tr(Repeat(Tc("1"), 200));
  const std::string row = Tr(Tc("1") + Tc("2", "<w:gridSpan w:val=\"199\"/>"));
  EXPECT_THAT(ShowDocx(MakeDocx(Tbl(columns + Repeat(row, 4))), limits),
              StartsWith("grid"));
  EXPECT_THAT(ShowDocx(MakeDocx(Tbl(columns + Repeat(row, 5))), limits),
              StartsWith("LIMIT_EXCEEDED: The document has more lines and "
                         "cells"));
}

TEST(HostileDocx, ElementsAndAttributesAreCounted) {
  Limits limits;
  limits.max_xml_nodes = 1000;
  const char kTooMany[] = "LIMIT_EXCEEDED: The Word file has more XML elements";
  EXPECT_THAT(ShowDocx(MakeDocx(P("1") + Repeat("<w:p/>", 1000)), limits),
              StartsWith(kTooMany));
  EXPECT_THAT(
      ShowDocx(MakeDocx("<w:p " + Repeat("a=\"\" ", 1000) + "/>"), limits),
      StartsWith(kTooMany));
}

TEST(HostileDocx, EntriesOfTheArchiveAreCounted) {
  std::vector<generator::ZipEntry> entries = {
      {"word/document.xml", DocumentXml(P("1"))}};
  Limits limits;
  limits.max_archive_entries = 10;
  while (entries.size() < 10) {
    entries.push_back({"f" + std::to_string(entries.size()), ""});
  }
  EXPECT_EQ(ShowDocx(generator::MakeZip(entries), limits), "text 1\n");
  entries.push_back({"one more", ""});
  EXPECT_THAT(ShowDocx(generator::MakeZip(entries), limits),
              StartsWith("LIMIT_EXCEEDED: The archive holds more files"));
}

TEST(HostileDocx, AnArchiveThatAnnouncesEntriesItHasNotIsRefused) {
  std::string bytes = MakeDocx(P("1"));
  // A record and a locator of the 64-bit format before the last record.
  const size_t end = bytes.rfind(std::string("PK\x05\x06", 4));
  ASSERT_NE(end, std::string::npos);
  std::string record("PK\x06\x06", 4);
  record.resize(56, '\0');
  for (const size_t at : {24, 32}) record[at + 4] = 0x10;  // 2^36 entries
  record[4] = 44;
  std::string locator("PK\x06\x07", 4);
  locator.resize(20, '\0');
  for (int b = 0; b < 4; ++b) {
    locator[8 + b] = static_cast<char>(end >> (8 * b));
  }
  locator[16] = 1;
  std::string last = bytes.substr(end);
  for (const size_t at : {8, 9, 10, 11}) last[at] = '\xFF';
  for (size_t at = 12; at < 20; ++at) last[at] = '\xFF';
  EXPECT_THAT(ShowDocx(bytes.substr(0, end) + record + locator + last),
              StartsWith("LIMIT_EXCEEDED: The archive holds more files"));
}

TEST(HostileDocx, AFileThatBreaksOffIsDamagedWhereverItBreaks) {
  const std::string bytes = MakeDocx(P("一、总体情况"), "", "<w:style/>");
  for (size_t size = 40; size < bytes.size(); size += 7) {
    EXPECT_THAT(
        ShowDocx(bytes.substr(0, size)),
        AnyOf(StartsWith("MALFORMED: "), StartsWith("UNSUPPORTED_FORMAT: ")))
        << size;
  }
}

TEST(HostileDocx, AWrongChecksumIsSeen) {
  std::string bytes = MakeDocx(P("12"));
  Overwrite(kCentral, 16, 4, 0x12345678, &bytes);
  Overwrite(kLocal, 14, 4, 0x12345678, &bytes);
  EXPECT_THAT(ShowDocx(bytes),
              StartsWith("MALFORMED: The Word file is damaged"));
}

TEST(HostileDocx, FalseSizesChangeNothing) {
  for (const uint64_t size : {0u, 1u, 0x7FFFFFFFu, 0xFFFFFFFEu}) {
    // The expanded size, then the packed one.
    for (const size_t at : {24, 20}) {
      std::string bytes = MakeDocx(P("12"));
      Overwrite(kCentral, at, 4, size, &bytes);
      // What is read agrees with the checksum, or is not believed.
      EXPECT_THAT(ShowDocx(bytes),
                  AnyOf("text 12\n", StartsWith("MALFORMED: ")))
          << size;
    }
  }
}

TEST(HostileDocx, AnyByteMayBeWrong) {
  const std::string good = MakeDocx(
      P("一、总体情况") + Tbl(Tr(Tc("甲") + Tc("1")) + Tr(Tc("乙") + Tc("2"))));
  for (size_t i = 0; i < good.size(); ++i) {
    for (const int flip : {0x01, 0x80, 0xFF}) {
      std::string bytes = good;
      bytes[i] = static_cast<char>(bytes[i] ^ flip);
      EXPECT_FALSE(ShowDocx(bytes).empty()) << i;
    }
  }
}

TEST(HostileDocx, AFileUnderAPasswordSaysSo) {
  std::string bytes = MakeDocx(P("12"));
  Overwrite(kCentral, 8, 2, 1, &bytes);  // the entry is encrypted
  Overwrite(kLocal, 6, 2, 1, &bytes);
  EXPECT_THAT(ShowDocx(bytes),
              StartsWith("UNSUPPORTED_FORMAT: The Word file is protected by a "
                         "password"));
}

TEST(HostileDocx, AnUnknownCompressionSaysSo) {
  std::string bytes = MakeDocx(P("12"));
  Overwrite(kCentral, 10, 2, 97, &bytes);
  Overwrite(kLocal, 8, 2, 97, &bytes);
  EXPECT_THAT(ShowDocx(bytes), HasSubstr("compressed in a way"));
}

TEST(HostileDocx, BrokenXmlIsDamage) {
  for (const std::string xml :
       {"", "<", "<w:document", "<w:document><w:body>", "not xml at all"}) {
    EXPECT_THAT(
        ShowDocx(DocxOf(xml)),
        AnyOf(StartsWith("MALFORMED: "), StartsWith("UNSUPPORTED_FORMAT: ")))
        << xml;
  }
}

TEST(HostileDocx, ListsThatNobodyNeedsTakeNoMemory) {
  std::string lists = Repeat("<w:abstractNum/>", 40'000) +
                      Repeat(
                          "<w:num><w:lvlOverride><w:lvl/></w:lvlOverride>"
                          "</w:num>",
                          3'000);
  EXPECT_EQ(ShowDocx(MakeDocx(P("1"), lists)), "text 1\n");
}

}  // namespace
}  // namespace gongkai::input
