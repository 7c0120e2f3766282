// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/internal/ledger.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace gongkai::internal {
namespace {

constexpr int kLanes = 2;

BulkOptions Window(int documents, int64_t bytes, int streams = kLanes) {
  BulkOptions options;
  options.max_in_flight_documents = documents;
  options.max_in_flight_bytes = bytes;
  options.streams = streams;
  return options;
}

std::string TakenFrom(Ledger& ledger, int lane, StreamLimits limits = {}) {
  const auto entry = ledger.Take(lane, limits);
  return entry == nullptr ? "nothing" : entry->id;
}

TEST(Ledger, GivesDocumentsInTheOrderOfTheSource) {
  Ledger ledger(Window(10, 1000), kLanes);
  ASSERT_TRUE(ledger.Add("a", {}, 1).ok());
  ASSERT_TRUE(ledger.Add("b", {}, 1).ok());
  EXPECT_EQ(TakenFrom(ledger, 0), "a");
  EXPECT_EQ(TakenFrom(ledger, 1), "b");
  EXPECT_EQ(TakenFrom(ledger, 0), "nothing");
}

TEST(Ledger, SettlesADocumentOnceAndOnlyOnItsLane) {
  Ledger ledger(Window(10, 1000), kLanes);
  ASSERT_TRUE(ledger.Add("a", {}, 1).ok());
  EXPECT_EQ(ledger.Settle(0, "a"), nullptr) << "not sent yet";
  ledger.Take(0, {});
  EXPECT_EQ(ledger.Settle(1, "a"), nullptr) << "sent on lane 0";
  ASSERT_NE(ledger.Settle(0, "a"), nullptr);
  EXPECT_EQ(ledger.Settle(0, "a"), nullptr);
  EXPECT_TRUE(ledger.empty());
}

TEST(Ledger, PutsWhatALaneLostBeforeAllOthersInItsOldOrder) {
  Ledger ledger(Window(10, 1000), kLanes);
  for (const char* id : {"a", "b", "c", "d", "e"}) {
    ASSERT_TRUE(ledger.Add(id, {}, 1).ok());
  }
  for (const int lane : {0, 1, 0, 0}) ledger.Take(lane, {});
  EXPECT_NE(ledger.Settle(0, "c"), nullptr);
  EXPECT_TRUE(ledger.Return(0, /*broke=*/true).empty());
  EXPECT_EQ(ledger.documents_on(0), 0);
  for (const char* id : {"a", "d", "e", "nothing"}) {
    EXPECT_EQ(TakenFrom(ledger, 1), id);
  }
}

TEST(Ledger, CountsWaitingAndSentDocumentsInItsWindow) {
  Ledger ledger(Window(2, 1000), kLanes);
  ASSERT_TRUE(ledger.Add("a", {}, 1).ok());
  EXPECT_TRUE(ledger.HasRoom());
  ASSERT_TRUE(ledger.Add("b", {}, 1).ok());
  EXPECT_FALSE(ledger.HasRoom());
  ledger.Take(0, {});
  EXPECT_FALSE(ledger.HasRoom());
  ledger.Settle(0, "a");
  EXPECT_TRUE(ledger.HasRoom());
}

TEST(Ledger, LetsALargeDocumentPassAlone) {
  Ledger ledger(Window(10, 100), kLanes);
  EXPECT_TRUE(ledger.Fits(1'000'000));
  ASSERT_TRUE(ledger.Add("a", {}, 40).ok());
  EXPECT_TRUE(ledger.Fits(60));
  EXPECT_FALSE(ledger.Fits(61));
}

TEST(Ledger, AlwaysFindsAmpleRoomWhenItIsEmpty) {
  for (const int documents : {1, 2, 3, 256}) {
    Ledger ledger(Window(documents, 1), kLanes);
    EXPECT_TRUE(ledger.HasAmpleRoom()) << documents;
  }
}

TEST(Ledger, KeepsTheServersWindowsOnALane) {
  StreamLimits limits;
  limits.window_documents = 2;
  limits.window_bytes = 100;
  Ledger ledger(Window(10, 1'000'000), kLanes);
  ASSERT_TRUE(ledger.Add("larger than the window", {}, 200).ok());
  ASSERT_TRUE(ledger.Add("b", {}, 40).ok());
  ASSERT_TRUE(ledger.Add("c", {}, 40).ok());
  ASSERT_TRUE(ledger.Add("d", {}, 1).ok());
  EXPECT_EQ(TakenFrom(ledger, 0, limits), "larger than the window");
  EXPECT_EQ(TakenFrom(ledger, 0, limits), "nothing");
  EXPECT_EQ(TakenFrom(ledger, 1, limits), "b");
  EXPECT_EQ(TakenFrom(ledger, 1, limits), "c");
  EXPECT_EQ(TakenFrom(ledger, 1, limits), "nothing") << "two documents";
}

TEST(Ledger, GivesEachLaneItsShareOfTheWindow) {
  Ledger ledger(Window(5, 100), kLanes);
  for (const char* id : {"a", "b", "c", "d", "e"}) {
    ASSERT_TRUE(ledger.Add(id, {}, 10).ok());
  }
  for (const char* id : {"a", "b", "c", "nothing"}) {
    EXPECT_EQ(TakenFrom(ledger, 0), id);
  }
  EXPECT_EQ(TakenFrom(ledger, 1), "d");
  Ledger of_bytes(Window(100, 100), kLanes);
  for (const char* id : {"a", "b"}) {
    ASSERT_TRUE(of_bytes.Add(id, {}, 40).ok());
  }
  EXPECT_EQ(TakenFrom(of_bytes, 0), "a");
  EXPECT_EQ(TakenFrom(of_bytes, 0), "nothing") << "50 bytes each";
}

TEST(Ledger, KeepsTheRoomOfAnAnswerUntilItIsDelivered) {
  BulkOptions options = Window(1, 1000);
  options.ordered = true;
  Ledger ledger(options, kLanes);
  ASSERT_TRUE(ledger.Add("a", {}, 10).ok());
  ledger.Take(0, {});
  ASSERT_NE(ledger.Settle(0, "a"), nullptr);
  EXPECT_TRUE(ledger.empty());
  EXPECT_FALSE(ledger.HasRoom());
  ledger.Delivered(1, 10);
  EXPECT_TRUE(ledger.HasRoom());
}

// Breaks the lane's stream so often.
std::vector<std::string> Lose(Ledger& ledger, int lane, int times) {
  std::vector<std::string> given_up;
  for (int i = 0; i < times; ++i) {
    while (ledger.Take(lane, {}) != nullptr) {
    }
    for (const auto& entry : ledger.Return(lane, /*broke=*/true)) {
      given_up.push_back(entry->id);
    }
  }
  return given_up;
}

TEST(Ledger, SendsWhatWasLostTwiceAlone) {
  Ledger ledger(Window(10, 1000, 1), kLanes);
  for (const char* id : {"a", "b", "c"}) {
    ASSERT_TRUE(ledger.Add(id, {}, 1).ok());
  }
  EXPECT_THAT(Lose(ledger, 0, Ledger::kSuspectLosses), ::testing::IsEmpty());
  ASSERT_TRUE(ledger.Add("d", {}, 1).ok());
  for (const char* id : {"a", "b", "c"}) {
    EXPECT_EQ(TakenFrom(ledger, 0), id);
    EXPECT_EQ(TakenFrom(ledger, 0), "nothing");
    ASSERT_NE(ledger.Settle(0, id), nullptr);
  }
  EXPECT_EQ(TakenFrom(ledger, 0), "d");
}

TEST(Ledger, GivesUpOnlyTheOneThatIsLostEachTime) {
  Ledger ledger(Window(10, 1000, 1), kLanes);
  for (const char* id : {"poison", "b", "c"}) {
    ASSERT_TRUE(ledger.Add(id, {}, 1).ok());
  }
  EXPECT_THAT(Lose(ledger, 0, Ledger::kMaxLosses),
              ::testing::ElementsAre("poison"));
  EXPECT_EQ(TakenFrom(ledger, 0), "b");
  EXPECT_EQ(ledger.size(), 2);
}

TEST(Ledger, BlamesNobodyForAStreamThatEndedWell) {
  Ledger ledger(Window(10, 1000, 1), kLanes);
  ASSERT_TRUE(ledger.Add("a", {}, 1).ok());
  ASSERT_TRUE(ledger.Add("b", {}, 1).ok());
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(TakenFrom(ledger, 0), "a");
    EXPECT_EQ(TakenFrom(ledger, 0), "b");
    EXPECT_TRUE(ledger.Return(0, /*broke=*/false).empty());
  }
}

