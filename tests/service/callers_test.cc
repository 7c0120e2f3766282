// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// What callers get of a server that is busy, and what they cannot do to each
// other.

#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "service/caller_name.h"
#include "tests/service/server_fixture.h"

namespace gongkai::service {
namespace {

TEST(CallerNameTest, IsTheHostWithoutThePort) {
  EXPECT_EQ(HostOf("ipv4:192.0.2.1:4711"), "ipv4:192.0.2.1");
  EXPECT_EQ(HostOf("ipv6:[2001:db8::1]:4711"), "ipv6:[2001:db8::1]");
  EXPECT_EQ(HostOf("ipv6:%5B::1%5D:4711"), "ipv6:%5B::1%5D");
  EXPECT_EQ(HostOf("unix:/run/gongkai.sock"), "unix");
  EXPECT_EQ(HostOf("unix:"), "unix");
  EXPECT_EQ(HostOf(""), "");
}

class CallersTest : public ServerTest {
 protected:
  // A second address, whose callers are others than those of the first.
  ServerOptions TwoAddresses() {
    ServerOptions options = SomeOptions();
    options.listen_addresses.push_back(unix_address_);
    return options;
  }

  std::unique_ptr<v1::ReportService::Stub> UnixStub() {
    return v1::ReportService::NewStub(
        grpc::CreateChannel(unix_address_, grpc::InsecureChannelCredentials()));
  }

  static grpc::Status ParseAt(v1::ReportService::Stub& stub,
                              const std::string& content) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(60)));
    v1::ParseReportRequest request;
    v1::ParseReportResponse response;
    request.mutable_document()->set_content(content);
    return stub.ParseReport(&context, request, &response);
  }

  // The reason of an error, which must be one that says when to come back.
  static std::string ReasonOf(const grpc::Status& status) {
    google::rpc::Status details;
    google::rpc::ErrorInfo info;
    google::rpc::RetryInfo retry;
    if (!details.ParseFromString(status.error_details()) ||
        details.details_size() != 2 || !details.details(0).UnpackTo(&info) ||
        !details.details(1).UnpackTo(&retry)) {
      return absl::StrCat("no details: ", status.error_message());
    }
    EXPECT_GT(retry.retry_delay().seconds() + retry.retry_delay().nanos(), 0);
    return info.reason();
  }

  void WaitUntilAdmitted(int64_t documents) {
    while (server_->stats()->admitted_documents.value() < documents) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

  const std::string unix_address_ = absl::StrCat(
      "unix:", testing::TempDir(), "/gongkai-callers-", getpid(), ".sock");
};

TEST_F(CallersTest, OneThatHasItsShareIsRefusedAndOthersAreNot) {
  ServerOptions options = TwoAddresses();
  options.limits.workers = 3;
  options.limits.max_caller_jobs = 2;
  StartServer(options);
  grpc::ClientContext context;
  std::unique_ptr<Stream> stream = stub_->ProcessReports(&context);
  for (int i = 0; i < 10; ++i) stream->Write(Request(absl::StrCat(i), "hang"));
  WaitUntilAdmitted(2);
  const grpc::Status status = ParseAt(*stub_, "echo");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(ReasonOf(status), "CALLER_LIMIT");
  const std::unique_ptr<v1::ReportService::Stub> other = UnixStub();
  EXPECT_TRUE(ParseAt(*other, "echo").ok());
  {
    grpc::ClientContext other_context;
    std::unique_ptr<Stream> other_stream =
        other->ProcessReports(&other_context);
    for (int i = 0; i < 50; ++i) {
      other_stream->Write(Request(absl::StrCat(i), "echo"));
    }
    other_stream->WritesDone();
    v1::ProcessResponse response;
    int answers = 0;
    while (other_stream->Read(&response)) ++answers;
    EXPECT_EQ(answers, 50);
    EXPECT_TRUE(other_stream->Finish().ok());
  }
  EXPECT_EQ(server_->stats()->admitted_documents.value(), 2);
  EXPECT_EQ(server_->stats()->refusals[Refusal::kCallerLimit].value(), 1);
  context.TryCancel();
  stream->Finish();
}

TEST_F(CallersTest, TheirSharesMayDiffer) {
  ServerOptions options = TwoAddresses();
  options.quota_of = [](const std::string& caller) {
    return Quota{.max_documents = caller == "unix" ? 0 : 10};
  };
  StartServer(options);
  EXPECT_TRUE(ParseAt(*stub_, "echo").ok());
  EXPECT_EQ(ReasonOf(ParseAt(*UnixStub(), "echo")), "CALLER_LIMIT");
}

