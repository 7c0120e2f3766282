// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/job_queue.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/request_view.h"
#include "tests/service/fake_job.h"

namespace gongkai::service {
namespace {

using testing::ElementsAre;

std::vector<std::string> IdsOf(std::vector<std::unique_ptr<Job>> jobs) {
  std::vector<std::string> ids;
  for (const auto& job : jobs) ids.push_back(RequestId(job->request()));
  return ids;
}

class JobQueueTest : public testing::Test {
 protected:
  void Add(FakeCaller& caller, const std::string& id) {
    queue_.Add(caller.NewJob(id, ""));
  }
  // Of every request here.
  int64_t RequestBytes() { return a_->NewJob("a1", "")->request_bytes(); }
  void AddFirst(FakeCaller& caller, const std::string& id) {
    queue_.AddFirst(caller.NewJob(id, ""));
  }

  std::shared_ptr<FakeCaller> a_ = std::make_shared<FakeCaller>();
  std::shared_ptr<FakeCaller> b_ = std::make_shared<FakeCaller>();
  std::shared_ptr<FakeCaller> unary_ =
      std::make_shared<FakeCaller>(Caller::Priority::kInteractive);
  JobQueue queue_;
};

TEST_F(JobQueueTest, StreamsTakeTurns) {
  for (const char* id : {"a1", "a2", "a3", "a4"}) Add(*a_, id);
  for (const char* id : {"b1", "b2"}) Add(*b_, id);
  EXPECT_EQ(queue_.size(), 6u);
  EXPECT_THAT(IdsOf(queue_.TakeAll()),
              ElementsAre("a1", "b1", "a2", "b2", "a3", "a4"));
  EXPECT_TRUE(queue_.empty());
  EXPECT_EQ(queue_.Peek(), nullptr);
}

TEST_F(JobQueueTest, OneWithManyCallsHasNoMoreTurnsThanOneWithFew) {
  using Priority = Caller::Priority;
  for (const Priority priority : {Priority::kBulk, Priority::kInteractive}) {
    const auto big = std::make_shared<Account>("big", Quota());
    std::vector<std::shared_ptr<FakeCaller>> calls;
    for (const char* id : {"x1", "y1", "z1"}) {
      calls.push_back(std::make_shared<FakeCaller>(priority, big));
      Add(*calls.back(), id);
    }
    const auto other = std::make_shared<FakeCaller>(priority);
    Add(*other, "b1");
    Add(*other, "b2");
    Add(*calls[0], "x2");
    EXPECT_THAT(IdsOf(queue_.TakeAll()),
                ElementsAre("x1", "b1", "y1", "b2", "z1", "x2"));
    EXPECT_TRUE(queue_.empty());
  }
}

TEST_F(JobQueueTest, ACallThatIsTakenOutLeavesTheTurnToItsSiblings) {
  const auto account = std::make_shared<Account>("both", Quota());
  const auto x = std::make_shared<FakeCaller>(Caller::Priority::kBulk, account);
  const auto y = std::make_shared<FakeCaller>(Caller::Priority::kBulk, account);
  Add(*x, "x1");
  Add(*y, "y1");
  Add(*a_, "a1");
  EXPECT_THAT(IdsOf(queue_.TakeAllOf(x.get())), ElementsAre("x1"));
  Add(*x, "x2");
  EXPECT_EQ(queue_.bytes(), 3 * RequestBytes());
  EXPECT_THAT(IdsOf(queue_.TakeAll()), ElementsAre("y1", "a1", "x2"));
  EXPECT_EQ(queue_.bytes(), 0);
}

TEST_F(JobQueueTest, InteractiveJobsGoFirst) {
  Add(*a_, "a1");
  Add(*unary_, "u1");
  Add(*a_, "a2");
  Add(*unary_, "u2");
  EXPECT_THAT(IdsOf(queue_.TakeAll()), ElementsAre("u1", "u2", "a1", "a2"));
}

TEST_F(JobQueueTest, JobsThatWereTakenBeforeGoToTheFrontAgain) {
  Add(*a_, "a3");
  Add(*b_, "b1");
  AddFirst(*a_, "a2");
  AddFirst(*a_, "a1");
  AddFirst(*unary_, "u1");
  EXPECT_THAT(IdsOf(queue_.TakeAll()),
              ElementsAre("u1", "a1", "b1", "a2", "a3"));
}

TEST_F(JobQueueTest, ACallersJobsCanBeTakenOut) {
  Add(*a_, "a1");
  Add(*b_, "b1");
  Add(*unary_, "u1");
  Add(*a_, "a2");
  EXPECT_THAT(IdsOf(queue_.TakeAllOf(a_.get())), ElementsAre("a1", "a2"));
  EXPECT_TRUE(queue_.TakeAllOf(a_.get()).empty());
  EXPECT_EQ(queue_.size(), 2u);
  EXPECT_THAT(IdsOf(queue_.TakeAllOf(unary_.get())), ElementsAre("u1"));
  Add(*a_, "a3");
  EXPECT_THAT(IdsOf(queue_.TakeAll()), ElementsAre("b1", "a3"));
}

}  // namespace
}  // namespace gongkai::service