TEST(Ledger, EmptiesOneLaneForASuspectAndLetsTheOthersGoOn) {
  Ledger ledger(Window(10, 1000, 2), kLanes);
  ASSERT_TRUE(ledger.Add("suspect", {}, 1).ok());
  Lose(ledger, 0, Ledger::kSuspectLosses - 1);
  EXPECT_EQ(TakenFrom(ledger, 1), "suspect");
  for (const char* id : {"a", "b", "c"}) {
    ASSERT_TRUE(ledger.Add(id, {}, 1).ok());
  }
  EXPECT_EQ(TakenFrom(ledger, 0), "a");
  ledger.Return(1, /*broke=*/true);
  EXPECT_EQ(TakenFrom(ledger, 0), "nothing") << "it empties itself";
  EXPECT_EQ(TakenFrom(ledger, 1), "b");
  ASSERT_NE(ledger.Settle(0, "a"), nullptr);
  EXPECT_EQ(TakenFrom(ledger, 0), "suspect");
  EXPECT_EQ(TakenFrom(ledger, 0), "nothing");
  EXPECT_EQ(TakenFrom(ledger, 1), "c");
}

TEST(Ledger, GivesAStreamThatHasAnsweredNothingAFewDocuments) {
  Ledger ledger(Window(100, 1000), kLanes);
  const auto take_all = [&ledger] {
    int taken = 0;
    while (ledger.Take(0, {}) != nullptr) ++taken;
    return taken;
  };
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(ledger.Add(absl::StrCat(i), {}, 1).ok());
  }
  EXPECT_EQ(take_all(), Ledger::kFirstDocuments);
  EXPECT_FALSE(ledger.HasRoomOn(0, {}));
  EXPECT_TRUE(ledger.HasRoomOn(1, {}));
  ASSERT_NE(ledger.Settle(0, "0"), nullptr);
  EXPECT_EQ(ledger.documents_on(0) + take_all(), 50) << "its share";
  // The next stream begins again.
  ledger.Return(0, /*broke=*/false);
  EXPECT_EQ(take_all(), Ledger::kFirstDocuments);
}

TEST(Ledger, RefusesAnIdThatHasNoAnswerYet) {
  Ledger ledger(Window(10, 1000), kLanes);
  ASSERT_TRUE(ledger.Add("a", {}, 1).ok());
  EXPECT_TRUE(absl::IsInvalidArgument(ledger.Add("a", {}, 1)));
  EXPECT_EQ(ledger.size(), 1);
}

}  // namespace
}  // namespace gongkai::internal
