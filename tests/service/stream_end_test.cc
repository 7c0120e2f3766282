// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// How the server ends streams of its own will: nothing is lost, nothing is
// said twice, and the client is told what is left.

#include <chrono>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/service/server_fixture.h"

namespace gongkai::service {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

class StreamEndTest : public ServerTest {
 protected:
  // What came over a stream until its end.
  struct Heard {
    std::set<std::string> answered;
    bool doubled = false;
    std::vector<v1::StreamEnding> endings;
    grpc::Status status;

    std::vector<std::string> unanswered() const {
      std::vector<std::string> ids;
      for (const v1::StreamEnding& ending : endings) {
        for (const std::string& id : ending.unanswered_ids()) ids.push_back(id);
      }
      return ids;
    }
  };

  static Heard Listen(Stream& stream) {
    Heard heard;
    v1::ProcessResponse response;
    while (stream.Read(&response)) {
      if (response.has_ending()) {
        EXPECT_TRUE(response.id().empty());
        heard.endings.push_back(response.ending());
      } else {
        EXPECT_TRUE(heard.endings.empty()) << "the ending is the last";
        heard.doubled |= !heard.answered.insert(response.id()).second;
      }
    }
    heard.status = stream.Finish();
    return heard;
  }

  // Waits until no call is under way.
  bool AllCallsEnd() {
    for (int i = 0; i < 3000; ++i) {
      if (server_->stats()->calls.value() == 0) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }
};

TEST_F(StreamEndTest, AStreamThatIsOldIsEndedAndEveryDocumentAccountedFor) {
  ServerOptions options = SomeOptions();
  options.limits.stream_max_age = absl::Milliseconds(300);
  StartServer(options);
  grpc::ClientContext context;
  std::unique_ptr<Stream> stream = stub_->ProcessReports(&context);
  int written = 0;
  std::thread writer([&] {
    while (stream->Write(Request(absl::StrCat(written), "spin 200"))) ++written;
  });
  const Heard heard = Listen(*stream);
  writer.join();
  EXPECT_TRUE(heard.status.ok()) << heard.status.error_message();
  ASSERT_EQ(heard.endings.size(), 1u);
  EXPECT_EQ(heard.endings[0].reason(), v1::StreamEnding::REASON_AGE);
  EXPECT_FALSE(heard.doubled);
  EXPECT_GT(heard.answered.size(), 0u);
  for (const std::string& id : heard.unanswered()) {
    EXPECT_FALSE(heard.answered.contains(id)) << id;
  }
  // Documents are read in order: those that were are the first, and each of
  // them is answered or named.
  const size_t accounted = heard.answered.size() + heard.unanswered().size();
  for (size_t i = 0; i < heard.answered.size(); ++i) {
    EXPECT_TRUE(heard.answered.contains(absl::StrCat(i))) << i;
  }
  EXPECT_LE(accounted, static_cast<size_t>(written) + 1);
  // Another stream goes on where this one ended.
  grpc::ClientContext second;
  stream = stub_->ProcessReports(&second);
  stream->Write(Request("next", "echo"));
  stream->WritesDone();
  EXPECT_THAT(Listen(*stream).answered, ElementsAre("next"));
}

TEST_F(StreamEndTest, AStreamThatHasCarriedEnoughIsEnded) {
  for (const bool by_bytes : {false, true}) {
    ServerOptions options = SomeOptions();
    if (by_bytes) {
      options.limits.stream_max_bytes = 9'500;
    } else {
      options.limits.stream_max_documents = 10;
    }
    StartServer(options);
    grpc::ClientContext context;
    std::unique_ptr<Stream> stream = stub_->ProcessReports(&context);
    for (int i = 0; i < 50; ++i) {
      stream->Write(Request(absl::StrCat(i), "echo " + std::string(990, 'x')));
    }
    const Heard heard = Listen(*stream);
    EXPECT_TRUE(heard.status.ok());
    ASSERT_EQ(heard.endings.size(), 1u);
    EXPECT_EQ(heard.endings[0].reason(), v1::StreamEnding::REASON_SIZE);
    EXPECT_EQ(heard.answered.size(), 10u);
    EXPECT_TRUE(heard.unanswered().empty()) << "no more were read";
    server_ = nullptr;
  }
}

TEST_F(StreamEndTest, OneThatIsFinishedInTimeNeedsNoEnding) {
  ServerOptions options = SomeOptions();
  options.limits.stream_max_documents = 10;
  StartServer(options);
  grpc::ClientContext context;
  std::unique_ptr<Stream> stream = stub_->ProcessReports(&context);
  for (int i = 0; i < 9; ++i) stream->Write(Request(absl::StrCat(i), "echo"));
  stream->WritesDone();
  const Heard heard = Listen(*stream);
  EXPECT_TRUE(heard.status.ok());
  EXPECT_EQ(heard.answered.size(), 9u);
  EXPECT_TRUE(heard.endings.empty());
}

TEST_F(StreamEndTest, WhatIsNotAnsweredWithinTheGraceIsNamed) {
  ServerOptions options = SomeOptions();
  options.limits.workers = 1;
  options.limits.stream_max_age = absl::Milliseconds(200);
  options.limits.stream_grace = absl::Milliseconds(200);
  StartServer(options);
  grpc::ClientContext context;
  std::unique_ptr<Stream> stream = stub_->ProcessReports(&context);
  stream->Write(Request("quick", "echo"));
  stream->Write(Request("hung", "hang"));
  stream->Write(Request("behind", "echo"));
  const Heard heard = Listen(*stream);
  EXPECT_TRUE(heard.status.ok());
  EXPECT_THAT(heard.answered, ElementsAre("quick"));
  EXPECT_THAT(heard.unanswered(), UnorderedElementsAre("hung", "behind"));
  // The worker was freed.
  v1::ParseReportResponse parsed;
  EXPECT_TRUE(Parse("echo fine", &parsed).ok());
}

TEST_F(StreamEndTest, ADocumentThatWaitsForRoomIsNamed) {
  ServerOptions options = SomeOptions();
  options.limits.workers = 1;
  options.limits.max_queued_jobs = 1;
  StartServer(options);
  grpc::ClientContext busy_context;
  std::unique_ptr<Stream> busy = stub_->ProcessReports(&busy_context);
  busy->Write(Request("busy", "sleep 700"));
  while (server_->stats()->admitted_documents.value() == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  grpc::ClientContext context;
  std::unique_ptr<Stream> stream = stub_->ProcessReports(&context);
  stream->Write(Request("parked", "echo"));
  while (server_->stats()->waiting_streams.value() == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  std::thread shutdown([&] { server_->Shutdown(absl::Seconds(60)); });
  const Heard heard = Listen(*stream);
  EXPECT_TRUE(heard.status.ok());
  EXPECT_THAT(heard.unanswered(), ElementsAre("parked"));
  ASSERT_EQ(heard.endings.size(), 1u);
  EXPECT_EQ(heard.endings[0].reason(), v1::StreamEnding::REASON_DRAIN);
  EXPECT_THAT(Listen(*busy).answered, ElementsAre("busy"));
  shutdown.join();
}

TEST_F(StreamEndTest, ADrainThatRunsOutOfTimeNamesWhatIsLeft) {
  StartServer();
  grpc::ClientContext context;
  std::unique_ptr<Stream> stream = stub_->ProcessReports(&context);
  for (int i = 0; i < 5; ++i) stream->Write(Request(absl::StrCat(i), "hang"));
  while (server_->stats()->admitted_documents.value() < 5) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  std::thread shutdown([&] { server_->Shutdown(absl::Milliseconds(100)); });
  const Heard heard = Listen(*stream);
  EXPECT_TRUE(heard.status.ok());
  EXPECT_THAT(heard.unanswered(),
              UnorderedElementsAre("0", "1", "2", "3", "4"));
  shutdown.join();
}

TEST_F(StreamEndTest, UnderLoadADrainLosesNothing) {
  StartServer();
  constexpr int kStreams = 4;
  std::vector<std::thread> clients;
  for (int c = 0; c < kStreams; ++c) {
    clients.emplace_back([&] {
      grpc::ClientContext context;
      std::unique_ptr<Stream> stream = stub_->ProcessReports(&context);
      std::thread writer([&] {
        for (int i = 0; stream->Write(Request(absl::StrCat(i), "spin 200"));) {
          ++i;
        }
      });
      const Heard heard = Listen(*stream);
      writer.join();
      EXPECT_TRUE(heard.status.ok()) << heard.status.error_message();
      EXPECT_EQ(heard.endings.size(), 1u);
      EXPECT_FALSE(heard.doubled);
      for (size_t i = 0; i < heard.answered.size(); ++i) {
        EXPECT_TRUE(heard.answered.contains(absl::StrCat(i))) << i;
      }
    });
  }
  while (server_->stats()->outcomes[Outcome::kOk].value() < 1000) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  server_->Shutdown(absl::Seconds(60));
  for (std::thread& client : clients) client.join();
}

TEST_F(StreamEndTest, AClientThatDoesNotReadIsCutOffInTheEnd) {
  ServerOptions options = SomeOptions();
  options.limits.stream_max_age = absl::Milliseconds(100);
  options.limits.stream_grace = absl::Milliseconds(200);
  StartServer(options);
  grpc::ClientContext context;
  std::unique_ptr<Stream> stream = stub_->ProcessReports(&context);
  // More than any window on the way takes.
  for (int i = 0; i < 64; ++i) {
    if (!stream->Write(
            Request(absl::StrCat(i), "echo " + std::string(1'000'000, 'x')))) {
      break;
    }
  }
  EXPECT_TRUE(AllCallsEnd());
  EXPECT_EQ(server_->stats()->admitted_bytes.value(), 0);
  context.TryCancel();
}

}  // namespace
}  // namespace gongkai::service
