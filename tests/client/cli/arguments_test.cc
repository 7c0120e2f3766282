// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/arguments.h"

#include <cstdlib>
#include <string>
#include <vector>

#include "client/cli/help.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace gongkai::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

absl::StatusOr<Arguments> Parse(const std::vector<std::string>& words) {
  return ParseArguments(words, Language::kEnglish);
}

std::string ErrorOf(const std::vector<std::string>& words) {
  const auto arguments = Parse(words);
  EXPECT_TRUE(absl::IsInvalidArgument(arguments.status()));
  return std::string(arguments.status().message());
}

TEST(Arguments, TakesFlagsAndPathsInAnyOrderAndBothForms) {
  const auto arguments =
      Parse({"check", "a.txt", "--format=cells", "--server", "host:1", "-",
             "--year=2024", "--worker=/w", "--lang", "zh", "b"});
  ASSERT_TRUE(arguments.ok()) << arguments.status();
  EXPECT_EQ(arguments->command, Command::kCheck);
  EXPECT_EQ(arguments->format, OutputFormat::kCells);
  EXPECT_EQ(arguments->server, "host:1");
  EXPECT_EQ(arguments->worker, "/w");
  EXPECT_EQ(arguments->year, 2024);
  EXPECT_EQ(arguments->language, Language::kChinese);
  EXPECT_THAT(arguments->paths, ElementsAre("a.txt", "-", "b"));
}

TEST(Arguments, KnowsEveryFormat) {
  EXPECT_EQ(Parse({"check", "a"})->format, OutputFormat::kSummary);
  EXPECT_EQ(Parse({"check", "--format=summary", "a"})->format,
            OutputFormat::kSummary);
  EXPECT_EQ(Parse({"check", "--format=jsonl", "a"})->format,
            OutputFormat::kJsonl);
  EXPECT_EQ(Parse({"check", "--format=findings", "a"})->format,
            OutputFormat::kFindings);
}

TEST(Arguments, TakesEverythingAfterTwoDashesAsPaths) {
  EXPECT_THAT(Parse({"check", "--", "--format=x", "-h"})->paths,
              ElementsAre("--format=x", "-h"));
}

TEST(Arguments, NamesWhatItDoesNotKnowAndTheNearestThing) {
  EXPECT_THAT(ErrorOf({"chekc"}), HasSubstr("did you mean check?"));
  EXPECT_THAT(ErrorOf({"check", "--fromat=cells", "a"}),
              AllOf(HasSubstr("--fromat"), HasSubstr("mean --format?")));
  EXPECT_THAT(ErrorOf({"check", "--format=cell", "a"}),
              HasSubstr("did you mean cells?"));
  EXPECT_THAT(ErrorOf({"check", "-x", "a"}), HasSubstr("-x"));
}

TEST(Arguments, ListsWhatIsKnownWhenNothingIsNear) {
  EXPECT_THAT(ErrorOf({"frobnicate"}),
              HasSubstr("known are: check, rules, health, version, help"));
}

TEST(Arguments, WantsAPathAndValuesAndAYear) {
  EXPECT_THAT(ErrorOf({"check"}), HasSubstr("at least one file"));
  EXPECT_THAT(ErrorOf({"check", "a", "--format"}), HasSubstr("needs a value"));
  EXPECT_THAT(ErrorOf({"check", "a", "--server="}), HasSubstr("needs a value"));
  for (const char* year : {"24", "1999", "2101", "x", "2024x"}) {
    EXPECT_THAT(ErrorOf({"check", "--year", year, "a"}), HasSubstr(year));
  }
}

TEST(Arguments, KeepsFlagsOfCheckAwayFromRules) {
  EXPECT_THAT(ErrorOf({"rules", "--year=2024"}), HasSubstr("--year"));
  EXPECT_THAT(ErrorOf({"rules", "--disable=a.b"}), HasSubstr("--disable"));
  EXPECT_EQ(Parse({"rules", "--server=h:1"})->server, "h:1");
}

TEST(Arguments, TakesOptionsOfChecking) {
  const auto arguments =
      Parse({"check", "a", "--profile=strict", "--disable=a.b", "--disable=c.*",
             "--enable", "d.e", "--severity=f.g:warning", "--blank-as-zero",
             "--previous=b", "--catalog=x,y", "--catalog=z"});
  ASSERT_TRUE(arguments.ok()) << arguments.status();
  const v1::CheckOptions& options = arguments->options;
  EXPECT_EQ(options.profile(), "strict");
  EXPECT_THAT(options.disabled_rules(), ElementsAre("a.b", "c.*"));
  EXPECT_THAT(options.enabled_rules(), ElementsAre("d.e"));
  ASSERT_EQ(options.severities_size(), 1);
  EXPECT_EQ(options.severities(0).rule_id(), "f.g");
  EXPECT_EQ(options.severities(0).severity(), v1::SEVERITY_WARNING);
  EXPECT_TRUE(options.blank_as_zero());
  EXPECT_EQ(arguments->previous, "b");
  EXPECT_THAT(arguments->catalogs, ElementsAre("x", "y", "z"));
  EXPECT_THAT(arguments->paths, ElementsAre("a"));
  EXPECT_EQ(Parse({"check", "a"})->options.ByteSizeLong(), 0u);
}

