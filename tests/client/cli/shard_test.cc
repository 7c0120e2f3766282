// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/shard.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace gongkai::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

std::vector<std::string> Kept(Shard shard, std::vector<std::string> documents) {
  KeepShard(shard, &documents);
  return documents;
}

std::vector<std::string> Documents(int count) {
  std::vector<std::string> documents;
  for (int i = 0; i < count; ++i) {
    documents.push_back(absl::StrCat("reports/", i, ".html"));
  }
  return documents;
}

TEST(ShardTest, ReadsWhatAnIndexedJobGives) {
  const auto shard = ParseShard("3/16");
  ASSERT_TRUE(shard.has_value());
  EXPECT_EQ(shard->index, 3);
  EXPECT_EQ(shard->count, 16);
}

TEST(ShardTest, RefusesWhatIsNoShard) {
  for (const char* text : {"", "3", "/", "3/", "/3", "3/3", "4/3", "-1/3",
                           "0/0", "1/2/3", "a/b", "0/1000001"}) {
    EXPECT_FALSE(ParseShard(text).has_value()) << text;
  }
}

TEST(ShardTest, PutsEveryDocumentInExactlyOneShard) {
  const std::vector<std::string> documents = Documents(1000);
  std::vector<int> times(documents.size());
  for (int index = 0; index < 7; ++index) {
    const std::vector<std::string> kept = Kept({index, 7}, documents);
    // A seventh, as evenly as chance has it.
    EXPECT_GT(kept.size(), 100u);
    EXPECT_LT(kept.size(), 190u);
    for (const std::string& document : kept) {
      for (size_t i = 0; i < documents.size(); ++i) {
        if (documents[i] == document) ++times[i];
      }
    }
  }
  EXPECT_THAT(times, ::testing::Each(1));
}

TEST(ShardTest, LeavesDocumentsInTheirShardsWhenOthersCome) {
  const std::vector<std::string> few = Kept({2, 5}, Documents(300));
  EXPECT_THAT(Kept({2, 5}, Documents(600)), IsSupersetOf(few));
}

// sha256sum knows it as well: machines may run different builds.
TEST(ShardTest, TellsTheShardByThePathAlone) {
  EXPECT_THAT(Kept({5, 16}, {"a.txt", "某县/2024.docx"}), ElementsAre("a.txt"));
  EXPECT_THAT(Kept({13, 16}, {"a.txt", "某县/2024.docx"}),
              ElementsAre("某县/2024.docx"));
  EXPECT_THAT(Kept({0, 16}, {"a.txt", "某县/2024.docx"}), IsEmpty());
}

}  // namespace
}  // namespace gongkai::cli
