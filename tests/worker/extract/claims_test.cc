// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/claims.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/worker/extract/reading_room.h"

namespace gongkai::extract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr int kYear = 2024;

// The claims of a report of 霁溪县青岚局 for 2024 that says nothing but these
// paragraphs.
v1::Report ReadProse(const std::vector<std::string>& paragraphs,
                     v1::Template form = v1::TEMPLATE_2021) {
  v1::Report report;
  report.set_year(kYear);
  report.set_body("霁溪县青岚局");
  report.set_template_(form);
  v1::Section* section = report.add_sections();
  section->set_kind(v1::SECTION_KIND_OVERVIEW);
  for (const std::string& paragraph : paragraphs) {
    if (section->paragraphs_size() > 0) section->mutable_text()->append("\n");
    section->add_paragraphs()->set_begin(
        static_cast<int>(section->text().size()));
    section->mutable_text()->append(paragraph);
  }
  catalog::ReadText text;
  text.Read(report);
  ClaimReader reader(TestCatalog());
  reader.Read(
      text,
      [](const v1::Section&, int begin, int end, v1::Place* place) {
        place->set_start_byte(begin);
        place->set_end_byte(end);
      },
      &report);
  return report;
}

// "requests.taken 12件", and what is not plain beside it.
std::string Describe(const v1::Claim& claim) {
  std::string text = claim.subject();
  switch (claim.kind()) {
    case v1::CLAIM_KIND_SHARE:
      absl::StrAppend(&text, " share");
      break;
    case v1::CLAIM_KIND_GROWTH:
      absl::StrAppend(&text, " growth");
      break;
    case v1::CLAIM_KIND_ALL:
      absl::StrAppend(&text, " all");
      break;
    case v1::CLAIM_KIND_NONE:
      absl::StrAppend(&text, " none");
      break;
    default:
      break;
  }
  absl::StrAppend(&text, " ", claim.value(), claim.unit());
  if (claim.approximate()) absl::StrAppend(&text, " approximate");
  if (claim.whole() != 0) absl::StrAppend(&text, " of ", claim.whole());
  if (claim.open_list()) absl::StrAppend(&text, " open");
  switch (claim.scope()) {
    case v1::CLAIM_SCOPE_OTHER_POPULATION:
      absl::StrAppend(&text, " elsewhere");
      break;
    case v1::CLAIM_SCOPE_OTHER_YEAR:
      absl::StrAppend(&text, " another year");
      break;
    case v1::CLAIM_SCOPE_PLAN:
      absl::StrAppend(&text, " planned");
      break;
    default:
      break;
  }
  return text;
}

std::vector<std::string> Claims(const std::string& prose) {
  std::vector<std::string> described;
  const v1::Report report = ReadProse({prose});
  for (const v1::Claim& claim : report.claims()) {
    described.push_back(Describe(claim));
  }
  return described;
}

// --- Applications. ---

TEST(ClaimsTest, TheVerbTellsTheSubject) {
  EXPECT_THAT(
      Claims("我局新收政府信息公开申请12件，上年结转1件，办结11件，"
             "结转下年度继续办理2件。"),
      ElementsAre("requests.received 12件", "requests.carried-in 1件",
                  "requests.processed 11件", "requests.carried-out 2件"));
  EXPECT_THAT(
      Claims("全县共受理政府信息公开申请33件，答复30件（含上年度结转申"
             "请4件，另有7件顺延到下年度答复）。"),
      ElementsAre("requests.taken 33件", "requests.processed 30件",
                  "requests.carried-in 4件", "requests.carried-out 7件"));
}

TEST(ClaimsTest, WordsMayFollowTheNumber) {
  EXPECT_THAT(Claims("本机关收到12件政府信息公开申请。"),
              ElementsAre("requests.taken 12件"));
  EXPECT_THAT(Claims("已收到政府信息公开申请4件。其中3件已按照要求进行书面"
                     "回复，1件结转2025年度继续办理。"),
              ElementsAre("requests.taken 4件", "requests.processed 3件 of 1",
                          "requests.carried-out 1件 of 1"));
}

TEST(ClaimsTest, TheMatterMayBeNamedInTheHeading) {
  const v1::Report report =
      ReadProse({"（二）依申请公开情况", "全年共收到12件，均已按期办结。",
                 "（三）信访工作", "全年共收到来信40件，办结40件。"});
  ASSERT_EQ(report.claims_size(), 2);
  EXPECT_EQ(Describe(report.claims(0)), "requests.taken 12件");
  EXPECT_EQ(Describe(report.claims(1)), "requests.all-processed all 100");
}