TEST_F(CallersTest, ADeadlineThatTheQueueCannotMeetIsRefusedAtOnce) {
  ServerOptions options = SomeOptions();
  options.limits.workers = 1;
  StartServer(options);
  // The server learns how long documents take, then the queue fills up.
  v1::ParseReportResponse parsed;
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(Parse("sleep 100", &parsed).ok());
  EXPECT_TRUE(Parse("echo", &parsed, absl::Milliseconds(500)).ok())
      << "nobody is before it";
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::thread> clients;
  for (int i = 0; i < 40; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    clients.emplace_back([&, context = contexts.back().get()] {
      v1::ParseReportRequest request;
      v1::ParseReportResponse response;
      request.mutable_document()->set_content("sleep 1000");
      (void)stub_->ParseReport(context, request, &response);
    });
  }
  // Of some 40 ms each by what it has learned so far.
  while (server_->stats()->queued_interactive.value() < 30) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  const grpc::Status status = Parse("echo", &parsed, absl::Milliseconds(700));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(ReasonOf(status), "DEADLINE_UNREACHABLE");
  for (auto& context : contexts) context->TryCancel();
  for (std::thread& client : clients) client.join();
  while (server_->stats()->calls.value() > 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_TRUE(Parse("echo", &parsed).ok());
}

TEST_F(CallersTest, CallsHaveABoundToo) {
  ServerOptions options = SomeOptions();
  options.limits.max_calls = 5;
  StartServer(options);
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<Stream>> streams;
  v1::ProcessResponse response;
  for (int i = 0; i < 5; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    streams.push_back(stub_->ProcessReports(contexts.back().get()));
    streams.back()->Write(Request("1", "echo"));
    ASSERT_TRUE(streams.back()->Read(&response));
  }
  EXPECT_EQ(ReasonOf(ParseAt(*stub_, "echo")), "TOO_MANY_CALLS");
  streams[0]->WritesDone();
  EXPECT_TRUE(streams[0]->Finish().ok());
  grpc::Status status = ParseAt(*stub_, "echo");
  for (int i = 0; i < 1000 && !status.ok(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    status = ParseAt(*stub_, "echo");
  }
  EXPECT_TRUE(status.ok()) << "a call that ended makes room";
  for (int i = 1; i < 5; ++i) {
    streams[i]->WritesDone();
    EXPECT_TRUE(streams[i]->Finish().ok());
  }
}

TEST_F(CallersTest, AServerWithoutWorkersSaysSo) {
  const std::string program =
      testing::TempDir() + absl::StrCat("/callers-worker-", getpid());
  std::filesystem::remove(program);
  std::filesystem::create_symlink(TestWorker(), program);
  ServerOptions options = SomeOptions();
  options.worker_program = program;
  StartServer(options);
  EXPECT_EQ(Health("gongkai.v1.ReportService"), "SERVING");
  EXPECT_EQ(Health("readiness"), "SERVING");
  std::filesystem::remove(program);
  for (const int pid : server_->worker_pids()) kill(pid, SIGKILL);
  while (Health("readiness") == "SERVING") {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(Health("gongkai.v1.ReportService"), "NOT_SERVING");
  EXPECT_EQ(Health(""), "SERVING");
  EXPECT_EQ(Health("liveness"), "SERVING");
  const grpc::Status status = ParseAt(*stub_, "echo");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReasonOf(status), "NO_WORKERS");
  std::filesystem::create_symlink(TestWorker(), program);
  while (Health("readiness") != "SERVING") {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_TRUE(ParseAt(*stub_, "echo").ok());
  std::filesystem::remove(program);
}

TEST_F(CallersTest, AStoppingServerServesOnWhileBalancersLearnOfIt) {
  ServerOptions options = SomeOptions();
  options.drain_delay = absl::Seconds(60);
  StartServer(options);
  std::thread shutdown([&] { server_->Shutdown(absl::Seconds(60)); });
  while (Health("readiness") == "SERVING") {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_TRUE(ParseAt(*stub_, "echo").ok());
  EXPECT_EQ(Health("liveness"), "SERVING");
  server_->Shutdown(absl::ZeroDuration());
  shutdown.join();
}

// A worker in a stranger's hands cannot answer for another document, nor end
// the stream in the front's name.
TEST_F(CallersTest, AWorkersAnswerIsOneToItsDocumentOrNone) {
  StartServer();
  grpc::ClientContext context;
  std::unique_ptr<Stream> stream = stub_->ProcessReports(&context);
  v1::ProcessResponse response;
  for (const std::string content : {"as victim", "end"}) {
    stream->Write(Request("mine", content));
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.id(), "mine") << content;
    EXPECT_EQ(response.outcome(), v1::OUTCOME_WORKER_CRASHED) << content;
    EXPECT_FALSE(response.has_ending());
  }
  stream->Write(Request("mine", "as mine"));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.outcome(), v1::OUTCOME_OK);
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(server_->stats()->worker_ends[WorkerEnd::kDistrusted].value(), 4);
}

}  // namespace
}  // namespace gongkai::service
