// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Rules switched and graded by the options of a request.

#include "worker/validate/selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "tests/worker/validate/report_builder.h"

namespace gongkai::validate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Three rules, one of which is off, and a profile.
const forms::v1::Catalog& SmallCatalog() {
  static const auto* const catalog = [] {
    auto* parsed = new forms::v1::Catalog;
    const bool ok = google::protobuf::TextFormat::ParseFromString(
        R"(rules { id: "a.one" severity: SEVERITY_ERROR }
           rules { id: "a.two" severity: SEVERITY_INFO off: true }
           rules { id: "b.one" severity: SEVERITY_INFO }
           profiles {
             name: "two"
             disabled_rules: "*"
             enabled_rules: "a.two"
             severities { rule_id: "a.two" severity: SEVERITY_ERROR }
           }
           profiles { name: "all" enabled_rules: "*" })",
        parsed);
    EXPECT_TRUE(ok);
    return parsed;
  }();
  return *catalog;
}

v1::CheckOptions Parse(const std::string& text) {
  v1::CheckOptions options;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &options));
  return options;
}

// The rules that are on, with the severity that was given to them.
std::vector<std::string> On(const Selection& selection) {
  std::vector<std::string> on;
  for (int i = 0; i < SmallCatalog().rules_size(); ++i) {
    if (!selection.is_on(i)) continue;
    std::string text = SmallCatalog().rules(i).id();
    if (selection.severity(i) != v1::SEVERITY_UNSPECIFIED) {
      absl::StrAppend(&text, " ", v1::Severity_Name(selection.severity(i)));
    }
    on.push_back(text);
  }
  return on;
}

std::vector<std::string> Selected(const std::string& options) {
  Selection selection(SmallCatalog());
  const auto refusal = selection.Select(Parse(options));
  EXPECT_FALSE(refusal.has_value()) << refusal->message_en;
  return On(selection);
}

TEST(Selection, IsTheCataloguesOwnWithoutOptions) {
  EXPECT_THAT(Selected(""), ElementsAre("a.one", "b.one"));
  EXPECT_THAT(Selected("include_passed: true blank_as_zero: true"),
              ElementsAre("a.one", "b.one"));
}

TEST(Selection, SwitchesRules) {
  EXPECT_THAT(Selected("disabled_rules: 'a.one'"), ElementsAre("b.one"));
  EXPECT_THAT(Selected("enabled_rules: 'a.two'"),
              ElementsAre("a.one", "a.two", "b.one"));
  EXPECT_THAT(Selected("disabled_rules: 'a.*'"), ElementsAre("b.one"));
  EXPECT_THAT(Selected("disabled_rules: '*' enabled_rules: 'a.one'"),
              ElementsAre("a.one"));
}

TEST(Selection, GradesRulesAndTheLastGradeCounts) {
  EXPECT_THAT(Selected("severities { rule_id: '*' severity: SEVERITY_INFO }"
                       "severities { rule_id: 'b.one' severity: "
                       "SEVERITY_WARNING }"),
              ElementsAre("a.one SEVERITY_INFO", "b.one SEVERITY_WARNING"));
}

TEST(Selection, TakesTheProfileFirst) {
  EXPECT_THAT(Selected("profile: 'two'"), ElementsAre("a.two SEVERITY_ERROR"));
  EXPECT_THAT(Selected("profile: 'two' enabled_rules: 'b.one'"),
              ElementsAre("a.two SEVERITY_ERROR", "b.one"));
  EXPECT_THAT(Selected("profile: 'two' disabled_rules: 'a.two'"), IsEmpty());
  EXPECT_THAT(Selected("profile: 'two' severities { rule_id: 'a.two' "
                       "severity: SEVERITY_WARNING }"),
              ElementsAre("a.two SEVERITY_WARNING"));
}

