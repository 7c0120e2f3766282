// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/finding.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace gongkai::validate {
namespace {

using testing::ElementsAre;

forms::v1::Rule Rule(const std::string& id) {
  forms::v1::Rule rule;
  rule.set_id(id);
  rule.set_severity(v1::SEVERITY_ERROR);
  return rule;
}

std::vector<std::string> Ids(const Findings& findings) {
  std::vector<std::string> ids;
  for (int i = 0; i < findings.size(); ++i) {
    ids.push_back(findings[i].rule().id());
  }
  return ids;
}

TEST(Finding, HoldsTheArgumentsThatItsTemplateUsesByName) {
  const forms::v1::Rule rule = Rule("a");
  Findings findings;
  Finding* const finding = findings.Add(rule, v1::RULE_RESULT_FAIL);
  finding->SetMessage("{right}、{left}、{right}、{other}", "{left_en}",
                      {{"left", "1"}, {"left_en", "one"}, {"right", "2"}});
  ASSERT_EQ(finding->message_args_size(), 2u);
  EXPECT_EQ(finding->message_arg(0), MessageArgument("left", "1"));
  EXPECT_EQ(finding->message_arg(1), MessageArgument("right", "2"));
  EXPECT_EQ(finding->message(), "2、1、2、{other}");
  EXPECT_EQ(finding->message_en(), "one");
}

TEST(Finding, SaysNothingOfWhatItHeldBefore) {
  const forms::v1::Rule rule = Rule("a");
  Findings findings;
  v1::Finding empty;
  findings.Add(rule, v1::RULE_RESULT_FAIL)->Write(&empty);
  findings.Clear();
  Finding* const finding = findings.Add(rule, v1::RULE_RESULT_PASS);
  finding->add_cell({1, 2, 3});
  finding->add_previous_cell({1, 2, 3});
  finding->add_places()->set_row(1);
  finding->add_quotations()->set_text("b");
  finding->set_left("1");
  finding->set_right("2");
  finding->set_difference("3");
  finding->set_formula("c");
  finding->SetMessage("{d}", "e", {{"d", "f"}});
  finding->set_repair(v1::Repair());
  finding->set_section(v1::SECTION_KIND_REQUESTS);
  finding->set_severity(v1::SEVERITY_INFO);
  finding->set_assumed_zero(true);
  findings.Clear();
  v1::Finding again;
  findings.Add(rule, v1::RULE_RESULT_FAIL)->Write(&again);
  EXPECT_EQ(again.SerializeAsString(), empty.SerializeAsString());
}

TEST(Findings, AreSortedBehindThoseBeforeAndKeepTheirOrder) {
  const forms::v1::Rule a = Rule("a"), b = Rule("b"), c = Rule("c");
  Findings findings;
  findings.Add(c, v1::RULE_RESULT_SKIPPED);
  findings.Add(c, v1::RULE_RESULT_NOT_ASSESSABLE);
  findings.Add(a, v1::RULE_RESULT_FAIL);
  findings.Add(a, v1::RULE_RESULT_NOT_ASSESSABLE);
  findings.Add(b, v1::RULE_RESULT_FAIL);
  findings.Sort(1, [](const Finding& finding) { return finding.result(); });
  EXPECT_THAT(Ids(findings), ElementsAre("c", "a", "b", "c", "a"));
}

TEST(Findings, AreTakenFromOneListToAnother) {
  const forms::v1::Rule a = Rule("a"), b = Rule("b");
  Findings from, to;
  to.Add(a, v1::RULE_RESULT_FAIL);
  from.Add(b, v1::RULE_RESULT_FAIL);
  from.Add(a, v1::RULE_RESULT_FAIL);
  to.Take(&from);
  EXPECT_THAT(Ids(to), ElementsAre("a", "b", "a"));
  EXPECT_TRUE(from.empty());
  // The list that gave them away is as good as new.
  from.Add(a, v1::RULE_RESULT_FAIL);
  EXPECT_THAT(Ids(from), ElementsAre("a"));
}

}  // namespace
}  // namespace gongkai::validate