TEST(Arguments, SaysHowOptionsOfCheckingAreWritten) {
  EXPECT_THAT(ErrorOf({"check", "a", "--severity=f.g"}),
              HasSubstr("ID:SEVERITY, such as cells.blank:warning, not f.g"));
  EXPECT_THAT(ErrorOf({"check", "a", "--severity=f.g:eror"}),
              HasSubstr("did you mean error?"));
  EXPECT_THAT(ErrorOf({"check", "a", "--blank-as-zero=yes"}),
              HasSubstr("takes no value"));
  EXPECT_THAT(ErrorOf({"check", "a", "--server=h:1", "--catalog=x"}),
              HasSubstr("--catalog does not go with --server"));
}

TEST(Arguments, TakesOneNameWithTls) {
  EXPECT_TRUE(Parse({"check", "a", "--server=h:1", "--tls-ca=c"}).ok());
  EXPECT_TRUE(Parse({"check", "a", "--server=h:1,i:1"}).ok());
  EXPECT_THAT(ErrorOf({"check", "a", "--server=h:1,i:1", "--tls-ca=c"}),
              HasSubstr("one host name"));
}

TEST(Arguments, TakesTheDangerOfALackingSandbox) {
  EXPECT_FALSE(Parse({"check", "a"})->without_sandbox);
  for (const char* command : {"check", "rules"}) {
    EXPECT_TRUE(Parse({command, "--dangerously_run_without_sandbox", "a"})
                    ->without_sandbox);
  }
  EXPECT_THAT(ErrorOf({"check", "a", "--dangerously_run_without_sandbox=true"}),
              HasSubstr("takes no value"));
  EXPECT_THAT(ErrorOf({"check", "a", "--server=h:1",
                       "--dangerously_run_without_sandbox"}),
              HasSubstr("does not go with --server"));
}

TEST(Arguments, TakesCollectionsWithTheirPathsAnywhere) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"check", "--collection", "--format=findings",
                                 "a", "b"},
        {"check", "--format=findings", "--collection=a", "b"},
        {"check", "a", "b", "--format=findings", "--collection"}}) {
    const auto arguments = Parse(words);
    ASSERT_TRUE(arguments.ok()) << arguments.status();
    EXPECT_TRUE(arguments->collection);
    EXPECT_EQ(arguments->format, OutputFormat::kFindings);
    EXPECT_THAT(arguments->paths, ElementsAre("a", "b"));
  }
  EXPECT_FALSE(Parse({"check", "a"})->collection);
  EXPECT_THAT(ErrorOf({"check", "--collection"}), HasSubstr("at least one"));
  EXPECT_THAT(ErrorOf({"check", "--collection", "--shard=0/2", "a"}),
              HasSubstr("--shard"));
}

TEST(Arguments, TakesTheNumberOfWorkers) {
  EXPECT_EQ(Parse({"check", "--jobs=3", "a"})->jobs, 3);
  EXPECT_EQ(Parse({"check", "a"})->jobs, 0);
  EXPECT_THAT(ErrorOf({"check", "--jobs=0", "a"}), HasSubstr("1 to 1024"));
  EXPECT_THAT(ErrorOf({"check", "--jobs=3", "--server=h:1", "a"}),
              HasSubstr("gongkaid --workers"));
}

TEST(Arguments, TakesExports) {
  const auto arguments = Parse({"check", "--export=a.csv", "--export", "b.xlsx",
                                "--wide", "--bom", "--resume", "a"});
  ASSERT_TRUE(arguments.ok()) << arguments.status();
  EXPECT_THAT(arguments->exports, ElementsAre("a.csv", "b.xlsx"));
  EXPECT_TRUE(arguments->wide);
  EXPECT_TRUE(arguments->spreadsheet_csv);
  EXPECT_TRUE(arguments->resume);
  EXPECT_THAT(ErrorOf({"check", "--export=a.pdf", "a"}), HasSubstr(".xlsx"));
  EXPECT_THAT(ErrorOf({"check", "--wide", "a"}), HasSubstr("--export"));
  EXPECT_THAT(ErrorOf({"check", "--resume", "a"}), HasSubstr("--html"));
  EXPECT_THAT(ErrorOf({"check", "--collection", "--export=a.csv", "a"}),
              HasSubstr("--collection"));
}

