// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A BulkSession over several servers and many streams: streams that end
// politely, servers that go, come back, hang or die of a document, answers in
// order, and what gRPC does to large messages and late statuses.

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "client/bulk_session.h"
#include "client/mock_connection.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/scripted_server.h"

namespace gongkai {
namespace {

using ::gongkai::testing::ScriptedServer;
using ::gongkai::testing::StreamScript;
using ::testing::Each;

RetryOptions Quick() {
  RetryOptions retry;
  retry.initial_backoff = absl::Milliseconds(5);
  retry.max_backoff = absl::Milliseconds(20);
  return retry;
}

// A pause that no test outlives.
RetryOptions Never() {
  RetryOptions retry;
  retry.initial_backoff = absl::Hours(1);
  retry.max_backoff = absl::Hours(1);
  return retry;
}

BulkOptions Bulk(int streams, RetryOptions retry = Quick()) {
  BulkOptions options;
  options.streams = streams;
  options.retry = retry;
  options.give_up_after = absl::Seconds(60);
  return options;
}

// All servers behind one target, as a name with several addresses.
Client ConnectAll(const std::vector<ScriptedServer*>& servers) {
  const std::string target = absl::StrCat(
      "ipv4:", absl::StrJoin(servers, ",",
                             [](std::string* out, const ScriptedServer* s) {
                               absl::StrAppend(out, s->target());
                             }));
  ClientOptions options;
  options.retry = Quick();
  return Client::Connect(target, options);
}

v1::ProcessRequest Request(int number, size_t size = 100) {
  v1::ProcessRequest request;
  request.set_id(absl::StrCat(number));
  request.mutable_document()->set_content(std::string(size, 'x'));
  return request;
}

// Sends `documents` and counts the answers to each; `also` is called with every
// answer.
struct BulkRun {
  std::vector<int> answers;
  std::map<v1::Outcome, int> outcomes;
  absl::Status status;

  BulkRun(const Client& client, const BulkOptions& options, int documents,
          const std::function<void(const v1::ProcessResponse&)>& also = nullptr)
      : answers(documents) {
    BulkSession session(client, options);
    int next = 0;
    status = session.Run(
        [&]() -> std::optional<v1::ProcessRequest> {
          if (next == documents) return std::nullopt;
          return Request(next++);
        },
        [&](const v1::ProcessResponse& response) {
          int number = -1;
          ASSERT_TRUE(absl::SimpleAtoi(response.id(), &number))
              << "no document's answer: " << response.ShortDebugString();
          ++answers[number];
          ++outcomes[response.outcome()];
          if (also != nullptr) also(response);
        });
  }

