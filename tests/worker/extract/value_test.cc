// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/value.h"

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/worker/extract/reading_room.h"

namespace gongkai::extract {
namespace {

// "1234", "96171.6", with " 件" behind if there is a unit; "blank", "n/a",
// "text".
std::string Read(std::string_view text) {
  const Value value = TestValues().Parse(text);
  switch (value.kind) {
    case Value::Kind::kBlank:
      return "blank";
    case Value::Kind::kNotApplicable:
      return "n/a";
    case Value::Kind::kText:
      return "text";
    case Value::Kind::kNumber:
      break;
  }
  return absl::StrCat(DecimalText(value.digits, value.scale),
                      value.unit.empty() ? "" : " ", std::string(value.unit));
}

TEST(ValueTest, DigitsAreANumber) {
  EXPECT_EQ(Read("0"), "0");
  EXPECT_EQ(Read("007"), "7");
  EXPECT_EQ(Read("11398889"), "11398889");
}

TEST(ValueTest, FullWidthDigitsAreDigits) {
  EXPECT_EQ(Read("０"), "0");
  EXPECT_EQ(Read("１２３４"), "1234");
  EXPECT_EQ(Read("１，２３４"), "1234");
  EXPECT_EQ(Read("－３"), "-3");
  EXPECT_EQ(Read("９．５"), "9.5");
}

TEST(ValueTest, SignsCount) {
  EXPECT_EQ(Read("+21"), "21");
  EXPECT_EQ(Read("＋21"), "21");
  EXPECT_EQ(Read("-3"), "-3");
  EXPECT_EQ(Read("−3"), "-3");
  EXPECT_EQ(Read("-0"), "0");
  EXPECT_EQ(Read("--3"), "text");
  EXPECT_EQ(Read("3-"), "text");
  EXPECT_EQ(Read("3-5"), "text");
  EXPECT_EQ(Read("+"), "text");
}

TEST(ValueTest, ThousandsSeparatorsStandBeforeThreeDigits) {
  EXPECT_EQ(Read("1,234"), "1234");
  EXPECT_EQ(Read("1，234"), "1234");
  EXPECT_EQ(Read("12,345,678"), "12345678");
  EXPECT_EQ(Read("-1,234.5"), "-1234.5");
}

TEST(ValueTest, SeparatorsInOtherPlacesMakeNoNumber) {
  for (const char* text : {"1,23", "1,2345", "1234,567", ",123", "1,", "1,,234",
                           "1,234,56", "1,23.4", "1.234,567", "12,3"}) {
    EXPECT_EQ(Read(text), "text") << text;
  }
}

TEST(ValueTest, DecimalsAreExact) {
  EXPECT_EQ(Read("96171.6"), "96171.6");
  EXPECT_EQ(Read("59237.2449"), "59237.2449");
  EXPECT_EQ(Read("0.1"), "0.1");
  EXPECT_EQ(Read("0.30"), "0.3");
  EXPECT_EQ(Read("-0.05"), "-0.05");
  EXPECT_EQ(Read("72701.2578"), "72701.2578");
}

TEST(ValueTest, AFractionIsToldFromAWholeNumber) {
  EXPECT_EQ(TestValues().Parse("1.5").scale, 1);
  EXPECT_EQ(TestValues().Parse("12.00").scale, 2);
  EXPECT_EQ(TestValues().Parse("12").scale, 0);
}

TEST(ValueTest, HalfADecimalIsNoNumber) {
  for (const char* text : {"5.", ".5", "1.2.3", "."}) {
    EXPECT_EQ(Read(text), "text") << text;
  }
}

TEST(ValueTest, UnitsAreKeptApart) {
  EXPECT_EQ(Read("251000元"), "251000 元");
  EXPECT_EQ(Read("12件"), "12 件");
  EXPECT_EQ(Read("12 件"), "12 件");
  EXPECT_EQ(Read("477.35万元"), "477.35 万元");
  EXPECT_EQ(Read("１２件"), "12 件");
}

TEST(ValueTest, WhatIsNoUnitMakesNoNumber) {
  for (const char* text :
       {"12月", "2024年", "12件3", "12 34", "3个月", "件", "12件件", "第3"}) {
    EXPECT_EQ(Read(text), "text") << text;
  }
}

TEST(ValueTest, LettersAndWordsForZeroAreZero) {
  for (const char* text : {"O", "o", "〇", "零"}) {
    EXPECT_EQ(Read(text), "0") << text;
  }
}

TEST(ValueTest, LettersAmongDigitsAreNotRead) {
  for (const char* text : {"1O", "O1", "l2", "一〇", "〇〇", "零件"}) {
    EXPECT_EQ(Read(text), "text") << text;
  }
}

TEST(ValueTest, DashesAndWordsForNothingAreNotApplicable) {
  for (const char* text :
       {"/", "／", "-", "--", "—", "——", "－", "无", "N/A"}) {
    EXPECT_EQ(Read(text), "n/a") << text;
  }
}

TEST(ValueTest, AnEmptyCellIsBlankAndNotZero) { EXPECT_EQ(Read(""), "blank"); }

TEST(ValueTest, OtherTextIsNoNumber) {
  for (const char* text : {"abc", "约30", "详见附件", "规章", "一、", "(3)"}) {
    EXPECT_EQ(Read(text), "text") << text;
  }
}

TEST(ValueTest, EighteenDigitsAreReadAndNineteenAreNot) {
  EXPECT_EQ(Read("999999999999999999"), "999999999999999999");
  EXPECT_EQ(Read("-999999999999999999"), "-999999999999999999");
  EXPECT_EQ(Read("1234567890123456789"), "text");
  EXPECT_EQ(Read("1234567890.123456789"), "text");
  EXPECT_EQ(Read("18446744073709551617"), "text");
}

TEST(ValueTest, TheUnitIsAViewIntoTheText) {
  const std::string text = "12万元";
  const Value value = TestValues().Parse(text);
  ASSERT_FALSE(value.unit.empty());
  EXPECT_EQ(value.unit.data(), text.data() + 2);
}

TEST(DecimalTextTest, SuperfluousZerosAreLeftOut) {
  EXPECT_EQ(DecimalText(961716, 1), "96171.6");
  EXPECT_EQ(DecimalText(1200, 2), "12");
  EXPECT_EQ(DecimalText(1250, 2), "12.5");
  EXPECT_EQ(DecimalText(1200, 0), "1200");
  EXPECT_EQ(DecimalText(0, 3), "0");
}

TEST(DecimalTextTest, ZerosBehindThePointAreKept) {
  EXPECT_EQ(DecimalText(5, 2), "0.05");
  EXPECT_EQ(DecimalText(-5, 2), "-0.05");
  EXPECT_EQ(DecimalText(-251000, 4), "-25.1");
  EXPECT_EQ(DecimalText(7, 4), "0.0007");
}

}  // namespace
}  // namespace gongkai::extract
