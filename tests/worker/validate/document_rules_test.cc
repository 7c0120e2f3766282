// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// What the rule cases do not show of the rules about what a document says of
// itself and what its reading noticed.

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

void AddNote(v1::DiagnosticKind kind, int place, ReportBuilder* builder) {
  v1::Diagnostic* note = builder->mutable_report().add_diagnostics();
  note->set_kind(kind);
  note->mutable_place()->set_start_byte(place);
  note->set_message("第" + std::to_string(place) + "处。");
  note->set_message_en("Place " + std::to_string(place) + ".");
}

TEST(ReadingRules, GatherOrTellEach) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  AddNote(v1::DIAGNOSTIC_KIND_COLUMN_LOST, 1, &builder);
  AddNote(v1::DIAGNOSTIC_KIND_ROW_EXTRA, 2, &builder);
  AddNote(v1::DIAGNOSTIC_KIND_COLUMN_LOST, 3, &builder);
  AddNote(v1::DIAGNOSTIC_KIND_ROW_EXTRA, 4, &builder);
  const auto findings = Check(builder.report());
  const auto lost = Only(findings, "cells.column-lost", kFail);
  ASSERT_THAT(lost, SizeIs(1));
  EXPECT_THAT(lost[0].message(), HasSubstr("2 行少一列"));
  EXPECT_THAT(lost[0].message_en(), HasSubstr("Place 1."));
  ASSERT_THAT(lost[0].places(), SizeIs(2));
  EXPECT_EQ(lost[0].places(1).start_byte(), 3);
  const auto extra = Only(findings, "cells.row-extra", kFail);
  ASSERT_THAT(extra, SizeIs(2));
  EXPECT_EQ(extra[1].message(), "第4处。");
}

TEST(ReadingRules, DoNotBlameTheReportForADamagedDocument) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  AddNote(v1::DIAGNOSTIC_KIND_VALUES_LOST, 1, &builder);
  AddNote(v1::DIAGNOSTIC_KIND_LINES_DEDUPLICATED, 2, &builder);
  EXPECT_THAT(
      Only(Check(builder.report()), "cells.values-lost", kNotAssessable),
      SizeIs(1));
}

TEST(ReadingRules, AreSkippedWithoutAForm) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  builder.mutable_report().clear_template_();
  EXPECT_THAT(Only(Check(builder.report(), /*include_passed=*/true),
                   "cells.row-extra", v1::RULE_RESULT_SKIPPED),
              SizeIs(1));
}

// The findings about parts of a report with this preface.
std::vector<v1::Finding> Parts(const std::string& preface) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  builder.mutable_report().mutable_preface()->set_text(preface);
  return Only(Check(builder.report()), "structure.parts", kFail);
}

TEST(PartsRule, ReadsDigitsAndNumerals) {
  EXPECT_THAT(Parts("由总体情况、主动公开情况等3个部分组成。"), SizeIs(1));
  EXPECT_THAT(Parts("由总体情况、主动公开情况等十二个部分组成。"), SizeIs(1));
  EXPECT_THAT(Parts("由总体情况、主动公开情况2个部分组成。"), IsEmpty());
  EXPECT_THAT(Parts("由总体情况、主动公开情况两个部分组成。"), IsEmpty());
}

TEST(PartsRule, TheListBeginsBehindTheLastLead) {
  EXPECT_THAT(Parts("本报告由县政府办公室编制，内容包括总体情况、主动公开情况、"
                    "其他需要报告的事项三个部分。"),
              IsEmpty());
}

TEST(PartsRule, AListBeforeTheSentenceIsNotSeen) {
  EXPECT_THAT(Parts("报告分为：总体情况；主动公开情况；共六个部分。"),
              IsEmpty());
  EXPECT_THAT(Parts("本报告由以下六个部分组成。"), IsEmpty());
}

TEST(PartsRule, MorePartsThanAnnouncedMayBeNamesWithCommas) {
  EXPECT_THAT(
      Parts("由总体情况、公开、公示、其他需要报告的事项等三个部分组成。"),
      IsEmpty());
}

TEST(PartsRule, QuotesTheSentence) {
  const auto findings = Parts("前言。由总体情况、主动公开情况等三个部分组成。");
  ASSERT_THAT(findings, SizeIs(1));
  ASSERT_THAT(findings[0].quotations(), SizeIs(1));
  EXPECT_EQ(findings[0].quotations(0).text(),
            "由总体情况、主动公开情况等三个部分组成。");
  EXPECT_EQ(findings[0].quotations(0).begin(), 9);
}

// The findings about foreign bodies of a report of the body.
std::vector<v1::Finding> Foreign(const std::string& body,
                                 const std::string& signature,
                                 const std::string& text) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  builder.mutable_report().set_body(body);
  builder.mutable_report().set_signature(signature);
  v1::Section& overview = builder.section(v1::SECTION_KIND_OVERVIEW);
  overview.set_text(overview.text() + text);
  return Only(Check(builder.report()), "structure.foreign-body", kFail);
}

TEST(ForeignBodyRule, QuotesEverySelfReferenceInOneFinding) {
  const auto findings = Foreign("清河县水务局", "清河县水务局",
                                "我镇公开。我镇答复。我局改进。我县支持。");
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_THAT(findings[0].quotations(), SizeIs(2));
}

TEST(ForeignBodyRule, WordsThatOnlyLookLikeSelfReferencesAreLeftAlone) {
  EXPECT_THAT(Foreign("清河县水务局", "清河县水务局", "指导我乡镇街道。"),
              IsEmpty());
  EXPECT_THAT(Foreign("青溪镇", "青溪镇", "打破自我局限。"), IsEmpty());
  EXPECT_THAT(Foreign("清河县水务局", "清河县水务局", "群众说“我镇好”。"),
              IsEmpty());
  EXPECT_THAT(Foreign("东湖街道办事处", "东湖街道", "我街道公开。"), IsEmpty());
}

TEST(ForeignBodyRule, GovernmentsMaySpeakOfAll) {
  EXPECT_THAT(Foreign("清河县人民政府", "清河县人民政府", "我镇公开。"),
              IsEmpty());
}

TEST(ForeignBodyRule, AnOfficeMaySign) {
  EXPECT_THAT(Foreign("清河县水务局", "行政审批局办公室", ""), IsEmpty());
  EXPECT_THAT(Foreign("清河县水务局", "民政局", ""), SizeIs(1));
}

}  // namespace
}  // namespace gongkai::validate
