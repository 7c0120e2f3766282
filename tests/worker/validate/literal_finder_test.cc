// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/literal_finder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "worker/catalog/read_text.h"

namespace gongkai::validate {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

// The byte at which each string is found, and its number.
using Places = std::set<std::pair<size_t, int>>;

Places PlacesIn(const LiteralFinder& finder, const std::string& bytes) {
  v1::Report report;
  report.set_title(bytes);
  catalog::ReadText read;
  read.Read(report);
  const catalog::CodedText text = read.title();
  Places places;
  for (size_t block = 0; block < text.size;
       block += catalog::PairFilter::kBlock) {
    const auto [pairs, ones] = finder.filter().Find<2>(text.codes + block);
    for (size_t i = 0; i < catalog::PairFilter::kBlock; ++i) {
      const size_t at = block + i;
      if (at >= text.size) break;
      if ((pairs >> i & 1) != 0) {
        finder.FindAt(
            text.codes + at, text.codes + text.size, [&](int literal) {
              EXPECT_TRUE(places.insert({text.begins[at], literal}).second);
            });
      }
      if ((ones >> i & 1) != 0) {
        const int literal = finder.ones()[finder.OneOf(text.codes[at])].literal;
        if (literal >= 0) places.insert({text.begins[at], literal});
      }
    }
  }
  return places;
}

TEST(LiteralFinderTest, FindsAllThatBeginAtAPlace) {
  LiteralFinder finder;
  EXPECT_EQ(finder.Add("信息"), 0);
  EXPECT_EQ(finder.Add("信息公开"), 1);
  EXPECT_EQ(finder.Add("信"), 2);
  EXPECT_EQ(finder.Add("信息"), 0);
  finder.Build();
  EXPECT_THAT(PlacesIn(finder, "的信息公开"),
              ElementsAre(Pair(3, 0), Pair(3, 1), Pair(3, 2)));
  EXPECT_THAT(PlacesIn(finder, "的信息公"),
              ElementsAre(Pair(3, 0), Pair(3, 2)));
  EXPECT_THAT(PlacesIn(finder, "息公开"), IsEmpty());
}

TEST(LiteralFinderTest, TakesLettersInEitherCase) {
  LiteralFinder finder;
  finder.Add("http");
  finder.Add("k");
  finder.Add("ok吗");
  finder.Build();
  EXPECT_THAT(PlacesIn(finder, "见HtTp"), ElementsAre(Pair(3, 0)));
  EXPECT_THAT(PlacesIn(finder, "OK吗"), ElementsAre(Pair(0, 2), Pair(1, 1)));
  EXPECT_THAT(PlacesIn(finder, "h4tp"), IsEmpty());
}

TEST(LiteralFinderTest, KnowsWhereToStop) {
  LiteralFinder finder;
  finder.StopAt(u'。');
  finder.Add("。");
  finder.Build();
  EXPECT_TRUE(finder.ones()[finder.OneOf(u'。')].stops);
  EXPECT_EQ(finder.ones()[finder.OneOf(u'。')].literal, 0);
  EXPECT_FALSE(finder.ones()[finder.OneOf(u'，')].stops);
  EXPECT_EQ(finder.ones()[finder.OneOf(u'，')].literal, -1);
}

TEST(LiteralFinderTest, FindsWhatASearchForEachFinds) {
  std::mt19937 random(1);
  const std::vector<std::string> alphabet = {"公", "开", "政", "府", "申",
                                             "请", "年", "a",  "B",  "b",
                                             "1",  "，", "é",  "𠀀", "𠀁"};
  const auto any = [&](size_t most) {
    std::string text;
    for (size_t i = 1 + random() % most; i > 0; --i) {
      text += alphabet[random() % alphabet.size()];
    }
    return text;
  };
  for (int round = 0; round < 500; ++round) {
    LiteralFinder finder;
    std::vector<std::string> literals;
    for (size_t i = random() % 40; i > 0; --i) {
      const std::string literal = absl::AsciiStrToLower(any(5));
      const size_t number = static_cast<size_t>(finder.Add(literal));
      if (number == literals.size()) literals.push_back(literal);
      ASSERT_EQ(literals[number], literal);
    }
    finder.Build();
    const std::string text = any(200);
    Places expected;
    for (size_t at = 0; at < text.size(); ++at) {
      for (size_t i = 0; i < literals.size(); ++i) {
        if (absl::EqualsIgnoreCase(text.substr(at, literals[i].size()),
                                   literals[i])) {
          expected.insert({at, static_cast<int>(i)});
        }
      }
    }
    ASSERT_EQ(PlacesIn(finder, text), expected) << text;
  }
}

}  // namespace
}  // namespace gongkai::validate
