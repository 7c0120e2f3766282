// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/quarantine.h"

#include <chrono>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/service/fake_job.h"

namespace gongkai::service {
namespace {

class QuarantineTest : public testing::Test {
 protected:
  std::unique_ptr<Job> NewJob(const std::string& id,
                              const std::string& content) {
    return caller_->NewJob(id, content);
  }

  const Quarantine::Clock::time_point now_ = Quarantine::Clock::now();
  std::shared_ptr<FakeCaller> caller_ = std::make_shared<FakeCaller>();
};

TEST_F(QuarantineTest, KnowsADocumentUnderAnotherId) {
  Quarantine quarantine(10, std::chrono::hours(1));
  EXPECT_FALSE(quarantine.Holds(*NewJob("first", "poison"), now_));
  quarantine.Add(*NewJob("first", "poison"), now_);
  EXPECT_TRUE(quarantine.Holds(*NewJob("first", "poison"), now_));
  // Another id also cuts the bytes into other pieces.
  EXPECT_TRUE(quarantine.Holds(*NewJob("another, longer id", "poison"), now_));
  EXPECT_FALSE(quarantine.Holds(*NewJob("first", "poisoN"), now_));
  EXPECT_FALSE(quarantine.Holds(*NewJob("first", "poison!"), now_));
}

TEST_F(QuarantineTest, KnowsALargeDocumentHoweverItIsCut) {
  const std::string content(1'000'003, 'p');
  Quarantine quarantine(10, std::chrono::hours(1));
  quarantine.Add(*NewJob("a", content), now_);
  EXPECT_TRUE(quarantine.Holds(*NewJob("another, longer id", content), now_));
  std::string other = content;
  other.back() = 'q';
  EXPECT_FALSE(quarantine.Holds(*NewJob("a", other), now_));
}

TEST_F(QuarantineTest, ForgetsTheOldestWhenItIsFull) {
  Quarantine quarantine(3, std::chrono::hours(1));
  for (int i = 0; i < 5; ++i) {
    quarantine.Add(*NewJob("id", absl::StrCat("document ", i)), now_);
    quarantine.Add(*NewJob("id", absl::StrCat("document ", i)), now_);
  }
  EXPECT_FALSE(quarantine.Holds(*NewJob("id", "document 0"), now_));
  EXPECT_FALSE(quarantine.Holds(*NewJob("id", "document 1"), now_));
  for (int i = 2; i < 5; ++i) {
    EXPECT_TRUE(
        quarantine.Holds(*NewJob("id", absl::StrCat("document ", i)), now_));
  }
}

TEST_F(QuarantineTest, ForgetsEachAfterItsTime) {
  Quarantine quarantine(10, std::chrono::minutes(10));
  quarantine.Add(*NewJob("id", "first"), now_);
  quarantine.Add(*NewJob("id", "second"), now_ + std::chrono::minutes(5));
  const auto later = now_ + std::chrono::minutes(10);
  EXPECT_TRUE(quarantine.Holds(*NewJob("id", "first"),
                               later - std::chrono::seconds(1)));
  EXPECT_FALSE(quarantine.Holds(*NewJob("id", "first"), later));
  EXPECT_TRUE(quarantine.Holds(*NewJob("id", "second"), later));
  EXPECT_FALSE(quarantine.Holds(*NewJob("id", "second"),
                                later + std::chrono::minutes(5)));
  EXPECT_EQ(quarantine.size(), 0u) << "nothing is kept of it";
}

TEST_F(QuarantineTest, MayBeOfNoSize) {
  Quarantine quarantine(0, std::chrono::hours(1));
  quarantine.Add(*NewJob("id", "poison"), now_);
  EXPECT_FALSE(quarantine.Holds(*NewJob("id", "poison"), now_));
}

}  // namespace
}  // namespace gongkai::service
