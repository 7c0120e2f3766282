// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A CollectionSession against a stream that answers as a server does.

#include "client/collection_session.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/mock_connection.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace gongkai {
namespace {

using testing::Return;

// Takes every report at once; ends with a summary, or breaks.
class FakeStream final : public CollectionStream {
 public:
  explicit FakeStream(absl::Status status = absl::OkStatus(),
                      int break_after = -1)
      : status_(std::move(status)), break_after_(break_after) {}

  bool Write(const v1::CheckCollectionRequest& request) override {
    absl::MutexLock lock(&mutex_);
    if (ended_) return false;
    if (++written_ == break_after_) {
      ended_ = true;
      return false;
    }
    v1::CheckCollectionResponse response;
    response.mutable_taken()->set_id(request.id());
    answers_.push_back(response);
    return true;
  }
  void WritesDone() override {
    absl::MutexLock lock(&mutex_);
    v1::CheckCollectionResponse response;
    response.mutable_finding()->add_ids("0");
    answers_.push_back(response);
    if (status_.ok()) {
      response.mutable_summary()->set_reports(written_);
      answers_.push_back(response);
    }
    ended_ = true;
  }
  bool Read(v1::CheckCollectionResponse* response) override {
    absl::MutexLock lock(&mutex_);
    const auto ready = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return ended_ || !answers_.empty();
    };
    mutex_.Await(absl::Condition(&ready));
    if (answers_.empty()) return false;
    *response = answers_.front();
    answers_.pop_front();
    return true;
  }
  absl::Status Finish() override { return status_; }
  void Cancel() override {
    absl::MutexLock lock(&mutex_);
    ended_ = true;
  }

 private:
  const absl::Status status_;
  const int break_after_;
  absl::Mutex mutex_;
  std::deque<v1::CheckCollectionResponse> answers_ ABSL_GUARDED_BY(mutex_);
  int written_ ABSL_GUARDED_BY(mutex_) = 0;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
};

Client ClientOf(std::unique_ptr<CollectionStream> stream) {
  auto connection = std::make_shared<MockConnection>();
  EXPECT_CALL(*connection, OpenCollection)
      .WillOnce(Return(testing::ByMove(std::move(stream))));
  return Client(connection);
}

CollectionSession::Source CountTo(int count) {
  return
      [next = 0, count]() mutable -> std::optional<v1::CheckCollectionRequest> {
        if (next == count) return std::nullopt;
        v1::CheckCollectionRequest request;
        request.set_id(absl::StrCat(next++));
        return request;
      };
}

TEST(CollectionSessionTest, GivesEverythingAndTheSummary) {
  CollectionSession session(ClientOf(std::make_unique<FakeStream>()),
                            {.max_in_flight_reports = 2});
  int taken = 0;
  int findings = 0;
  const auto summary =
      session.Run(CountTo(500), [&](const v1::CheckCollectionResponse& next) {
        taken += next.has_taken() ? 1 : 0;
        findings += next.has_finding() ? 1 : 0;
        EXPECT_FALSE(next.has_summary());
      });
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_EQ(summary->reports(), 500);
  EXPECT_EQ(taken, 500);
  EXPECT_EQ(findings, 1);
  EXPECT_TRUE(absl::IsFailedPrecondition(
      session.Run(CountTo(1), [](const auto&) {}).status()));
}

TEST(CollectionSessionTest, ABrokenStreamIsTheServersStatus) {
  CollectionSession session(
      ClientOf(std::make_unique<FakeStream>(absl::UnavailableError("gone"), 7)),
      CollectionOptions());
  const auto summary = session.Run(CountTo(500), [](const auto&) {});
  EXPECT_TRUE(absl::IsUnavailable(summary.status())) << summary.status();
}

TEST(CollectionSessionTest, CancelEndsIt) {
  CollectionSession session(ClientOf(std::make_unique<FakeStream>()),
                            CollectionOptions());
  const auto summary = session.Run(
      CountTo(1'000'000),
      [&](const v1::CheckCollectionResponse&) { session.Cancel(); });
  EXPECT_TRUE(absl::IsCancelled(summary.status())) << summary.status();
}

}  // namespace
}  // namespace gongkai
