// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/encoding.h"

#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <random>
#include <string>

#include "tests/worker/input/read_document.h"
#include "worker/input/gb18030.h"
#include "worker/input/reader.h"
#include "worker/input/utf8.h"

namespace gongkai::input {
namespace {

// All layouts in one, with characters of every length in every encoding:
// 㐀 and ¥ take four bytes in GB18030, 𠮷 four everywhere.
constexpr char kReport[] =
    "松河县2024年政府信息公开工作年度报告\n\n"
    "一、总体情况\n　　本县全年主动公开35条，¥1,203.50，村名𠮷㐀。\n"
    "\t第二十条第（一）项\n\n\t信息内容\n\t本年制\n发件数\n\n\t规章\n\t\u00a00"
    "\n\n"
    "三、收到和处理申请情况\n"
    "新收\t\t3\t0\t\n\t予以公开\t1\t\t2\n"
    "说明文字：“三安全”。\n"
    "维持 | 纠正 |  | 总计 |\n1 | 2 ||| 3 |\n"
    "结转 |\n|\n7 |\n||\n"
    "以下为栏目。\n规章        1     12\n文件        30    4\n"
    "六、其他。\n无。\n";

struct EncodingCase {
  const char* name;
  const char* mark;  // in UTF-8
  Encoding encoding;
};

class EncodingTest : public testing::TestWithParam<EncodingCase> {};

TEST_P(EncodingTest, GivesTheSameBlocksAndExactPlaces) {
  const EncodingCase& test = GetParam();
  const std::string bytes =
      Encode(test.mark, test.name) + Encode(kReport, test.name);
  Document document;
  ASSERT_TRUE(Read(bytes, Limits(), &document).ok());
  EXPECT_EQ(document.encoding(), test.encoding);
  EXPECT_EQ(document.replaced(), 0);
  EXPECT_EQ(document.text(), kReport);
  EXPECT_EQ(Show(document), ReadAndShow(kReport));
  ExpectPlaces(document, bytes);
}

TEST_P(EncodingTest, PlacesEveryCharacter) {
  const EncodingCase& test = GetParam();
  const std::string mark = Encode(test.mark, test.name);
  const std::string bytes = mark + Encode(kReport, test.name);
  Document document;
  ASSERT_TRUE(Read(bytes, Limits(), &document).ok());
  std::string_view rest = document.text();
  int64_t place = static_cast<int64_t>(mark.size());
  while (!rest.empty()) {
    size_t length = 1;
    while (length < rest.size() && (rest[length] & 0xC0) == 0x80) ++length;
    const std::string_view character = rest.substr(0, length);
    const SourceRange range = document.SourceOf(character);
    EXPECT_EQ(range.begin, place);
    EXPECT_EQ(bytes.substr(range.begin, range.end - range.begin),
              Encode(character, test.name));
    place = range.end;
    rest.remove_prefix(length);
  }
  EXPECT_EQ(place, static_cast<int64_t>(bytes.size()));
}

INSTANTIATE_TEST_SUITE_P(
    All, EncodingTest,
    testing::Values(EncodingCase{"UTF-8", "", Encoding::kUtf8},
                    EncodingCase{"UTF-8", "\ufeff", Encoding::kUtf8},
                    EncodingCase{"gb18030", "", Encoding::kGb18030},
                    EncodingCase{"gb18030", "\ufeff", Encoding::kGb18030},
                    EncodingCase{"UTF-16LE", "", Encoding::kUtf16Le},
                    EncodingCase{"UTF-16LE", "\ufeff", Encoding::kUtf16Le},
                    EncodingCase{"UTF-16BE", "", Encoding::kUtf16Be},
                    EncodingCase{"UTF-16BE", "\ufeff", Encoding::kUtf16Be}));

TEST(EncodingOfTextTest, Utf8IsUsedWhereItStands) {
  const std::string bytes = "规章 1";
  Document document;
  ASSERT_TRUE(Read(bytes, Limits(), &document).ok());
  EXPECT_EQ(static_cast<const void*>(document.text().data()), bytes.data());
}

TEST(EncodingOfTextTest, IsFoundForShortTexts) {
  const struct {
    const char* text;
    const char* name;
    Encoding encoding;
  } cases[] = {
      {"无", "gb18030", Encoding::kGb18030},
      {"规章 1", "gb18030", Encoding::kGb18030},
      {"plain text", "UTF-16LE", Encoding::kUtf16Le},
      {"plain text", "UTF-16BE", Encoding::kUtf16Be},
      {"一、总体情况\n", "UTF-16LE", Encoding::kUtf16Le},
      // No NUL at all.
      {"本机关全年主动公开政府信息情况良好，没有收到申请。", "UTF-16LE",
       Encoding::kUtf16Le},
      {"本机关全年主动公开政府信息情况良好，没有收到申请。", "UTF-16BE",
       Encoding::kUtf16Be},
  };
  for (const auto& test : cases) {
    const std::string bytes = Encode(test.text, test.name);
    Document document;
    ASSERT_TRUE(Read(bytes, Limits(), &document).ok()) << test.text;
    EXPECT_EQ(document.encoding(), test.encoding) << test.text;
    EXPECT_EQ(document.text(), test.text);
  }
}

TEST(EncodingOfTextTest, FewBadSequencesInUtf8AreReplacedAndCounted) {
  std::string bytes;
  for (int i = 0; i < 20; ++i) bytes += "行政许可决定\n";
  bytes += "行\xE6\x94政\xFF许可\n";
  Document document;
  ASSERT_TRUE(Read(bytes, Limits(), &document).ok());
  EXPECT_EQ(document.encoding(), Encoding::kUtf8);
  EXPECT_EQ(document.replaced(), 2);
  const Piece& last = document.pieces().back();
  EXPECT_EQ(last.text, "行\ufffd政\ufffd许可");
  const SourceRange range = document.SourceOf(last.text);
  EXPECT_EQ(bytes.substr(range.begin, range.end - range.begin),
            "行\xE6\x94政\xFF许可");
  // 政 stands behind two bytes for one replaced character.
  const SourceRange inner = document.SourceOf(last.text.substr(6, 3));
  EXPECT_EQ(bytes.substr(inner.begin, inner.end - inner.begin), "政");
}

TEST(EncodingOfTextTest, ATextCutOffInsideACharacterIsStillRead) {
  const std::string text = "规章\t1\t0\n文件\t2\t无";
  for (const char* const name : {"UTF-8", "gb18030", "UTF-16LE"}) {
    std::string bytes = Encode(text, name);
    bytes.pop_back();
    Document document;
    ASSERT_TRUE(Read(bytes, Limits(), &document).ok()) << name;
    EXPECT_EQ(document.replaced(), 1) << name;
    EXPECT_EQ(Show(document), "grid\n  [规章][1][0]\n  [文件][2][\ufffd]\n")
        << name;
  }
}

TEST(EncodingOfTextTest, AFewBadBytesInGb18030AreReplaced) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) bytes += Encode("行政许可决定\n", "gb18030");
  bytes += "\xFF" + Encode("完", "gb18030");
  Document document;
  ASSERT_TRUE(Read(bytes, Limits(), &document).ok());
  EXPECT_EQ(document.encoding(), Encoding::kGb18030);
  EXPECT_EQ(document.replaced(), 1);
  EXPECT_EQ(document.pieces().back().text, "\ufffd完");
}

