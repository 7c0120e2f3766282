// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Sketches and the search among them: that estimates are near the truth, and
// that many equal narratives cost no more than many different ones.

#include "worker/validate/near_duplicates.h"

#include <algorithm>
#include <random>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace gongkai::validate {
namespace {

using testing::ElementsAre;

struct Text {
  std::vector<uint64_t> grams;
  Sketch sketch;

  explicit Text(std::vector<uint64_t> all) : grams(std::move(all)) {
    std::sort(grams.begin(), grams.end());
    sketch = MakeSketch(grams);
  }

  NarrativeSketch In(int group, uint32_t owner) const {
    uint64_t hash = 0;
    for (const uint64_t gram : grams) hash = 31 * hash + gram;
    return {&sketch, static_cast<int>(grams.size()), hash, group, owner};
  }
};

// `size` grams, of which the first `copied` are those of `seed` 0.
Text MakeText(uint64_t seed, int size, int copied) {
  std::mt19937_64 own(seed);
  std::mt19937_64 original(0);
  std::vector<uint64_t> grams;
  for (int i = 0; i < size; ++i) {
    const uint64_t shared = original();
    grams.push_back(i < copied ? shared : own());
  }
  return Text(std::move(grams));
}

TEST(SketchTest, EstimatesAreNearTheTruth) {
  const Text original = MakeText(0, 1000, 1000);
  for (const int percent : {0, 40, 70, 80, 95, 100}) {
    double sum = 0;
    constexpr int kTexts = 40;
    for (int i = 0; i < kTexts; ++i) {
      const Text text = MakeText(1 + i, 1000, 10 * percent);
      const int estimate =
          EstimatePercent(original.sketch, 1000, text.sketch, 1000);
      // Four standard errors.
      EXPECT_NEAR(estimate, percent, 11) << percent;
      sum += estimate;
    }
    EXPECT_NEAR(sum / kTexts, percent, 2) << percent;
  }
}

TEST(SketchTest, AShortTextInALongOneIsWhollyContained) {
  const Text original = MakeText(0, 2000, 2000);
  const Text part = MakeText(0, 1000, 1000);
  EXPECT_GE(EstimatePercent(original.sketch, 2000, part.sketch, 1000), 85);
}

TEST(SketchTest, BytesComeBack) {
  const Text text = MakeText(3, 100, 0);
  Sketch sketch;
  ASSERT_TRUE(ParseSketch(SketchBytes(text.sketch), &sketch));
  EXPECT_EQ(sketch.bins, text.sketch.bins);
  EXPECT_FALSE(ParseSketch("short", &sketch));
}

TEST(NearDuplicatesTest, GroupsAndOwnersAreKept) {
  const Text original = MakeText(0, 600, 600);
  const Text copy = MakeText(1, 600, 560);
  const Text different = MakeText(2, 600, 100);
  const std::vector<Cluster> clusters = FindNearDuplicates(
      {original.In(2023, 1), different.In(2023, 2), copy.In(2023, 3),
       copy.In(2022, 4), original.In(2024, 5), copy.In(2024, 5)},
      80);
  ASSERT_EQ(clusters.size(), 1u);
  EXPECT_THAT(clusters[0].members, ElementsAre(0, 2));
  EXPECT_GE(clusters[0].percent, 80);
}

TEST(NearDuplicatesTest, NearlyAllCopiesAreFound) {
  std::vector<Text> texts;
  texts.reserve(400);
  for (int i = 0; i < 200; ++i) {
    std::mt19937_64 random(1000 + i);
    std::vector<uint64_t> grams(500);
    for (uint64_t& gram : grams) gram = random();
    texts.emplace_back(grams);
    for (int k = 0; k < 50; ++k) grams[k] = random();
    texts.emplace_back(grams);
  }
  std::vector<NarrativeSketch> sketches;
  for (size_t i = 0; i < texts.size(); ++i) {
    sketches.push_back(texts[i].In(2023, static_cast<uint32_t>(i)));
  }
  EXPECT_GE(FindNearDuplicates(sketches, 80).size(), 199u);
}

TEST(NearDuplicatesTest, ManyEqualOnesAreOneClusterAtOnce) {
  const Text equal = MakeText(0, 300, 300);
  std::vector<NarrativeSketch> sketches;
  constexpr int kTexts = 50'000;
  for (int i = 0; i < kTexts; ++i) {
    sketches.push_back(equal.In(2023, static_cast<uint32_t>(i)));
  }
  const std::vector<Cluster> clusters = FindNearDuplicates(sketches, 80);
  ASSERT_EQ(clusters.size(), 1u);
  EXPECT_EQ(clusters[0].members.size(), size_t{kTexts});
  EXPECT_EQ(clusters[0].percent, 100);
}

}  // namespace
}  // namespace gongkai::validate
