// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/mock_connection.h
//
// For tests of programs that use the client: no server, no network.
//
//   auto connection = std::make_shared<gongkai::MockConnection>();
//   EXPECT_CALL(*connection, ParseReport)
//       .WillOnce(testing::Return(absl::UnavailableError("closed")));
//   gongkai::Client client(connection);
//
// and, for a BulkSession,
//
//   EXPECT_CALL(*connection, OpenStream).WillOnce([] {
//     return std::make_unique<gongkai::FakeProcessStream>(
//         [](const gongkai::v1::ProcessRequest& request) {
//           gongkai::v1::ProcessResponse response;
//           response.set_id(request.id());
//           return response;
//         });
//   });
//
// Needs GoogleMock; CMake target gongkai::client_mock.

#ifndef GONGKAI_CLIENT_MOCK_CONNECTION_H_
#define GONGKAI_CLIENT_MOCK_CONNECTION_H_

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "client/connection.h"
#include "client/internal/wire.h"
#include "client/process_stream.h"
#include "gmock/gmock.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai {

class MockConnection : public Connection {
 public:
  MOCK_METHOD(absl::StatusOr<v1::ParseReportResponse>, ParseReport,
              (const v1::ParseReportRequest& request), (override));
  MOCK_METHOD(absl::StatusOr<v1::ValidateReportResponse>, ValidateReport,
              (const v1::ValidateReportRequest& request), (override));
  MOCK_METHOD(absl::StatusOr<v1::ListRulesResponse>, ListRules,
              (const v1::ListRulesRequest& request), (override));
  MOCK_METHOD(absl::StatusOr<v1::ListTemplatesResponse>, ListTemplates,
              (const v1::ListTemplatesRequest& request), (override));
  MOCK_METHOD(absl::StatusOr<v1::GetCapabilitiesResponse>, GetCapabilities,
              (const v1::GetCapabilitiesRequest& request), (override));
  MOCK_METHOD(std::unique_ptr<ProcessStream>, OpenStream, (), (override));

  MOCK_METHOD(std::unique_ptr<CollectionStream>, OpenCollection, (),
              (override));

  // There is no server to wait for.
  bool WaitForConnected(absl::Time) override { return true; }
};

// A stream that answers every request at once, by a function. Thread-safe as
// ProcessStream asks.
class FakeProcessStream final : public ProcessStream {
 public:
  // Answers a request, or with nullopt leaves it without an answer.
  using Answer = std::function<std::optional<v1::ProcessResponse>(
      const v1::ProcessRequest& request)>;

  explicit FakeProcessStream(Answer answer, StreamLimits limits = {})
      : answer_(std::move(answer)), limits_(limits) {
    Push(Event::kOpen);
  }

  // Ends the stream after what is already answered. From any thread, also
  // from the answer function.
  void End(absl::Status status) {
    absl::MutexLock lock(&mutex_);
    if (ended_) return;
    ended_ = true;
    status_ = std::move(status);
    events_.push_back(Event::kEnd);
  }

  Event Next(absl::Time deadline) override {
    absl::MutexLock lock(&mutex_);
    const auto ready = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return !events_.empty();
    };
    if (!mutex_.AwaitWithDeadline(absl::Condition(&ready), deadline)) {
      return Event::kTimeout;
    }
    const Event event = events_.front();
    events_.pop_front();
    return event;
  }

  void Write(const grpc::ByteBuffer& bytes) override {
    absl::StatusOr<v1::ProcessRequest> request = internal::DecodeRequest(bytes);
    if (!request.ok()) return End(request.status());
    std::optional<v1::ProcessResponse> response = answer_(*request);
    absl::MutexLock lock(&mutex_);
    if (ended_) return;
    events_.push_back(Event::kWritten);
    if (!response.has_value()) return;
    answers_.push_back(*std::move(response));
    events_.push_back(Event::kAnswer);
  }

  void FinishWrites() override { End(absl::OkStatus()); }

  absl::StatusOr<const v1::ProcessResponse*> TakeAnswer() override {
    absl::MutexLock lock(&mutex_);
    taken_ = std::move(answers_.front());
    answers_.pop_front();
    return &taken_;
  }

  void Cancel() override { End(absl::CancelledError("Cancel")); }
  const StreamLimits& limits() const override { return limits_; }
  // After kEnd nothing writes it.
  const absl::Status& status() const override ABSL_NO_THREAD_SAFETY_ANALYSIS {
    return status_;
  }

 private:
  void Push(Event event) {
    absl::MutexLock lock(&mutex_);
    events_.push_back(event);
  }

  const Answer answer_;
  const StreamLimits limits_;
  absl::Mutex mutex_;
  std::deque<Event> events_ ABSL_GUARDED_BY(mutex_);
  std::deque<v1::ProcessResponse> answers_ ABSL_GUARDED_BY(mutex_);
  v1::ProcessResponse taken_ ABSL_GUARDED_BY(mutex_);
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gongkai

#endif  // GONGKAI_CLIENT_MOCK_CONNECTION_H_
