// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Two services under load are replaced in turn as an operator does it, by
// SIGTERM: no document is lost and no caller of the client library sees an
// error.

#include <signal.h>

#include <atomic>
#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "client/bulk_session.h"
#include "client/client.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/chaos/documents.h"
#include "tests/chaos/processes.h"
#include "tests/chaos/services.h"
#include "tests/sanitized.h"

namespace gongkai::chaos {
namespace {

constexpr int kServices = 2;
constexpr int kReplacements = 4;
// Answers after which the next service is replaced, and the time that the last
// one had to be found again: longer than the pauses between connections.
constexpr int kBetweenAnswers = 500;
constexpr absl::Duration kBetween =
    kSanitized ? absl::Seconds(8) : absl::Seconds(2);
// Different documents; they are sent again and again.
constexpr uint64_t kDocuments = 200;

TEST(DrainTest, LosesNoDocumentAndShowsNoError) {
  Services services(kServices, {"--workers=2", "--drain_delay=1s"});
  ClientOptions client_options;
  client_options.retry.initial_backoff = absl::Milliseconds(20);
  client_options.retry.max_backoff = absl::Milliseconds(200);
  const Client client = Client::Connect(services.target(), client_options);

  for (int i = 0; i < kServices; ++i) {
    ASSERT_TRUE(Client::Connect(services.target(i), client_options)
                    .GetCapabilities()
                    .ok());
  }

  std::vector<std::string> documents;
  for (uint64_t i = 0; i < kDocuments; ++i) {
    documents.push_back(Truth(i).bytes);
  }

  std::atomic<int> answered = 0;
  std::atomic<bool> replaced = false;
  // One caller asks for single documents meanwhile.
  std::thread clerk([&] {
    for (uint64_t i = 0; !replaced; ++i) {
      v1::ValidateReportRequest request;
      request.mutable_document()->set_content(documents[i % kDocuments]);
      const auto response = client.ValidateReport(request);
      ASSERT_TRUE(response.ok()) << response.status();
      EXPECT_EQ(response->outcome(), v1::OUTCOME_OK);
    }
  });
  std::thread operator_thread([&] {
    for (int i = 0; i < kReplacements; ++i) {
      const int wanted = answered + kBetweenAnswers;
      const absl::Time until = absl::Now() + kBetween;
      while (answered < wanted || absl::Now() < until) {
        absl::SleepFor(absl::Milliseconds(5));
      }
      const testing::Result result = services.Restart(i % kServices, SIGTERM);
      EXPECT_EQ(result.status, 0) << result.err;
    }
    replaced = true;
  });

  BulkOptions options;
  options.streams = 2 * kServices;
  // A stream that ends as it should is followed by another at once. After any
  // other end this one pauses for longer than the session goes on.
  options.retry.initial_backoff = absl::Hours(1);
  options.give_up_after = absl::Minutes(1);
  BulkSession session(client, options);
  std::vector<int> answers;
  absl::Mutex mutex;
  uint64_t next = 0;
  const absl::Status status = session.Run(
      [&]() -> std::optional<v1::ProcessRequest> {
        if (replaced) return std::nullopt;
        v1::ProcessRequest request;
        {
          absl::MutexLock lock(&mutex);
          answers.push_back(0);
        }
        request.set_id(absl::StrCat(next));
        request.mutable_document()->set_content(documents[next % kDocuments]);
        ++next;
        return request;
      },
      [&](const v1::ProcessResponse& response) {
        ++answered;
        size_t number = 0;
        ASSERT_TRUE(absl::SimpleAtoi(response.id(), &number));
        EXPECT_EQ(response.outcome(), v1::OUTCOME_OK) << number;
        absl::MutexLock lock(&mutex);
        ASSERT_LT(number, answers.size());
        ++answers[number];
      });
  // Also where the session failed.
  answered = 1 << 30;
  operator_thread.join();
  clerk.join();
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(answers, ::testing::Each(1));
  std::cout << answers.size() << " documents\n";
}

}  // namespace
}  // namespace gongkai::chaos
