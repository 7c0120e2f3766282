// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Rules switched, graded and added, with the real service and real workers; and
// docs/RULES.md against them.

#include <signal.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/command.h"
#include "tests/e2e/program.h"
#include "tests/rules/rule_cases.h"

namespace gongkai::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// A report in which one column does not balance and one cell has a unit.
std::string FaultyReport() {
  rules::CaseDocument document;
  document.set_base("city-2024");
  rules::CellText* cell = document.add_set();
  cell->set_cell("requests.carried_out.legal");
  cell->set_text("9");
  cell = document.add_set();
  cell->set_cell("requests.received.total");
  cell->set_text("240件");
  return rules::MakeDocument(document).value();
}

class RulesTest : public CommandTest {
 protected:
  // Checks the faulty report; "rule SEVERITY" of every failure of the rules at
  // hand.
  std::vector<std::string> Failures(std::vector<std::string> words) {
    words.insert(words.begin(), {"check", "--format=findings"});
    words.push_back(Write("report.txt", FaultyReport()));
    const Result result = Run(words);
    EXPECT_NE(result.status, 2) << result.err;
    std::vector<std::string> failures;
    for (const google::protobuf::Struct& line : ParseLines(result.out)) {
      if (TextOf(line, "result") != "FAIL") continue;
      const std::string rule = TextOf(line, "rule");
      if (rule == "requests.balance" || rule == "cells.unit" ||
          rule == "requests.no-research") {
        failures.push_back(absl::StrCat(rule, " ", TextOf(line, "severity")));
      }
    }
    return failures;
  }

  // The sentence with which the command refuses these words.
  std::string Refusal(std::vector<std::string> words) {
    words.insert(words.begin(), "check");
    words.push_back(Write("report.txt", FaultyReport()));
    const Result result = Run(words);
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.out, "");
    return result.err;
  }
};

TEST_F(RulesTest, AreAppliedAsTheCatalogueHasThem) {
  EXPECT_THAT(Failures({}),
              ElementsAre("requests.balance ERROR", "cells.unit INFO"));
}

TEST_F(RulesTest, AreSwitchedAndGradedByOptions) {
  EXPECT_THAT(Failures({"--disable=cells.unit"}),
              ElementsAre("requests.balance ERROR"));
  EXPECT_THAT(Failures({"--disable=*", "--enable=cells.unit"}),
              ElementsAre("cells.unit INFO"));
  EXPECT_THAT(Failures({"--severity=requests.balance:warning",
                        "--severity=cells.*:error"}),
              ElementsAre("cells.unit ERROR", "requests.balance WARNING"));
  EXPECT_THAT(Failures({"--profile=arithmetic"}),
              ElementsAre("requests.balance ERROR"));
  EXPECT_THAT(Failures({"--profile=arithmetic", "--enable=cells.unit"}),
              ElementsAre("requests.balance ERROR", "cells.unit INFO"));
}

TEST_F(RulesTest, AreRefusedOnceWhereTheyAreNotKnown) {
  EXPECT_EQ(
      Refusal({"--disable=requests.balanced"}),
      "gongkai: There is no rule \"requests.balanced\". ListRules and the "
      "command gongkai rules list all rules.\n");
  EXPECT_EQ(Refusal({"--profile=lax"}),
            "gongkai: There is no profile \"lax\". Known are: arithmetic, "
            "strict.\n");
  EXPECT_THAT(Refusal({"--enable=nothing.*"}), HasSubstr("\"nothing.*\""));
  EXPECT_THAT(Refusal({"--severity=nothing.at-all:info"}),
              HasSubstr("\"nothing.at-all\""));
}

// One rule more, one graded otherwise, one switched off, a profile of its own.
constexpr char kFile[] = R"(
rules {
  id: "requests.no-research"
  severity: SEVERITY_WARNING
  legal_basis: "试行"
  title: "没有科研机构"
  title_en: "no research institutions"
  message: "{difference}"
  message_en: "{difference}"
  identity { equation: "requests.received.total = requests.received.natural" }
}
changes { rule_id: "requests.balance" severity: SEVERITY_INFO }
changes { rule_id: "cells.unit" off: true }
profiles {
  name: "ours"
  title: "自用"
  title_en: "our own"
  disabled_rules: "*"
  enabled_rules: ["requests.no-research", "cells.unit"]
}
)";

