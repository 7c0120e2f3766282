// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/worker/validate/check.h"

namespace gongkai::validate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto kFail = v1::RULE_RESULT_FAIL;
constexpr auto kNotAssessable = v1::RULE_RESULT_NOT_ASSESSABLE;

ReportBuilder Good() { return ReportBuilder(v1::TEMPLATE_2021); }

void Erase(ReportBuilder* builder, v1::SectionKind kind) {
  auto* sections = builder->mutable_report().mutable_sections();
  for (int i = 0; i < sections->size(); ++i) {
    if (sections->Get(i).kind() == kind) sections->DeleteSubrange(i--, 1);
  }
}

TEST(SectionMissing, IsSaidForEachSection) {
  ReportBuilder builder = Good();
  Erase(&builder, v1::SECTION_KIND_DISPUTES);
  Erase(&builder, v1::SECTION_KIND_PROBLEMS);
  const auto findings = CheckCore(builder.report());
  ASSERT_THAT(Brief(findings), ElementsAre("structure.section-missing FAIL",
                                           "structure.section-missing FAIL"));
  EXPECT_EQ(findings[0].section(), v1::SECTION_KIND_DISPUTES);
  EXPECT_EQ(findings[1].section(), v1::SECTION_KIND_PROBLEMS);
  EXPECT_EQ(findings[1].message(),
            "没有找到“五、存在的主要问题及改进情况”这一部分。");
  EXPECT_EQ(findings[1].severity(), v1::SEVERITY_ERROR);
}

TEST(SectionMissing, IsNotAssessableWhereTheDocumentWasCutOff) {
  ReportBuilder builder = Good();
  Erase(&builder, v1::SECTION_KIND_OTHER_MATTERS);
  builder.mutable_report().add_diagnostics()->set_kind(
      v1::DIAGNOSTIC_KIND_TRUNCATED);
  EXPECT_THAT(Brief(CheckCore(builder.report())),
              ElementsAre("structure.section-missing NOT_ASSESSABLE"));
}

TEST(SectionMissing, IsNotAssessableWithoutAnyHeading) {
  ReportBuilder builder = Good();
  builder.mutable_report().clear_sections();
  EXPECT_THAT(Brief(CheckCore(builder.report())),
              ElementsAre("structure.section-missing NOT_ASSESSABLE"));
}

TEST(SectionOrder, NamesTheOrderFound) {
  ReportBuilder builder = Good();
  builder.mutable_report().mutable_sections()->SwapElements(1, 2);
  for (v1::Section& section : *builder.mutable_report().mutable_sections()) {
    section.set_ordinal(0);
  }
  const auto findings = CheckCore(builder.report());
  ASSERT_THAT(Brief(findings), ElementsAre("structure.section-order FAIL"));
  EXPECT_EQ(findings[0].severity(), v1::SEVERITY_WARNING);
  EXPECT_EQ(findings[0].section(), v1::SECTION_KIND_REQUESTS);
  EXPECT_THAT(findings[0].message(),
              HasSubstr("总体情况 → 收到和处理政府信息公开申请情况 → "
                        "主动公开政府信息情况"));
  EXPECT_THAT(findings[0].places(), SizeIs(6));
}

TEST(SectionOrder, DoesNotMindAMissingOrARepeatedSection) {
  ReportBuilder builder = Good();
  Erase(&builder, v1::SECTION_KIND_REQUESTS);
  // The heading of section 1 once more, on the next page.
  *builder.mutable_report().add_sections() = builder.report().sections(0);
  // A heading that is none of the six.
  builder.mutable_report().add_sections()->set_heading("附件");
  EXPECT_THAT(Brief(CheckCore(builder.report())),
              ElementsAre("structure.section-missing FAIL"));
}

