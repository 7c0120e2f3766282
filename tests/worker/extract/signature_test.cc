// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Whole documents are read: who signed them, and when they were published.

#include "worker/extract/signature.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/worker/extract/reading_room.h"
#include "tests/worker/extract/small_report.h"

namespace gongkai::extract {
namespace {

using generator::Layout;

std::string Date(const v1::Report& report) {
  const v1::Date& date = report.publication_date();
  return absl::StrCat(date.year(), "-", date.month(), "-", date.day());
}

std::string Period(const v1::Report& report) {
  const v1::Period& period = report.period();
  return absl::StrCat(
      period.first_date().month(), ".", period.first_date().day(), " to ",
      period.last_date().month(), ".", period.last_date().day());
}

// A report that ends so.
v1::Report Signed(const std::string& signature) {
  SmallReport report;
  report.signature = signature;
  return ReadReport(report.Print(Layout::kE)).report;
}

// A report with these lines around its title.
v1::Report Headed(const std::string& before, const std::string& after) {
  SmallReport report;
  report.title = absl::StrCat(before, report.title, after);
  return ReadReport(report.Print(Layout::kE)).report;
}

constexpr char kFooter[] =
    "\n打印本页\n关闭窗口\n上一篇：没有了\n下一篇：没有了\n主办：青溪镇\n"
    "技术支持\n网站地图\n联系我们\n无障碍浏览\n返回顶部";

TEST(SignatureTest, AFooterBehindItIsPassed) {
  const v1::Report read =
      Signed(absl::StrCat("青溪镇人民政府\n2024年1月9日", kFooter));
  EXPECT_EQ(read.signature(), "青溪镇人民政府");
  EXPECT_EQ(Date(read), "2024-1-9");
}

TEST(SignatureTest, TheTitlesBodyCountsMoreThanALaterDate) {
  const v1::Report read =
      Signed("青溪镇人民政府\n2024年1月9日\n网站地图\n2026-05-05");
  EXPECT_EQ(read.signature(), "青溪镇人民政府");
  EXPECT_EQ(Date(read), "2024-1-9");
}

TEST(SignatureTest, AnotherBodysDateInALongFooterIsNone) {
  const v1::Report read =
      Signed(absl::StrCat("其他单位\n2024年1月9日", kFooter));
  EXPECT_EQ(read.signature(), "");
  EXPECT_FALSE(read.has_publication_date());
}

TEST(SignatureTest, BodyAndDateMayStandOnOneLine) {
  const std::string line = "青溪镇人民政府 2024年1月9日";
  SmallReport report;
  report.signature = line;
  const std::string bytes = report.Print(Layout::kE);
  const v1::Report read = ReadReport(bytes).report;
  EXPECT_EQ(read.signature(), "青溪镇人民政府");
  EXPECT_EQ(Date(read), "2024-1-9");
  const v1::Place& place = read.signature_place();
  EXPECT_EQ(
      bytes.substr(place.start_byte(), place.end_byte() - place.start_byte()),
      line);
}

TEST(PublicationTest, ThePageMayPrintIt) {
  EXPECT_EQ(Date(Headed("发布日期：2024-01-09 字号：大 中 小\n", "")),
            "2024-1-9");
  EXPECT_EQ(Date(Headed("", "\n来源：青溪镇 日期:2024-01-09 浏览次数：12")),
            "2024-1-9");
  EXPECT_EQ(Date(Headed("索引号 | 123 | 发布日期 | 2024-01-09 |\n", "")),
            "2024-1-9");
}

TEST(PublicationTest, TheSurerWordCountsMore) {
  EXPECT_EQ(Date(Headed("成文日期：2024-01-02 发布日期：2024-01-09\n", "")),
            "2024-1-9");
}

TEST(PublicationTest, OtherDatesOfThePageAreNone) {
  EXPECT_FALSE(
      Headed("打印时间：2024-01-09\n有效日期：2025-01-09\n2024-03-03\n", "")
          .has_publication_date());
}

TEST(PublicationTest, TheSignatureCountsMore) {
  SmallReport report;
  report.title = "发布日期：2024-01-12\n" + report.title;
  report.signature = "青溪镇人民政府\n2024年1月9日";
  EXPECT_EQ(Date(ReadReport(report.Print(Layout::kE)).report), "2024-1-9");
}

TEST(OwnPeriodTest, OtherPeriodsAreLeftAlone) {
  EXPECT_FALSE(Headed("", "\n2023年5月6日至5月20日开展宣传。").has_period());
  EXPECT_EQ(Period(Headed("",
                          "\n2023年5月6日至5月20日开展宣传。统计期限为2023年"
                          "1月1日至12月21日。")),
            "1.1 to 12.21");
  EXPECT_EQ(Period(Headed("", "\n2023年1月1日至12月31日，我镇依法公开。")),
            "1.1 to 12.31");
}

// A report without a title whose preface says this.
v1::Report Prefaced(const std::string& preface) {
  SmallReport report;
  report.title = preface;
  return ReadReport(report.Print(Layout::kE)).report;
}

TEST(QuotedTitleTest, ThePrefaceMayNameTheBody) {
  EXPECT_EQ(Prefaced("根据条例，现公布青溪县水务局2023年政府信息公开工作年度"
                     "报告。")
                .body(),
            "青溪县水务局");
  EXPECT_EQ(
      Prefaced("现公布青溪县人民政府2023年政府信息公开工作年度报告。").body(),
      "青溪县人民政府");
}

TEST(QuotedTitleTest, HowABodySpeaksOfItselfIsNoName) {
  EXPECT_EQ(Prefaced("现公布2023年度本镇政府信息公开年度报告。").body(), "");
  EXPECT_EQ(Prefaced("现公布我局2023年政府信息公开工作年度报告。").body(), "");
  EXPECT_EQ(
      Prefaced("现将有关情况和2023年政府信息公开工作年度报告公布。").body(),
      "");
}

}  // namespace
}  // namespace gongkai::extract
