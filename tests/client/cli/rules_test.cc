// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/rules.h"

#include <unistd.h>

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/scripted_server.h"

namespace gongkai::cli {
namespace {

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
