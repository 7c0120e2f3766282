// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/internal/utf8.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace gongkai::internal {
namespace {

TEST(Utf8, KnowsWellFormedText) {
  EXPECT_TRUE(IsUtf8(""));
  EXPECT_TRUE(IsUtf8("plain"));
  EXPECT_TRUE(IsUtf8("某县"));
  EXPECT_TRUE(IsUtf8("\xF0\x9F\x8E\x81"));
  EXPECT_TRUE(IsUtf8(std::string_view("\0", 1)));
}

TEST(Utf8, KnowsEveryKindOfMistake) {
  for (const char* text : {
           "\x80",              // a continuation alone
           "\xC3",              // cut off
           "\xE6\x9F",          // cut off
           "\xC0\xAF",          // overlong
           "\xE0\x9F\xBF",      // overlong
           "\xF0\x8F\xBF\xBF",  // overlong
           "\xED\xA0\x80",      // a surrogate
           "\xF4\x90\x80\x80",  // above U+10FFFF
           "\xFE",
       }) {
    EXPECT_FALSE(IsUtf8(text));
    EXPECT_TRUE(IsUtf8(ToUtf8(text)));
  }
}

TEST(Utf8, ReplacesOnlyWhatIsNoCharacter) {
  EXPECT_EQ(ToUtf8("县\xFF.txt"), "县\xEF\xBF\xBD.txt");
  EXPECT_EQ(ToUtf8("县.txt"), "县.txt");
}

}  // namespace
}  // namespace gongkai::internal