  void ExpectEachOnce() const {
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_THAT(answers, Each(1));
  }
};

ScriptedServer::Script EndsPolitely(v1::StreamEnding::Reason reason,
                                    int after) {
  return [=](int) {
    StreamScript script;
    script.end_after = after;
    script.ending = reason;
    return script;
  };
}

TEST(Resumption, OpensAnotherStreamAtOnceAfterAPoliteEnding) {
  for (const auto reason :
       {v1::StreamEnding::REASON_AGE, v1::StreamEnding::REASON_SIZE,
        v1::StreamEnding::REASON_DRAIN}) {
    for (const int streams : {1, 3}) {
      ScriptedServer server;
      server.SetScript(EndsPolitely(reason, 97));
      // Any pause would be for ever.
      const BulkRun run(ConnectAll({&server}), Bulk(streams, Never()), 10'000);
      run.ExpectEachOnce();
      EXPECT_GE(server.streams(), 10'000 / 97);
    }
  }
}

TEST(Resumption, DoesNotOpenStreamsForEverThatEndPolitelyAndAnswerNothing) {
  auto connection = std::make_shared<MockConnection>();
  std::atomic<int> opened = 0;
  EXPECT_CALL(*connection, OpenStream).WillRepeatedly([&] {
    ++opened;
    return std::make_unique<FakeProcessStream>([](const v1::ProcessRequest&) {
      v1::ProcessResponse response;
      response.mutable_ending()->set_reason(v1::StreamEnding::REASON_DRAIN);
      return response;
    });
  });
  BulkOptions options = Bulk(1, Never());
  options.give_up_after = absl::Milliseconds(200);
  const BulkRun run(Client(connection), options, 5);
  EXPECT_TRUE(absl::IsUnavailable(run.status)) << run.status;
  EXPECT_EQ(opened, 2) << "the first is followed at once, the second is not";
}

TEST(Resumption, SpreadsStreamsOverServers) {
  ScriptedServer a;
  ScriptedServer b;
  // Ended soon, as a connection may be ready before the other.
  a.SetScript(EndsPolitely(v1::StreamEnding::REASON_AGE, 100));
  b.SetScript(EndsPolitely(v1::StreamEnding::REASON_AGE, 100));
  for (const int streams : {1, 2, 4}) {
    const int before_a = a.streams();
    const int before_b = b.streams();
    BulkRun(ConnectAll({&a, &b}), Bulk(streams, Never()), 10'000)
        .ExpectEachOnce();
    EXPECT_GT(a.streams() - before_a, 25) << streams;
    EXPECT_GT(b.streams() - before_b, 25) << streams;
  }
}

TEST(Resumption, LeavesOutAServerThatSaysThatItDoesNotServe) {
  ScriptedServer a;
  ScriptedServer b;
  a.SetServing(false);
  b.SetScript(EndsPolitely(v1::StreamEnding::REASON_AGE, 100));
  BulkRun(ConnectAll({&a, &b}), Bulk(4, Never()), 5'000).ExpectEachOnce();
  EXPECT_EQ(a.streams(), 0);
}

TEST(Resumption, GoesToTheOtherServerWhenOneDrains) {
  ScriptedServer a;
  ScriptedServer b;
  std::atomic<int> answered = 0;
  // Each stream of A lasts until A has drained.
  a.SetScript(EndsPolitely(v1::StreamEnding::REASON_DRAIN, 500));
  const BulkRun run(ConnectAll({&a, &b}), Bulk(4), 10'000,
                    [&](const v1::ProcessResponse&) {
                      // As a server does: it says so some time before it ends.
                      if (++answered == 200) a.SetServing(false);
                    });
  run.ExpectEachOnce();
  EXPECT_GT(b.requests().size(), 5'000);
}

TEST(Resumption, MovesStreamsOffADeadServerAndBackWhenItReturns) {
  ScriptedServer a;
  ScriptedServer b;
  a.SetScript(EndsPolitely(v1::StreamEnding::REASON_AGE, 200));
  b.SetScript(EndsPolitely(v1::StreamEnding::REASON_AGE, 200));
  std::atomic<int> answered = 0;
  std::atomic<int> streams_of_a = 0;
  const BulkRun run(ConnectAll({&a, &b}), Bulk(2), 40'000,
                    [&](const v1::ProcessResponse&) {
                      const int count = ++answered;
                      if (count == 5'000) a.GoAway();
                      if (count == 10'000) {
                        streams_of_a = a.streams();
                        a.ComeBack();
                      }
                    });
  run.ExpectEachOnce();
  EXPECT_GT(a.streams(), streams_of_a + 10);
}

TEST(Resumption, AServerThatHangsHoldsNoMoreThanItsShare) {
  constexpr int kDocuments = 1'000;
  constexpr int kWindow = 64;
  auto connection = std::make_shared<MockConnection>();
  std::atomic<int> opened = 0;
  EXPECT_CALL(*connection, OpenStream).Times(2).WillRepeatedly([&] {
    const bool hangs = ++opened == 1;
    return std::make_unique<FakeProcessStream>(
        [hangs](const v1::ProcessRequest& request)
            -> std::optional<v1::ProcessResponse> {
          if (hangs) return std::nullopt;
          v1::ProcessResponse response;
          response.set_id(request.id());
          return response;
        });
  });
  BulkOptions options = Bulk(2);
  options.max_in_flight_documents = kWindow;
  options.give_up_after = absl::Milliseconds(500);
  // No third one.
  options.stream_age = absl::InfiniteDuration();
  int answered = 0;
  const BulkRun run(Client(connection), options, kDocuments,
                    [&](const v1::ProcessResponse&) {
                      ++answered;
                      // Or the other one could do all before the one that hangs
                      // is open.
                      absl::SleepFor(absl::Microseconds(100));
                    });
  EXPECT_TRUE(absl::IsUnavailable(run.status)) << run.status;
  EXPECT_GE(answered, kDocuments - kWindow / 2);
}

TEST(Resumption, ReplacesStreamsAndSendsNothingTwice) {
  ScriptedServer server;
  BulkOptions options = Bulk(4, Never());
  options.stream_age = absl::Milliseconds(100);
  const BulkRun run(ConnectAll({&server}), options, 10'000,
                    [](const v1::ProcessResponse&) {
                      absl::SleepFor(absl::Microseconds(50));
                    });
  run.ExpectEachOnce();
  EXPECT_GT(server.streams(), 10);
  for (const auto& [id, count] : server.requests()) EXPECT_EQ(count, 1) << id;
}

TEST(Resumption, GivesAServerThatComesLaterItsShare) {
  ScriptedServer a;
  ScriptedServer b;
  b.GoAway();
  BulkOptions options = Bulk(4, Never());
  options.stream_age = absl::Milliseconds(100);
  std::atomic<int> answered = 0;
  const BulkRun run(ConnectAll({&a, &b}), options, 20'000,
                    [&](const v1::ProcessResponse&) {
                      if (++answered == 2'000) b.ComeBack();
                      absl::SleepFor(absl::Microseconds(50));
                    });
  run.ExpectEachOnce();
  EXPECT_GT(b.requests().size(), 4'000);
}

TEST(Resumption, AServerThatHangsGetsAFewDocumentsOfEachStream) {
  constexpr int kDocuments = 20'000;
  constexpr int kStreams = 4;
  ScriptedServer a;
  ScriptedServer b;
  ScriptedServer hangs;
  hangs.SetScript([](int) {
    StreamScript script;
    script.silent = true;
    return script;
  });
  BulkOptions options = Bulk(kStreams);
  options.stream_age = absl::Milliseconds(50);
  options.max_in_flight_documents = 64;
  const BulkRun run(ConnectAll({&a, &b, &hangs}), options, kDocuments,
                    [](const v1::ProcessResponse&) {
                      absl::SleepFor(absl::Microseconds(20));
                    });
  // The server ends a silent stream when the client has finished it.
  run.ExpectEachOnce();
  EXPECT_GT(hangs.streams(), 1);
  int sent = 0;
  for (const auto& [id, count] : hangs.requests()) sent += count;
  EXPECT_LE(sent, 4 * hangs.streams());
}

TEST(Resumption, GoesOnWhereNoServerSaysThatItServes) {
  // As behind a balancer that hands the question on to a replica that drains.
  ScriptedServer server;
  server.SetServing(false);
  const Client client = ConnectAll({&server});
  BulkRun(client, Bulk(2), 1'000).ExpectEachOnce();
  EXPECT_TRUE(client.ParseReport({}).ok());
}

TEST(Resumption, GivesUpTheOneDocumentThatKillsServers) {
  for (const int streams : {1, 3}) {
    ScriptedServer server;
    server.SetScript([](int) {
      StreamScript script;
      script.poison = "500";
      script.end_status = grpc::Status(grpc::StatusCode::UNAVAILABLE, "died");
      return script;
    });
    const BulkRun run(ConnectAll({&server}), Bulk(streams), 2'000,
                      [](const v1::ProcessResponse& response) {
                        EXPECT_EQ(
                            response.outcome() == v1::OUTCOME_WORKER_CRASHED,
                            response.id() == "500");
                      });
    run.ExpectEachOnce();
    EXPECT_EQ(run.outcomes.at(v1::OUTCOME_OK), 1'999);
    EXPECT_EQ(server.requests().at("500"), 6);
  }
}

TEST(Resumption, CallsTheSinkInTheOrderOfTheSourceIfAsked) {
  constexpr int kWindow = 32;
  constexpr int kDocuments = 10'000;
  ScriptedServer a;
  ScriptedServer b;
  const auto breaks = [](int) {
    StreamScript script;
    script.twice_every = 5;
    script.end_after = 991;
    script.end_status = grpc::Status(grpc::StatusCode::UNAVAILABLE, "");
    return script;
  };
  a.SetScript(breaks);
  b.SetScript(breaks);
  // One of them takes its time, so that answers overtake each other.
  a.SetAnswer([answers = 0](const v1::ProcessRequest&) mutable {
    if (++answers % 50 == 0) absl::SleepFor(absl::Milliseconds(2));
    return v1::ProcessResponse();
  });
  BulkOptions options = Bulk(4);
  options.ordered = true;
  options.max_in_flight_documents = kWindow;
  int asked = 0;
  int given = 0;
  absl::Mutex mutex;
  BulkSession session(ConnectAll({&a, &b}), options);
  const absl::Status status = session.Run(
      [&]() -> std::optional<v1::ProcessRequest> {
        absl::MutexLock lock(&mutex);
        // What is sent and what is kept together.
        EXPECT_LE(asked - given, kWindow);
        if (asked == kDocuments) return std::nullopt;
        return Request(asked++);
      },
      [&](const v1::ProcessResponse& response) {
        absl::MutexLock lock(&mutex);
        EXPECT_EQ(response.id(), absl::StrCat(given++));
      });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(given, kDocuments);
}

TEST(Resumption, AStatusThatOvertakesAnswersLosesNone) {
  for (const auto code :
       {grpc::StatusCode::UNAVAILABLE, grpc::StatusCode::OK}) {
    ScriptedServer server;
    server.SetScript([code](int) {
      StreamScript script;
      script.end_after = 50;
      script.end_with_answer = true;
      script.end_status = grpc::Status(code, "");
      return script;
    });
    BulkRun(ConnectAll({&server}), Bulk(1), 5'000).ExpectEachOnce();
  }
}

TEST(Resumption, WaitsAsLongAsAPushBackAsks) {
  ScriptedServer server;
  std::atomic<int64_t> opened[2] = {};
  server.SetScript([&](int stream) {
    if (stream < 2) opened[stream] = absl::ToUnixMillis(absl::Now());
    StreamScript script;
    if (stream == 0) {
      script.end_after = 0;
      script.end_status =
          grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "full");
      script.push_back = "150";
    }
    return script;
  });
  BulkRun(ConnectAll({&server}), Bulk(1), 10).ExpectEachOnce();
  EXPECT_GE(opened[1] - opened[0], 150);
}

TEST(Resumption, DoesNotComeBackWhereAPushBackForbidsIt) {
  ScriptedServer server;
  server.SetScript([&](int) {
    StreamScript script;
    script.end_after = 0;
    script.end_status = grpc::Status(grpc::StatusCode::UNAVAILABLE, "no more");
    script.push_back = "-1";
    return script;
  });
  const BulkRun run(ConnectAll({&server}), Bulk(1), 10);
  EXPECT_TRUE(absl::IsUnavailable(run.status)) << run.status;
  EXPECT_EQ(server.streams(), 1);
}

TEST(Resumption, CarriesDocumentsAndAnswersFarBeyondGrpcsOwnLimits) {
  constexpr size_t kBytes = 6 << 20;
  ScriptedServer server;
  // The first stream breaks when it has read a document.
  server.SetScript([](int stream) {
    StreamScript script;
    if (stream == 0) script.poison = "0";
    script.end_status = grpc::Status(grpc::StatusCode::UNAVAILABLE, "");
    return script;
  });
  server.SetAnswer([](const v1::ProcessRequest& request) {
    v1::ProcessResponse response;
    response.set_outcome(v1::OUTCOME_OK);
    response.set_message_en(request.document().content());
    return response;
  });
  BulkSession session(ConnectAll({&server}), Bulk(1));
  int next = 0;
  int answers = 0;
  const absl::Status status = session.Run(
      [&]() -> std::optional<v1::ProcessRequest> {
        if (next == 3) return std::nullopt;
        return Request(next++, kBytes);
      },
      [&](const v1::ProcessResponse& response) {
        ++answers;
        EXPECT_EQ(response.message_en().size(), kBytes);
      });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(answers, 3);
}

}  // namespace
}  // namespace gongkai