TEST(ClaimsTest, OtherMattersAreNoApplications) {
  EXPECT_THAT(Claims("收到公众意见382条，答复网民留言120条，办理人大代表建议"
                     "12件，均按时办结。"),
              IsEmpty());
  EXPECT_THAT(Claims("收到申请材料12份。努力做到“办结一件申请、温暖一颗心”，"
                     "办好每一件申请。"),
              IsEmpty());
}

TEST(ClaimsTest, SaysThatNothingOccurred) {
  EXPECT_THAT(Claims("我局未收到政府信息公开申请，未发生行政复议、行政诉讼。"),
              ElementsAre("requests.taken 0", "disputes.review 0",
                          "disputes.lawsuit 0"));
  EXPECT_THAT(Claims("全年没有因政府信息公开申请引发的行政复议和行政诉讼。"),
              ElementsAre("disputes.review 0", "disputes.lawsuit 0"));
  EXPECT_THAT(Claims("无政府信息公开申请逾期答复的情形。"), IsEmpty());
  EXPECT_THAT(Claims("行政复议、行政诉讼均为0件。"),
              ElementsAre("disputes.review 0件", "disputes.lawsuit 0件"));
}

TEST(ClaimsTest, SaysThatAllWereProcessed) {
  EXPECT_THAT(
      Claims("收到申请12件，全部按时答复，答复率100%。"),
      ElementsAre("requests.taken 12件", "requests.all-processed all 100",
                  "requests.all-processed all 100%"));
  EXPECT_THAT(Claims("收到申请12件，除2件结转外均已办结。"),
              ElementsAre("requests.taken 12件"));
  EXPECT_THAT(
      Claims("收到申请12件，均已办结。上述申请已全部办结。"),
      ElementsAre("requests.taken 12件", "requests.all-processed all 100",
                  "requests.all-processed all 100"));
  // All of those that were answered were answered in time.
  EXPECT_THAT(Claims("答复申请11件，均在法定期限内予以答复。"),
              ElementsAre("requests.processed 11件"));
}

// --- Reviews and lawsuits. ---

TEST(ClaimsTest, DisputesAndTheirResults) {
  EXPECT_THAT(
      Claims("行政复议9件，其中结果维持5件，结果纠正1件，尚未审结3件；"
             "行政诉讼2件，其中结果维持2件。"),
      ElementsAre("disputes.review 9件", "disputes.review.upheld 5件 of 1",
                  "disputes.review.corrected 1件 of 1",
                  "disputes.review.pending 3件 of 1", "disputes.lawsuit 2件",
                  "disputes.lawsuit.upheld 2件 of 5 open"));
  EXPECT_THAT(Claims("信息公开类行政复议7件，诉讼9件，均获维持。"),
              ElementsAre("disputes.review 7件", "disputes.lawsuit 9件",
                          "disputes.all-upheld all 100"));
  EXPECT_THAT(
      Claims("因政府信息公开被申请行政复议5件，结果均获维持。"),
      ElementsAre("disputes.review 5件", "disputes.all-upheld all 100"));
  EXPECT_THAT(Claims("行政复议、行政诉讼案件共5件。"), IsEmpty());
}

// --- Scope. ---

TEST(ClaimsTest, OtherPopulationsAreKeptApart) {
  EXPECT_THAT(Claims("全年备案行政复议案件134件，行政诉讼案件57件。"),
              ElementsAre("disputes.review 134件 elsewhere",
                          "disputes.lawsuit 57件 elsewhere"));
  EXPECT_THAT(Claims("全年办理行政复议案件12件，审理行政诉讼案件3件。"),
              ElementsAre("disputes.review 12件 elsewhere",
                          "disputes.lawsuit 3件 elsewhere"));
  EXPECT_THAT(Claims("市公安局收到政府信息公开申请120件，办结118件。"),
              ElementsAre("requests.taken 120件 elsewhere",
                          "requests.processed 118件 elsewhere"));
  EXPECT_THAT(Claims("县青岚局收到政府信息公开申请12件。"),
              ElementsAre("requests.taken 12件"));
  EXPECT_THAT(Claims("通过政府网站受理申请3件，各县区共受理申请20件。"),
              ElementsAre("requests.taken 3件 elsewhere",
                          "requests.taken 20件 elsewhere"));
}

