// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/admission.h"

#include <atomic>
#include <string>
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

// Callers of whom nothing is known but their limits.
class AdmissionTest : public testing::Test {
 protected:
  const std::shared_ptr<Account> someone_ =
      std::make_shared<Account>("someone", Quota());
  const std::shared_ptr<Account> modest_ = std::make_shared<Account>(
      "modest", Quota{.max_documents = 2, .max_bytes = 100});
  Refusal refusal_ = Refusal::kStopping;
};

TEST_F(AdmissionTest, AdmitsUpToItsBoundsAndNotBeyond) {
  Admission admission(SomeLimits(2, 100));
  std::optional<Ticket> first = admission.TryAdmit(someone_, 60, &refusal_);
  EXPECT_TRUE(first.has_value());
  EXPECT_FALSE(admission.TryAdmit(someone_, 41, &refusal_).has_value())
      << "too many bytes";
  EXPECT_EQ(refusal_, Refusal::kQueueFull);
  std::optional<Ticket> second = admission.TryAdmit(someone_, 40, &refusal_);
  EXPECT_TRUE(second.has_value());
  EXPECT_FALSE(admission.TryAdmit(someone_, 0, &refusal_).has_value())
      << "too many jobs";
  EXPECT_EQ(admission.jobs(), 2);
  EXPECT_EQ(admission.bytes(), 100);
  first.reset();
  second.reset();
  EXPECT_EQ(admission.jobs(), 0);
  EXPECT_EQ(admission.bytes(), 0);
}

TEST_F(AdmissionTest, StreamsLeaveRoomForOtherCalls) {
  Admission admission(SomeLimits(8, 800));
  std::vector<Ticket> streams;
  while (std::optional<Ticket> ticket = admission.TryAdmitStream(someone_, 1)) {
    streams.push_back(*std::move(ticket));
  }
  EXPECT_EQ(streams.size(), 7u);
  EXPECT_TRUE(admission.TryAdmit(someone_, 1, &refusal_).has_value());
}

