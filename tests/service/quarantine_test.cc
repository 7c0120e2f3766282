// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/quarantine.h"

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

  std::shared_ptr<FakeCaller> caller_ = std::make_shared<FakeCaller>();
};

TEST_F(QuarantineTest, KnowsADocumentUnderAnotherId) {
  Quarantine quarantine(10);
  EXPECT_FALSE(quarantine.Holds(*NewJob("first", "poison")));
  quarantine.Add(*NewJob("first", "poison"));
  EXPECT_TRUE(quarantine.Holds(*NewJob("first", "poison")));
  // Another id also cuts the bytes into other pieces.
  EXPECT_TRUE(quarantine.Holds(*NewJob("another, longer id", "poison")));
  EXPECT_FALSE(quarantine.Holds(*NewJob("first", "poisoN")));
  EXPECT_FALSE(quarantine.Holds(*NewJob("first", "poison!")));
}

TEST_F(QuarantineTest, KnowsALargeDocumentHoweverItIsCut) {
  const std::string content(1'000'003, 'p');
  Quarantine quarantine(10);
  quarantine.Add(*NewJob("a", content));
  EXPECT_TRUE(quarantine.Holds(*NewJob("another, longer id", content)));
  std::string other = content;
  other.back() = 'q';
  EXPECT_FALSE(quarantine.Holds(*NewJob("a", other)));
}

TEST_F(QuarantineTest, ForgetsTheOldestWhenItIsFull) {
  Quarantine quarantine(3);
  for (int i = 0; i < 5; ++i) {
    quarantine.Add(*NewJob("id", absl::StrCat("document ", i)));
    quarantine.Add(*NewJob("id", absl::StrCat("document ", i)));
  }
  EXPECT_FALSE(quarantine.Holds(*NewJob("id", "document 0")));
  EXPECT_FALSE(quarantine.Holds(*NewJob("id", "document 1")));
  for (int i = 2; i < 5; ++i) {
    EXPECT_TRUE(quarantine.Holds(*NewJob("id", absl::StrCat("document ", i))));
  }
}

TEST_F(QuarantineTest, MayBeOfNoSize) {
  Quarantine quarantine(0);
  quarantine.Add(*NewJob("id", "poison"));
  EXPECT_FALSE(quarantine.Holds(*NewJob("id", "poison")));
}

}  // namespace
}  // namespace gongkai::service
