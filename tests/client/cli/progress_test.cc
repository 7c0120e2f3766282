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
  EXPECT_EQ(ProgressText({.done = 5}, 10, absl::Milliseconds(299),
                         Language::kChinese),
            "");
}

TEST(Progress, ShowsTheShareAndTheTimeThatIsLeft) {
  EXPECT_EQ(
      ProgressText({.done = 250}, 1000, absl::Seconds(10), Language::kEnglish),
      "[#######                       ] 250/1000  25/s  about 30 s left");
  EXPECT_THAT(
      ProgressText({.done = 250}, 1000, absl::Seconds(10), Language::kChinese),
      HasSubstr("还需约30秒"));
}

TEST(Progress, IsFullAtTheEndAndEmptyAtTheStart) {
  EXPECT_EQ(ProgressText({.done = 9}, 9, absl::Seconds(1), Language::kEnglish),
            "[##############################] 9/9  9/s");
  EXPECT_EQ(ProgressText({}, 9, absl::Seconds(1), Language::kEnglish),
            "[                              ] 0/9");
}

TEST(Progress, TellsLongTimesRoughly) {
  EXPECT_THAT(ProgressText({.done = 100}, 10'100, absl::Seconds(10),
                           Language::kEnglish),
              HasSubstr("about 17 min left"));
  EXPECT_THAT(ProgressText({.done = 10}, 100'010, absl::Seconds(10),
                           Language::kChinese),
              HasSubstr("还需约28小时"));
}

TEST(Progress, CountsWhatPeopleWillLookAt) {
  EXPECT_THAT(ProgressText({.done = 50, .with_errors = 7, .unread = 2}, 100,
                           absl::Seconds(10), Language::kChinese),
              HasSubstr("有错误7  未能处理2"));
}

TEST(Progress, TakesTheRateFromWhatThisRunDid) {
  EXPECT_THAT(ProgressText({.done = 500, .recalled = 400}, 600,
                           absl::Seconds(10), Language::kEnglish),
              HasSubstr("10/s  about 10 s left"));
}

TEST(Progress, DrawsNothingWithoutATerminal) {
  Progress progress(-1, 10, Language::kEnglish);
  progress.Update({.done = 5});
  progress.Hide();
}

}  // namespace
}  // namespace gongkai::cli
