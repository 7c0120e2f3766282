// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// gongkai check --collection with real workers: three bodies over three years,
// in which exactly four things are wrong.

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/command.h"
#include "tests/rules/rule_cases.h"

namespace gongkai::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// Sentences of random characters that no report has in common with another,
// unless the seed is the same.
std::string Sentences(uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string text;
  for (int i = 0; i < 900; ++i) {
    const uint32_t c = 0x8000 + random() % 0x1000;
    text += {static_cast<char>(0xE0 | c >> 12),
             static_cast<char>(0x80 | (c >> 6 & 0x3F)),
             static_cast<char>(0x80 | (c & 0x3F))};
    if (i % 30 == 29) text += "。";
  }
  return text;
}

// A report of the city for a year from 2022 to 2024, after which the figures of
// the next follow.
std::string Report(const std::string& city, int year, uint64_t seed,
                   const std::string& carried_in = "") {
  rules::CaseDocument document;
  document.set_base(year == 2024 ? "city-2024" : "city-2023");
  const auto set = [&](const std::string& cell, const std::string& text) {
    rules::CellText* changed = document.add_set();
    changed->set_cell(cell);
    changed->set_text(text);
  };
  const auto replace = [&](const std::string& from, const std::string& to) {
    rules::Replacement* replacement = document.add_replace();
    replacement->set_from(from);
    replacement->set_to(to);
  };
  if (!carried_in.empty()) set("requests.carried_in.total", carried_in);
  if (year == 2022) {
    // What 2023 begins with.
    set("disclosure.rules.valid", "10");
    set("disclosure.normative.valid", "140");
    set("requests.carried_out.natural", "6");
    set("requests.carried_out.business", "1");
    set("requests.carried_out.total", "7");
    replace("2024年2月26日", "二〇二三年二月二十六日");
    replace("2023年", "2022年");
  }
  // One sentence of the overview, the same in both bases.
  replace("各项工作按计划完成。",
          absl::StrCat("各项工作按计划完成。\n", Sentences(seed), "\n"));
  replace("云麓", city);
  const absl::StatusOr<std::string> text = rules::MakeDocument(document);
  EXPECT_TRUE(text.ok()) << text.status();
  return text.value_or("");
}

class CollectionCommandTest : public CommandTest {
 protected:
  // Nine reports, one of them twice.
  void WriteReports() {
    Write("2022/a.txt", Report("青岚", 2022, 1));
    Write("2023/a.txt", Report("青岚", 2023, 2));
    Write("2024/a.txt", Report("青岚", 2024, 3, "12"));  // and 11 went out
    Write("2022/b.txt", Report("桐溪", 2022, 4));
    Write("2023/b.txt", Report("桐溪", 2023, 2));  // the words of a
    Write("2024/b.txt", Report("桐溪", 2024, 5));
    Write("2022/c.txt", Report("槿川", 2022, 6));
    Write("2023/c.txt", Report("槿川", 2023, 7));
    Write("2024/c.txt", Report("槿川", 2024, 7));  // the words of 2023
    Write("2022/again.txt", Report("槿川", 2022, 6));
  }
};

std::vector<std::string> RulesIn(const std::string& output) {
  std::vector<std::string> rules;
  for (const google::protobuf::Struct& line : ParseLines(output)) {
    std::string rule = TextOf(line, "rule");
    for (const google::protobuf::Value& document :
         line.fields().at("documents").list_value().values()) {
      const std::vector<std::string> parts =
          absl::StrSplit(document.string_value(), '/');
      absl::StrAppend(&rule, " ", parts[parts.size() - 2], "/", parts.back());
    }
    rules.push_back(rule);
  }
  return rules;
}

TEST_F(CollectionCommandTest, FindsExactlyWhatIsWrong) {
  WriteReports();
  const Result result =
      Run({"check", "--collection", root_ + "/2022", root_ + "/2023",
           root_ + "/2024", "--format=findings"});
  EXPECT_EQ(result.status, 1) << result.err;
  EXPECT_THAT(
      RulesIn(result.out),
      UnorderedElementsAre("years.carry-over 2024/a.txt 2023/a.txt",
                           "similarity.other-body 2023/a.txt 2023/b.txt",
                           "similarity.previous-year 2024/c.txt 2023/c.txt",
                           "collection.same-body 2022/again.txt 2022/c.txt"));
  ExpectCleanedUp();
}

TEST_F(CollectionCommandTest, TellsPeopleAndPrograms) {
  WriteReports();
  const Result summary = Run({"check", "--collection", root_ + "/2022",
                              root_ + "/2023", root_ + "/2024"});
  EXPECT_THAT(summary.out, HasSubstr("collection.same-body"));
  EXPECT_THAT(summary.out, HasSubstr("2022/again.txt"));
  EXPECT_THAT(summary.out, HasSubstr("10 reports of 3 bodies, 6 pairs"));
  const Result jsonl =
      Run({"check", "--format=jsonl", "--collection", root_ + "/2022"});
  EXPECT_EQ(jsonl.status, 0) << jsonl.err;
  // Four taken, the same body twice, the summary.
  EXPECT_EQ(ParseLines(jsonl.out).size(), 6u);
}

TEST_F(CollectionCommandTest, ParentsAreComparedWithTheirDistricts) {
  Write("city.txt", Report("云麓", 2024, 1));
  Write("districts/a.txt", Report("青岚", 2024, 2));
  const std::string parents = Write(
      "parents.tsv",
      absl::StrCat("# child\tparent\n", root_, "/districts\t云麓市人民政府\n"));
  const Result equal =
      Run({"check", "--collection", root_ + "/city.txt", root_ + "/districts",
           "--parents=" + parents, "--format=findings"});
  EXPECT_EQ(equal.status, 0) << equal.err;
  EXPECT_THAT(RulesIn(equal.out), IsEmpty());
  Write("districts/b.txt", Report("桐溪", 2024, 3));
  const Result twice =
      Run({"check", "--collection", root_ + "/city.txt", root_ + "/districts",
           "--parents=" + parents, "--format=findings"});
  ASSERT_EQ(RulesIn(twice.out).size(), 1u);
  EXPECT_THAT(RulesIn(twice.out)[0], HasSubstr("hierarchy.sum"));
}

TEST_F(CollectionCommandTest, SaysWhatTakesNoPart) {
  Write("a.txt", Report("青岚", 2024, 1));
  const std::string other = Write("b.txt", "今天天气很好。\n");
  const Result result = Run({"check", "--collection", root_ + "/a.txt", other});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.out, HasSubstr("b.txt"));
  EXPECT_THAT(result.out, HasSubstr("1 not processed"));
}

TEST_F(CollectionCommandTest, RefusesWhatMakesNoSense) {
  EXPECT_EQ(Run({"check", "--collection", root_, "--format=cells"}).status, 2);
  EXPECT_EQ(Run({"check", root_, "--parents=x.tsv"}).status, 2);
  Write("a.txt", Report("青岚", 2024, 1));
  const std::string bad = Write("bad.tsv", "only one column\n");
  const Result result =
      Run({"check", "--collection", root_ + "/a.txt", "--parents=" + bad});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("bad.tsv:1"));
}

}  // namespace
}  // namespace gongkai::testing
