// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/rules.h"

#include <unistd.h>

#include <string>
#include <vector>

#include "client/cli/formats/rules_markdown.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/scripted_server.h"

namespace gongkai::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

v1::ListRulesResponse Rules() {
  v1::ListRulesResponse rules;
  rules.set_rule_set_version("7");
  v1::Rule* rule = rules.add_rules();
  rule->set_id("requests.balance");
  rule->set_severity(v1::SEVERITY_ERROR);
  rule->set_title("收支平衡");
  rule->set_title_en("Everything received is accounted for");
  rule->set_legal_basis("第五十条");
  return rules;
}

TEST(Rules, AreListedWithTheirBasis) {
  EXPECT_EQ(FormatRules(Rules(), Language::kChinese),
            "requests.balance  ERROR  收支平衡\n    第五十条\n规则版本 7\n");
  EXPECT_EQ(FormatRules(Rules(), Language::kEnglish),
            "requests.balance  ERROR  Everything received is accounted for\n"
            "    第五十条\nversion of the rules 7\n");
}

TEST(Rules, SayWhichAreOff) {
  v1::ListRulesResponse rules = Rules();
  rules.mutable_rules(0)->set_off(true);
  EXPECT_THAT(FormatRules(rules, Language::kEnglish),
              HasSubstr("accounted for (off by default)\n"));
}

TEST(Rules, AreKeptByIdOrByItsBeginning) {
  v1::ListRulesResponse rules = Rules();
  rules.add_rules()->set_id("requests.row-sum");
  rules.add_rules()->set_id("cells.unit");
  const auto kept = [&rules](const std::vector<std::string>& names) {
    v1::ListRulesResponse left = rules;
    EXPECT_TRUE(KeepNamed(names, Language::kEnglish, &left).ok());
    std::vector<std::string> ids;
    for (const v1::Rule& rule : left.rules()) ids.push_back(rule.id());
    return ids;
  };
  EXPECT_EQ(kept({}).size(), 3u);
  EXPECT_THAT(kept({"cells.unit"}), ElementsAre("cells.unit"));
  EXPECT_THAT(kept({"requests.*", "requests.balance"}),
              ElementsAre("requests.balance", "requests.row-sum"));
  const absl::Status status =
      KeepNamed({"cells.unit", "cells.knit"}, Language::kEnglish, &rules);
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("there is no rule cells.knit"));
}

TEST(Rules, AreAChapterForEachSubjectInMarkdown) {
  v1::ListRulesResponse rules = Rules();
  v1::Rule* rule = rules.mutable_rules(0);
  rule->set_kind("identity");
  rule->set_formula("a.*.x = b.*.x");
  rule->set_scope(v1::RULE_SCOPE_PREVIOUS);
  rule->set_bodies("乡镇");
  rule->set_bodies_en("townships");
  rule->set_first_year(2021);
  rule->set_notes("注意 [R]");
  rule->set_notes_en("mind");
  const std::string text = FormatRulesMarkdown(rules);
  EXPECT_THAT(text, HasSubstr("| [requests](#requests) | 1 |"));
  EXPECT_THAT(text, HasSubstr("## requests\n\n### `requests.balance`\n\n"
                              "收支平衡。\n*Everything received is accounted "
                              "for.*\n\n"
                              "- 级别 severity：错误 ERROR\n"
                              "- 种类 kind：`identity`\n"
                              "- 格式 forms：全部 all\n"
                              "- 年度 years：2021 –\n"
                              "- 机关 bodies：乡镇 townships\n"
                              "- 另需 needs：上年报告 last year's report\n"
                              "- 依据 basis：第五十条\n\n"
                              "```\na.*.x = b.*.x\n```\n\n"
                              "注意 \\[R]\n\n*mind*\n"));
}

TEST(Rules, ComeFromTheServer) {
  ::gongkai::testing::ScriptedServer server;
  server.SetRules(Rules());
  int fds[2];
  ASSERT_EQ(pipe(fds), 0);
  Arguments arguments;
  arguments.server = server.target();
  Console console;
  console.out = fds[1];
  EXPECT_EQ(RunRules(arguments, console), 0);
  close(fds[1]);
  char buffer[1000];
  const ssize_t size = read(fds[0], buffer, sizeof(buffer));
  close(fds[0]);
  EXPECT_EQ(std::string(buffer, size),
            FormatRules(Rules(), Language::kChinese));
}

}  // namespace
}  // namespace gongkai::cli
