// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/bulk_session.h"

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "client/mock_connection.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/scripted_server.h"

namespace gongkai {
namespace {

using ::gongkai::testing::ScriptedServer;
using ::gongkai::testing::StreamScript;
using ::gongkai::testing::WithRetryInfo;
using ::testing::HasSubstr;
using ::testing::Return;

ClientOptions QuickRetries() {
  ClientOptions options;
  options.retry.initial_backoff = absl::Milliseconds(5);
  options.retry.max_backoff = absl::Milliseconds(20);
  return options;
}

BulkOptions QuickBulk() {
  BulkOptions options;
  options.streams = 1;
  options.retry = QuickRetries().retry;
  options.give_up_after = absl::Seconds(60);
  // A slow machine must not see streams replaced in the middle of a test:
  // resumption_test is about that.
  options.stream_age = absl::InfiniteDuration();
  return options;
}

v1::ProcessRequest Request(const std::string& id, size_t size = 100) {
  v1::ProcessRequest request;
  request.set_id(id);
  request.mutable_document()->set_content(std::string(size, 'x'));
  return request;
}

// Gives `count` documents named by their numbers.
BulkSession::Source Numbered(int count, size_t size = 100) {
  return
      [count, size, next = 0]() mutable -> std::optional<v1::ProcessRequest> {
        if (next == count) return std::nullopt;
        return Request(absl::StrCat(next++), size);
      };
}

// Counts results by id.
class Results {
 public:
  BulkSession::Sink sink() {
    return [this](const v1::ProcessResponse& response) {
      ++count_[response.id()];
      outcomes_[response.id()] = response.outcome();
    };
  }
  v1::Outcome outcome(const std::string& id) const { return outcomes_.at(id); }
  size_t size() const { return count_.size(); }

  void ExpectEachOnce(int documents) const {
    EXPECT_EQ(count_.size(), static_cast<size_t>(documents));
    for (const auto& [id, count] : count_) {
      EXPECT_EQ(count, 1) << "document " << id;
    }
  }