TEST_F(RulesTest, AreAddedAndChangedByAFile) {
  const std::string file = Write("ours.txtpb", kFile);
  EXPECT_THAT(
      Failures({"--catalog=" + file}),
      ElementsAre("requests.no-research WARNING", "requests.balance INFO"));
  EXPECT_THAT(Failures({"--catalog=" + file, "--profile=ours"}),
              ElementsAre("requests.no-research WARNING", "cells.unit INFO"));
  const Result rules = Run({"rules", "--catalog=" + file, "requests.*"});
  EXPECT_EQ(rules.status, 0) << rules.err;
  EXPECT_THAT(rules.out, AllOf(HasSubstr("requests.no-research  WARNING"),
                               HasSubstr("requests.balance  INFO"),
                               Not(HasSubstr("cells."))));
}

TEST_F(RulesTest, AreAddedToAServer) {
  const std::string file = Write("ours.txtpb", kFile);
  const std::string target = "unix:" + temporary() + "/gongkaid";
  Program server({BuiltProgram("gongkaid"), "--drain_delay=0",
                  "--listen=" + target, "--catalog=" + file},
                 server_directory(), environment());
  EXPECT_THAT(
      Failures({"--server=" + target}),
      ElementsAre("requests.no-research WARNING", "requests.balance INFO"));
  server.Signal(SIGTERM);
  EXPECT_EQ(server.Wait().status, 0);
}

TEST_F(RulesTest, AreRefusedWithFileAndLineWhereAFileIsAtFault) {
  const std::string file =
      Write("bad.txtpb", "\nchanges { rule_id: \"cells.nothing\" off: true }");
  EXPECT_THAT(Refusal({"--catalog=" + file}),
              HasSubstr(file + ":2:11: the catalogue has no rule"));
}

TEST_F(RulesTest, AreDescribedInFull) {
  const Result result = Run({"rules", "--format=jsonl", "requests.balance"});
  EXPECT_EQ(result.status, 0) << result.err;
  const auto lines = ParseLines(result.out);
  ASSERT_EQ(lines.size(), 1);
  EXPECT_EQ(TextOf(lines[0], "kind"), "identity");
  EXPECT_EQ(TextOf(lines[0], "scope"), "RULE_SCOPE_REPORT");
  EXPECT_THAT(TextOf(lines[0], "message"), HasSubstr("{difference}"));
  const Result unknown = Run({"rules", "requests.balanced"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("requests.balanced"));
  EXPECT_THAT(unknown.out, IsEmpty());
}

TEST_F(RulesTest, SayWhatTheyNeedBesideTheReport) {
  const Result result =
      Run({"rules", "--format=jsonl", "hierarchy.sum", "similarity.other-body",
           "text.growth", "years.carry-over"});
  EXPECT_EQ(result.status, 0) << result.err;
  const auto lines = ParseLines(result.out);
  ASSERT_EQ(lines.size(), 4);
  EXPECT_EQ(TextOf(lines[0], "scope"), "RULE_SCOPE_COLLECTION");
  EXPECT_EQ(TextOf(lines[1], "scope"), "RULE_SCOPE_COLLECTION");
  EXPECT_EQ(TextOf(lines[2], "scope"), "RULE_SCOPE_PREVIOUS");
  EXPECT_EQ(TextOf(lines[3], "scope"), "RULE_SCOPE_PREVIOUS");
}

TEST_F(RulesTest, PairWithLastYearsReports) {
  const auto document = [](const std::string& base) {
    rules::CaseDocument made;
    made.set_base(base);
    return rules::MakeDocument(made).value();
  };
  const std::string report =
      Write("2024/云麓市2024年报.txt", document("city-2024"));
  const std::string other =
      Write("2024/别处2024年报.txt", document("city-2024"));
  const std::string before =
      Write("2023/云麓市2023年报.txt", document("city-2023"));
  EXPECT_EQ(Run({"check", "--previous=" + before, report}).status, 0);
  EXPECT_EQ(
      Run({"check", "--previous=" + root_ + "/2023", report, other}).status, 0);
  EXPECT_THAT(Refusal({"--previous=" + root_ + "/none"}), HasSubstr("/none"));
  const Result two = Run({"check", "--previous=" + before, report, other});
  EXPECT_EQ(two.status, 2);
  EXPECT_THAT(two.err, HasSubstr("goes with one report, but there are 2"));
}

TEST_F(RulesTest, AreThoseOfTheirDocument) {
  const char* const root = std::getenv("GONGKAI_SOURCE_DIR");
  ASSERT_NE(root, nullptr);
  std::ifstream file(absl::StrCat(root, "/docs/RULES.md"), std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  const Result result = Run({"rules", "--format=markdown"});
  EXPECT_EQ(result.status, 0) << result.err;
  // Not EXPECT_EQ, which would print both.
  EXPECT_TRUE(text.str() == result.out)
      << "docs/RULES.md is not what the catalogue says; run ./dev docs";
}

}  // namespace
}  // namespace gongkai::testing
