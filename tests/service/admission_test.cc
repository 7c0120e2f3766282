// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/admission.h"

#include <atomic>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace gongkai::service {
namespace {

class FakeWaiter : public Admission::Waiter {
 public:
  void Admitted(Ticket ticket) override {
    ticket_ = std::move(ticket);
    ++admitted_;
  }
  void Leave() { ticket_.Release(); }
  int admitted() const { return admitted_; }

 private:
  Ticket ticket_;
  std::atomic<int> admitted_{0};
};

Limits SomeLimits(int jobs, int64_t bytes) {
  Limits limits;
  limits.max_queued_jobs = jobs;
  limits.max_queued_bytes = bytes;
  return limits;
}

TEST(AdmissionTest, AdmitsUpToItsBoundsAndNotBeyond) {
  Admission admission(SomeLimits(2, 100));
  std::optional<Ticket> first = admission.TryAdmit(60);
  EXPECT_TRUE(first.has_value());
  EXPECT_FALSE(admission.TryAdmit(41).has_value()) << "too many bytes";
  std::optional<Ticket> second = admission.TryAdmit(40);
  EXPECT_TRUE(second.has_value());
  EXPECT_FALSE(admission.TryAdmit(0).has_value()) << "too many jobs";
  EXPECT_EQ(admission.jobs(), 2);
  EXPECT_EQ(admission.bytes(), 100);
  first.reset();
  second.reset();
  EXPECT_EQ(admission.jobs(), 0);
  EXPECT_EQ(admission.bytes(), 0);
}

TEST(AdmissionTest, StreamsLeaveRoomForOtherCalls) {
  Admission admission(SomeLimits(8, 800));
  std::vector<Ticket> streams;
  while (std::optional<Ticket> ticket = admission.TryAdmitStream(1)) {
    streams.push_back(*std::move(ticket));
  }
  EXPECT_EQ(streams.size(), 7u);
  EXPECT_TRUE(admission.TryAdmit(1).has_value());
}

TEST(AdmissionTest, StreamsWaitInLine) {
  Admission admission(SomeLimits(8, 800));
  Ticket all = *admission.TryAdmitStream(700);
  auto large = std::make_shared<FakeWaiter>();
  auto small = std::make_shared<FakeWaiter>();
  admission.Wait(large, 600);
  admission.Wait(small, 10);
  EXPECT_EQ(large->admitted() + small->admitted(), 0);
  EXPECT_FALSE(admission.TryAdmitStream(1).has_value())
      << "nobody passes those who wait";
  all.Resize(500);
  all.Release();
  EXPECT_EQ(large->admitted(), 1);
  EXPECT_EQ(small->admitted(), 1);
  EXPECT_EQ(admission.bytes(), 610);
  large->Leave();
  small->Leave();
  EXPECT_EQ(admission.bytes(), 0);
}

TEST(AdmissionTest, OneThatGivesUpLetsTheNextThrough) {
  Admission admission(SomeLimits(8, 800));
  const Ticket most = *admission.TryAdmitStream(600);
  auto large = std::make_shared<FakeWaiter>();
  auto small = std::make_shared<FakeWaiter>();
  admission.Wait(large, 600);
  admission.Wait(small, 10);
  admission.GiveUp(large.get());
  EXPECT_EQ(large->admitted(), 0);
  EXPECT_EQ(small->admitted(), 1);
  small->Leave();
}

TEST(AdmissionTest, NobodyIsForgottenAndNothingIsLeftUnderManyThreads) {
  Admission admission(SomeLimits(8, 8));
  std::atomic<int> done{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 2000; ++round) {
        if (std::optional<Ticket> ticket = admission.TryAdmitStream(2)) {
          std::this_thread::yield();
          ticket.reset();
        } else {
          auto waiter = std::make_shared<FakeWaiter>();
          admission.Wait(waiter, 2);
          while (waiter->admitted() == 0) std::this_thread::yield();
          waiter->Leave();
        }
        ++done;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(done, 8000);
  EXPECT_EQ(admission.jobs(), 0);
  EXPECT_EQ(admission.bytes(), 0);
}

}  // namespace
}  // namespace gongkai::service