 private:
  std::map<std::string, int> count_;
  std::map<std::string, v1::Outcome> outcomes_;
};

void ExpectAllAnsweredOnce(ScriptedServer& server, int documents,
                           const BulkOptions& options) {
  BulkSession session(Client::Connect(server.target(), QuickRetries()),
                      options);
  Results results;
  const absl::Status status = session.Run(Numbered(documents), results.sink());
  EXPECT_TRUE(status.ok()) << status;
  results.ExpectEachOnce(documents);
}

TEST(BulkSession, AnswersEveryDocumentOnce) {
  ScriptedServer server;
  ExpectAllAnsweredOnce(server, 10'000, QuickBulk());
  EXPECT_EQ(server.streams(), 1);
  for (const auto& [id, count] : server.requests()) EXPECT_EQ(count, 1) << id;
}

TEST(BulkSession, AnswersEveryDocumentOnceOnSeveralStreams) {
  ScriptedServer server;
  BulkOptions options = QuickBulk();
  options.streams = 4;
  ExpectAllAnsweredOnce(server, 10'000, options);
  EXPECT_LE(server.streams(), options.streams);
}

TEST(BulkSession, DoesNothingForNoDocuments) {
  ScriptedServer server;
  ExpectAllAnsweredOnce(server, 0, QuickBulk());
  EXPECT_EQ(server.streams(), 0);
}

TEST(BulkSession, ResubmitsWhatAStreamLeftUnanswered) {
  const grpc::Status endings[] = {
      grpc::Status::OK,
      grpc::Status(grpc::StatusCode::UNAVAILABLE, "draining"),
      grpc::Status(grpc::StatusCode::CANCELLED, "too old"),
      WithRetryInfo(grpc::StatusCode::RESOURCE_EXHAUSTED,
                    absl::Milliseconds(1)),
  };
  for (const grpc::Status& ending : endings) {
    for (const int streams : {1, 3}) {
      SCOPED_TRACE(absl::StrCat(ending.error_code(), " on ", streams));
      ScriptedServer server;
      server.SetScript([&](int stream) {
        StreamScript script;
        script.end_after = stream % 4 == 0 ? 0 : 997;
        script.end_status = ending;
        script.last_first = true;
        script.twice_every = 5;
        return script;
      });
      BulkOptions options = QuickBulk();
      options.streams = streams;
      ExpectAllAnsweredOnce(server, 10'000, options);
      EXPECT_GT(server.streams(), 10);
    }
  }
}

TEST(BulkSession, DropsSecondAnswers) {
  ScriptedServer server;
  server.SetScript([](int) {
    StreamScript script;
    script.twice_every = 3;
    return script;
  });
  ExpectAllAnsweredOnce(server, 10'000, QuickBulk());
}

TEST(BulkSession, GoesOnWhenTheServerGoesAwayAndComesBack) {
  ScriptedServer server;
  std::atomic<int> answered = 0;
  absl::Notification restart;
  std::thread operator_thread([&] {
    restart.WaitForNotification();
    for (int i = 0; i < 3; ++i) {
      server.GoAway();
      server.ComeBack();
      absl::SleepFor(absl::Milliseconds(20));
    }
  });
  BulkSession session(Client::Connect(server.target(), QuickRetries()),
                      QuickBulk());
  Results results;
  const auto count = results.sink();
  const absl::Status status =
      session.Run(Numbered(10'000), [&](const v1::ProcessResponse& response) {
        if (++answered == 1'000) restart.Notify();
        count(response);
      });
  operator_thread.join();
  EXPECT_TRUE(status.ok()) << status;
  results.ExpectEachOnce(10'000);
}

TEST(BulkSession, FillsItsWindowOfDocumentsAndNeverExceedsIt) {
  constexpr int kWindow = 32;
  // What a session keeps in flight at least, while there are documents.
  constexpr int kThreeQuarters = 24;
  ScriptedServer server;
  server.SetScript([](int) {
    StreamScript script;
    script.hold = kThreeQuarters;
    return script;
  });
  BulkOptions options = QuickBulk();
  options.max_in_flight_documents = kWindow;
  ExpectAllAnsweredOnce(server, 100 * kThreeQuarters, options);
  EXPECT_LE(server.max_unanswered(), kWindow);
}

TEST(BulkSession, KeepsTheWindowOfTheServerOnEachStream) {
  constexpr int kWindow = 8;
  ScriptedServer server;
  v1::GetCapabilitiesResponse capabilities;
  capabilities.set_stream_window_documents(kWindow);
  server.SetCapabilities(capabilities);
  server.SetScript([](int) {
    StreamScript script;
    script.hold = kWindow;
    return script;
  });
  ExpectAllAnsweredOnce(server, 100 * kWindow, QuickBulk());
  EXPECT_EQ(server.max_unanswered(), kWindow);
}

TEST(BulkSession, NeverExceedsItsWindowOfBytes) {
  ScriptedServer server;
  server.SetScript([](int) {
    StreamScript script;
    script.hold = 2;
    return script;
  });
  BulkOptions options = QuickBulk();
  options.max_in_flight_bytes = 10'000;
  BulkSession session(Client::Connect(server.target(), QuickRetries()),
                      options);
  int next = 0;
  Results results;
  const absl::Status status = session.Run(
      [&]() -> std::optional<v1::ProcessRequest> {
        if (next == 2'000) return std::nullopt;
        // There is always room for two.
        const int size = 1 + (next * 7919) % 4'900;
        return Request(absl::StrCat(next++), size);
      },
      results.sink());
  EXPECT_TRUE(status.ok()) << status;
  results.ExpectEachOnce(2'000);
  EXPECT_LE(server.max_unanswered_bytes(), 10'000);
  EXPECT_GT(server.max_unanswered(), 1);
}

TEST(BulkSession, SendsADocumentLargerThanTheWindowOfBytesAlone) {
  ScriptedServer server;
  BulkOptions options = QuickBulk();
  options.max_in_flight_bytes = 1'000;
  BulkSession session(Client::Connect(server.target(), QuickRetries()),
                      options);
  Results results;
  EXPECT_TRUE(session.Run(Numbered(20, 300'000), results.sink()).ok());
  results.ExpectEachOnce(20);
  EXPECT_EQ(server.max_unanswered(), 1);
}

TEST(BulkSession, AsksTheSourceOnlyWhenThereIsRoom) {
  constexpr int kWindow = 16;
  ScriptedServer server;
  server.SetScript([](int) {
    StreamScript script;
    script.silent = true;
    return script;
  });
  BulkOptions options = QuickBulk();
  options.max_in_flight_documents = kWindow;
  options.give_up_after = absl::Milliseconds(200);
  BulkSession session(Client::Connect(server.target(), QuickRetries()),
                      options);
  int asked = 0;
  Results results;
  const auto source = Numbered(1'000);
  const absl::Status status = session.Run(
      [&] {
        ++asked;
        return source();
      },
      results.sink());
  EXPECT_TRUE(absl::IsUnavailable(status)) << status;
  EXPECT_EQ(asked, kWindow);
}

TEST(BulkSession, AnswersForADocumentThatTheServerWouldNotTake) {
  ScriptedServer server;
  v1::GetCapabilitiesResponse capabilities;
  capabilities.set_max_document_bytes(1'000);
  server.SetCapabilities(capabilities);
  BulkSession session(Client::Connect(server.target(), QuickRetries()),
                      QuickBulk());
  int next = 0;
  Results results;
  const absl::Status status = session.Run(
      [&]() -> std::optional<v1::ProcessRequest> {
        if (next == 600) return std::nullopt;
        const size_t size = next % 2 == 0 ? 1'000 : 1'001;
        return Request(absl::StrCat(next++), size);
      },
      results.sink());
  EXPECT_TRUE(status.ok()) << status;
  results.ExpectEachOnce(600);
  EXPECT_EQ(results.outcome("0"), v1::OUTCOME_OK);
  EXPECT_EQ(results.outcome("1"), v1::OUTCOME_TOO_LARGE);
  EXPECT_EQ(server.requests().size(), 300);
}

TEST(BulkSession, CanBeCancelledFromAnotherThread) {
  ScriptedServer server;
  server.SetScript([](int) {
    StreamScript script;
    script.silent = true;
    return script;
  });
  absl::Notification sent;
  server.OnRequest([&, first = true]() mutable {
    if (first) sent.Notify();
    first = false;
  });
  BulkSession session(Client::Connect(server.target(), QuickRetries()),
                      QuickBulk());
  std::thread canceller([&] {
    sent.WaitForNotification();
    session.Cancel();
  });
  Results results;
  const absl::Status status = session.Run(Numbered(1'000), results.sink());
  canceller.join();
  EXPECT_TRUE(absl::IsCancelled(status)) << status;
  EXPECT_EQ(results.size(), 0);
}

TEST(BulkSession, CanBeCancelledByItsSink) {
  ScriptedServer server;
  BulkSession session(Client::Connect(server.target(), QuickRetries()),
                      QuickBulk());
  const absl::Status status =
      session.Run(Numbered(1'000'000),
                  [&](const v1::ProcessResponse&) { session.Cancel(); });
  EXPECT_TRUE(absl::IsCancelled(status)) << status;
}

TEST(BulkSession, CanBeCancelledWhileNoServerIsThere) {
  ScriptedServer server;
  server.GoAway();
  BulkSession session(Client::Connect(server.target(), QuickRetries()),
                      QuickBulk());
  std::thread canceller([&] {
    absl::SleepFor(absl::Milliseconds(50));
    session.Cancel();
  });
  Results results;
  EXPECT_TRUE(absl::IsCancelled(session.Run(Numbered(10), results.sink())));
  canceller.join();
}

TEST(BulkSession, AsksForNothingWhenCancelledBeforeRun) {
  ScriptedServer server;
  BulkSession session(Client::Connect(server.target(), QuickRetries()),
                      QuickBulk());
  session.Cancel();
  const absl::Status status = session.Run(
      []() -> std::optional<v1::ProcessRequest> {
        ADD_FAILURE() << "the source was asked";
        return std::nullopt;
      },
      [](const v1::ProcessResponse&) {});
  EXPECT_TRUE(absl::IsCancelled(status)) << status;
}

TEST(BulkSession, GivesUpOnAServerThatStaysAway) {
  ScriptedServer server;
  server.GoAway();
  BulkOptions options = QuickBulk();
  options.give_up_after = absl::Milliseconds(200);
  BulkSession session(Client::Connect(server.target(), QuickRetries()),
                      options);
  Results results;
  const absl::Status status = session.Run(Numbered(10), results.sink());
  EXPECT_TRUE(absl::IsUnavailable(status)) << status;
  EXPECT_THAT(status.message(), HasSubstr("10 have no answer"));
  EXPECT_THAT(status.message(), HasSubstr("Last cause: UNAVAILABLE"));
}

TEST(BulkSession, DoesNotGiveUpWhileTheSourceOrTheSinkIsSlow) {
  ScriptedServer server;
  BulkOptions options = QuickBulk();
  // The server itself must answer within it, on a busy machine too.
  options.give_up_after = absl::Milliseconds(300);
  constexpr absl::Duration kSlow = absl::Milliseconds(400);
  BulkSession session(Client::Connect(server.target(), QuickRetries()),
                      options);
  int next = 0;
  int answers = 0;
  const absl::Status status = session.Run(
      [&]() -> std::optional<v1::ProcessRequest> {
        if (next == 3) return std::nullopt;
        absl::SleepFor(kSlow);
        return Request(absl::StrCat(next++));
      },
      [&](const v1::ProcessResponse&) {
        absl::SleepFor(kSlow);
        ++answers;
      });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(answers, 3);
}

TEST(BulkSession, ReportsAnErrorThatAnotherAttemptMeetsAgain) {
  const grpc::StatusCode codes[] = {grpc::StatusCode::PERMISSION_DENIED,
                                    grpc::StatusCode::RESOURCE_EXHAUSTED,
                                    grpc::StatusCode::INVALID_ARGUMENT};
  for (const grpc::StatusCode code : codes) {
    ScriptedServer server;
    server.SetScript([code](int) {
      StreamScript script;
      script.end_after = 0;
      script.end_status = grpc::Status(code, "not for you");
      return script;
    });
    BulkSession session(Client::Connect(server.target(), QuickRetries()),
                        QuickBulk());
    Results results;
    const absl::Status status = session.Run(Numbered(10), results.sink());
    EXPECT_EQ(static_cast<int>(status.code()), code);
    EXPECT_EQ(status.message(), "not for you");
    EXPECT_EQ(server.streams(), 1);
  }
}

TEST(BulkSession, RefusesEmptyMalformedAndRepeatedIds) {
  for (const std::string& id : {std::string(), std::string(257, 'x'),
                                std::string("\xff"), std::string("twice")}) {
    ScriptedServer server;
    server.SetScript([](int) {
      StreamScript script;
      script.silent = true;
      return script;
    });
    BulkSession session(Client::Connect(server.target(), QuickRetries()),
                        QuickBulk());
    const absl::Status status = session.Run([&] { return Request(id); },
                                            [](const v1::ProcessResponse&) {});
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  }
}

TEST(BulkSession, RunsOnlyOnce) {
  ScriptedServer server;
  BulkSession session(Client::Connect(server.target(), QuickRetries()),
                      QuickBulk());
  Results results;
  EXPECT_TRUE(session.Run(Numbered(1), results.sink()).ok());
  EXPECT_TRUE(
      absl::IsFailedPrecondition(session.Run(Numbered(1), results.sink())));
}

TEST(BulkSession, ASourceMayWaitForResults) {
  ScriptedServer server;
  BulkSession session(Client::Connect(server.target(), QuickRetries()),
                      QuickBulk());
  absl::Mutex mutex;
  int asked = 0;
  int answered = 0;
  const auto all_answered = [&] { return answered == asked; };
  const absl::Status status = session.Run(
      [&]() -> std::optional<v1::ProcessRequest> {
        absl::MutexLock lock(&mutex, absl::Condition(&all_answered));
        if (asked == 200) return std::nullopt;
        return Request(absl::StrCat(asked++));
      },
      [&](const v1::ProcessResponse&) {
        absl::MutexLock lock(&mutex);
        ++answered;
      });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(answered, 200);
}

TEST(BulkSession, CanBeTestedWithoutAServer) {
  auto connection = std::make_shared<MockConnection>();
  std::atomic<int> streams = 0;
  EXPECT_CALL(*connection, OpenStream).Times(2).WillRepeatedly([&] {
    // The first stream breaks at its third document.
    const bool breaks = ++streams == 1;
    auto self = std::make_shared<FakeProcessStream*>();
    auto stream = std::make_unique<FakeProcessStream>(
        [self, breaks, written = 0](const v1::ProcessRequest& request) mutable
        -> std::optional<v1::ProcessResponse> {
          if (breaks && ++written == 3) {
            (*self)->End(absl::UnavailableError("broken"));
          }
          v1::ProcessResponse response;
          response.set_id(request.id());
          return response;
        });
    *self = stream.get();
    return stream;
  });
  BulkSession session(Client(connection), QuickBulk());
  Results results;
  const absl::Status status = session.Run(Numbered(50), results.sink());
  EXPECT_TRUE(status.ok()) << status;
  results.ExpectEachOnce(50);
}

}  // namespace
}  // namespace gongkai
