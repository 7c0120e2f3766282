// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Senders that never read, never finish, or only take up room: what the front
// holds stays bounded, and others are served as if they were not there.

#include <stdlib.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/service/raw_http2.h"
#include "tests/service/server_fixture.h"

namespace gongkai::service {
namespace {

// Ten thousand by GONGKAI_IDLE_STREAMS=10000; fewer in an ordinary run.
int IdleStreams() {
  int streams = 2000;
  const char* const value = getenv("GONGKAI_IDLE_STREAMS");
  if (value != nullptr) (void)absl::SimpleAtoi(value, &streams);
  return streams;
}

class HostileSenderTest : public ServerTest {
 protected:
  // Hostile ones come by TCP, the others by a Unix socket: two callers.
  ServerOptions TwoAddresses() {
    ServerOptions options = SomeOptions();
    options.listen_addresses.push_back(unix_address_);
    return options;
  }

  // An innocent caller gets its answers.
  void ExpectOthersAreServed() {
    const std::unique_ptr<v1::ReportService::Stub> stub =
        v1::ReportService::NewStub(grpc::CreateChannel(
            unix_address_, grpc::InsecureChannelCredentials()));
    for (int i = 0; i < 20; ++i) {
      grpc::ClientContext context;
      context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(60)));
      v1::ParseReportRequest request;
      v1::ParseReportResponse response;
      request.mutable_document()->set_content("echo fine");
      const grpc::Status status =
          stub->ParseReport(&context, request, &response);
      EXPECT_TRUE(status.ok()) << status.error_message();
    }
    grpc::ClientContext context;
    const std::unique_ptr<Stream> stream = stub->ProcessReports(&context);
    std::thread writer([&] {
      for (int i = 0; i < 300; ++i) {
        stream->Write(Request(absl::StrCat(i), "echo fine"));
      }
      stream->WritesDone();
    });
    v1::ProcessResponse response;
    int answers = 0;
    while (stream->Read(&response)) ++answers;
    writer.join();
    EXPECT_EQ(answers, 300);
    EXPECT_TRUE(stream->Finish().ok());
  }

