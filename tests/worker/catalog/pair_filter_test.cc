// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/pair_filter.h"

#include <gtest/gtest.h>

#include <array>
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
  filter.Add(u"、", PairFilter::kThird);
  filter.Add(u"7", PairFilter::kFourth);
  const auto [first, second, third, fourth] =
      filter.Find<4>(Padded(u"、公开了7件，未收到、").data());
  EXPECT_EQ(first, 1u << 1);
  EXPECT_EQ(second, 1u << 7);
  EXPECT_EQ(third, 1u << 0 | 1u << 10);
  EXPECT_EQ(fourth, 1u << 4);
}

TEST(PairFilterTest, PassesOverWhatBeginsNoString) {
  PairFilter filter;
  for (const char16_t* word : {u"申请", u"公开", u"复议", u"诉讼", u"年报"}) {
    filter.Add(word, PairFilter::kFirst);
  }
  const auto [first, second] = filter.Find<2>(
      Padded(u"年度内共受理政府信息申请，公示开支，复查议案，均无诉求").data());
  EXPECT_EQ(first, 1u << 10);
  EXPECT_EQ(second, 0u);
}

TEST(PairFilterTest, MissesNoPlace) {
  constexpr size_t kKinds = PairFilter::kKinds;
  std::mt19937 random(1);
  const std::u16string alphabet = u"的了在公开政府信息申请复议年度1，。";
  const auto any = [&] { return alphabet[random() % alphabet.size()]; };
  for (int round = 0; round < 500; ++round) {
    const int second_buckets = 1 + static_cast<int>(random() % 3);
    PairFilter filter(second_buckets);
    std::array<std::vector<std::u16string>, kKinds> words;
    for (size_t i = random() % 12; i > 0; --i) {
      const auto kind = static_cast<PairFilter::Kind>(random() % kKinds);
      std::u16string word(1, any());
      if (kind == PairFilter::kFirst || kind == PairFilter::kSecond) {
        for (size_t more = random() % 3; more > 0; --more) word += any();
      }
      filter.Add(word, kind);
      words[kind].push_back(word);
    }
    std::u16string text;
    for (size_t i = 0; i < PairFilter::kBlock; ++i) text += any();
    const auto places = filter.Find<kKinds>(Padded(text).data());
    for (size_t i = 0; i < text.size(); ++i) {
      for (size_t kind = 0; kind < kKinds; ++kind) {
        for (const std::u16string& word : words[kind]) {
          if (text.compare(i, word.size(), word) != 0) continue;
          ASSERT_TRUE(places[kind] >> i & 1) << i;
        }
      }
    }
  }
}

}  // namespace
}  // namespace gongkai::catalog