TEST(SectionOrdinal, NamesAllThatAreWrongAtOnce) {
  ReportBuilder builder = Good();
  Erase(&builder, v1::SECTION_KIND_DISPUTES);
  builder.section(v1::SECTION_KIND_PROBLEMS).set_ordinal(4);
  builder.section(v1::SECTION_KIND_OTHER_MATTERS).set_ordinal(5);
  const auto findings =
      Only(CheckCore(builder.report()), "structure.section-ordinal", kFail);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(
      findings[0].message(),
      "标题序号有误：四、存在的主要问题及改进情况；五、其他需要报告的事项；"
      "应为：五、存在的主要问题及改进情况；六、其他需要报告的事项。");
  EXPECT_EQ(findings[0].severity(), v1::SEVERITY_WARNING);
}

TEST(SectionOrdinal, PrintsTheHeadingAsTheReportDoes) {
  ReportBuilder builder = Good();
  v1::Section& section = builder.section(v1::SECTION_KIND_PROBLEMS);
  section.set_ordinal(15);
  section.set_heading("十五、存在问题");
  EXPECT_THAT(CheckCore(builder.report())[0].message(),
              HasSubstr("有误：十五、存在问题；"));
  section.set_heading("存在问题");
  EXPECT_THAT(CheckCore(builder.report())[0].message(),
              HasSubstr("有误：十五、存在问题；"));
  section.set_ordinal(20);
  EXPECT_THAT(CheckCore(builder.report())[0].message(),
              HasSubstr("有误：二十、存在问题；"));
}

TEST(SectionOrdinal, IsNotAskedForWhereNoneIsPrinted) {
  ReportBuilder builder = Good();
  for (v1::Section& section : *builder.mutable_report().mutable_sections()) {
    section.set_ordinal(0);
  }
  EXPECT_THAT(CheckCore(builder.report()), IsEmpty());
  EXPECT_THAT(Only(CheckCore(builder.report(), /*include_passed=*/true),
                   "structure.section-ordinal", v1::RULE_RESULT_SKIPPED),
              SizeIs(1));
}

TEST(SectionEmpty, IsAnErrorForProblemsAndAWarningForTheOverview) {
  ReportBuilder builder = Good();
  builder.section(v1::SECTION_KIND_OVERVIEW).set_text("略");
  builder.section(v1::SECTION_KIND_PROBLEMS).set_text("无。");
  const auto findings = CheckCore(builder.report());
  ASSERT_THAT(Brief(findings), ElementsAre("structure.section-empty FAIL",
                                           "structure.section-empty FAIL"));
  EXPECT_EQ(findings[0].section(), v1::SECTION_KIND_PROBLEMS);
  EXPECT_EQ(findings[0].severity(), v1::SEVERITY_ERROR);
  EXPECT_THAT(findings[0].message(),
              HasSubstr("“五、存在的主要问题及改进情况”部分只有 1 个汉字"));
  EXPECT_EQ(findings[1].section(), v1::SECTION_KIND_OVERVIEW);
  EXPECT_EQ(findings[1].severity(), v1::SEVERITY_WARNING);
}

TEST(SectionEmpty, CountsChineseCharactersOnly) {
  ReportBuilder builder = Good();
  v1::Section& problems = builder.section(v1::SECTION_KIND_PROBLEMS);
  std::string text;
  for (int i = 0; i < 19; ++i) text += "改 , 2023 ";
  problems.set_text(text);
  EXPECT_THAT(CheckCore(builder.report()), SizeIs(1));
  problems.set_text(text + "进。");
  EXPECT_THAT(CheckCore(builder.report()), IsEmpty());
  problems.set_text("\xff\xfe");
  EXPECT_THAT(CheckCore(builder.report()), SizeIs(1));
}

TEST(SectionEmpty, IsNormalForOtherMattersAndTables) {
  ReportBuilder builder = Good();
  builder.section(v1::SECTION_KIND_OTHER_MATTERS).set_text("无");
  builder.section(v1::SECTION_KIND_DISCLOSURE).set_text("");
  EXPECT_THAT(CheckCore(builder.report()), IsEmpty());
}

