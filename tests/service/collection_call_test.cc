// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// CheckCollection as a client sees it, with workers that do what their
// documents say.

#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gongkai/v1/report_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "service/server.h"
#include "tests/service/processes.h"

namespace gongkai::service {
namespace {

using testing::HasSubstr;
using Stream = grpc::ClientReaderWriter<v1::CheckCollectionRequest,
                                        v1::CheckCollectionResponse>;

v1::CheckCollectionRequest Request(const std::string& id,
                                   const std::string& content) {
  v1::CheckCollectionRequest request;
  request.set_id(id);
  request.mutable_document()->set_content(content);
  return request;
}

class CollectionCallTest : public testing::Test {
 protected:
  CollectionCallTest() {
    options_.listen_addresses = {"127.0.0.1:0"};
    options_.worker_program = TestWorker();
    options_.limits.workers = 2;
    options_.limits.max_document_bytes = 4 << 20;
  }

  void StartServer() {
    absl::StatusOr<std::unique_ptr<Server>> server = Server::Start(options_);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    stub_ = v1::ReportService::NewStub(
        grpc::CreateChannel(absl::StrCat("127.0.0.1:", server_->ports()[0]),
                            grpc::InsecureChannelCredentials()));
  }

  void TearDown() override {
    if (server_ == nullptr) return;
    const std::vector<int> pids = server_->worker_pids();
    server_->Shutdown(absl::ZeroDuration());
    EXPECT_FALSE(AnyAlive(pids));
    EXPECT_TRUE(server_->worker_pids().empty());
  }

  // Waits until so many processes live.
  bool ProcessesBecome(size_t count) {
    for (int i = 0; i < 1000; ++i) {
      if (server_->worker_pids().size() == count) return true;
      absl::SleepFor(absl::Milliseconds(10));
    }
    return false;
  }

  // The workers of the pool: two and a spare one.
  static constexpr size_t kPoolProcesses = 3;

