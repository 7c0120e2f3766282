// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The kinds of rules about wording, on rules made for the test.

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/worker/validate/report_builder.h"
#include "worker/validate/body_classes.h"
#include "worker/validate/checker.h"
#include "worker/validate/claim_table.h"
#include "worker/validate/text_scanner.h"
#include "worker/validate/unread_cells.h"

namespace gongkai::validate {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// What a rule of this kind says of reports.
class RuleOf {
 public:
  RuleOf(MakeChecker make, const std::string& kind) {
    const std::string text = absl::StrCat(
        "id: 'text.test' severity: SEVERITY_WARNING title: '甲' message: "
        "'{quote}>{correction}' message_en: '{count}' ",
        kind);
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &rule_));
    checker_ =
        make(rule_, {TestCatalog(), classes_, scanner_, claims_, unread_});
  }

  v1::RuleResult Check(const v1::Report& report) {
    scanner_.Scan(report);
    findings_.Clear();
    ReportView view;
    view.report = &report;
    const v1::CheckOptions options;
    const Subject subject = {view, nullptr, false, scanner_, claims_, options};
    return checker_->Check(subject, &findings_);
  }

  // The messages about a report with this overview.
  std::vector<std::string> Messages(const std::string& overview) {
    v1::Report report;
    v1::Section* section = report.add_sections();
    section->set_kind(v1::SECTION_KIND_OVERVIEW);
    section->set_text(overview);
    Check(report);
    std::vector<std::string> messages;
    for (int i = 0; i < findings_.size(); ++i) {
      messages.push_back(findings_[i].message());
    }
    return messages;
  }

  const Finding& finding(int i) const { return findings_[i]; }

 private:
  forms::v1::Rule rule_;
  const BodyClasses classes_{TestCatalog().proto()};
  TextScanner scanner_;
  ClaimTable claims_{TestCatalog()};
  UnreadCells unread_{TestCatalog().proto().phrases()};
  std::unique_ptr<Checker> checker_;
  Findings findings_;
};

TEST(Pattern, ListsEightAndThenTheRest) {
  RuleOf rule(MakePatternChecker, "pattern { text { patterns: '第[0-9]+' } }");
  std::string text;
  for (int i = 1; i <= 11; ++i) absl::StrAppend(&text, "第", i, "，");
  const auto messages = rule.Messages(text);
  ASSERT_THAT(messages, SizeIs(9));
  EXPECT_EQ(messages[0], "第1>");
  EXPECT_EQ(messages[8], "第9”、“第10”、“第11>");
  EXPECT_EQ(rule.finding(8).message_en(), "3");
  EXPECT_THAT(rule.finding(8).quotations(), SizeIs(3));
  EXPECT_EQ(rule.finding(8).section(), v1::SECTION_KIND_OVERVIEW);
}

TEST(Pattern, TakesMatchesTogether) {
  RuleOf rule(MakePatternChecker,
              "pattern { together: true at_least: 2 text { patterns: '图' } "
              "unless { patterns: '表' } }");
  EXPECT_THAT(rule.Messages("图。"), IsEmpty());
  EXPECT_THAT(rule.Messages("图。图"), ElementsAre("图>"));
  EXPECT_EQ(rule.finding(0).message_en(), "2");
  EXPECT_THAT(rule.Messages("图。图。表"), IsEmpty());
}

TEST(Pattern, CorrectsButNotInsideOtherWords) {
  RuleOf rule(MakePatternChecker,
              "pattern { corrections { wrong: '转结' right: '结转' within: "
              "['流转结果', '结转结余'] } corrections { wrong: '[x]' right: "
              "'y' } }");
  EXPECT_THAT(rule.Messages("转结三件，流转结果，结转结余，[x]。"),
              ElementsAre("转结>结转", "[x]>y"));
  EXPECT_THAT(rule.Messages("结转结果"), ElementsAre("转结>结转"));
}

TEST(Pattern, HasNothingToSayWithoutText) {
  RuleOf rule(MakePatternChecker,
              "pattern { text { patterns: '图' areas: TEXT_AREA_PREFACE } }");
  v1::Report report;
  EXPECT_EQ(rule.Check(report), v1::RULE_RESULT_SKIPPED);
  report.mutable_preface()->set_text("无");
  EXPECT_EQ(rule.Check(report), v1::RULE_RESULT_PASS);
}

