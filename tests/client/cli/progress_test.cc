// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/progress.h"

#include <unistd.h>

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace gongkai::cli {
namespace {

using ::testing::HasSubstr;

TEST(Progress, SaysNothingOfWorkThatIsSoonDone) {
  EXPECT_EQ(ProgressText(5, 10, absl::Milliseconds(299), Language::kChinese),
            "");
}

TEST(Progress, ShowsTheShareAndTheTimeThatIsLeft) {
  EXPECT_EQ(ProgressText(250, 1000, absl::Seconds(10), Language::kEnglish),
            "[#######                       ] 250/1000  about 30 s left");
  EXPECT_THAT(ProgressText(250, 1000, absl::Seconds(10), Language::kChinese),
              HasSubstr("还需约30秒"));
}

TEST(Progress, IsFullAtTheEndAndEmptyAtTheStart) {
  EXPECT_EQ(ProgressText(9, 9, absl::Seconds(1), Language::kEnglish),
            "[##############################] 9/9");
  EXPECT_EQ(ProgressText(0, 9, absl::Seconds(1), Language::kEnglish),
            "[                              ] 0/9");
}

TEST(Progress, DrawsNothingWithoutATerminal) {
  Progress progress(-1, 10, Language::kEnglish);
  progress.Update(5);
  progress.Hide();
}

}  // namespace
}  // namespace gongkai::cli
