// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/start_pace.h"

#include "gtest/gtest.h"

namespace gongkai::service {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(StartPace, PausesLongerAfterEachFailedStartUpToALimit) {
  StartPace pace;
  milliseconds before{0};
  for (int i = 0; i < 7; ++i) {
    const milliseconds pause = pace.OnFailedStart();
    EXPECT_GT(pause, before);
    before = pause;
  }
  EXPECT_EQ(pace.failed_starts(), 7);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(pace.OnFailedStart(), milliseconds(10'000));
  }
}

TEST(StartPace, BeginsAnewOnceAJobIsDone) {
  StartPace pace;
  EXPECT_FALSE(pace.OnGoodWork());
  const milliseconds first = pace.OnFailedStart();
  pace.OnFailedStart();
  EXPECT_TRUE(pace.OnGoodWork());
  EXPECT_FALSE(pace.OnGoodWork());
  EXPECT_EQ(pace.failed_starts(), 0);
  EXPECT_EQ(pace.OnFailedStart(), first);
}

TEST(StartPace, KnowsWhetherTheLastStartFailed) {
  StartPace pace;
  EXPECT_FALSE(pace.last_start_failed());
  pace.OnFailedStart();
  EXPECT_TRUE(pace.last_start_failed());
  pace.OnGoodWork();
  EXPECT_TRUE(pace.last_start_failed()) << "another worker did the job";
  pace.OnReady();
  EXPECT_FALSE(pace.last_start_failed());
}

TEST(StartPace, TakesAFewEarlyEndsForSomebodysKills) {
  StartPace pace;
  int doubted = 0;
  for (int i = 0; i < 10; ++i) doubted += pace.OnEndWithoutWork(seconds(1));
  EXPECT_EQ(doubted, 6);
  pace.OnGoodWork();
  EXPECT_FALSE(pace.OnEndWithoutWork(seconds(1)));
}

TEST(StartPace, DoesNotMindTheEndOfAWorkerThatWaitedLong) {
  StartPace pace;
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(pace.OnEndWithoutWork(seconds(60)));
  }
}

TEST(StartPace, PutsCrashesDownToDocumentsUntilThereAreTooMany) {
  StartPace pace;
  int doubted = 0;
  for (int i = 0; i < 40; ++i) doubted += pace.OnCrash();
  EXPECT_EQ(doubted, 8);
  pace.OnGoodWork();
  EXPECT_FALSE(pace.OnCrash());
}

}  // namespace
}  // namespace gongkai::service
