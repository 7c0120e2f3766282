// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/client.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "client/mock_connection.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"
#include "tests/client/scripted_server.h"

namespace gongkai {
namespace {

using ::gongkai::testing::ScriptedServer;
using ::gongkai::testing::WithRetryInfo;
using ::testing::HasSubstr;
using ::testing::Return;

ClientOptions QuickRetries() {
  ClientOptions options;
  options.retry.initial_backoff = absl::Milliseconds(5);
  options.retry.max_backoff = absl::Milliseconds(20);
  options.retry.total_timeout = absl::Seconds(20);
  return options;
}

grpc::Status Unavailable() {
  return grpc::Status(grpc::StatusCode::UNAVAILABLE, "down");
}

TEST(Client, AnswersWithoutRetryWhenTheServerDoes) {
  ScriptedServer server;
  const Client client = Client::Connect(server.target(), QuickRetries());
  const auto response = client.ParseReport(v1::ParseReportRequest());
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->outcome(), v1::OUTCOME_OK);
  EXPECT_EQ(server.calls(), 1);
}

TEST(Client, TriesAgainOnUnavailable) {
  ScriptedServer server;
  server.FailCalls({Unavailable(), Unavailable(), Unavailable()});
  const Client client = Client::Connect(server.target(), QuickRetries());
  EXPECT_TRUE(client.ParseReport(v1::ParseReportRequest()).ok());
  EXPECT_EQ(server.calls(), 4);
}

TEST(Client, DoesNotTryAgainWhenExhaustedWithoutRetryInfo) {
  ScriptedServer server;
  server.FailCalls({grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "")});
  const Client client = Client::Connect(server.target(), QuickRetries());
  EXPECT_TRUE(absl::IsResourceExhausted(
      client.ParseReport(v1::ParseReportRequest()).status()));
  EXPECT_EQ(server.calls(), 1);
}

TEST(Client, WaitsAsLongAsRetryInfoAsks) {
  constexpr absl::Duration kAsked = absl::Milliseconds(150);
  ScriptedServer server;
  server.FailCalls(
      {WithRetryInfo(grpc::StatusCode::RESOURCE_EXHAUSTED, kAsked)});
  const Client client = Client::Connect(server.target(), QuickRetries());
  EXPECT_TRUE(client.ParseReport(v1::ParseReportRequest()).ok());
  const auto times = server.call_times();
  ASSERT_EQ(times.size(), 2);
  EXPECT_GE(times[1] - times[0], kAsked);
}

TEST(Client, HonoursThePushBackTrailer) {
  ScriptedServer server;
  const grpc::Status full(grpc::StatusCode::RESOURCE_EXHAUSTED, "full");
  server.FailCalls({full}, "150");
  const Client client = Client::Connect(server.target(), QuickRetries());
  EXPECT_TRUE(client.ParseReport(v1::ParseReportRequest()).ok());
  const auto times = server.call_times();
  ASSERT_EQ(times.size(), 2);
  EXPECT_GE(times[1] - times[0], absl::Milliseconds(150));
  server.FailCalls({Unavailable()}, "-1");
  EXPECT_TRUE(absl::IsUnavailable(
      client.ParseReport(v1::ParseReportRequest()).status()));
  EXPECT_EQ(server.calls(), 3);
}

TEST(Client, DoesNotTryAgainOnTheCallersOwnMistakes) {
  ScriptedServer server;
  server.FailCalls({grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "no")});
  const Client client = Client::Connect(server.target(), QuickRetries());
  EXPECT_TRUE(absl::IsInvalidArgument(
      client.ParseReport(v1::ParseReportRequest()).status()));
  EXPECT_EQ(server.calls(), 1);
}