TEST(EncodingOfTextTest, LoneSurrogatesInUtf16AreReplaced) {
  std::string bytes = Encode("\ufeff规章\n", "UTF-16LE");
  for (int i = 0; i < 30; ++i) bytes += Encode("没有制定。", "UTF-16LE");
  bytes += std::string("\x00\xD8", 2) + Encode("完", "UTF-16LE");
  Document document;
  ASSERT_TRUE(Read(bytes, Limits(), &document).ok());
  EXPECT_EQ(document.replaced(), 1);
  EXPECT_TRUE(document.text().ends_with("\ufffd完"));
}

// The whole repertoire against ICU's own converter.
TEST(Gb18030Test, DecodesAsIcuDoes) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter* const converter = ucnv_open("gb18030", &error);
  ASSERT_TRUE(U_SUCCESS(error));
  const Gb18030& tables = Gb18030::Get();
  size_t four_bytes = 0;
  for (char32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    char16_t utf16[2];
    int32_t length = 0;
    if (code < 0x10000) {
      utf16[length++] = static_cast<char16_t>(code);
    } else {
      utf16[length++] = static_cast<char16_t>(0xD7C0 + (code >> 10));
      utf16[length++] = static_cast<char16_t>(0xDC00 + (code & 0x3FF));
    }
    char bytes[8];
    error = U_ZERO_ERROR;
    const int32_t size =
        ucnv_fromUChars(converter, bytes, 8, utf16, length, &error);
    ASSERT_TRUE(U_SUCCESS(error));
    if (code == 0xFFFD) continue;
    const Gb18030Character character =
        tables.Decode(std::string_view(bytes, size));
    ASSERT_EQ(static_cast<uint32_t>(character.code),
              static_cast<uint32_t>(code));
    ASSERT_EQ(static_cast<int32_t>(character.length), size);
    ASSERT_FALSE(character.bad);
    four_bytes += size == 4;
  }
  EXPECT_GT(four_bytes, 1'000'000u);
  ucnv_close(converter);
}