TEST(Arguments, TakesAShard) {
  const auto arguments = Parse({"check", "--shard=3/16", "a"});
  ASSERT_TRUE(arguments.ok());
  EXPECT_EQ(arguments->shard.index, 3);
  EXPECT_EQ(arguments->shard.count, 16);
  EXPECT_EQ(Parse({"check", "a"})->shard.count, 1);
  EXPECT_THAT(ErrorOf({"check", "--shard=16/16", "a"}), HasSubstr("0/16"));
}

TEST(Arguments, TakesIdsAndFormatsForRules) {
  const auto arguments =
      Parse({"rules", "--format=markdown", "a.b", "c.*", "--catalog=x"});
  ASSERT_TRUE(arguments.ok()) << arguments.status();
  EXPECT_EQ(arguments->format, OutputFormat::kMarkdown);
  EXPECT_THAT(arguments->paths, ElementsAre("a.b", "c.*"));
  EXPECT_EQ(Parse({"rules"})->format, OutputFormat::kTable);
  EXPECT_THAT(ErrorOf({"rules", "--format=cells"}), HasSubstr("cells"));
  EXPECT_THAT(ErrorOf({"check", "a", "--format=markdown"}),
              HasSubstr("markdown"));
}

TEST(Arguments, HelpsForEveryWayOfAsking) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{}, {"--help"}, {"-h"}, {"help"}}) {
    EXPECT_EQ(Parse(words)->command, Command::kHelp);
    EXPECT_EQ(Parse(words)->topic, Command::kHelp);
  }
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"check", "--help"},
        {"check", "a", "-h"},
        {"help", "check"}}) {
    EXPECT_EQ(Parse(words)->command, Command::kHelp);
    EXPECT_EQ(Parse(words)->topic, Command::kCheck);
  }
  EXPECT_EQ(Parse({"version"})->command, Command::kVersion);
  EXPECT_EQ(Parse({"--version"})->command, Command::kVersion);
}

TEST(Arguments, ExplainsEveryFlagAndStatusInTheHelp) {
  for (const Language language : {Language::kChinese, Language::kEnglish}) {
    const std::string help = HelpText(Command::kCheck, language);
    for (const char* word :
         {"--server",        "--worker",
          "--format",        "--year",
          "--lang",          "summary",
          "jsonl",           "cells",
          "findings",        "  0  ",
          "  1  ",           "  2  ",
          "--profile",       "--disable",
          "--enable",        "--severity",
          "--blank-as-zero", "--previous",
          "--catalog",       "--dangerously-run-without-sandbox"}) {
      EXPECT_THAT(help, HasSubstr(word));
    }
    const std::string rules = HelpText(Command::kRules, language);
    for (const char* word :
         {"--server", "--worker", "--format", "--lang", "--catalog", "table",
          "markdown", "jsonl", "--dangerously-run-without-sandbox"}) {
      EXPECT_THAT(rules, HasSubstr(word));
    }
  }
}

TEST(Arguments, HealthAsksOneServerForOneName) {
  const auto arguments = Parse({"health", "--server=host:1"});
  ASSERT_TRUE(arguments.ok()) << arguments.status();
  EXPECT_EQ(arguments->command, Command::kHealth);
  EXPECT_EQ(arguments->health_service, "readiness");
  EXPECT_EQ(Parse({"health", "--server=host:1", "--service", "liveness"})
                ->health_service,
            "liveness");
  EXPECT_THAT(ErrorOf({"health"}), HasSubstr("--server=HOST:PORT"));
  EXPECT_THAT(ErrorOf({"health", "--server=a:1,b:1"}), HasSubstr("one server"));
  EXPECT_THAT(ErrorOf({"health", "--server=a:1", "liveness"}),
              HasSubstr("--service=NAME"));
  EXPECT_THAT(ErrorOf({"health", "--server=a:1", "--format=jsonl"}),
              HasSubstr("--format"));
}

TEST(Language, FollowsTheFirstLocaleVariableThatIsSet) {
  unsetenv("LC_ALL");
  unsetenv("LC_MESSAGES");
  unsetenv("LANG");
  EXPECT_EQ(LanguageOfEnvironment(), Language::kChinese);
  setenv("LANG", "en_GB.UTF-8", 1);
  EXPECT_EQ(LanguageOfEnvironment(), Language::kEnglish);
  setenv("LC_ALL", "zh_CN.UTF-8", 1);
  EXPECT_EQ(LanguageOfEnvironment(), Language::kChinese);
  setenv("LC_ALL", "", 1);
  EXPECT_EQ(LanguageOfEnvironment(), Language::kEnglish);
  setenv("LANG", "C.UTF-8", 1);
  EXPECT_EQ(LanguageOfEnvironment(), Language::kChinese);
}

}  // namespace
}  // namespace gongkai::cli