TEST(Selection, RefusesWhatIsNotKnownByItsName) {
  const auto refusal = [](const std::string& options) {
    Selection selection(SmallCatalog());
    const auto refused = selection.Select(Parse(options));
    EXPECT_TRUE(refused.has_value());
    // Nothing of the options is applied.
    EXPECT_THAT(On(selection), ElementsAre("a.one", "b.one"));
    return refused.has_value() ? *refused : Refusal();
  };
  EXPECT_THAT(refusal("profile: 'three'").message_en,
              HasSubstr("no profile \"three\". Known are: two, all."));
  EXPECT_THAT(refusal("profile: 'three'").message,
              HasSubstr("没有名为“three”的规则组合"));
  EXPECT_THAT(
      refusal("disabled_rules: 'b.one' disabled_rules: 'b.two'").message_en,
      HasSubstr("no rule \"b.two\""));
  EXPECT_THAT(refusal("enabled_rules: 'c.*'").message_en,
              HasSubstr("no rule \"c.*\""));
  EXPECT_THAT(refusal("severities { rule_id: 'b.two' severity: SEVERITY_INFO }")
                  .message_en,
              HasSubstr("no rule \"b.two\""));
  EXPECT_THAT(refusal("severities { rule_id: 'b.one' }").message_en,
              HasSubstr("The severity wanted for the rule \"b.one\""));
  v1::CheckOptions unheard;
  unheard.add_severities()->set_rule_id("b.one");
  unheard.mutable_severities(0)->set_severity(static_cast<v1::Severity>(99));
  EXPECT_TRUE(Selection(SmallCatalog()).Select(unheard).has_value());
}

TEST(Selection, QuotesLongNamesInPart) {
  v1::CheckOptions options;
  std::string name;
  for (int i = 0; i < 1000; ++i) name += "规";
  options.add_disabled_rules(name);
  const auto refusal = Selection(SmallCatalog()).Select(options);
  ASSERT_TRUE(refusal.has_value());
  EXPECT_LT(refusal->message.size(), 300u);
  EXPECT_THAT(refusal->message, HasSubstr("规…”"));
}

TEST(Selection, FollowsChangingOptions) {
  Selection selection(SmallCatalog());
  const v1::CheckOptions one = Parse("disabled_rules: 'a.one'");
  for (int i = 0; i < 2; ++i) {
    EXPECT_FALSE(selection.Select(one).has_value());
    EXPECT_FALSE(selection.Select(one).has_value());
    EXPECT_THAT(On(selection), ElementsAre("b.one"));
    EXPECT_FALSE(selection.Select(Parse("profile: 'all'")).has_value());
    EXPECT_THAT(On(selection), ElementsAre("a.one", "a.two", "b.one"));
    EXPECT_FALSE(selection.Select({}).has_value());
    EXPECT_THAT(On(selection), ElementsAre("a.one", "b.one"));
  }
}

TEST(Validator, AppliesTheSelection) {
  ReportBuilder builder(v1::TEMPLATE_2021);
  builder.Set("requests.received.natural", 3);
  Validator validator(TestCatalog());
  const auto failures = [&](const std::string& options) {
    v1::ValidateReportResponse response;
    validator.Validate(builder.report(), Parse(options), {},
                       response.mutable_findings());
    std::vector<std::string> failed;
    for (const v1::Finding& finding : response.findings()) {
      if (finding.result() != v1::RULE_RESULT_FAIL) continue;
      failed.push_back(absl::StrCat(finding.rule_id(), " ",
                                    v1::Severity_Name(finding.severity())));
    }
    return failed;
  };
  const std::string only =
      "disabled_rules: '*' enabled_rules: 'requests.row-sum' "
      "enabled_rules: 'requests.balance'";
  EXPECT_THAT(failures(only), ElementsAre("requests.balance SEVERITY_ERROR",
                                          "requests.row-sum SEVERITY_ERROR"));
  // Findings are ordered by the severity that was asked for.
  EXPECT_THAT(failures(only + " severities { rule_id: 'requests.balance' "
                              "severity: SEVERITY_INFO }"),
              ElementsAre("requests.row-sum SEVERITY_ERROR",
                          "requests.balance SEVERITY_INFO"));
  EXPECT_TRUE(validator.Refuse(Parse("profile: 'nothing'")).has_value());
  EXPECT_FALSE(validator.Refuse(Parse("profile: 'strict'")).has_value());
}

}  // namespace
}  // namespace gongkai::validate
