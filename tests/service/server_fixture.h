// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A server whose workers do what their documents say, and clients of it over
// real gRPC.

#ifndef GONGKAI_TESTS_SERVICE_SERVER_FIXTURE_H_
#define GONGKAI_TESTS_SERVICE_SERVER_FIXTURE_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gongkai/v1/report_service.grpc.pb.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "service/server.h"
#include "tests/service/processes.h"

namespace gongkai::service {

using Stream =
    grpc::ClientReaderWriter<v1::ProcessRequest, v1::ProcessResponse>;

inline ServerOptions SomeOptions() {
  ServerOptions options;
  options.listen_addresses = {"127.0.0.1:0"};
  options.worker_program = TestWorker();
  options.limits.workers = 2;
  options.limits.max_document_bytes = 4 << 20;
  return options;
}

inline v1::ProcessRequest Request(const std::string& id,
                                  const std::string& content) {
  v1::ProcessRequest request;
  request.set_id(id);
  request.mutable_document()->set_content(content);
  return request;
}

class ServerTest : public testing::Test {
 protected:
  void StartServer(const ServerOptions& options = SomeOptions()) {
    absl::StatusOr<std::unique_ptr<Server>> server = Server::Start(options);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    channel_ = NewChannel();
    stub_ = v1::ReportService::NewStub(channel_);
  }

  std::shared_ptr<grpc::Channel> NewChannel() {
    grpc::ChannelArguments arguments;
    // A connection of its own for each.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxReceiveMessageSize(-1);
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    return grpc::CreateCustomChannel(
        absl::StrCat("127.0.0.1:", server_->ports()[0]),
        grpc::InsecureChannelCredentials(), arguments);
  }

  void TearDown() override {
    if (server_ == nullptr) return;
    const std::vector<int> pids = server_->worker_pids();
    server_->Shutdown(absl::ZeroDuration());
    EXPECT_FALSE(AnyAlive(pids));
    EXPECT_TRUE(server_->worker_pids().empty());
  }

  grpc::Status Parse(const std::string& content,
                     v1::ParseReportResponse* response,
                     absl::Duration deadline = absl::Seconds(60)) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + deadline));
    v1::ParseReportRequest request;
    request.mutable_document()->set_content(content);
    return stub_->ParseReport(&context, request, response);
  }

  // What the health service says of a service.
  std::string Health(const std::string& service) {
    // grpc.health.v1.HealthCheckRequest and -Response by hand: one string
    // field, one enum field.
    grpc::GenericStub stub(NewChannel());
    std::string bytes;
    if (!service.empty()) {
      bytes =
          absl::StrCat("\x0a", std::string(1, char(service.size())), service);
    }
    const grpc::Slice slice(bytes);
    const grpc::ByteBuffer request(&slice, 1);
    grpc::ByteBuffer response;
    grpc::ClientContext context;
    grpc::CompletionQueue queue;
    auto call = stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check",
                                      request, &queue);
    call->StartCall();
    grpc::Status status;
    call->Finish(&response, &status, nullptr);
    void* tag;
    bool ok;
    queue.Next(&tag, &ok);
    if (!status.ok()) return status.error_message();
    grpc::Slice answer;
    response.DumpToSingleSlice(&answer);
    const std::string_view view(reinterpret_cast<const char*>(answer.begin()),
                                answer.size());
    if (view == std::string_view("\x08\x01", 2)) return "SERVING";
    if (view == std::string_view("\x08\x02", 2)) return "NOT_SERVING";
    return "?";
  }

  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::ReportService::Stub> stub_;
};

}  // namespace gongkai::service

#endif  // GONGKAI_TESTS_SERVICE_SERVER_FIXTURE_H_
