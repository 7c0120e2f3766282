// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A pool of two test workers, for tests.

#ifndef GONGKAI_TESTS_SERVICE_POOL_FIXTURE_H_
#define GONGKAI_TESTS_SERVICE_POOL_FIXTURE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "service/pool.h"
#include "tests/service/fake_job.h"
#include "tests/service/processes.h"

namespace gongkai::service {

inline PoolOptions SomeOptions() {
  PoolOptions options;
  options.worker_program = TestWorker();
  options.limits.workers = 2;
  options.limits.max_document_bytes = 4 << 20;
  return options;
}

class PoolTest : public testing::Test {
 protected:
  void StartPool(PoolOptions options = SomeOptions()) {
    absl::StatusOr<std::unique_ptr<Pool>> pool = Pool::Start(options);
    ASSERT_TRUE(pool.ok()) << pool.status();
    pool_ = *std::move(pool);
  }

  void TearDown() override {
    if (pool_ == nullptr) return;
    pool_->Stop();
    EXPECT_FALSE(AnyAlive(pool_->worker_pids()));
    EXPECT_TRUE(pool_->worker_pids().empty());
  }

  void Submit(FakeCaller& caller, const std::string& id,
              const std::string& content) {
    pool_->Submit(caller.NewJob(id, content));
  }

  // Runs one document and returns how it ended.
  FakeCaller::End Run(const std::string& content) {
    auto caller = std::make_shared<FakeCaller>();
    Submit(*caller, "one", content);
    std::vector<FakeCaller::End> ends = caller->WaitFor(1);
    EXPECT_EQ(ends.size(), 1u);
    return ends.empty() ? FakeCaller::End() : ends.front();
  }

  // The pool still reads documents as if nothing had been.
  void ExpectHealthy() {
    for (int i = 0; i < 8; ++i) {
      const FakeCaller::End end = Run(absl::StrCat("echo healthy ", i));
      EXPECT_EQ(end.ending, Ending::kAnswered);
      EXPECT_EQ(end.text, absl::StrCat("healthy ", i));
    }
  }

  std::shared_ptr<FakeCaller> caller_ = std::make_shared<FakeCaller>();
  std::unique_ptr<Pool> pool_;
};

}  // namespace gongkai::service

#endif  // GONGKAI_TESTS_SERVICE_POOL_FIXTURE_H_