TEST(ClaimsTest, OtherYearsAndPlansAreKeptApart) {
  EXPECT_THAT(
      Claims("2023年收到申请31件，2024年收到申请22件。"),
      ElementsAre("requests.taken 31件 another year", "requests.taken 22件"));
  EXPECT_THAT(
      Claims("去年收到申请31件，今年收到申请22件。"),
      ElementsAre("requests.taken 31件 another year", "requests.taken 22件"));
  EXPECT_THAT(Claims("下一步，力争办结申请50件。"),
              ElementsAre("requests.processed 50件 planned"));
}

// --- Lists, shares, growth. ---

TEST(ClaimsTest, PartsKnowTheirWhole) {
  EXPECT_THAT(Claims("主动公开政府信息47条，其中部门文件22件，通知公告16条，"
                     "人事任免9条。"),
              ElementsAre("disclosure.items 47条", " 22件 of 1", " 16条 of 1",
                          " 9条 of 1"));
  EXPECT_THAT(Claims("收办申请9件（县政府2件、汀渚镇3件、岬屿乡4件），同比增长"
                     "12.5%。"),
              ElementsAre("requests.taken 9件", " 2件 of 1", " 3件 of 1",
                          " 4件 of 1", "requests.taken growth 12.5%"));
  // One list that divides the whole twice ends where it adds up.
  EXPECT_THAT(Claims("收到申请9件，其中，自然人申请7件，法人或其他组织申请2件"
                     "；予以公开5件、部分公开4件。"),
              ElementsAre("requests.taken 9件", "requests.natural 7件 of 1",
                          "requests.organisations 2件 of 1",
                          "requests.granted 5件", "requests.partial 4件"));
}

TEST(ClaimsTest, ListsThatDoNotNameAllAreOpen) {
  EXPECT_THAT(
      Claims("公开信息50条，其中主要有政策类10条、动态类20条。"),
      ElementsAre("disclosure.items 50条", " 10条 of 1", " 20条 of 1 open"));
  EXPECT_THAT(Claims("公开信息50条，其中动态类20条。"),
              ElementsAre("disclosure.items 50条", " 20条 of 1 open"));
}

TEST(ClaimsTest, SharesAndGrowth) {
  EXPECT_THAT(
      Claims("答复申请50件。予以公开17件，占34%；不予公开5件，"
             "占10%。"),
      ElementsAre("requests.processed 50件", "requests.granted 17件",
                  "requests.granted share 34% of 1", "requests.denied 5件",
                  "requests.denied share 10% of 1"));
  EXPECT_THAT(Claims("收到申请22起，比2023年（31起）下降29%。"),
              ElementsAre("requests.taken 22起", "requests.taken growth -29%"));
  EXPECT_THAT(Claims("政务新媒体176个，同比增长6.7%。"), IsEmpty());
}

// --- Documents, decisions, fees. ---

TEST(ClaimsTest, DocumentsAndDecisions) {
  EXPECT_THAT(
      Claims("制发规章1件、规范性文件3件，废止规范性文件2件，现行有效"
             "规范性文件共23件。"),
      ElementsAre("disclosure.rules.made 1件", "disclosure.normative.made 3件",
                  "disclosure.normative.repealed 2件",
                  "disclosure.normative.valid 23件"));
  EXPECT_THAT(Claims("行政处罚事项新增10项，总计44项，处理决定数量29件。"),
              ElementsAre("disclosure.penalty 29件"));
}

TEST(ClaimsTest, Fees) {
  EXPECT_THAT(Claims("对3件政府信息公开申请收取信息处理费1,080元。其中，霁溪县"
                     "民政局2件，收取800元；榆坞镇1件，收取280元。"),
              ElementsAre("fees.cases 3件", "fees.collected 1080元",
                          " 2件 of 1", "fees.collected 800元 of 2", " 1件 of 1",
                          "fees.collected 280元 of 2"));
  EXPECT_THAT(Claims("对3件申请收取信息处理费，共计490元。"),
              ElementsAre("fees.cases 3件", "fees.collected 490元"));
  EXPECT_THAT(Claims("对3件申请收取信息处理费，其他支出共计490元。"),
              ElementsAre("fees.cases 3件"));
  EXPECT_THAT(Claims("未发出收费通知，没有收取信息处理费。"),
              ElementsAre("fees.notices none 0", "fees.collected none 0"));
  EXPECT_THAT(Claims("收取信息处理费1.2万元，行政事业性收费5000元。"),
              ElementsAre("fees.collected 12000元"));
}