TEST(Presence, IsNotAssessableWhereTextIsMissing) {
  RuleOf rule(MakePresenceChecker,
              "presence { section: SECTION_KIND_OVERVIEW mild: 1 "
              "aspects { name: '甲' name_en: 'a' text { patterns: '甲' } } "
              "aspects { name: '乙' name_en: 'b' text { patterns: '乙' } } }");
  EXPECT_THAT(rule.Messages("甲。乙"), IsEmpty());
  rule.Messages("甲");
  EXPECT_EQ(rule.finding(0).severity(), v1::SEVERITY_INFO);
  rule.Messages("丙");
  EXPECT_EQ(rule.finding(0).severity(), v1::SEVERITY_WARNING);
  EXPECT_EQ(rule.finding(0).section(), v1::SECTION_KIND_OVERVIEW);

  v1::Report report;
  EXPECT_EQ(rule.Check(report), v1::RULE_RESULT_SKIPPED);
  report.add_sections()->set_kind(v1::SECTION_KIND_PROBLEMS);
  report.mutable_sections(0)->set_text("丙");
  EXPECT_EQ(rule.Check(report), v1::RULE_RESULT_SKIPPED);
  report.mutable_sections(0)->set_kind(v1::SECTION_KIND_OVERVIEW);
  EXPECT_EQ(rule.Check(report), v1::RULE_RESULT_FAIL);
  report.add_diagnostics()->set_kind(v1::DIAGNOSTIC_KIND_TRUNCATED);
  EXPECT_EQ(rule.Check(report), v1::RULE_RESULT_NOT_ASSESSABLE);
  report.clear_diagnostics();
  report.mutable_sections(0)->clear_text();
  EXPECT_EQ(rule.Check(report), v1::RULE_RESULT_NOT_ASSESSABLE);
}

TEST(Repetition, FindsWordsWhateverTheirLength) {
  RuleOf rule(MakeRepetitionChecker,
              "repetition { min_characters: 2 max_characters: 4 allowed: "
              "'甲乙甲乙' within: '丙丁丙丁戊' ignored_characters: '一二' }");
  EXPECT_THAT(rule.Messages("政务政务公开"), ElementsAre("政务政务>政务"));
  EXPECT_THAT(rule.Messages("子丑寅卯子丑寅卯"),
              ElementsAre("子丑寅卯子丑寅卯>子丑寅卯"));
  EXPECT_THAT(rule.Messages("子丑寅卯辰子丑寅卯辰"), IsEmpty());
  EXPECT_THAT(rule.Messages("甲乙甲乙，丙丁丙丁戊，一二一二，人人，政务，政务"),
              IsEmpty());
  EXPECT_THAT(rule.Messages("丙丁丙丁"), ElementsAre("丙丁丙丁>丙丁"));
  EXPECT_THAT(rule.Messages("子丑子丑子丑。寅卯寅卯"),
              ElementsAre("子丑子丑>子丑", "寅卯寅卯>寅卯"));
}

// True if a word of 2 to 4 characters stands twice running in the run.
bool Repeats(const std::string& text) {
  const std::u32string run = [&] {
    std::u32string characters;
    for (size_t i = 0; i + 2 < text.size(); i += 3) {
      characters +=
          static_cast<char32_t>(text[i + 1] & 0x3F) << 6 | (text[i + 2] & 0x3F);
    }
    return characters;
  }();
  for (size_t length = 2; length <= 4; ++length) {
    for (size_t at = 0; at + 2 * length <= run.size(); ++at) {
      if (run.compare(at, length, run, at + length, length) == 0) return true;
    }
  }
  return false;
}

TEST(Repetition, FindsWhatComparingAllWindowsFinds) {
  RuleOf rule(MakeRepetitionChecker,
              "repetition { min_characters: 2 max_characters: 4 }");
  std::mt19937_64 random(11);
  int found = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (int i = random() % 14; i >= 0; --i) {
      constexpr const char* kCharacters[] = {"政", "务", "公", "开"};
      text += kCharacters[random() % 4];
    }
    const bool expected = Repeats(text);
    ASSERT_EQ(!rule.Messages(text).empty(), expected) << text;
    found += expected ? 1 : 0;
  }
  EXPECT_GT(found, 2000);
  EXPECT_LT(found, 18000);
}

TEST(ParagraphEnd, LooksAtLongParagraphsOnly) {
  RuleOf rule(MakeParagraphEndChecker,
              "paragraph_end { min_characters: 6 at_most: 2 marks: '，' "
              "heading: '^（一）' except: '电话' areas: TEXT_AREA_OVERVIEW }");
  EXPECT_THAT(rule.Messages("各项工作按计划完\n各项工作按计划完成。　\n"),
              ElementsAre("各项工作按计划完>"));
  EXPECT_THAT(rule.Messages("各项工作，按计划，"),
              ElementsAre("各项工作，按计划，>"));
  EXPECT_THAT(rule.Messages("各项工作\n（一）各项工作按计划\n电话在一楼大厅\n"
                            "各项工作按计划123\n各项工作按计划："),
              IsEmpty());
  EXPECT_THAT(rule.Messages("（一）工作。各项工作按计"), SizeIs(1));
  EXPECT_THAT(rule.Messages("各项工作按计划\n各项工作按计划\n各项工作按计划"),
              IsEmpty());
}

}  // namespace
}  // namespace gongkai::validate
