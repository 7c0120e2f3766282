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