// --- Numbers. ---

TEST(ClaimsTest, NumbersInEveryScript) {
  EXPECT_THAT(Claims("收到申请一百零五件。"),
              ElementsAre("requests.taken 105件"));
  EXPECT_THAT(Claims("发生行政复议两起。"), ElementsAre("disputes.review 2起"));
  EXPECT_THAT(Claims("收到申请 １，２３４ 件。"),
              ElementsAre("requests.taken 1234件"));
  EXPECT_THAT(Claims("公开信息18万余条。"),
              ElementsAre("disclosure.items 180000条 approximate"));
}

TEST(ClaimsTest, DatesCodesAndRangesAreNoCounts) {
  EXPECT_THAT(Claims("收到申请3-5件，收到申请20个工作日内答复，依据第711号令"
                     "收到申请，收到申请A12件。"),
              IsEmpty());
}

TEST(ClaimsTest, LostUnitsAreReadBeforeKnownWordsOnly) {
  EXPECT_THAT(Claims("2024年我局收到政府信息公开申请87分别为予以公开45件;"
                     "收到申请32024年"),
              ElementsAre("requests.taken 87", "requests.granted 45件"));
}

// --- What a claim says of itself. ---

TEST(ClaimsTest, QuotesItsClauseAndNamesItsVerb) {
  const std::string prose = "2024年，我局共新收政府信息公开申请12件，很好。";
  const v1::Report report = ReadProse({"无。", prose});
  ASSERT_EQ(report.claims_size(), 1);
  const v1::Claim& claim = report.claims(0);
  EXPECT_EQ(claim.verb(), "新收");
  EXPECT_EQ(claim.quotation().text(), "我局共新收政府信息公开申请12件");
  EXPECT_EQ(claim.quotation().section(), v1::SECTION_KIND_OVERVIEW);
  EXPECT_EQ(report.sections(0).text().substr(
                claim.quotation().begin(),
                claim.quotation().end() - claim.quotation().begin()),
            claim.quotation().text());
  EXPECT_EQ(claim.quotation().place().start_byte(), claim.quotation().begin());
  EXPECT_THAT(claim.readings(), ElementsAre("requests.received.total"));
}

TEST(ClaimsTest, ReadingsAreThoseOfTheForm) {
  const std::string prose = "制定规范性文件3件。";
  EXPECT_THAT(ReadProse({prose}).claims(0).readings(),
              ElementsAre("disclosure.normative.made"));
  EXPECT_THAT(ReadProse({prose}, v1::TEMPLATE_2019).claims(0).readings(),
              ElementsAre("disclosure.normative.produced"));
  EXPECT_THAT(ReadProse({prose}, v1::TEMPLATE_UNSPECIFIED).claims(0).readings(),
              IsEmpty());
}

// --- Wrapped prose. ---

TEST(ClaimsTest, LinesOfWrappedProseAreOneParagraph) {
  const std::string line =
      "我局按照年初的安排逐项落实各项任务并且按月检查进展情况形成台账";
  const std::string text = absl::StrCat(
      "霁溪县青岚局2024年政府信息公开工作年度报告\n一、总体情况\n", line, "\n",
      line, "\n", line,
      "\n我局全年新收到通过各种方式提出的政府信息公开申请共计1",
      "2\n件，均已办结。\n（二）主动公开\n二、主动公开政府信息情况\n"
      "三、收到和处理政府信息公开申请情况\n六、其他需要报告的事项\n无。\n");
  const v1::Report report = ReadReport(text).report;
  ASSERT_FALSE(report.sections().empty());
  const v1::Section& section = report.sections(0);
  ASSERT_EQ(section.paragraphs_size(), 2);
  EXPECT_EQ(section.text().substr(section.paragraphs(1).begin()),
            "（二）主动公开");
  const v1::Place& place = section.paragraphs(0).place();
  EXPECT_EQ(text.substr(place.start_byte(), line.size()), line);
  EXPECT_EQ(text.substr(place.end_byte() - 9, 9), "办结。");
}

}  // namespace
}  // namespace gongkai::extract
