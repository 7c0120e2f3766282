// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/ordered_output.h"

#include <atomic>
#include <string>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace gongkai::cli {
namespace {

class OrderedOutputTest : public ::testing::Test {
 protected:
  OrderedOutput::Print print() {
    return [this](const std::string& text) {
      printed_ += text;
      return absl::OkStatus();
    };
  }

  std::string printed_;
};

TEST_F(OrderedOutputTest, PrintsAsSoonAsTheOrderAllows) {
  OrderedOutput output(10, print());
  output.Put(1, "b", {});
  output.Put(3, "d", {});
  EXPECT_EQ(printed_, "");
  output.Put(0, "a", {});
  EXPECT_EQ(printed_, "ab");
  output.Put(2, "c", {});
  EXPECT_EQ(printed_, "abcd");
}

TEST_F(OrderedOutputTest, CountsTextsThatAreEmpty) {
  OrderedOutput output(10, print());
  output.Put(1, "b", {});
  output.Put(0, "", {});
  EXPECT_EQ(printed_, "b");
}

TEST_F(OrderedOutputTest, MakesWhoIsTooFarAheadWait) {
  OrderedOutput output(2, print());
  EXPECT_TRUE(output.WaitForTurn(0));
  EXPECT_TRUE(output.WaitForTurn(1));
  std::atomic<bool> through = false;
  std::thread ahead([&] {
    EXPECT_TRUE(output.WaitForTurn(2));
    through = true;
  });
  output.Put(1, "b", {});
  EXPECT_FALSE(through);
  output.Put(0, "a", {});
  ahead.join();
  EXPECT_TRUE(through);
}

TEST_F(OrderedOutputTest, LetsNobodyWaitOnceItIsClosed) {
  OrderedOutput output(1, print());
  std::thread ahead([&] { EXPECT_FALSE(output.WaitForTurn(5)); });
  output.Close();
  ahead.join();
  output.Put(0, "a", {});
  EXPECT_EQ(printed_, "");
}

TEST_F(OrderedOutputTest, PrintsWhatItHoldsWhenNoMoreComes) {
  OrderedOutput output(10, print());
  output.Put(4, "e", {});
  output.Put(2, "c", {});
  output.Flush();
  EXPECT_EQ(printed_, "ce");
}

TEST_F(OrderedOutputTest, StopsAtTheFirstErrorAndKeepsIt) {
  int calls = 0;
  OrderedOutput output(10, [&](const std::string&) {
    ++calls;
    return absl::AbortedError("gone");
  });
  output.Put(0, "a", {});
  output.Put(1, "b", {});
  EXPECT_EQ(calls, 1);
  EXPECT_TRUE(absl::IsAborted(output.status()));
  EXPECT_FALSE(output.WaitForTurn(2));
}

}  // namespace
}  // namespace gongkai::cli