TEST(Client, GivesUpAfterTheTotalTimeoutWithTheLastCause) {
  ScriptedServer server;
  server.FailCalls(std::deque<grpc::Status>(100'000, Unavailable()));
  ClientOptions options = QuickRetries();
  options.retry.total_timeout = absl::Milliseconds(200);
  const Client client = Client::Connect(server.target(), options);
  const absl::Status status =
      client.ParseReport(v1::ParseReportRequest()).status();
  EXPECT_TRUE(absl::IsUnavailable(status));
  EXPECT_THAT(status.message(), HasSubstr("down"));
  EXPECT_THAT(status.message(), HasSubstr("given up after"));
  EXPECT_GT(server.calls(), 1);
}

TEST(Client, HandsTheDetailsOfAnErrorOn) {
  ScriptedServer server;
  ClientOptions options = QuickRetries();
  options.retry.total_timeout = absl::Milliseconds(50);
  server.FailCalls(
      {WithRetryInfo(grpc::StatusCode::UNAVAILABLE, absl::Milliseconds(900))});
  const Client client = Client::Connect(server.target(), options);
  const absl::Status status =
      client.ParseReport(v1::ParseReportRequest()).status();
  const auto payload =
      status.GetPayload("type.googleapis.com/google.rpc.RetryInfo");
  ASSERT_TRUE(payload.has_value()) << status;
  google::rpc::RetryInfo info;
  ASSERT_TRUE(info.ParseFromString(std::string(*payload)));
  EXPECT_EQ(info.retry_delay().nanos(), 900'000'000);
}

TEST(Client, SurvivesAServerThatComesBackOnTheSamePort) {
  ScriptedServer server;
  const Client client = Client::Connect(server.target(), QuickRetries());
  ASSERT_TRUE(client.ParseReport(v1::ParseReportRequest()).ok());
  server.GoAway();
  server.ComeBack();
  EXPECT_TRUE(client.ParseReport(v1::ParseReportRequest()).ok());
}

TEST(Client, SendsAndRetriesDocumentsFarBeyondGrpcsOwnLimits) {
  ScriptedServer server;
  server.FailCalls({Unavailable()});
  const Client client = Client::Connect(server.target(), QuickRetries());
  v1::ParseReportRequest request;
  // Over the 256 KiB of gRPC's retry buffer, under the test server's 4 MiB.
  request.mutable_document()->set_content(std::string(3 << 20, 'x'));
  EXPECT_TRUE(client.ParseReport(request).ok());
  EXPECT_EQ(server.calls(), 2);
}

TEST(Client, ReceivesAnswersFarBeyondGrpcsOwnLimit) {
  // Against 4 MiB.
  constexpr size_t kBytes = 6 << 20;
  ScriptedServer server;
  v1::ParseReportResponse large;
  large.set_message_en(std::string(kBytes, 'x'));
  server.SetParseResponse(large);
  const Client client = Client::Connect(server.target(), QuickRetries());
  const auto response = client.ParseReport(v1::ParseReportRequest());
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->message_en().size(), kBytes);
}

TEST(Client, KeepsAStatusWhoseDetailsAreLong) {
  // Over the 8 KB at which gRPC makes RESOURCE_EXHAUSTED of any status.
  constexpr size_t kBytes = 12'000;
  ScriptedServer server;
  server.FailCalls({WithRetryInfo(grpc::StatusCode::INVALID_ARGUMENT,
                                  absl::ZeroDuration(), kBytes)});
  const Client client = Client::Connect(server.target(), QuickRetries());
  const absl::Status status =
      client.ParseReport(v1::ParseReportRequest()).status();
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  EXPECT_TRUE(status.GetPayload("type.googleapis.com/google.rpc.RetryInfo")
                  .has_value());
}

TEST(Client, TriesTheOtherAddressWhenOneIsDown) {
  ScriptedServer dead;
  ScriptedServer alive;
  const std::string target =
      absl::StrCat("ipv4:", dead.target(), ",", alive.target());
  dead.GoAway();
  const Client client = Client::Connect(target, QuickRetries());
  for (int i = 0; i < 20; ++i) {
    const auto response = client.ParseReport(v1::ParseReportRequest());
    EXPECT_TRUE(response.ok()) << response.status();
  }
  EXPECT_EQ(alive.calls(), 20);
}

TEST(Client, CanBeTestedWithoutAServer) {
  auto connection = std::make_shared<MockConnection>();
  v1::ListRulesResponse rules;
  rules.add_rules()->set_id("requests.balance");
  EXPECT_CALL(*connection, ListRules).WillOnce(Return(rules));
  EXPECT_CALL(*connection, ParseReport)
      .WillOnce(Return(absl::UnavailableError("closed")));
  const Client client(connection);
  const Client copy = client;
  EXPECT_EQ(copy.ListRules()->rules(0).id(), "requests.balance");
  EXPECT_TRUE(absl::IsUnavailable(
      client.ParseReport(v1::ParseReportRequest()).status()));
}

}  // namespace
}  // namespace gongkai