// Validity by the definition, one character at a time.
size_t PlainValidPrefix(std::string_view bytes) {
  size_t i = 0;
  while (i < bytes.size()) {
    const auto at = [&](size_t n) {
      return i + n < bytes.size() ? static_cast<uint8_t>(bytes[i + n]) : 0;
    };
    const uint8_t lead = at(0);
    size_t length = 0;
    char32_t code = 0;
    if (lead < 0x80) {
      ++i;
      continue;
    } else if (lead >> 5 == 6) {
      length = 2;
      code = lead & 0x1F;
    } else if (lead >> 4 == 14) {
      length = 3;
      code = lead & 0x0F;
    } else if (lead >> 3 == 30) {
      length = 4;
      code = lead & 0x07;
    } else {
      return i;
    }
    for (size_t n = 1; n < length; ++n) {
      if (at(n) >> 6 != 2) return i;
      code = code << 6 | (at(n) & 0x3F);
    }
    if (Utf8Length(code) != length || code > 0x10FFFF ||
        (code >= 0xD800 && code <= 0xDFFF)) {
      return i;
    }
    i += length;
  }
  return i;
}

TEST(Utf8Test, TellsValidFromBadAsTheDefinitionDoes) {
  const std::string parts[] = {"a",
                               "0\t1\n",
                               "abcdefgh",
                               "中",
                               "，。",
                               "é",
                               "𠮷",
                               "\xE0\xA0\x80",
                               "\xE0\x9F\xBF",
                               "\xED\x9F\xBF",
                               "\xED\xA0\x80",
                               "\xEF\xBF\xBF",
                               "\xF0\x90\x80\x80",
                               "\xF0\x8F\xBF\xBF",
                               "\xF4\x8F\xBF\xBF",
                               "\xF4\x90\x80\x80",
                               "\xC1\xBF",
                               "\xC2",
                               "\x80",
                               "\xE4\xB8",
                               "\xF5",
                               "中文字符"};
  std::mt19937 random(711);
  for (int round = 0; round < 40000; ++round) {
    std::string bytes;
    // Good ones before, so that whole blocks stand at every place, too.
    for (size_t i = round % 2 * (random() % 80); i > 0; --i) {
      bytes += parts[random() % 5];
    }
    const size_t count = random() % 12;
    for (size_t i = 0; i < count; ++i) {
      // Mostly good ones, so that bad ones stand at every place.
      bytes += parts[random() % (random() % 4 == 0 ? std::size(parts) : 7)];
    }
    ASSERT_EQ(ValidUtf8Prefix(bytes), PlainValidPrefix(bytes))
        << testing::PrintToString(bytes);
  }
}

TEST(Utf8Test, BadSequencesAreAsLongAsUnicodeRecommends) {
  EXPECT_EQ(BadUtf8Length("\x80x"), 1u);
  EXPECT_EQ(BadUtf8Length("\xFFx"), 1u);
  EXPECT_EQ(BadUtf8Length("\xE4\xB8x"), 2u);
  EXPECT_EQ(BadUtf8Length("\xF0\x90\x80x"), 3u);
  EXPECT_EQ(BadUtf8Length("\xE0\x80\x80"), 1u);
  EXPECT_EQ(BadUtf8Length("\xE4"), 1u);
}

}  // namespace
}  // namespace gongkai::input