TEST(SectionEmpty, IsNotAssessableWhereTheTextWasCutOff) {
  ReportBuilder builder = Good();
  Erase(&builder, v1::SECTION_KIND_OTHER_MATTERS);
  builder.section(v1::SECTION_KIND_PROBLEMS).set_text("一");
  builder.mutable_report().add_diagnostics()->set_kind(
      v1::DIAGNOSTIC_KIND_TRUNCATED);
  EXPECT_THAT(Only(CheckCore(builder.report()), "structure.section-empty",
                   kNotAssessable),
              SizeIs(1));
}

TEST(TemplateYear, FailsForTheFormOfOtherYears) {
  ReportBuilder builder(v1::TEMPLATE_2019);
  builder.SetYear(2023);
  const auto findings = CheckCore(builder.report());
  ASSERT_THAT(Brief(findings), ElementsAre("structure.template-year FAIL"));
  EXPECT_EQ(
      findings[0].message(),
      "2023 年度报告应使用2021年格式（国办公开办函〔2021〕30号），而表格是"
      "2019年格式（国办公开办函〔2019〕60号）。");
  EXPECT_EQ(findings[0].severity(), v1::SEVERITY_ERROR);

  ReportBuilder early(v1::TEMPLATE_2021);
  early.SetYear(2020);
  EXPECT_THAT(Brief(CheckCore(early.report())),
              ElementsAre("structure.template-year FAIL"));
}

TEST(TemplateYear, HoldsForTheYearsOfTheForm) {
  for (int year : {2019, 2020}) {
    ReportBuilder builder(v1::TEMPLATE_2019);
    builder.SetYear(year);
    EXPECT_THAT(CheckCore(builder.report()), IsEmpty());
  }
  for (int year : {2021, 2025, 2040}) {
    ReportBuilder builder(v1::TEMPLATE_2021);
    builder.SetYear(year);
    EXPECT_THAT(CheckCore(builder.report()), IsEmpty());
  }
}

TEST(TemplateYear, IsNotAssessableWithoutAYear) {
  ReportBuilder builder = Good();
  builder.mutable_report().clear_year();
  EXPECT_THAT(Brief(CheckCore(builder.report())),
              ElementsAre("structure.template-year NOT_ASSESSABLE"));
}

TEST(TemplateYear, IsSkippedBeforeTheFirstForm) {
  ReportBuilder builder(v1::TEMPLATE_2019);
  builder.SetYear(2018);
  EXPECT_THAT(CheckCore(builder.report()), IsEmpty());
}

std::vector<std::string> TitleMessages(absl::string_view title) {
  ReportBuilder builder = Good();
  builder.mutable_report().set_title(std::string(title));
  std::vector<std::string> messages;
  for (const v1::Finding& finding : CheckCore(builder.report())) {
    EXPECT_EQ(finding.rule_id(), "structure.title");
    EXPECT_EQ(finding.severity(), v1::SEVERITY_WARNING);
    messages.push_back(finding.message());
  }
  return messages;
}

TEST(Title, MayBeWordedInSeveralWays) {
  for (const char* title : {"清河县2023年政府信息公开工作年度报告",
                            "清河县2023年度政府信息公开年度报告",
                            "2023年清河县政府信息公开年度工作报告",
                            "清河县2023年政府信息公开工作年报",
                            "清河县2023\n政府信息公开工作年度报告",
                            "清河县２０２３年政府信息公开 工作年度报告",
                            "清河县二〇二三年政府信息公开工作年度报告",
                            "清河县二○二三年政府信息公开工作年度报告",
                            "清河縣2021年政府信息公開工作年度報告"}) {
    EXPECT_THAT(TitleMessages(title), IsEmpty()) << title;
  }
}

TEST(Title, NamesWhatItLacks) {
  EXPECT_THAT(TitleMessages("清河县政府信息公开工作年度报告"),
              ElementsAre("标题“清河县政府信息公开工作年度报告”中缺少年度。"));
  EXPECT_THAT(TitleMessages("清河县2023年信息公开工作总结"),
              ElementsAre("标题“清河县2023年信息公开工作总结”中缺少"
                          "“政府信息公开”、“年度报告”。"));
  EXPECT_THAT(TitleMessages(""), ElementsAre("没有找到报告的标题。"));
}

}  // namespace
}  // namespace gongkai::validate
