// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Whole documents are read, so that the outline is what a report message shows
// of it; the outline depends on no layout but that of its own lines.

#include "worker/extract/outline.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/worker/extract/reading_room.h"
#include "tests/worker/extract/small_report.h"

namespace gongkai::extract {
namespace {

using generator::Form;
using generator::Layout;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char kTitle[] = "政府信息公开工作年度报告";

std::string Text(const v1::Date& date) {
  return absl::StrCat(date.year(), "-", date.month(), "-", date.day());
}

v1::Report Read(const SmallReport& report, int year_hint = 0) {
  return ReadReport(report.Print(Layout::kE), year_hint).report;
}

// A report whose title is these lines.
v1::Report ReadTitle(const std::string& title) {
  SmallReport report;
  report.title = title;
  return Read(report);
}

// The sections as "1 一、总体情况".
std::vector<std::string> Sections(const v1::Report& report) {
  std::vector<std::string> sections;
  for (const v1::Section& section : report.sections()) {
    sections.push_back(
        absl::StrCat(static_cast<int>(section.kind()), " ", section.heading()));
  }
  return sections;
}

// The part of a report before its first heading.
v1::Report ReadPreface(const std::string& title, const std::string& preface) {
  SmallReport report;
  report.title = absl::StrCat(title, title.empty() ? "" : "\n", preface);
  report.headings[0] = "一、总体情况";
  return Read(report);
}

// --- Title, body and year. ---

TEST(TitleTest, ATitleOnOneLineNamesBodyAndYear) {
  const v1::Report read =
      ReadTitle("青溪镇人民政府2023年政府信息公开工作年度报告");
  EXPECT_EQ(read.title(), "青溪镇人民政府2023年政府信息公开工作年度报告");
  EXPECT_EQ(read.body(), "青溪镇人民政府");
  EXPECT_EQ(read.year(), 2023);
}

TEST(TitleTest, TheYearMayStandFirst) {
  const v1::Report read = ReadTitle("2023年青溪镇人民政府信息公开工作年度报告");
  EXPECT_EQ(read.body(), "青溪镇人民政府");
  EXPECT_EQ(read.year(), 2023);
}

TEST(TitleTest, TheYearMayBePrintedInOtherWays) {
  EXPECT_EQ(ReadTitle("青溪县民政局 2022 年度政府信息公开工作年度报告").body(),
            "青溪县民政局");
  EXPECT_EQ(ReadTitle("青溪县民政局 2022 年度政府信息公开工作年度报告").year(),
            2022);
  EXPECT_EQ(ReadTitle("青溪县民政局2022政府信息公开工作年度报告").year(), 2022);
  EXPECT_EQ(ReadTitle("青溪县民政局政府信息公开年报（2022年）").year(), 2022);
  EXPECT_EQ(ReadTitle("青溪县民政局政府信息公开年报（2022年）").body(),
            "青溪县民政局");
}

TEST(TitleTest, ATitleOnTwoLinesIsOne) {
  const v1::Report read =
      ReadTitle(absl::StrCat("青溪镇人民政府\n2023年", kTitle));
  EXPECT_EQ(read.title(), absl::StrCat("青溪镇人民政府2023年", kTitle));
  EXPECT_EQ(read.body(), "青溪镇人民政府");
  EXPECT_EQ(read.year(), 2023);
}

TEST(TitleTest, TheYearMayStandOnTheFirstOfTwoLines) {
  const v1::Report read =
      ReadTitle(absl::StrCat("青溪镇人民政府2023年\n", kTitle));
  EXPECT_EQ(read.body(), "青溪镇人民政府");
  EXPECT_EQ(read.year(), 2023);
}

TEST(TitleTest, TheTitleHasItsPlace) {
  const std::string bytes = SmallReport().Print(Layout::kE);
  const v1::Report read = ReadReport(bytes).report;
  const v1::Place& place = read.title_place();
  EXPECT_EQ(
      bytes.substr(place.start_byte(), place.end_byte() - place.start_byte()),
      read.title());
}

TEST(TitleTest, WebChromeBeforeTheTitleIsNoTitle) {
  const v1::Report read = ReadTitle(
      "当前位置：首页 > 政务公开\n发布日期：2024-01-09 字号：大 中 小\n"
      "青溪镇人民政府2023年政府信息公开工作年度报告");
  EXPECT_EQ(read.title(), "青溪镇人民政府2023年政府信息公开工作年度报告");
  EXPECT_EQ(read.body(), "青溪镇人民政府");
  EXPECT_EQ(read.year(), 2023);
}

TEST(TitleTest, ASitesColumnBeforeTheTitleIsNoTitle) {
  const std::string column = "青溪镇政府网\n政府信息公开年报\n";
  for (const char* title : {"青溪镇2023年政府信息公开工作年度报告",
                            "青溪镇2023年\n政府信息公开工作年度报告",
                            "青溪镇\n2023年政府信息公开工作年度报告"}) {
    const v1::Report read = ReadTitle(absl::StrCat(column, title));
    EXPECT_EQ(read.body(), "青溪镇") << title;
    EXPECT_EQ(read.year(), 2023) << title;
  }
  // Where nothing better follows, it is all there is.
  EXPECT_EQ(ReadTitle(column + "正文").body(), "青溪镇政府网");
}

TEST(TitleTest, ASentenceIsNoTitle) {
  const v1::Report read = ReadPreface(
      "", "根据要求，现公布青溪镇政府信息公开工作年度报告，请查阅。");
  EXPECT_EQ(read.title(), "");
}

TEST(TitleTest, WithoutATitleTheSignatureNamesTheBody) {
  SmallReport report;
  report.title = "";
  report.signature = "青溪镇人民政府\n2024年1月9日";
  const v1::Report read = Read(report);
  EXPECT_EQ(read.title(), "");
  EXPECT_EQ(read.body(), "青溪镇人民政府");
}

TEST(TitleTest, ATitleWithoutBodyLeavesItToTheSignature) {
  SmallReport report;
  report.title = absl::StrCat("2023年", kTitle);
  report.signature = "青溪镇人民政府\n2024年1月9日";
  const v1::Report read = Read(report);
  EXPECT_EQ(read.title(), absl::StrCat("2023年", kTitle));
  EXPECT_EQ(read.body(), "青溪镇人民政府");
  EXPECT_EQ(read.year(), 2023);
}

TEST(TitleTest, CellsOfATableBeforeTheTitleNameNoBody) {
  const v1::Report read =
      ReadReport(
          "索引号 | 20240109 | 发文日期 | 2024-01-09 |\n"
          "文号 | 有效性 |\n"
          "2023年政府信息公开工作年度报告\n一、总体情况\n良好。\n")
          .report;
  EXPECT_EQ(read.title(), "2023年政府信息公开工作年度报告");
  EXPECT_EQ(read.body(), "");
}

TEST(TitleTest, WithoutTitleAndSignatureThereIsNoBody) {
  SmallReport report;
  report.title = "";
  EXPECT_EQ(Read(report).body(), "");
}

TEST(YearTest, WithoutATitleYearThePeriodTellsIt) {
  const v1::Report read = ReadPreface(
      absl::StrCat("青溪镇人民政府", kTitle),
      "按照2019年施行的条例编制，统计期限为2022年1月1日至2022年12月31日。");
  EXPECT_EQ(read.year(), 2022);
}

TEST(YearTest, WithoutPeriodTheTextTellsIt) {
  SmallReport report;
  report.title = absl::StrCat("青溪镇人民政府", kTitle);
  report.year = 2022;  // as the overview says
  EXPECT_EQ(Read(report).year(), 2022);
}

TEST(YearTest, TheHintIsUsedOnlyWhereTheDocumentNamesNoYear) {
  SmallReport report;
  EXPECT_EQ(Read(report, 2025).year(), 2023);
  std::string text =
      ReplaceOnce(report.Print(Layout::kE), "人民政府2023年", "人民政府");
  text = ReplaceOnce(text, "2023年，本镇", "本镇");
  EXPECT_EQ(ReadReport(text, 2025).report.year(), 2025);
  EXPECT_EQ(ReadReport(text).report.year(), 0);
}

TEST(YearTest, ADocumentNumberIsNoYear) {
  SmallReport report;
  report.title = absl::StrCat("青溪镇人民政府", kTitle,
                              "\n按照国办公开办函〔2021〕30号的要求编制。");
  report.year = 2024;
  EXPECT_EQ(Read(report).year(), 2024);
}

TEST(YearTest, TheDateOfPublicationIsNoYear) {
  SmallReport report;
  report.signature = "青溪镇人民政府\n2024年1月9日";
  EXPECT_EQ(Read(report).year(), 2023);
}

// --- Period and publication. ---

TEST(PeriodTest, PeriodsAreReadInAllPrintedShapes) {
  for (const char* shape : {
           "2024年1月1日至2024年12月31日",
           "2024 年 1 月 1 日至 2024 年 12 月 31 日",
           "202411日至20241231日",
           "2024年1月1日到12月31日",
       }) {
    const v1::Report read =
        ReadPreface(absl::StrCat("青溪镇人民政府", kTitle),
                    absl::StrCat("本报告的统计期限从", shape, "止。"));
    EXPECT_EQ(Text(read.period().first_date()), "2024-1-1") << shape;
    EXPECT_EQ(Text(read.period().last_date()), "2024-12-31") << shape;
    EXPECT_EQ(read.year(), 2024) << shape;
  }
}

TEST(PeriodTest, ThePeriodHasItsPlace) {
  SmallReport report;
  report.title += "\n统计期限为2023年1月1日至12月31日。";
  const std::string bytes = report.Print(Layout::kE);
  const v1::Place place = ReadReport(bytes).report.period().place();
  EXPECT_EQ(
      bytes.substr(place.start_byte(), place.end_byte() - place.start_byte()),
      "2023年1月1日至12月31日");
}

TEST(PeriodTest, AReportMayStateNone) {
  EXPECT_FALSE(Read(SmallReport()).has_period());
}

TEST(PublicationTest, TheDateOfTheSignatureIsThatOfPublication) {
  SmallReport report;
  report.signature = "青溪镇人民政府\n2024年1月9日";
  EXPECT_EQ(Text(Read(report).publication_date()), "2024-1-9");
}

TEST(PublicationTest, WithoutASignatureThereIsNoDate) {
  SmallReport report;
  report.signature = "我镇将于2024年1月9日召开会议。";
  EXPECT_FALSE(Read(report).has_publication_date());
}

// --- Sections. ---

TEST(SectionTest, TheSixSectionsAreFoundInOrder) {
  const v1::Report read = Read(SmallReport());
  EXPECT_THAT(Sections(read),
              ElementsAre("1 一、总体情况", "2 二、主动公开政府信息情况",
                          "3 三、收到和处理政府信息公开申请情况",
                          "4 四、政府信息公开行政复议、行政诉讼情况",
                          "5 五、存在的主要问题及改进情况",
                          "6 六、其他需要报告的事项"));
  for (int s = 0; s < 6; ++s) EXPECT_EQ(read.sections(s).ordinal(), s + 1);
}

TEST(SectionTest, RowLabelsWithOrdinalsAreNoHeadingsInAnyLayout) {
  // 一、本年新收, 二、上年结转, 三、本年度办理结果 and 四、结转下年度 are rows.
  for (Layout layout :
       {Layout::kA, Layout::kB, Layout::kC, Layout::kD, Layout::kE, Layout::kF,
        Layout::kG, Layout::kJ, Layout::kK, Layout::kM}) {
    for (Form form : {Form::k2019, Form::k2021}) {
      const v1::Report read =
          ReadReport(SmallReport(form).Print(layout)).report;
      EXPECT_EQ(read.sections_size(), 6) << generator::LayoutName(layout);
    }
  }
}

TEST(SectionTest, AsciiPunctuationDoesNotMatter) {
  SmallReport report;
  report.headings = {"一,总体情况",
                     "二.主动公开政府信息情况",
                     "三、收到和处理政府信息公开申请情况",
                     "四:政府信息公开行政复议、行政诉讼情况",
                     "五, 存在的主要问题及改进情况",
                     "六. 其他需要报告的事项"};
  EXPECT_EQ(Read(report).sections_size(), 6);
}

TEST(SectionTest, HeadingsWithoutOrdinalAreFound) {
  SmallReport report;
  report.headings = {"总体情况",
                     "主动公开政府信息情况",
                     "收到和处理政府信息公开申请情况",
                     "政府信息公开行政复议、行政诉讼情况",
                     "存在的主要问题及改进情况",
                     "其他需要报告的事项"};
  const v1::Report read = Read(report);
  ASSERT_EQ(read.sections_size(), 6);
  for (const v1::Section& section : read.sections()) {
    EXPECT_EQ(section.ordinal(), 0) << section.heading();
  }
}

TEST(SectionTest, AWrongOrdinalIsReadAsPrinted) {
  SmallReport report;
  report.headings[4] = "四、存在的主要问题及改进情况";
  const v1::Report read = Read(report);
  ASSERT_EQ(read.sections_size(), 6);
  EXPECT_EQ(read.sections(4).kind(), v1::SECTION_KIND_PROBLEMS);
  EXPECT_EQ(read.sections(4).ordinal(), 4);
}

TEST(SectionTest, AMissingSectionIsNotThere) {
  SmallReport report;
  report.headings[5] = "";
  const v1::Report read = Read(report);
  EXPECT_EQ(read.sections_size(), 5);
  EXPECT_THAT(Sections(read), Not(testing::Contains(HasSubstr("其他需要"))));
}

TEST(SectionTest, ATableOfContentsHoldsNoHeadings) {
  SmallReport report;
  report.title = absl::StrCat(report.title, "\n目录\n",
                              absl::StrJoin(report.headings, "\n"));
  const v1::Report read = Read(report);
  ASSERT_EQ(read.sections_size(), 6);
  EXPECT_THAT(read.sections(0).text(), HasSubstr("回应群众关切"));
  EXPECT_THAT(read.sections(4).text(), HasSubstr("加强培训"));
}

TEST(SectionTest, ASentenceThatNamesTheSectionsIsNoHeading) {
  SmallReport report;
  report.title +=
      "\n本报告包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请"
      "情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况和"
      "其他需要报告的事项六个部分。";
  EXPECT_EQ(Read(report).sections_size(), 6);
}

TEST(SectionTest, PointsWithinASectionAreNoSections) {
  std::string text = SmallReport().Print(Layout::kE);
  text = ReplaceOnce(text, "公开的内容还不够细，今后将加强培训。",
                     "（一）存在的问题。\n公开的内容还不够细。\n"
                     "一、人员不足\n今后将加强培训。\n二、经费不足\n");
  const v1::Report read = ReadReport(text).report;
  EXPECT_EQ(read.sections_size(), 6);
  EXPECT_THAT(read.sections(4).text(), HasSubstr("经费不足"));
}

TEST(SectionTest, TheTextOfASectionIsItsProseWithoutItsTable) {
  std::string text = SmallReport().Print(Layout::kE);
  text = ReplaceOnce(text, "三、收到和处理政府信息公开申请情况\n",
                     "三、收到和处理政府信息公开申请情况\n"
                     "全年收到申请十一件。\n");
  text = ReplaceOnce(text, "四、政府信息公开行政复议、行政诉讼情况\n",
                     "表格之后的一句话。\n"
                     "四、政府信息公开行政复议、行政诉讼情况\n");
  const v1::Report read = ReadReport(text).report;
  ASSERT_EQ(read.sections_size(), 6);
  EXPECT_EQ(read.sections(0).text(),
            "2023年，本镇公开各类信息，回应群众关切。");
  EXPECT_EQ(read.sections(1).text(), "");
  EXPECT_EQ(read.sections(2).text(),
            "全年收到申请十一件。\n表格之后的一句话。");
  EXPECT_EQ(read.sections(3).text(), "");
  EXPECT_EQ(read.sections(5).text(), "无其他事项。");
}

TEST(SectionTest, SectionsHaveTheirPlaces) {
  const std::string bytes = SmallReport().Print(Layout::kE);
  const v1::Report read = ReadReport(bytes).report;
  ASSERT_EQ(read.sections_size(), 6);
  for (int s = 0; s < 6; ++s) {
    const v1::Section& section = read.sections(s);
    const v1::Place& heading = section.heading_place();
    EXPECT_EQ(bytes.substr(heading.start_byte(),
                           heading.end_byte() - heading.start_byte()),
              section.heading());
    EXPECT_EQ(section.place().start_byte(), heading.start_byte());
    if (s > 0) {
      EXPECT_LE(read.sections(s - 1).place().end_byte(), heading.start_byte());
    }
  }
}

TEST(SectionTest, HeadingsInTraditionalAreFound) {
  SmallReport report;
  report.headings[0] = "一、總體情況";
  report.headings[4] = "五、存在的主要問題及改進情況";
  const v1::Report read = Read(report);
  ASSERT_EQ(read.sections_size(), 6);
  EXPECT_EQ(read.sections(0).kind(), v1::SECTION_KIND_OVERVIEW);
  EXPECT_EQ(read.sections(4).kind(), v1::SECTION_KIND_PROBLEMS);
}

}  // namespace
}  // namespace gongkai::extract
