// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/html/html_entities.h"

#include "gtest/gtest.h"

namespace gongkai::input {
namespace {

void ExpectEntity(std::string_view text, char32_t code, size_t length) {
  const HtmlEntity entity = ReadHtmlEntity(text);
  EXPECT_EQ(static_cast<uint32_t>(entity.code), static_cast<uint32_t>(code))
      << text;
  EXPECT_EQ(entity.length, length) << text;
}

TEST(HtmlEntitiesTest, ReadsNames) {
  ExpectEntity("&nbsp;5", 0xA0, 6);
  ExpectEntity("&ldquo;", 0x201C, 7);
  ExpectEntity("&AMP;", '&', 5);
  ExpectEntity("&apos;", '\'', 6);
  ExpectEntity("&emsp;", 0x2003, 6);
  ExpectEntity("&thetasym;", 0x3D1, 10);
  ExpectEntity("&frac12;", 0xBD, 8);
}

TEST(HtmlEntitiesTest, SomeNamesNeedNoSemicolon) {
  ExpectEntity("&nbsp5", 0xA0, 5);
  ExpectEntity("&nbspx;", 0xA0, 5);
  ExpectEntity("&lt", '<', 3);
  ExpectEntity("&ldquo5", 0, 0);
}

TEST(HtmlEntitiesTest, ReadsNumbers) {
  ExpectEntity("&#55;1", '7', 5);
  ExpectEntity("&#x38;", '8', 6);
  ExpectEntity("&#X4e00;", 0x4E00, 8);
  ExpectEntity("&#20108", 0x4E8C, 7);
  ExpectEntity("&#147;", 0x201C, 6);
  ExpectEntity("&#x1F600;", 0x1F600, 9);
}

TEST(HtmlEntitiesTest, ANumberThatIsNoCharacterIsReplaced) {
  ExpectEntity("&#0;", 0xFFFD, 4);
  ExpectEntity("&#xD800;", 0xFFFD, 8);
  ExpectEntity("&#99999999999999999999;", 0xFFFD, 23);
}

TEST(HtmlEntitiesTest, WhatIsNoReferenceIsText) {
  for (const char* text : {"&", "&;", "& ", "&#", "&#;", "&#x;", "&report;",
                           "&a=b&c=d", "&规章;"}) {
    ExpectEntity(text, 0, 0);
  }
}

}  // namespace
}  // namespace gongkai::input
