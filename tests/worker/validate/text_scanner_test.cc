// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/text_scanner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "re2/re2.h"
#include "worker/catalog/required_literals.h"

namespace gongkai::validate {
namespace {

using forms::v1::TextTest;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TextTest Search(const std::vector<std::string>& patterns,
                const std::vector<std::string>& except = {}) {
  TextTest test;
  for (const std::string& pattern : patterns) test.add_patterns(pattern);
  for (const std::string& pattern : except) test.add_except(pattern);
  return test;
}

v1::Report Report(const std::string& overview) {
  v1::Report report;
  v1::Section* section = report.add_sections();
  section->set_kind(v1::SECTION_KIND_OVERVIEW);
  section->set_text(overview);
  return report;
}

std::vector<std::string> Matches(const TextScanner& scanner, int search) {
  std::vector<std::string> matches;
  for (const TextMatch& match : scanner.matches(search)) {
    matches.emplace_back(match.match);
  }
  return matches;
}

// The only search's matches in one text.
std::vector<std::string> MatchesIn(const TextTest& test,
                                   const std::string& text) {
  TextScanner scanner;
  const int search = scanner.Add(test);
  const v1::Report report = Report(text);
  scanner.Scan(report);
  EXPECT_EQ(scanner.Found(search), !scanner.matches(search).empty());
  return Matches(scanner, search);
}

TEST(TextScanner, KeepsWithinASentence) {
  const TextTest test = Search({"收到.*申请"});
  EXPECT_THAT(MatchesIn(test, "收到三件申请。"), ElementsAre("收到三件申请"));
  for (const char* end : {"。", "；", "！", "？", "\n"}) {
    EXPECT_THAT(MatchesIn(test, std::string("收到三件") + end + "申请"),
                IsEmpty())
        << end;
  }
}

TEST(TextScanner, FindsEveryMatchOfASentenceInOrder) {
  EXPECT_THAT(MatchesIn(Search({"费", "第[一二]条"}), "第二条费，费；第一条"),
              ElementsAre("第二条", "费", "费", "第一条"));
}

TEST(TextScanner, GivesTheFirstAndLongestOfThoseThatOverlap) {
  EXPECT_THAT(MatchesIn(Search({"公开", "信息公开", "信息公开指南"}),
                        "政府信息公开指南"),
              ElementsAre("信息公开指南"));
}

// The mark that ends a sentence is looked for like the comma behind it.
TEST(TextScanner, TakesEachSentenceByItself) {
  const TextTest test = Search({"[；，]\\d"});
  EXPECT_THAT(MatchesIn(test, "甲；，1"), ElementsAre("，1"));
  EXPECT_THAT(MatchesIn(test, "，，2，3。；，4"),
              ElementsAre("，2", "，3", "，4"));
}

TEST(TextScanner, LeavesOutSentencesWithAnException) {
  EXPECT_THAT(
      MatchesIn(Search({"492号"}, {"废止"}), "废止第492号令。第492号令有效。"),
      ElementsAre("492号"));
}

TEST(TextScanner, GivesPlacesAndGroups) {
  TextScanner scanner;
  const int search = scanner.Add(Search({"上年结转(\\d+)件"}));
  const v1::Report report = Report("全年很忙。上年结转12件，\n。");
  scanner.Scan(report);
  ASSERT_EQ(scanner.matches(search).size(), 1u);
  const TextMatch& match = scanner.matches(search)[0];
  EXPECT_EQ(match.area, forms::v1::TEXT_AREA_OVERVIEW);
  EXPECT_EQ(match.section, &report.sections(0));
  EXPECT_EQ(match.sentence, "上年结转12件，");
  EXPECT_EQ(match.group, "12");
  EXPECT_EQ(SentenceAround(match.text, match.group), match.sentence);
}

TEST(TextScanner, LooksInTheAreasOfASearch) {
  TextTest everywhere = Search({"公报"});
  TextTest title = Search({"公报"});
  title.add_areas(forms::v1::TEXT_AREA_TITLE);
  TextTest preface = Search({"公报"});
  preface.add_areas(forms::v1::TEXT_AREA_PREFACE);
  TextScanner scanner;
  const int in_all = scanner.Add(everywhere);
  const int in_title = scanner.Add(title);
  const int in_preface = scanner.Add(preface);
  v1::Report report = Report("公报一，公报二");
  report.set_title("公报");
  scanner.Scan(report);
  EXPECT_EQ(scanner.matches(in_all).size(), 2u);
  EXPECT_EQ(scanner.matches(in_title).size(), 1u);
  EXPECT_THAT(scanner.matches(in_preface), IsEmpty());
  EXPECT_TRUE(scanner.HasText(in_all));
  EXPECT_TRUE(scanner.HasText(in_title));
  EXPECT_FALSE(scanner.HasText(in_preface));
  // The next report begins anew.
  const v1::Report other = Report("无");
  scanner.Scan(other);
  EXPECT_THAT(scanner.matches(in_all), IsEmpty());
  EXPECT_FALSE(scanner.Found(in_all));
  EXPECT_FALSE(scanner.HasText(in_title));
}

TEST(TextScanner, DoesNotTellCasesApartWhereThePatternDoesNot) {
  EXPECT_THAT(MatchesIn(Search({"(?i)page \\d"}), "PAGE 3，page 4"),
              ElementsAre("PAGE 3", "page 4"));
  EXPECT_THAT(MatchesIn(Search({"Page"}), "PAGE，Page"), ElementsAre("Page"));
}

TEST(RequiredLiterals, AreInEveryMatch) {
  using catalog::RequiredLiterals;
  EXPECT_THAT(RequiredLiterals("信息处理费"), ElementsAre("信息处理费"));
  // Counts of what may be anything do not matter; these braces are no count.
  EXPECT_THAT(RequiredLiterals("现公布([^，。]{2,25}?局) ?[^]{]{2}年"),
              ElementsAre("现公布"));
  EXPECT_THAT(RequiredLiterals("[^x]{一}年报"), ElementsAre("{一}年报"));
  EXPECT_THAT(RequiredLiterals("第[一二]条.*(年报|年度报告)"),
              UnorderedElementsAre("第一条", "第二条"));
  EXPECT_THAT(RequiredLiterals("[一二].*(年报|年度报告)"),
              UnorderedElementsAre("年报", "年度报告"));
  EXPECT_THAT(RequiredLiterals("(收到)?.*申请"), ElementsAre("申请"));
  EXPECT_THAT(RequiredLiterals("\\[bookmark"), ElementsAre("[bookmark"));
  EXPECT_THAT(RequiredLiterals("(收到)?.*"), IsEmpty());
  EXPECT_THAT(RequiredLiterals("\\p{Han}+"), IsEmpty());
  EXPECT_THAT(RequiredLiterals("收到|"), IsEmpty());
  EXPECT_THAT(RequiredLiterals("(收到"), IsEmpty());
  // Letters of other alphabets may stand there in the other case.
  EXPECT_THAT(RequiredLiterals("(?i)ａ"), IsEmpty());
  EXPECT_THAT(RequiredLiterals("(?i)ａ.*表格"), ElementsAre("表格"));
}

// All matches of a test in a text, by the contract and nothing else.
std::vector<std::string> PlainMatches(const TextTest& test,
                                      const std::string& text) {
  std::vector<std::string> all;
  static const RE2* const sentences =
      new RE2("([^。；！？\n]*(?:[。；！？]|\n|$))");
  re2::StringPiece rest(text);
  std::string sentence;
  while (!rest.empty() && RE2::Consume(&rest, *sentences, &sentence)) {
    if (sentence.back() == '\n') sentence.pop_back();
    struct Found {
      size_t begin, size;
    };
    std::vector<Found> found;
    for (const std::string& pattern : test.patterns()) {
      re2::StringPiece match;
      const RE2 regex(pattern);
      for (size_t at = 0; at < sentence.size();) {
        if (!regex.Match(sentence, at, sentence.size(), RE2::UNANCHORED, &match,
                         1)) {
          break;
        }
        at = match.data() - sentence.data();
        found.push_back({at, match.size()});
        at += match.size();
      }
    }
    bool excepted = false;
    for (const std::string& except : test.except()) {
      excepted = excepted || RE2::PartialMatch(sentence, except);
    }
    if (excepted) continue;
    std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
      return a.begin != b.begin ? a.begin < b.begin : a.size > b.size;
    });
    size_t end = 0;
    for (const Found& match : found) {
      if (match.begin < end) continue;
      end = match.begin + match.size;
      all.push_back(sentence.substr(match.begin, match.size));
    }
  }
  return all;
}