  ServerOptions options_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::ReportService::Stub> stub_;
};

TEST_F(CollectionCallTest, EveryReportIsTakenAndThenTheFindingsCome) {
  StartServer();
  constexpr int kReports = 700;
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = stub_->CheckCollection(&context);
  std::thread writer([&] {
    for (int i = 0; i < kReports; ++i) {
      // One kills its worker twice.
      stream->Write(Request(absl::StrCat(i), i == 77 ? "segv" : "echo fine"));
    }
    stream->WritesDone();
  });
  std::set<std::string> taken;
  std::set<std::string> found;
  v1::CheckCollectionResponse response;
  int summaries = 0;
  while (stream->Read(&response)) {
    EXPECT_EQ(summaries, 0) << "the summary is the last";
    if (response.has_taken()) {
      EXPECT_TRUE(found.empty()) << "the findings come after all reports";
      EXPECT_TRUE(taken.insert(response.taken().id()).second);
      EXPECT_EQ(response.taken().outcome(), response.taken().id() == "77"
                                                ? v1::OUTCOME_WORKER_CRASHED
                                                : v1::OUTCOME_OK);
    } else if (response.has_finding()) {
      EXPECT_TRUE(found.insert(response.finding().ids(0)).second);
    } else {
      ++summaries;
      EXPECT_EQ(response.summary().reports(), kReports);
    }
  }
  writer.join();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(summaries, 1);
  EXPECT_EQ(taken.size(), size_t{kReports});
  EXPECT_EQ(found.size(), size_t{kReports});
  EXPECT_TRUE(ProcessesBecome(kPoolProcesses));
}

TEST_F(CollectionCallTest, AnEmptyCollectionHasASummary) {
  StartServer();
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = stub_->CheckCollection(&context);
  stream->WritesDone();
  v1::CheckCollectionResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_TRUE(response.has_summary());
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(CollectionCallTest, ALostCollectionIsUnavailable) {
  StartServer();
  for (const char* end :
       {"collector segv", "collector exit 3", "collector garbage"}) {
    grpc::ClientContext context;
    const std::unique_ptr<Stream> stream = stub_->CheckCollection(&context);
    stream->Write(Request("a", "echo fine"));
    stream->Write(Request("b", end));
    stream->Write(Request("c", "echo fine"));
    stream->WritesDone();
    v1::CheckCollectionResponse response;
    while (stream->Read(&response)) EXPECT_TRUE(response.has_taken());
    const grpc::Status status = stream->Finish();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
    EXPECT_THAT(status.error_message(), HasSubstr("send the collection again"));
  }
  // The pool's workers are none the worse for it.
  grpc::ClientContext context;
  v1::ParseReportRequest request;
  v1::ParseReportResponse response;
  request.mutable_document()->set_content("echo fine");
  EXPECT_TRUE(stub_->ParseReport(&context, request, &response).ok());
}

TEST_F(CollectionCallTest, ACollectionThatTakesTooLongIsUnavailable) {
  options_.limits.collection_timeout = absl::Milliseconds(200);
  StartServer();
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = stub_->CheckCollection(&context);
  stream->Write(Request("a", "collector hang"));
  stream->WritesDone();
  v1::CheckCollectionResponse response;
  while (stream->Read(&response)) {
  }
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(CollectionCallTest, TooManyAtOnceAreRefusedAndACancelMakesRoom) {
  options_.limits.max_collections = 1;
  StartServer();
  grpc::ClientContext first_context;
  const std::unique_ptr<Stream> first = stub_->CheckCollection(&first_context);
  first->Write(Request("a", "collector hang"));
  v1::CheckCollectionResponse response;
  ASSERT_TRUE(first->Read(&response));
  EXPECT_TRUE(ProcessesBecome(kPoolProcesses + 1));
  {
    grpc::ClientContext context;
    const std::unique_ptr<Stream> second = stub_->CheckCollection(&context);
    EXPECT_FALSE(second->Read(&response));
    const grpc::Status status = second->Finish();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
    EXPECT_THAT(status.error_details(), HasSubstr("RetryInfo"));
  }
  first_context.TryCancel();
  EXPECT_FALSE(first->Read(&response));
  EXPECT_EQ(first->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_TRUE(ProcessesBecome(kPoolProcesses)) << "the process is killed";

  // The place is free again, perhaps a moment after the process has gone.
  grpc::Status status;
  for (int i = 0; i < 100; ++i) {
    grpc::ClientContext context;
    const std::unique_ptr<Stream> stream = stub_->CheckCollection(&context);
    stream->WritesDone();
    while (stream->Read(&response)) {
    }
    status = stream->Finish();
    if (status.ok()) break;
    absl::SleepFor(absl::Milliseconds(20));
  }
  EXPECT_TRUE(status.ok()) << status.error_message();
}

TEST_F(CollectionCallTest, ACollectionThatIsTooLargeIsRefused) {
  options_.limits.max_collection_reports = 10;
  StartServer();
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = stub_->CheckCollection(&context);
  for (int i = 0; i <= 10; ++i) {
    stream->Write(Request(absl::StrCat(i), "echo fine"));
  }
  v1::CheckCollectionResponse response;
  while (stream->Read(&response)) {
  }
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(status.error_message(), HasSubstr("10 reports"));
}

TEST_F(CollectionCallTest, ManyLargeReportsPassANarrowServer) {
  options_.limits.max_queued_bytes = 6 << 20;
  options_.limits.stream_window_bytes = 2 << 20;
  options_.limits.stream_window_documents = 4;
  StartServer();
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = stub_->CheckCollection(&context);
  std::thread writer([&] {
    for (int i = 0; i < 60; ++i) {
      stream->Write(Request(absl::StrCat(i), std::string(900'000, 'x')));
    }
    stream->WritesDone();
  });
  v1::CheckCollectionResponse response;
  int taken = 0;
  while (stream->Read(&response)) taken += response.has_taken() ? 1 : 0;
  writer.join();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(taken, 60);
}

TEST_F(CollectionCallTest,
       AStopEndsACollectionThatIsNotWholeAndFinishesOthers) {
  StartServer();
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = stub_->CheckCollection(&context);
  stream->Write(Request("a", "echo fine"));
  v1::CheckCollectionResponse response;
  ASSERT_TRUE(stream->Read(&response));
  std::thread stop([&] { server_->Shutdown(absl::Seconds(20)); });
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  stop.join();
}

}  // namespace
}  // namespace gongkai::service