  static bool Becomes(const Count& count, int64_t value) {
    for (int i = 0; i < 3000; ++i) {
      if (count.value() == value) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }

  const std::string unix_address_ = absl::StrCat(
      "unix:", testing::TempDir(), "/gongkai-hostile-", getpid(), ".sock");
};

TEST_F(HostileSenderTest, SendersThatNeverReadHoldTheirShareAndNoMore) {
  ServerOptions options = TwoAddresses();
  options.limits.max_caller_bytes = 4 << 20;
  options.limits.max_queued_bytes = 32 << 20;
  StartServer(options);
  constexpr int kSenders = 8;
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<Stream>> streams;
  std::vector<std::thread> writers;
  for (int i = 0; i < kSenders; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    streams.push_back(v1::ReportService::NewStub(NewChannel())
                          ->ProcessReports(contexts.back().get()));
    writers.emplace_back([stream = streams.back().get()] {
      const std::string text = "echo " + std::string(200'000, 'x');
      for (int n = 0; stream->Write(Request(absl::StrCat(n), text)); ++n) {
      }
    });
  }
  const Stats& stats = *server_->stats();
  while (stats.waiting_streams.value() == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  int64_t most = 0;
  for (int i = 0; i < 50; ++i) {
    most = std::max(most, stats.admitted_bytes.value());
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  // The share, and what results in the making add to it: they are hardly
  // larger than their documents here.
  EXPECT_LE(most, 5 << 20);
  ExpectOthersAreServed();
  for (auto& context : contexts) context->TryCancel();
  for (std::thread& writer : writers) writer.join();
  for (auto& stream : streams) stream->Finish();
  EXPECT_TRUE(Becomes(stats.calls, 0));
  EXPECT_TRUE(Becomes(stats.admitted_bytes, 0));
  EXPECT_EQ(stats.waiting_streams.value(), 0);
}

TEST_F(HostileSenderTest, MessagesThatAreNeverFinishedHarmNobody) {
  ServerOptions options = TwoAddresses();
  options.limits.max_transport_bytes = 16 << 20;
  options.limits.stream_max_age = absl::Seconds(2);
  options.limits.stream_grace = absl::Milliseconds(100);
  StartServer(options);
  std::vector<std::unique_ptr<RawHttp2>> senders;
  for (int i = 0; i < 40; ++i) {
    senders.push_back(std::make_unique<RawHttp2>(server_->ports()[0]));
    ASSERT_TRUE(senders.back()->connected());
    senders.back()->SendPart(1, 3 << 20, 60'000);
  }
  EXPECT_TRUE(Becomes(server_->stats()->calls, 40))
      << "the server takes them on";
  ExpectOthersAreServed();
  // They grow old like others, and go.
  EXPECT_TRUE(Becomes(server_->stats()->calls, 0));
}

TEST_F(HostileSenderTest, ManyLargeMessagesAtOnceComeThrough) {
  ServerOptions options = TwoAddresses();
  options.limits.max_transport_bytes = 64 << 20;
  options.limits.max_queued_bytes = 16 << 20;
  StartServer(options);
  std::vector<std::thread> clients;
  for (int c = 0; c < 8; ++c) {
    clients.emplace_back([&] {
      const std::unique_ptr<v1::ReportService::Stub> stub =
          v1::ReportService::NewStub(NewChannel());
      grpc::ClientContext context;
      const std::unique_ptr<Stream> stream = stub->ProcessReports(&context);
      std::thread writer([&] {
        for (int i = 0; i < 20; ++i) {
          stream->Write(
              Request(absl::StrCat(i), "echo " + std::string(3'000'000, 'x')));
        }
        stream->WritesDone();
      });
      v1::ProcessResponse response;
      int answers = 0;
      while (stream->Read(&response)) ++answers;
      writer.join();
      const grpc::Status status = stream->Finish();
      EXPECT_TRUE(status.ok()) << status.error_message();
      EXPECT_EQ(answers, 20);
    });
  }
  for (std::thread& client : clients) client.join();
}

TEST_F(HostileSenderTest, ThousandsOfIdleStreamsTakeLittle) {
  StartServer(TwoAddresses());
  const int count = IdleStreams();
  grpc::CompletionQueue queue;
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<grpc::GenericClientAsyncReaderWriter>> streams;
  std::shared_ptr<grpc::Channel> channel;
  for (int i = 0; i < count; ++i) {
    if (i % 1000 == 0) channel = NewChannel();
    grpc::GenericStub stub(channel);
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    streams.push_back(
        stub.PrepareCall(contexts.back().get(),
                         "/gongkai.v1.ReportService/ProcessReports", &queue));
    streams.back()->StartCall(nullptr);
    void* tag;
    bool ok = false;
    ASSERT_TRUE(queue.Next(&tag, &ok) && ok) << i;
  }
  EXPECT_TRUE(Becomes(server_->stats()->calls, count));
  EXPECT_EQ(server_->stats()->admitted_bytes.value(), 0);
  ExpectOthersAreServed();
  for (auto& context : contexts) context->TryCancel();
  std::vector<grpc::Status> statuses(streams.size());
  for (size_t i = 0; i < streams.size(); ++i) {
    streams[i]->Finish(&statuses[i], nullptr);
  }
  for (size_t i = 0; i < streams.size(); ++i) {
    void* tag;
    bool ok = false;
    queue.Next(&tag, &ok);
  }
  queue.Shutdown();
  void* tag;
  bool ok = false;
  while (queue.Next(&tag, &ok)) {
  }
  EXPECT_TRUE(Becomes(server_->stats()->calls, 0));
}

}  // namespace
}  // namespace gongkai::service
