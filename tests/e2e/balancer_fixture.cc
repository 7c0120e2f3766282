// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/balancer_fixture.h"

#include <stdlib.h>

#include <filesystem>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "client/bulk_session.h"

namespace gongkai::testing {
namespace {

// Nothing here takes as long; for machines that do other things, too.
constexpr absl::Duration kPatience = absl::Seconds(30);

}  // namespace

bool Eventually(const std::function<bool()>& what) {
  const absl::Time deadline = absl::Now() + kPatience;
  while (!what()) {
    if (absl::Now() > deadline) return false;
    absl::SleepFor(absl::Milliseconds(20));
  }
  return true;
}

BalancerTest::BalancerTest() {
  std::string pattern =
      (std::filesystem::temp_directory_path() / "gongkai-balancer-XXXXXX")
          .string();
  if (mkdtemp(pattern.data()) == nullptr) abort();
  root_ = pattern;
}

BalancerTest::~BalancerTest() {
  replicas_.clear();
  std::error_code error;
  std::filesystem::remove_all(root_, error);
}

std::vector<std::string> BalancerTest::StartReplicas(
    int count, std::vector<std::string> flags) {
  std::vector<std::string> hosts;
  for (int i = 1; i <= count; ++i) {
    replicas_.push_back(std::make_unique<Replica>(
        LoopbackAddress(i), absl::StrCat(root_, "/", i), flags));
    hosts.push_back(replicas_.back()->host());
  }
  return hosts;
}

std::string BalancerTest::Document(size_t bytes) {
  std::string document = "某县2023年政府信息公开工作年度报告\n一、总体情况\n";
  while (document.size() < bytes) {
    document += "全年主动公开信息，依法办理申请，没有其他需要报告的事项。\n";
  }
  return document;
}

std::shared_ptr<grpc::Channel> BalancerTest::NewChannel(
    const std::string& target) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  return grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(),
                                   arguments);
}

grpc::Status BalancerTest::Parse(const std::shared_ptr<grpc::Channel>& channel,
                                 const std::string& content) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
  v1::ParseReportRequest request;
  request.mutable_document()->set_content(content);
  v1::ParseReportResponse response;
  return v1::ReportService::NewStub(channel)->ParseReport(&context, request,
                                                          &response);
}

void BalancerTest::ExpectUnharmed(const std::string& target, size_t bytes,
                                  int documents) {
  const std::string document = Document(bytes);
  v1::ParseReportRequest request;
  request.mutable_document()->set_content(document);
  const auto direct =
      Client::Connect(replicas_[0]->target()).ParseReport(request);
  ASSERT_TRUE(direct.ok()) << direct.status();

  const Client client = Client::Connect(target);
  const auto through = client.ParseReport(request);
  ASSERT_TRUE(through.ok()) << through.status();
  EXPECT_EQ(through->outcome(), direct->outcome());
  EXPECT_EQ(through->report().SerializeAsString(),
            direct->report().SerializeAsString());

  BulkOptions options;
  options.streams = 2;
  BulkSession session(client, options);
  int given = 0;
  std::vector<int> answers(documents, 0);
  const absl::Status status = session.Run(
      [&]() -> std::optional<v1::ProcessRequest> {
        if (given == documents) return std::nullopt;
        v1::ProcessRequest next;
        next.set_id(absl::StrCat(given++));
        next.mutable_document()->set_content(document);
        return next;
      },
      [&](const v1::ProcessResponse& response) {
        ++answers[std::stoi(response.id())];
        EXPECT_EQ(response.report().SerializeAsString(),
                  direct->report().SerializeAsString());
      });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(answers, std::vector<int>(documents, 1));
}

Clerks::Clerks(const Client& client, int count, const std::string& document) {
  for (int i = 0; i < count; ++i) {
    threads_.emplace_back([this, client, document] {
      v1::ParseReportRequest request;
      request.mutable_document()->set_content(document);
      while (!stop_) {
        const auto response = client.ParseReport(request);
        if (response.ok()) {
          ++answers_;
        } else {
          absl::MutexLock lock(&mutex_);
          errors_.push_back(response.status().ToString());
        }
      }
    });
  }
}

void Clerks::Await(int more) const {
  const int wanted = answers_ + more;
  EXPECT_TRUE(Eventually([&] { return answers_ >= wanted; }));
}

std::vector<std::string> Clerks::Stop() {
  stop_ = true;
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  absl::MutexLock lock(&mutex_);
  return errors_;
}

}  // namespace gongkai::testing