TEST_F(AdmissionTest, StreamsWaitInLine) {
  Admission admission(SomeLimits(8, 800));
  Ticket all = *admission.TryAdmitStream(someone_, 700);
  auto large = std::make_shared<FakeWaiter>();
  auto small = std::make_shared<FakeWaiter>();
  admission.Wait(someone_, large, 600);
  admission.Wait(someone_, small, 10);
  EXPECT_EQ(large->admitted() + small->admitted(), 0);
  EXPECT_FALSE(admission.TryAdmitStream(someone_, 1).has_value())
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

TEST_F(AdmissionTest, OneThatGivesUpLetsTheNextThrough) {
  Admission admission(SomeLimits(8, 800));
  const Ticket most = *admission.TryAdmitStream(someone_, 600);
  auto large = std::make_shared<FakeWaiter>();
  auto small = std::make_shared<FakeWaiter>();
  admission.Wait(someone_, large, 600);
  admission.Wait(someone_, small, 10);
  admission.GiveUp(*someone_, large.get());
  EXPECT_EQ(large->admitted(), 0);
  EXPECT_EQ(small->admitted(), 1);
  small->Leave();
}

TEST_F(AdmissionTest, ACallerHasItsShareAndNotMore) {
  Admission admission(SomeLimits(100, 1000));
  std::optional<Ticket> first = admission.TryAdmit(modest_, 60, &refusal_);
  EXPECT_TRUE(first.has_value());
  EXPECT_FALSE(admission.TryAdmit(modest_, 41, &refusal_).has_value());
  EXPECT_EQ(refusal_, Refusal::kCallerLimit);
  const std::optional<Ticket> second =
      admission.TryAdmit(modest_, 40, &refusal_);
  EXPECT_TRUE(second.has_value());
  EXPECT_FALSE(admission.TryAdmit(modest_, 0, &refusal_).has_value());
  EXPECT_TRUE(admission.TryAdmit(someone_, 500, &refusal_).has_value());
  // A result counts where its document did.
  first->Resize(10);
  EXPECT_EQ(modest_->bytes(), 50);
  first.reset();
  EXPECT_EQ(modest_->documents(), 1);
  EXPECT_EQ(modest_->bytes(), 40);
}

TEST_F(AdmissionTest, ADocumentLargerThanTheShareComesThroughAlone) {
  Admission admission(SomeLimits(100, 1000));
  std::optional<Ticket> large = admission.TryAdmit(modest_, 500, &refusal_);
  EXPECT_TRUE(large.has_value());
  EXPECT_FALSE(admission.TryAdmit(modest_, 1, &refusal_).has_value());
  large.reset();
  EXPECT_TRUE(admission.TryAdmit(modest_, 1, &refusal_).has_value());
}

TEST_F(AdmissionTest, OneThatHasItsShareHoldsNobodyUp) {
  Admission admission(SomeLimits(100, 1000));
  std::optional<Ticket> all = admission.TryAdmitStream(modest_, 88);
  ASSERT_TRUE(all.has_value());
  auto waiting = std::make_shared<FakeWaiter>();
  admission.Wait(modest_, waiting, 50);
  EXPECT_EQ(waiting->admitted(), 0);
  EXPECT_TRUE(admission.TryAdmitStream(someone_, 500).has_value());
  EXPECT_FALSE(admission.TryAdmitStream(modest_, 0).has_value())
      << "its own streams wait in line";
  all.reset();
  EXPECT_EQ(waiting->admitted(), 1);
  waiting->Leave();
}

TEST_F(AdmissionTest, ACallersStreamsLeaveRoomForItsOtherCalls) {
  Admission admission(SomeLimits(100, 1000));
  const auto account = std::make_shared<Account>(
      "streamer", Quota{.max_documents = 8, .max_bytes = 80});
  std::vector<Ticket> streams;
  while (std::optional<Ticket> ticket = admission.TryAdmitStream(account, 1)) {
    streams.push_back(*std::move(ticket));
  }
  EXPECT_EQ(streams.size(), 7u);
  EXPECT_TRUE(admission.TryAdmit(account, 70, &refusal_).has_value());
}

TEST_F(AdmissionTest, CallersAreAdmittedInTurn) {
  Admission admission(SomeLimits(8, 700));
  std::optional<Ticket> all = admission.TryAdmitStream(someone_, 600);
  ASSERT_TRUE(all.has_value());
  // One has many waiting streams, the other came late with one.
  std::vector<std::shared_ptr<FakeWaiter>> many;
  for (int i = 0; i < 4; ++i) {
    many.push_back(std::make_shared<FakeWaiter>());
    admission.Wait(someone_, many.back(), 300);
  }
  auto late = std::make_shared<FakeWaiter>();
  admission.Wait(modest_, late, 300);
  all.reset();
  EXPECT_EQ(many[0]->admitted(), 1);
  EXPECT_EQ(late->admitted(), 1);
  EXPECT_EQ(many[1]->admitted(), 0) << "there is room for two";
  late->Leave();
  EXPECT_EQ(many[1]->admitted(), 1);
  many[0]->Leave();
  many[1]->Leave();
  many[2]->Leave();
  many[3]->Leave();
  EXPECT_EQ(admission.bytes(), 0);
}

TEST_F(AdmissionTest, ACallersAccountLivesAsLongAsItsCalls) {
  int64_t allowed = 1;
  Admission admission(
      SomeLimits(8, 800), std::make_shared<Stats>(),
      [&](const std::string& caller) {
        return Quota{.max_documents = caller == "big" ? 5 : allowed};
      });
  const std::shared_ptr<Account> small = admission.AccountOf("small");
  EXPECT_EQ(admission.AccountOf("small"), small);
  EXPECT_NE(admission.AccountOf("big"), small);
  const std::optional<Ticket> one = admission.TryAdmit(small, 1, &refusal_);
  EXPECT_FALSE(admission.TryAdmit(small, 1, &refusal_).has_value());
  allowed = 2;
  admission.AccountOf("small");
  EXPECT_TRUE(admission.TryAdmit(small, 1, &refusal_).has_value())
      << "a new quota holds from the next call on";
  std::weak_ptr<Account> left = admission.AccountOf("left");
  EXPECT_TRUE(left.expired());
  for (int i = 0; i < 1000; ++i) admission.AccountOf(std::to_string(i));
}

TEST_F(AdmissionTest, NobodyIsForgottenAndNothingIsLeftUnderManyThreads) {
  Admission admission(SomeLimits(8, 8));
  const auto modest = std::make_shared<Account>(
      "modest", Quota{.max_documents = 1, .max_bytes = 3});
  std::atomic<int> done{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 2000; ++round) {
        const std::shared_ptr<Account>& account = i < 2 ? modest : someone_;
        Refusal refusal;
        if (round % 8 == 7) admission.TryAdmit(account, 3, &refusal);
        if (std::optional<Ticket> ticket =
                admission.TryAdmitStream(account, 2)) {
          std::this_thread::yield();
          ticket.reset();
        } else {
          auto waiter = std::make_shared<FakeWaiter>();
          admission.Wait(account, waiter, 2);
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
