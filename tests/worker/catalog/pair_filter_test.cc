// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/pair_filter.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace gongkai::catalog {
namespace {

// A text with room for a whole block behind it.
std::u16string Padded(const std::u16string& text) {
  return text + std::u16string(PairFilter::kBlock + 1, u'\0');
}

TEST(PairFilterTest, TellsTheKindsApart) {
  PairFilter filter(/*second_buckets=*/2);
  filter.Add(u"公开", PairFilter::kFirst);
  filter.Add(u"未收到", PairFilter::kSecond);
  filter.Add(u"、", PairFilter::kFirst);
  filter.Add(u"7", PairFilter::kSecond);
  const auto places = filter.Find(Padded(u"、公开了7件，未收到、").data());
  EXPECT_EQ(places.first, 1u << 0 | 1u << 1 | 1u << 10);
  EXPECT_EQ(places.second, 1u << 4 | 1u << 7);
}

TEST(PairFilterTest, PassesOverWhatBeginsNoString) {
  PairFilter filter;
  for (const char16_t* word : {u"申请", u"公开", u"复议", u"诉讼", u"年报"}) {
    filter.Add(word, PairFilter::kFirst);
  }
  const auto places = filter.Find(
      Padded(u"年度内共受理政府信息申请，公示开支，复查议案，均无诉求").data());
  EXPECT_EQ(places.first, 1u << 10);
  EXPECT_EQ(places.second, 0u);
}

TEST(PairFilterTest, MissesNoPlace) {
  std::mt19937 random(1);
  const std::u16string alphabet = u"的了在公开政府信息申请复议年度1，。";
  const auto any = [&] { return alphabet[random() % alphabet.size()]; };
  for (int round = 0; round < 500; ++round) {
    const int second_buckets = 1 + static_cast<int>(random() % 4);
    PairFilter filter(second_buckets);
    std::vector<std::u16string> words[2];
    for (size_t i = random() % 12; i > 0; --i) {
      const auto kind = random() % 2 ? PairFilter::kFirst : PairFilter::kSecond;
      std::u16string word;
      for (size_t size = 1 + random() % 3; size > 0; --size) word += any();
      filter.Add(word, kind);
      words[kind].push_back(word);
    }
    std::u16string text;
    for (size_t i = 0; i < PairFilter::kBlock; ++i) text += any();
    const auto places = filter.Find(Padded(text).data());
    for (size_t i = 0; i < text.size(); ++i) {
      for (const auto kind : {PairFilter::kFirst, PairFilter::kSecond}) {
        const uint64_t found =
            kind == PairFilter::kFirst ? places.first : places.second;
        for (const std::u16string& word : words[kind]) {
          if (text.compare(i, word.size(), word) != 0) continue;
          ASSERT_TRUE(found >> i & 1) << i;
        }
      }
    }
  }
}

}  // namespace
}  // namespace gongkai::catalog
