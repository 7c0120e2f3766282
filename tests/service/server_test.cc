// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The front as a client sees it, over real gRPC, with a worker that does what
// its document says.

#include "service/server.h"

#include <unistd.h>

#include <chrono>
#include <map>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gongkai/v1/report_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/service/processes.h"
#include "tests/service/server_fixture.h"

namespace gongkai::service {
namespace {

using testing::HasSubstr;

TEST_F(ServerTest, UnaryCallsAreAnsweredByAWorker) {
  StartServer();
  v1::ParseReportResponse parsed;
  ASSERT_TRUE(Parse("echo parsed", &parsed).ok());
  EXPECT_EQ(parsed.outcome(), v1::OUTCOME_OK);
  EXPECT_EQ(parsed.message_en(), "parsed");

  grpc::ClientContext context;
  v1::ValidateReportRequest request;
  v1::ValidateReportResponse validated;
  request.mutable_document()->set_content("echo validated");
  ASSERT_TRUE(stub_->ValidateReport(&context, request, &validated).ok());
  EXPECT_EQ(validated.message_en(), "validated");
}

TEST_F(ServerTest, AStreamGetsOneResultForEachDocument) {
  StartServer();
  constexpr int kDocuments = 3000;
  grpc::ClientContext context;
  std::unique_ptr<Stream> stream = stub_->ProcessReports(&context);
  std::thread writer([&] {
    for (int i = 0; i < kDocuments; ++i) {
      const std::string text =
          i % 100 == 5 ? std::string(200'000, 'x') : absl::StrCat("text ", i);
      ASSERT_TRUE(stream->Write(Request(absl::StrCat(i), "echo " + text)));
    }
    stream->WritesDone();
  });
  std::map<std::string, int> seen;
  v1::ProcessResponse response;
  while (stream->Read(&response)) {
    const int i = atoi(response.id().c_str());
    const std::string text =
        i % 100 == 5 ? std::string(200'000, 'x') : absl::StrCat("text ", i);
    EXPECT_TRUE(response.message_en() == text) << response.id();
    EXPECT_EQ(++seen[response.id()], 1);
  }
  writer.join();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(seen.size(), static_cast<size_t>(kDocuments));
}

TEST_F(ServerTest, ResultsComeAsTheyFinish) {
  StartServer();
  grpc::ClientContext context;
  std::unique_ptr<Stream> stream = stub_->ProcessReports(&context);
  // Until the second worker is up, there is only one to wait behind.
  constexpr int kTries = 50;
  bool overtaken = false;
  for (int i = 0; i < kTries && !overtaken; ++i) {
    const std::string slow = absl::StrCat("slow ", i);
    const std::string quick = absl::StrCat("quick ", i);
    stream->Write(Request(slow, "sleep 200"));
    stream->Write(Request(quick, "echo"));
    v1::ProcessResponse first;
    v1::ProcessResponse second;
    ASSERT_TRUE(stream->Read(&first));
    ASSERT_TRUE(stream->Read(&second));
    overtaken = first.id() == quick && second.id() == slow;
  }
  EXPECT_TRUE(overtaken);
  stream->WritesDone();
  v1::ProcessResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(ServerTest, ADocumentThatKillsWorkersIsAResultWithItsId) {
  StartServer();
  grpc::ClientContext context;
  std::unique_ptr<Stream> stream = stub_->ProcessReports(&context);
  v1::ProcessResponse response;
  stream->Write(Request("crasher", "segv"));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.id(), "crasher");
  EXPECT_EQ(response.outcome(), v1::OUTCOME_WORKER_CRASHED);
  EXPECT_THAT(response.message(), HasSubstr("异常退出"));
  EXPECT_THAT(response.message_en(), HasSubstr("died twice"));
  stream->Write(Request("the same", "segv"));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.id(), "the same");
  EXPECT_EQ(response.outcome(), v1::OUTCOME_QUARANTINED);
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());

  // Also where another method brings it.
  v1::ParseReportResponse parsed;
  ASSERT_TRUE(Parse("segv", &parsed).ok());
  EXPECT_EQ(parsed.outcome(), v1::OUTCOME_QUARANTINED);
}

TEST_F(ServerTest, TimeIsAResultToo) {
  ServerOptions options = SomeOptions();
  options.limits.document_timeout = absl::Milliseconds(200);
  StartServer(options);
  v1::ParseReportResponse parsed;
  ASSERT_TRUE(Parse("hang", &parsed).ok());
  EXPECT_EQ(parsed.outcome(), v1::OUTCOME_WORKER_TIMED_OUT);
}

// The only worker hangs: another document can be read only once it is killed.
TEST_F(ServerTest, ADeadlineReachesTheWorker) {
  ServerOptions options = SomeOptions();
  options.limits.workers = 1;
  StartServer(options);
  v1::ParseReportResponse parsed;
  EXPECT_EQ(Parse("hang", &parsed, absl::Milliseconds(100)).error_code(),
            grpc::StatusCode::DEADLINE_EXCEEDED);
  ASSERT_TRUE(Parse("echo fine", &parsed).ok());
  EXPECT_EQ(parsed.message_en(), "fine");
}

TEST_F(ServerTest, ACancelledStreamReachesTheWorker) {
  ServerOptions options = SomeOptions();
  options.limits.workers = 1;
  StartServer(options);
  grpc::ClientContext context;
  std::unique_ptr<Stream> stream = stub_->ProcessReports(&context);
  for (int i = 0; i < 20; ++i) {
    stream->Write(Request(absl::StrCat(i), i == 0 ? "echo" : "hang"));
  }
  v1::ProcessResponse response;
  ASSERT_TRUE(stream->Read(&response));
  context.TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  v1::ParseReportResponse parsed;
  ASSERT_TRUE(Parse("echo fine", &parsed).ok());
  EXPECT_EQ(parsed.message_en(), "fine");
}

TEST_F(ServerTest, AClientThatVanishesIsACancellation) {
  ServerOptions options = SomeOptions();
  options.limits.workers = 1;
  StartServer(options);
  {
    std::unique_ptr<v1::ReportService::Stub> stub =
        v1::ReportService::NewStub(NewChannel());
    grpc::ClientContext context;
    std::unique_ptr<Stream> stream = stub->ProcessReports(&context);
    stream->Write(Request("1", "echo"));
    v1::ProcessResponse response;
    ASSERT_TRUE(stream->Read(&response));
    stream->Write(Request("2", "hang"));
    context.TryCancel();
    stream->Finish();
  }
  v1::ParseReportResponse parsed;
  ASSERT_TRUE(Parse("echo fine", &parsed).ok());
}

TEST_F(ServerTest, AFullQueueRefusesWithATimeToComeBack) {
  ServerOptions options = SomeOptions();
  options.limits.workers = 1;
  options.limits.max_queued_jobs = 1;
  StartServer(options);
  std::unique_ptr<v1::ReportService::Stub> other =
      v1::ReportService::NewStub(NewChannel());
  grpc::ClientContext busy;
  std::unique_ptr<Stream> stream = other->ProcessReports(&busy);
  ASSERT_TRUE(stream->Write(Request("busy", "hang")));

  grpc::Status status;
  v1::ParseReportRequest request;
  request.mutable_document()->set_content("echo fine");
  // The other may not have arrived yet.
  for (int i = 0; i < 1000 && status.ok(); ++i) {
    grpc::ClientContext attempt;
    v1::ParseReportResponse parsed;
    status = stub_->ParseReport(&attempt, request, &parsed);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ(
        attempt.GetServerTrailingMetadata().count("grpc-retry-pushback-ms"),
        status.ok() ? 0u : 1u);
  }
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(status.error_details()));
  EXPECT_EQ(details.code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  ASSERT_EQ(details.details_size(), 2);
  google::rpc::ErrorInfo info;
  google::rpc::RetryInfo retry;
  ASSERT_TRUE(details.details(0).UnpackTo(&info));
  ASSERT_TRUE(details.details(1).UnpackTo(&retry));
  EXPECT_EQ(info.reason(), "QUEUE_FULL");
  EXPECT_GT(retry.retry_delay().seconds() + retry.retry_delay().nanos(), 0);
  EXPECT_LT(status.error_details().size(), 6000u);

  busy.TryCancel();
  stream->Finish();
}

// A stream that is over the bound is not refused but not read: the writer
// stops getting rid of documents, and what the server holds stays bounded.
TEST_F(ServerTest, ASenderThatNeverReadsIsSlowedDown) {
  ServerOptions options = SomeOptions();
  options.limits.stream_window_documents = 8;
  StartServer(options);
  grpc::GenericStub stub(NewChannel());
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  auto call = stub.PrepareCall(
      &context, "/gongkai.v1.ReportService/ProcessReports", &queue);
  void* tag;
  bool ok;
  call->StartCall(nullptr);
  ASSERT_TRUE(queue.Next(&tag, &ok) && ok);
  const std::string bytes =
      Request("id", "echo " + std::string(100'000, 'x')).SerializeAsString();
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer message(&slice, 1);
  // A write that does not finish within a second is held up by flow control:
  // only then is the sender slowed down. 64 MB would be 640 documents.
  int written = 0;
  while (written < 640) {
    call->Write(message, nullptr);
    if (queue.AsyncNext(
            &tag, &ok,
            std::chrono::system_clock::now() + std::chrono::seconds(1)) !=
        grpc::CompletionQueue::GOT_EVENT) {
      break;
    }
    ++written;
  }
  EXPECT_LT(written, 640);
  // Others are served meanwhile.
  v1::ParseReportResponse parsed;
  EXPECT_TRUE(Parse("echo fine", &parsed).ok());

  context.TryCancel();
  grpc::Status status;
  call->Finish(&status, &context);
  queue.Shutdown();
  while (queue.Next(&tag, &ok)) {
  }
}

TEST_F(ServerTest, ManyStreamsShareTheBoundAndAllFinish) {
  ServerOptions options = SomeOptions();
  options.limits.max_queued_jobs = 8;
  options.limits.max_queued_bytes = 6 << 20;
  StartServer(options);
  std::vector<std::thread> clients;
  for (int c = 0; c < 6; ++c) {
    clients.emplace_back([&] {
      std::unique_ptr<v1::ReportService::Stub> stub =
          v1::ReportService::NewStub(NewChannel());
      grpc::ClientContext context;
      std::unique_ptr<Stream> stream = stub->ProcessReports(&context);
      std::thread writer([&] {
        for (int i = 0; i < 100; ++i) {
          stream->Write(Request(
              absl::StrCat(i),
              "echo " + std::string(i % 10 == 0 ? 2'000'000 : 100, 'x')));
        }
        stream->WritesDone();
      });
      int read = 0;
      v1::ProcessResponse response;
      while (stream->Read(&response)) ++read;
      writer.join();
      EXPECT_TRUE(stream->Finish().ok());
      EXPECT_EQ(read, 100);
    });
  }
  for (std::thread& client : clients) client.join();
}

TEST_F(ServerTest, ADocumentOfTheLargestSizeComesThrough) {
  StartServer();
  v1::ParseReportResponse parsed;
  const std::string text((4 << 20) - 5, 'x');
  ASSERT_TRUE(Parse("echo " + text, &parsed).ok());
  EXPECT_TRUE(parsed.message_en() == text);
  // A little more is the worker's to refuse, much more gRPC's.
  EXPECT_TRUE(Parse("echo " + text + "123", &parsed).ok());
  EXPECT_EQ(Parse(std::string((4 << 20) + 200'000, 'x'), &parsed).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(ServerTest, CapabilitiesAndRulesComeFromTheWorkersHello) {
  StartServer();
  grpc::ClientContext first;
  v1::GetCapabilitiesResponse capabilities;
  ASSERT_TRUE(stub_->GetCapabilities(&first, {}, &capabilities).ok());
  EXPECT_EQ(capabilities.max_document_bytes(), 4 << 20);
  EXPECT_EQ(capabilities.workers(), 2);
  EXPECT_EQ(capabilities.stream_window_documents(), 256);
  EXPECT_EQ(capabilities.stream_window_bytes(), 64 << 20);
  EXPECT_EQ(capabilities.rule_set_version(), "0123456789abcdef");
  EXPECT_EQ(capabilities.media_types(0), "text/plain");
  EXPECT_FALSE(capabilities.version().empty());
  grpc::ClientContext second;
  v1::ListRulesResponse rules;
  ASSERT_TRUE(stub_->ListRules(&second, {}, &rules).ok());
  ASSERT_EQ(rules.rules_size(), 1);
  EXPECT_EQ(rules.rules(0).id(), "test.rule");
  grpc::ClientContext third;
  v1::ListTemplatesResponse templates;
  ASSERT_TRUE(stub_->ListTemplates(&third, {}, &templates).ok());
  ASSERT_EQ(templates.templates_size(), 1);
  EXPECT_EQ(templates.templates(0).name(), "test form");
}

TEST_F(ServerTest, HealthIsServedByName) {
  StartServer();
  EXPECT_EQ(Health(""), "SERVING");
  EXPECT_EQ(Health("gongkai.v1.ReportService"), "SERVING");
}

// A client with health checks keeps a call open for as long as it lives.
TEST_F(ServerTest, TheEndDoesNotWaitForThoseWhoWatchItsHealth) {
  ServerOptions options = SomeOptions();
  options.operations.health_address = "127.0.0.1:0";
  StartServer(options);
  grpc::GenericStub stub(
      grpc::CreateChannel(absl::StrCat("127.0.0.1:", server_->health_port()),
                          grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const auto wait = [&queue] {
    void* tag;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  auto call =
      stub.PrepareCall(&context, "/grpc.health.v1.Health/Watch", &queue);
  call->StartCall(nullptr);
  ASSERT_TRUE(wait());
  const grpc::Slice nothing("");
  call->WriteLast(grpc::ByteBuffer(&nothing, 1), grpc::WriteOptions(), nullptr);
  ASSERT_TRUE(wait());
  grpc::ByteBuffer answer;
  call->Read(&answer, nullptr);
  ASSERT_TRUE(wait());
  server_ = nullptr;
  grpc::Status status;
  call->Finish(&status, nullptr);
  EXPECT_TRUE(wait());
  EXPECT_FALSE(status.ok());
}

TEST_F(ServerTest, ShutdownAnswersWhatWasAcceptedAndRefusesTheRest) {
  StartServer();
  grpc::ClientContext context;
  std::unique_ptr<Stream> stream = stub_->ProcessReports(&context);
  v1::ProcessResponse response;
  stream->Write(Request("first", "echo"));
  ASSERT_TRUE(stream->Read(&response));
  for (int i = 0; i < 6; ++i) {
    stream->Write(Request(absl::StrCat(i), "sleep 200"));
  }
  // All are accepted once the last has begun.
  stream->Write(Request("echo", "echo"));
  ASSERT_TRUE(stream->Read(&response));
  std::thread shutdown([&] { server_->Shutdown(absl::Seconds(60)); });
  while (Health("readiness") == "SERVING") {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  // Health falls first, for those who ask it; then calls are refused.
  grpc::Status status;
  for (int i = 0; i < 1000 && status.ok(); ++i) {
    v1::ParseReportResponse parsed;
    status = Parse("echo", &parsed);
  }
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(Health(""), "SERVING") << "the process is well";
  int answers = 1;
  while (stream->Read(&response) && !response.has_ending()) ++answers;
  EXPECT_EQ(answers, 7);
  EXPECT_EQ(response.ending().reason(), v1::StreamEnding::REASON_DRAIN);
  EXPECT_EQ(response.ending().unanswered_ids_size(), 0);
  EXPECT_FALSE(stream->Read(&response)) << "nothing comes after the ending";
  EXPECT_TRUE(stream->Finish().ok());
  shutdown.join();
}

TEST_F(ServerTest, ShutdownWithoutGraceEndsEverything) {
  StartServer();
  grpc::ClientContext context;
  std::unique_ptr<Stream> stream = stub_->ProcessReports(&context);
  v1::ProcessResponse response;
  stream->Write(Request("first", "echo"));
  ASSERT_TRUE(stream->Read(&response));
  for (int i = 0; i < 20; ++i) stream->Write(Request(absl::StrCat(i), "hang"));
  const std::vector<int> pids = server_->worker_pids();
  // The one waits for what will never come; the other ends that.
  std::thread patient([&] { server_->Shutdown(absl::InfiniteDuration()); });
  server_->Shutdown(absl::ZeroDuration());
  patient.join();
  EXPECT_FALSE(AnyAlive(pids));
  // Even then the stream is told what is left of it.
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.ending().reason(), v1::StreamEnding::REASON_DRAIN);
  EXPECT_LE(response.ending().unanswered_ids_size(), 20);
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(ServerTest, AnAddressThatIsTakenIsAClearError) {
  StartServer();
  ServerOptions options = SomeOptions();
  options.listen_addresses = {absl::StrCat("127.0.0.1:", server_->ports()[0])};
  const absl::StatusOr<std::unique_ptr<Server>> second = Server::Start(options);
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(second.status().message()),
              HasSubstr(options.listen_addresses[0]));
}

TEST_F(ServerTest, ServesOnAUnixSocketToo) {
  const std::string address = absl::StrCat("unix:", testing::TempDir(),
                                           "/gongkai-test-", getpid(), ".sock");
  ServerOptions options = SomeOptions();
  options.listen_addresses.push_back(address);
  StartServer(options);
  EXPECT_GT(server_->ports()[0], 0);
  EXPECT_EQ(server_->ports()[1], 0);
  std::unique_ptr<v1::ReportService::Stub> stub = v1::ReportService::NewStub(
      grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  v1::GetCapabilitiesResponse capabilities;
  EXPECT_TRUE(stub->GetCapabilities(&context, {}, &capabilities).ok());
}

TEST(ServerOptionsTest, OptionsThatContradictEachOtherAreRefused) {
  const auto code = [](auto change) {
    ServerOptions options = SomeOptions();
    change(&options);
    return Server::Start(options).status().code();
  };
  constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
  EXPECT_EQ(code([](auto* o) { o->listen_addresses.clear(); }), kInvalid);
  EXPECT_EQ(code([](auto* o) { o->worker_program.clear(); }), kInvalid);
  EXPECT_EQ(code([](auto* o) { o->limits.workers = -1; }), kInvalid);
  EXPECT_EQ(code([](auto* o) { o->limits.max_queued_bytes = 4 << 20; }),
            kInvalid);
  EXPECT_EQ(code([](auto* o) {
              o->limits.document_timeout = absl::InfiniteDuration();
            }),
            kInvalid);
}

}  // namespace
}  // namespace gongkai::service
