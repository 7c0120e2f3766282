// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/internal/retry.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/scripted_server.h"

namespace gongkai::internal {
namespace {

using ::gongkai::testing::WithRetryInfo;

TEST(Backoff, GrowsToItsBoundWithJitter) {
  RetryOptions options;
  options.initial_backoff = absl::Milliseconds(100);
  options.max_backoff = absl::Milliseconds(400);
  options.backoff_multiplier = 2;
  Backoff backoff(options);
  for (const int bound : {100, 200, 400, 400}) {
    const absl::Duration pause = backoff.Next(absl::UnavailableError(""));
    EXPECT_GE(pause, absl::Milliseconds(bound) / 2);
    EXPECT_LE(pause, absl::Milliseconds(bound));
  }
  backoff.Reset();
  EXPECT_LE(backoff.Next(absl::UnavailableError("")), absl::Milliseconds(100));
}

TEST(Backoff, IsNeverShorterThanTheServerAsks) {
  RetryOptions options;
  options.initial_backoff = absl::Milliseconds(1);
  Backoff backoff(options);
  const absl::Duration asked = absl::Milliseconds(300);
  const absl::Status status =
      FromGrpc(WithRetryInfo(grpc::StatusCode::UNAVAILABLE, asked));
  for (int i = 0; i < 100; ++i) {
    const absl::Duration pause = backoff.Next(status);
    EXPECT_GE(pause, asked);
    EXPECT_LE(pause, asked * 1.25);
  }
}

TEST(Retry, TellsTransientErrorsFromLastingOnes) {
  EXPECT_TRUE(IsTransient(absl::UnavailableError("")));
  EXPECT_TRUE(IsTransient(FromGrpc(WithRetryInfo(
      grpc::StatusCode::RESOURCE_EXHAUSTED, absl::ZeroDuration()))));
  EXPECT_FALSE(IsTransient(absl::ResourceExhaustedError("")));
  EXPECT_TRUE(IsTransient(absl::CancelledError("")));
  EXPECT_FALSE(IsTransient(FromGrpc(WithRetryInfo(
      grpc::StatusCode::INVALID_ARGUMENT, absl::ZeroDuration()))));
}

absl::Status PushedBack(absl::Status status, const std::string& value) {
  status.SetPayload(kPushBack, absl::Cord(value));
  return status;
}

TEST(Retry, TakesThePushBackTrailerAsGrpcsOwnRetriesDo) {
  const absl::Status asked =
      PushedBack(absl::ResourceExhaustedError(""), "250");
  EXPECT_TRUE(IsTransient(asked));
  EXPECT_EQ(ServerDelay(asked), absl::Milliseconds(250));
  for (const char* never : {"-1", "soon", ""}) {
    EXPECT_FALSE(IsTransient(PushedBack(absl::UnavailableError(""), never)));
    EXPECT_FALSE(
        IsStreamTransient(PushedBack(absl::UnavailableError(""), never)));
  }
}

TEST(Retry, WaitsForTheLongerOfRetryInfoAndPushBack) {
  const absl::Status info = FromGrpc(
      WithRetryInfo(grpc::StatusCode::UNAVAILABLE, absl::Milliseconds(300)));
  EXPECT_EQ(ServerDelay(PushedBack(info, "200")), absl::Milliseconds(300));
  EXPECT_EQ(ServerDelay(PushedBack(info, "400")), absl::Milliseconds(400));
}

TEST(Retry, TreatsACallThatBrokeOffAsTransient) {
  EXPECT_TRUE(IsTransient(absl::CancelledError("")));
  EXPECT_TRUE(IsTransient(
      absl::InternalError("Received RST_STREAM with error code 2")));
  EXPECT_TRUE(IsTransient(absl::UnknownError("Stream removed")));
  EXPECT_TRUE(IsTransient(absl::UnknownError("No status received")));
  EXPECT_FALSE(IsTransient(absl::InternalError("a fault")));
  EXPECT_FALSE(IsTransient(absl::UnknownError("a fault")));
  EXPECT_FALSE(IsTransient(absl::ResourceExhaustedError("")));
  EXPECT_TRUE(IsStreamTransient(absl::OkStatus()));
  EXPECT_FALSE(IsStreamTransient(absl::UnknownError("a fault")));
}

TEST(Retry, IgnoresDetailsThatAreNotProtobuf) {
  const absl::Status status = FromGrpc(
      grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "m", "\xff\xff"));
  EXPECT_FALSE(ServerDelay(status).has_value());
  EXPECT_EQ(status.message(), "m");
}

}  // namespace
}  // namespace gongkai::internal
