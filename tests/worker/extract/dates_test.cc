// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/dates.h"

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace gongkai::extract {
namespace {

std::string Text(const CalendarDate& date) {
  return absl::StrCat(date.year, "-", date.month, "-", date.day);
}

// The first date as "2024-1-31", "none" if there is none.
std::string Date(std::string_view text) {
  DateSpan span;
  return FindDate(text, 0, &span) ? Text(span.date) : "none";
}

// The bytes that the first date takes.
std::string DateBytes(std::string_view text) {
  DateSpan span;
  if (!FindDate(text, 0, &span)) return "none";
  return std::string(text.substr(span.begin, span.end - span.begin));
}

std::string Period(std::string_view text) {
  PeriodSpan span;
  return FindPeriod(text, &span)
             ? absl::StrCat(Text(span.first), " to ", Text(span.last))
             : "none";
}

constexpr std::string_view kWholeOf2024 = "2024-1-1 to 2024-12-31";

TEST(FindDateTest, AYearStandsAlone) {
  EXPECT_EQ(Date("2024年，全县公开信息"), "2024-0-0");
  EXPECT_EQ(Date("青溪镇2024年度报告"), "2024-0-0");
  EXPECT_EQ(Date("青溪镇2024政府信息公开"), "2024-0-0");
  EXPECT_EQ(DateBytes("青溪镇2024年度报告"), "2024年");
}

TEST(FindDateTest, ADayMayFollow) {
  EXPECT_EQ(Date("2024年1月31日"), "2024-1-31");
  EXPECT_EQ(DateBytes("截至2024年1月31日止"), "2024年1月31日");
  EXPECT_EQ(Date("2024-01-31"), "2024-1-31");
  EXPECT_EQ(Date("2024.1.31"), "2024-1-31");
  EXPECT_EQ(Date("2024/1/31"), "2024-1-31");
}

TEST(FindDateTest, SpacesMayStandAroundDigits) {
  EXPECT_EQ(Date("2024 年 1 月 31 日"), "2024-1-31");
  EXPECT_EQ(Date("2020 年政府信息公开"), "2020-0-0");
}

TEST(FindDateTest, LostCountersAreTold) {
  EXPECT_EQ(Date("202411日"), "2024-1-1");
  EXPECT_EQ(Date("20241231日"), "2024-12-31");
}

TEST(FindDateTest, DaysThatCannotBeAreNotRead) {
  EXPECT_EQ(Date("2024年13月1日"), "2024-0-0");
  EXPECT_EQ(Date("20241345日"), "none");
}

TEST(FindDateTest, DocumentNumbersAreNotYears) {
  EXPECT_EQ(Date("国办公开办函〔2021〕30号"), "none");
  EXPECT_EQ(Date("国办公开办函[2021]30号"), "none");
  EXPECT_EQ(Date("国办公开办函【2021】30号"), "none");
  EXPECT_EQ(Date("按照〔2021〕30号的格式，2023年"), "2023-0-0");
}

TEST(FindDateTest, OtherNumbersAreNotYears) {
  EXPECT_EQ(Date("共120245件"), "none");
  EXPECT_EQ(Date("共2024567件"), "none");
  EXPECT_EQ(Date("邮编202"), "none");
  EXPECT_EQ(Date("1999年"), "none");
  EXPECT_EQ(Date("2100年"), "none");
  EXPECT_EQ(Date(""), "none");
}

TEST(FindDateTest, TheSearchGoesOnBehindTheLastDate) {
  const std::string_view text = "2023年报告，2024年1月9日发布";
  DateSpan span;
  ASSERT_TRUE(FindDate(text, 0, &span));
  EXPECT_EQ(Text(span.date), "2023-0-0");
  ASSERT_TRUE(FindDate(text, span.end, &span));
  EXPECT_EQ(Text(span.date), "2024-1-9");
  EXPECT_FALSE(FindDate(text, span.end, &span));
}

TEST(FindPeriodTest, PeriodsInAllPrintedShapes) {
  for (const char* text : {
           "2024年1月1日至2024年12月31日",
           "从2024年1月1日到12月31日止",
           "自2024年1月1日起至2024年12月31日止",
           "2024 年 1 月 1 日至 2024 年 12 月 31 日",
           "202411日至20241231日",
           "2024年1月1日—12月31日",
           "2024年1月1日—2024年12月31日",
           "2024年1月1日——2024年12月31日",
           "2024年1月1日-12月31日",
           "2024年1月1日～12月31日",
           "2024.1.1-2024.12.31",
           "（2024年1月1日至2024年12月31日）",
       }) {
    EXPECT_EQ(Period(text), kWholeOf2024) << text;
  }
}

TEST(FindPeriodTest, TheStatedDaysAreTakenEvenIfTheyAreOdd) {
  EXPECT_EQ(Period("2020年1月1日至2020年12月21日"), "2020-1-1 to 2020-12-21");
  EXPECT_EQ(Period("2019年1月1日至2020年12月31日"), "2019-1-1 to 2020-12-31");
}

TEST(FindPeriodTest, OneDayIsNoPeriod) {
  EXPECT_EQ(Period("2024年1月1日，本机关"), "none");
  EXPECT_EQ(Period("2024年至2025年"), "none");
  EXPECT_EQ(Period("2024年1月1日至今"), "none");
}

TEST(FindPeriodTest, APeriodMayStandBehindOtherDates) {
  EXPECT_EQ(Period("根据2019年5月15日施行的条例，统计期限为"
                   "2024年1月1日至12月31日。"),
            kWholeOf2024);
}

TEST(FindPeriodTest, TheSpanHoldsThePeriodAlone) {
  const std::string_view text = "期限从2019年1月1日到12月31日止。";
  PeriodSpan span;
  ASSERT_TRUE(FindPeriod(text, &span));
  EXPECT_EQ(text.substr(span.begin, span.end - span.begin),
            "2019年1月1日到12月31日");
}

}  // namespace
}  // namespace gongkai::extract
