// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/read_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace gongkai::catalog {
namespace {

v1::Report ReportOf(const std::string& text) {
  v1::Report report;
  report.add_sections()->set_text(text);
  return report;
}

std::u16string CodesOf(const CodedText& text) {
  return {text.codes, text.size};
}

TEST(ReadTextTest, HasTitlePrefaceAndSections) {
  v1::Report report = ReportOf("第一节。");
  report.set_title("年度报告");
  report.mutable_preface()->set_text("前言2024");
  report.add_sections()->set_text("");
  report.add_sections()->set_text("第三节");
  ReadText text;
  text.Read(report);
  EXPECT_EQ(CodesOf(text.title()), u"年度报告");
  EXPECT_EQ(CodesOf(text.preface()), u"前言2024");
  EXPECT_EQ(CodesOf(text.section(0)), u"第一节。");
  EXPECT_EQ(CodesOf(text.section(1)), u"");
  EXPECT_EQ(CodesOf(text.section(2)), u"第三节");
  EXPECT_EQ(text.section(2).codes[3], u'\0');
  text.Read(ReportOf("又一份"));
  EXPECT_EQ(CodesOf(text.title()), u"");
  EXPECT_EQ(CodesOf(text.section(0)), u"又一份");
}

TEST(ReadTextTest, GivesPartsAsTheyStandInTheText) {
  const v1::Report report = ReportOf("共2件é𠀀。\n完");
  ReadText read;
  read.Read(report);
  const CodedText text = read.section(0);
  ASSERT_EQ(CodesOf(text), u"共2件é𠀀。\n完");
  EXPECT_EQ(text.Part(0, 3), "共2件");
  EXPECT_EQ(text.Part(3, 6), "é𠀀");
  EXPECT_EQ(text.Part(6, text.size), "。\n完");
  EXPECT_EQ(text.Find(0), 0u);
  EXPECT_EQ(text.Find(3), 1u);
  EXPECT_EQ(text.Find(4, 1), 2u);
  EXPECT_EQ(text.Find(text.text.size()), text.size);
  EXPECT_EQ(text.Next(u'\n', 0, text.size), 7u);
  EXPECT_EQ(text.Next(u'\n', 8, text.size), text.size);
  EXPECT_EQ(text.Next(u'\n', 0, 7), 7u);
}

TEST(ReadTextTest, TakesBytesThatAreNoCharactersOneByOne) {
  for (const char* const broken :
       {"\x80", "\xE5", "\xE5\xBC", "\xC3", "\xF0\xA0\x80"}) {
    const v1::Report report = ReportOf(std::string("件") + broken);
    ReadText text;
    text.Read(report);
    const std::u16string codes = CodesOf(text.section(0));
    EXPECT_EQ(codes,
              u"件" + std::u16string(report.sections(0).text().size() - 3,
                                     u'\uFFFD'));
    EXPECT_EQ(codes, Utf16Of(report.sections(0).text()));
  }
}

void Append(char32_t c, std::string* utf8, std::u16string* utf16) {
  const auto add = [utf8](char32_t byte) {
    utf8->push_back(static_cast<char>(byte));
  };
  if (c < 0x80) {
    add(c);
  } else if (c < 0x800) {
    add(0xC0 | c >> 6);
    add(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    add(0xE0 | c >> 12);
    add(0x80 | (c >> 6 & 0x3F));
    add(0x80 | (c & 0x3F));
  } else {
    add(0xF0 | c >> 18);
    add(0x80 | (c >> 12 & 0x3F));
    add(0x80 | (c >> 6 & 0x3F));
    add(0x80 | (c & 0x3F));
    utf16->push_back(static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10)));
    utf16->push_back(static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF)));
    return;
  }
  utf16->push_back(static_cast<char16_t>(c));
}

// Characters of all lengths, those of three bytes in runs of any length.
TEST(ReadTextTest, ReadsAnyTextAndKnowsWhereItsCharactersBegin) {
  std::mt19937 random(1);
  ReadText read;
  for (int round = 0; round < 2000; ++round) {
    std::string utf8;
    std::u16string utf16;
    std::vector<uint32_t> begins;
    const size_t wanted = random() % (round % 100 == 0 ? 9000 : 80);
    while (utf16.size() < wanted) {
      const char32_t other[] = {U'7', U'é', 0x7FF, 0x20000, 0x10FFFF, U'\n'};
      const char32_t c = random() % 8 == 0 ? other[random() % 6]
                         : random() % 16 == 0
                             ? 0xE000 + random() % 0x1FFE
                             : 0x800 + random() % (0xD800 - 0x800);
      const uint32_t begin = static_cast<uint32_t>(utf8.size());
      Append(c, &utf8, &utf16);
      begins.resize(utf16.size(), begin);
    }
    begins.push_back(static_cast<uint32_t>(utf8.size()));
    v1::Report report = ReportOf("前");
    report.add_sections()->set_text(utf8);
    read.Read(report);
    const CodedText text = read.section(1);
    ASSERT_EQ(CodesOf(text), utf16);
    ASSERT_EQ(std::vector<uint32_t>(text.begins, text.begins + text.size + 1),
              begins);
    ASSERT_EQ(Utf16Of(utf8), utf16);
    if (utf16.empty()) continue;
    const size_t from = random() % utf16.size();
    const size_t byte =
        begins[from] + random() % (utf8.size() + 1 - begins[from]);
    const size_t at = text.Find(byte, from);
    ASSERT_TRUE(begins[at] >= byte && (at == from || begins[at - 1] < byte));
    const char16_t c = utf16[random() % utf16.size()];
    const size_t end = from + random() % (utf16.size() + 1 - from);
    ASSERT_EQ(text.Next(c, from, end), std::min(utf16.find(c, from), end));
  }
}

}  // namespace
}  // namespace gongkai::catalog