TEST(TextScanner, MatchesAsThePatternsDoByThemselves) {
  const std::vector<TextTest> tests = {
      Search({"公开", "信息公开(指南|目录)", "[主不]动?公开"}),
      Search({"收到.{0,6}申请", "^申请", "申请$"}, {"不予"}),
      Search({"[0-9]+件", "[0-9]{4}年?", "\\d月\\d日"}),
      Search({"\\p{Han},\\p{Han}", "[(（]一[)）]"}),
      Search({"(?i)page ?[0-9]", "PAGE", "p"}),
      Search({"进[—-]步", "—", "一"}, {"^—"}),
      Search({"第(三十一|三十二|31)条.*报告"}, {"[旧原]条例"}),
      Search({"(公开|申请)+", "公开公开", "公"}),
  };
  const std::vector<std::string> pieces = {
      "公",     "公开", "信息公开", "指南", "目录",   "主动", "不予", "收到",
      "申请",   "件",   "1",        "2024", "年",     "3月",  "5日",  ",",
      "，",     "(一)", "（一）",   "Page", "PAGE",   " ",    "p",    "进—步",
      "进一步", "—",    "-",        "第",   "三十一", "31",   "条",   "报告",
      "旧条例", "。",   "；",       "！",   "\n",     "、",   "𠮷",   "é"};
  TextScanner scanner;
  for (const TextTest& test : tests) scanner.Add(test);
  std::mt19937_64 random(7);
  size_t matches = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = random() % 40; i >= 0; --i) {
      text += pieces[random() % pieces.size()];
    }
    const v1::Report report = Report(text);
    scanner.Scan(report);
    for (size_t i = 0; i < tests.size(); ++i) {
      const int search = static_cast<int>(i);
      const auto expected = PlainMatches(tests[i], text);
      if (round % 2 == 0) {
        ASSERT_EQ(scanner.Found(search), !expected.empty()) << text;
      }
      ASSERT_EQ(Matches(scanner, search), expected)
          << "search " << i << " in " << text;
      matches += expected.size();
    }
  }
  EXPECT_GT(matches, 10000u);
}

}  // namespace
}  // namespace gongkai::validate
