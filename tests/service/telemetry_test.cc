// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// What an operator sees of a running gongkaid: metrics and the log.

#include <unistd.h>

#include <chrono>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/service/daemon.h"
#include "tests/service/scrape.h"
#include "tests/service/service_client.h"

namespace gongkai::service {
namespace {

using testing::HasSubstr;
using testing::Not;

// A daemon with metrics.
class TelemetryTest : public testing::Test {
 protected:
  void Start(const std::string& flags = "") {
    daemon_ = std::make_unique<Daemon>(
        TestFlags("127.0.0.1:0") + "--metrics_address=127.0.0.1:0 " + flags);
    client_ = std::make_unique<ServiceClient>(daemon_->Address());
    const std::string shown = daemon_->ReadUntil("metrics are shown");
    port_ = atoi(shown.c_str() + shown.find("port") +
                 (shown[shown.find("port") + 4] == '=' ? 5 : 6));
  }

  // Scrapes until a series has this value; false if it never does.
  bool Becomes(const std::string& series, double value) {
    for (int i = 0; i < 300; ++i) {
      if (Metric(Scrape(port_), series) == value) return true;
      absl::SleepFor(absl::Milliseconds(50));
    }
    return false;
  }

  std::unique_ptr<Daemon> daemon_;
  std::unique_ptr<ServiceClient> client_;
  int port_ = 0;
};

std::string Ended(const std::string& method, const std::string& status) {
  return absl::StrCat(
      "grpc_server_call_duration_seconds_count{grpc_method=\"gongkai.v1."
      "ReportService/",
      method, "\",grpc_status=\"", status, "\"}");
}

TEST_F(TelemetryTest, CallsAreCountedUnderTheirStandardNames) {
  Start();
  EXPECT_TRUE(client_->GetCapabilities().ok());
  EXPECT_TRUE(client_->Parse("echo").ok());
  EXPECT_TRUE(client_->Parse("echo").ok());
  {
    grpc::ClientContext context;
    client_->Prepare(&context);
    auto stream = client_->stub().ProcessReports(&context);
    v1::ProcessResponse response;
    stream->Write(SomeRequest("1", "echo"));
    ASSERT_TRUE(stream->Read(&response));
    stream->WritesDone();
    EXPECT_FALSE(stream->Read(&response));
    EXPECT_TRUE(stream->Finish().ok());
  }
  const std::string page = Scrape(port_);
  EXPECT_THAT(page, HasSubstr("200 OK"));
  EXPECT_EQ(Metric(page,
                   "grpc_server_call_started_total{grpc_method=\"gongkai.v1."
                   "ReportService/ParseReport\"}"),
            2);
  EXPECT_EQ(Metric(page, Ended("ParseReport", "OK")), 2);
  EXPECT_EQ(Metric(page, Ended("GetCapabilities", "OK")), 1);
  EXPECT_EQ(Metric(page, Ended("ProcessReports", "OK")), 1);
  EXPECT_GT(Metric(page,
                   "grpc_server_call_rcvd_total_compressed_message_size_bytes_"
                   "sum{grpc_method=\"gongkai.v1.ReportService/"
                   "ProcessReports\",grpc_status=\"OK\"}"),
            4);
  EXPECT_THAT(page, HasSubstr("# TYPE gongkai_documents_total counter"));
  EXPECT_THAT(page, HasSubstr("# TYPE gongkai_queue_seconds histogram"));
  EXPECT_THAT(page, HasSubstr("gongkai_workers{state=\"busy\"}"));
}

TEST_F(TelemetryTest, LinesAreJsonWithARequestIdAndWithoutDocuments) {
  Start("--log_format=json --log_level=debug");
  const std::string secret = "a-sentence-of-the-document";
  grpc::ClientContext context;
  context.AddMetadata("x-request-id", "from-the-caller-17");
  v1::ParseReportRequest request;
  request.mutable_document()->set_content("echo " + secret);
  request.mutable_document()->set_file_name("a-name-of-a-file");
  v1::ParseReportResponse response;
  ASSERT_TRUE(client_->stub().ParseReport(&context, request, &response).ok());
  const auto& trailers = context.GetServerTrailingMetadata();
  ASSERT_EQ(trailers.count("x-request-id"), 1);
  EXPECT_EQ(trailers.find("x-request-id")->second, "from-the-caller-17");

  const auto line = nlohmann::json::parse(daemon_->ReadUntil("\"call ended\""));
  EXPECT_EQ(line["level"], "debug");
  EXPECT_EQ(line["method"], "ParseReport");
  EXPECT_EQ(line["request_id"], "from-the-caller-17");
  EXPECT_EQ(line["code"], 0);
  EXPECT_EQ(line["received"], 1);

  // One that a caller could forge a line with is replaced.
  grpc::ClientContext bad;
  bad.AddMetadata("x-request-id", "two words");
  ASSERT_TRUE(client_->GetCapabilities(&bad).ok());
  const grpc::string_ref made_up =
      bad.GetServerTrailingMetadata().find("x-request-id")->second;
  EXPECT_EQ(made_up.size(), 16);

  // A worker that dies is the moment at which most is said.
  EXPECT_TRUE(client_->Parse("abort " + secret).ok());
  EXPECT_TRUE(Becomes("gongkai_worker_ends_total{cause=\"crashed\"}", 2));
  EXPECT_TRUE(
      Becomes("gongkai_documents_total{outcome=\"WORKER_CRASHED\"}", 1));
  daemon_->Signal(SIGTERM);
  EXPECT_EQ(daemon_->ExitCode(), 0);
  EXPECT_THAT(daemon_->printed(), HasSubstr("died"));
  EXPECT_THAT(daemon_->printed(), Not(HasSubstr(secret)));
  EXPECT_THAT(daemon_->printed(), Not(HasSubstr("a-name-of-a-file")));
  EXPECT_THAT(daemon_->printed(), Not(HasSubstr("two words")));
  for (const auto text : absl::StrSplit(daemon_->printed(), '\n')) {
    if (text.empty() || text[0] != '{') continue;
    EXPECT_TRUE(nlohmann::json::accept(std::string(text))) << text;
  }
}

// Whether channelz answers on a channel.
bool HasChannelz(const std::string& target) {
  grpc::GenericStub stub(
      grpc::CreateChannel(target, grpc::InsecureChannelCredentials()));
  const grpc::Slice nothing("");
  const grpc::ByteBuffer request(&nothing, 1);
  grpc::ByteBuffer response;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(30));
  grpc::CompletionQueue queue;
  auto call = stub.PrepareUnaryCall(
      &context, "/grpc.channelz.v1.Channelz/GetServers", request, &queue);
  call->StartCall();
  grpc::Status status;
  call->Finish(&response, &status, nullptr);
  void* tag;
  bool ok;
  queue.Next(&tag, &ok);
  return status.ok();
}

TEST_F(TelemetryTest, ChannelzIsOnItsOwnAddressAlone) {
  const std::string socket =
      absl::StrCat("unix:", testing::TempDir(), "/channelz-", getpid());
  Start("--channelz_address=" + socket);
  EXPECT_TRUE(HasChannelz(socket));
  EXPECT_FALSE(HasChannelz(daemon_->address()));
}

TEST_F(TelemetryTest, AMetricsPortThatIsTakenIsNamed) {
  Start();
  Daemon second(absl::StrCat(TestFlags("127.0.0.1:0"),
                             "--metrics_address=127.0.0.1:", port_));
  EXPECT_EQ(second.ExitCode(), 1);
  EXPECT_THAT(second.printed(), HasSubstr("cannot serve metrics on"));
}

}  // namespace
}  // namespace gongkai::service
