// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// deploy/haproxy/haproxy.cfg in a real HAProxy before real services.

#include <signal.h>

#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "client/credentials.h"
#include "gmock/gmock.h"
#include "tests/e2e/balancer_fixture.h"
#include "tests/service/certificates.h"
#include "tests/service/scrape.h"

namespace gongkai::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class HaproxyTest : public BalancerTest {
 protected:
  // Starts it before all replicas and waits until it has asked each of them.
  void StartBalancer(const std::map<std::string, std::string>& settings = {}) {
    std::vector<std::string> hosts;
    for (const auto& replica : replicas_) hosts.push_back(replica->host());
    balancer_ = std::make_unique<Haproxy>(LoopbackAddress(0),
                                          root_ + "/haproxy", hosts, settings);
    for (size_t i = 0; i < hosts.size(); ++i) {
      // It takes them for UP before it has asked.
      ASSERT_TRUE(Eventually([&] {
        return Field(i, "check_status") == "L7OK";
      })) << balancer_->log();
      ASSERT_TRUE(balancer_->Becomes(i, "UP")) << balancer_->log();
    }
  }

  std::string Field(int replica, const std::string& name) const {
    return balancer_->ReplicaState(replica)[name];
  }

  int Weight(int replica) const {
    int weight = -1;
    return absl::SimpleAtoi(Field(replica, "weight"), &weight) ? weight : -1;
  }

  std::unique_ptr<Haproxy> balancer_;
};

TEST_F(HaproxyTest, TheFileIsAcceptedAndSaysWhatIsMissing) {
  const Result good =
      Haproxy::Check(root_ + "/1", {{"GONGKAI_REPLICA_1", "127.0.0.1"}});
  EXPECT_EQ(good.status, 0) << good.err;
  EXPECT_THAT(good.err, Not(HasSubstr("WARNING")));
  const Result bad = Haproxy::Check(root_ + "/2", {});
  EXPECT_EQ(bad.status, 1);
  EXPECT_THAT(bad.err, HasSubstr("set GONGKAI_REPLICA_1 in the environment"));
}

TEST_F(HaproxyTest, LargeDocumentsPassUnharmed) {
  StartReplicas(2);
  StartBalancer();
  ExpectUnharmed(balancer_->target(), 500'000, 30);
  ExpectUnharmed(balancer_->target(), 8 << 20, 1);
  // A connection for each stream.
  for (int i = 0; i < 2; ++i) EXPECT_NE(Field(i, "stot"), "0") << i;

  const std::string page =
      service::Scrape(kPagesPort, balancer_->host().c_str());
  EXPECT_THAT(page, HasSubstr("haproxy_server_weight{proxy=\"gongkai\","
                              "server=\"replica1\"}"));
}

// From callers to replicas; the balancer's checks speak it, too.
TEST_F(HaproxyTest, TlsPassesThrough) {
  const service::Authority authority("trial");
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream(root_ + "/" + name) << text;
    return root_ + "/" + name;
  };
  const std::string ca = write("ca.pem", authority.certificate());
  const service::Identity replica = authority.Issue(
      "gongkai.internal", "DNS:gongkai.internal,IP:" + LoopbackAddress(0));
  const service::Identity caller = authority.Issue("portal");
  StartReplicas(
      1, {"--tls_certificate=" + write("replica.pem", replica.certificate),
          "--tls_key=" + write("replica.key", replica.key),
          "--tls_client_ca=" + ca});
  StartBalancer({{"GONGKAI_REPLICA_CA", ca},
                 {"GONGKAI_REPLICA_NAME", "gongkai.internal"},
                 {"GONGKAI_CHECK_CERTIFICATE",
                  write("check.pem", caller.certificate + caller.key)}});
  CredentialFiles files;
  files.ca_file = ca;
  files.certificate_file = write("caller.pem", caller.certificate);
  files.key_file = write("caller.key", caller.key);
  ClientOptions options;
  options.credentials = *MakeCredentials(balancer_->target(), files);
  const auto answer =
      Client::Connect(balancer_->target(), options).GetCapabilities();
  EXPECT_TRUE(answer.ok()) << answer.status() << balancer_->log();
}

TEST_F(HaproxyTest, AReplicaThatDrainsKeepsItsStreamsAndGetsNothingNew) {
  StartReplicas(2, {"--drain_delay=4s"});
  StartBalancer();
  // A connection to each, with a stream.
  grpc::ClientContext contexts[2];
  std::unique_ptr<v1::ReportService::Stub> stubs[2];
  std::unique_ptr<Stream> streams[2];
  const auto answered = [&](int i) {
    v1::ProcessRequest request;
    request.set_id("1");
    request.mutable_document()->set_content(Document(1000));
    v1::ProcessResponse response;
    return streams[i]->Write(request) && streams[i]->Read(&response) &&
           !response.has_ending();
  };
  for (int i = 0; i < 2; ++i) {
    stubs[i] = v1::ReportService::NewStub(NewChannel(balancer_->target()));
    streams[i] = stubs[i]->ProcessReports(&contexts[i]);
    ASSERT_TRUE(answered(i));
  }
  ASSERT_TRUE(Eventually(
      [&] { return Field(0, "scur") == "1" && Field(1, "scur") == "1"; }));

  replicas_[0]->Signal(SIGTERM);
  // The agent says so first, then the health service.
  ASSERT_TRUE(Eventually([&] { return Weight(0) == 0; })) << balancer_->log();
  ASSERT_TRUE(balancer_->Becomes(0, "NOLB")) << balancer_->log();
  EXPECT_EQ(Field(0, "scur"), "1");
  const std::string connections = Field(0, "stot");
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(answered(i));
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(Parse(NewChannel(balancer_->target()), Document(4000)).ok());
  }
  EXPECT_EQ(Field(0, "stot"), connections);
  // Its own stream it ends itself, politely.
  EXPECT_EQ(replicas_[0]->Wait().status, 0);
  int ended = 0;
  for (int i = 0; i < 2; ++i) {
    v1::ProcessResponse last;
    if (answered(i)) continue;
    ++ended;
    while (streams[i]->Read(&last)) {
    }
    EXPECT_TRUE(streams[i]->Finish().ok());
    streams[i] = nullptr;
  }
  EXPECT_EQ(ended, 1);
  ASSERT_TRUE(balancer_->Becomes(0, "DOWN")) << balancer_->log();
  replicas_[0]->Start();
  ASSERT_TRUE(balancer_->Becomes(0, "UP")) << balancer_->log();
  ASSERT_TRUE(Eventually([&] {
    EXPECT_TRUE(Parse(NewChannel(balancer_->target()), Document(4000)).ok());
    return Field(0, "stot") != connections;
  }));
  for (grpc::ClientContext& context : contexts) context.TryCancel();
  for (auto& stream : streams) {
    if (stream != nullptr) (void)stream->Finish();
  }
}

TEST_F(HaproxyTest, AReplicaThatIsKilledIsLeftOut) {
  StartReplicas(2);
  StartBalancer();
  Clerks clerks(Client::Connect(balancer_->target()), 4, Document(4000));
  clerks.Await(100);
  replicas_[0]->Signal(SIGKILL);
  replicas_[0]->Wait();
  const absl::Time killed = absl::Now();
  ASSERT_TRUE(balancer_->Becomes(0, "DOWN")) << balancer_->log();
  std::cout << "DOWN " << absl::Now() - killed << " after SIGKILL\n";
  clerks.Await(100);
  EXPECT_THAT(clerks.Stop(), IsEmpty());
}

// It keeps its connections and answers to nobody.
TEST_F(HaproxyTest, AReplicaThatHangsLosesItsStreams) {
  StartReplicas(1);
  StartBalancer();
  const auto stub = v1::ReportService::NewStub(NewChannel(balancer_->target()));
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = stub->ProcessReports(&context);
  v1::ProcessRequest request;
  request.set_id("1");
  request.mutable_document()->set_content(Document(1000));
  v1::ProcessResponse response;
  ASSERT_TRUE(stream->Write(request) && stream->Read(&response));
  replicas_[0]->Signal(SIGSTOP);
  const absl::Time stopped = absl::Now();
  EXPECT_FALSE(stream->Read(&response));
  std::cout << "ended " << absl::Now() - stopped << " after SIGSTOP\n";
  EXPECT_FALSE(stream->Finish().ok());
  EXPECT_TRUE(absl::StartsWith(Field(0, "status"), "DOWN"));
  replicas_[0]->Signal(SIGCONT);
  EXPECT_TRUE(balancer_->Becomes(0, "UP")) << balancer_->log();
}

TEST_F(HaproxyTest, AWeightFollowsTheLoad) {
  StartReplicas(1, {"--workers=1"});
  StartBalancer();
  ASSERT_TRUE(Eventually([&] { return Weight(0) == 100; })) << Weight(0);
  {
    // More than one worker can do.
    Clerks clerks(Client::Connect(balancer_->target()), 8, Document(200'000));
    ASSERT_TRUE(Eventually([&] { return Weight(0) < 50; })) << Weight(0);
    EXPECT_GT(Weight(0), 0);
    EXPECT_THAT(clerks.Stop(), IsEmpty());
  }
  ASSERT_TRUE(Eventually([&] { return Weight(0) > 90; })) << Weight(0);
}

// The agent of a replica says nothing that would undo it.
TEST_F(HaproxyTest, AnOperatorsDrainStays) {
  StartReplicas(1);
  StartBalancer();
  balancer_->Command("set server gongkai/replica1 state drain");
  ASSERT_TRUE(balancer_->Becomes(0, "DRAIN"));
  // Several answers of the agent.
  absl::SleepFor(absl::Seconds(2));
  EXPECT_THAT(Field(0, "status"), HasSubstr("DRAIN"));
  balancer_->Command("set server gongkai/replica1 state ready");
  EXPECT_TRUE(balancer_->Becomes(0, "UP"));
}

TEST_F(HaproxyTest, WithoutReplicasCallersAreToldToComeBack) {
  StartReplicas(1, {"--drain_delay=0"});
  StartBalancer();
  replicas_[0]->Signal(SIGTERM);
  replicas_[0]->Wait();
  ASSERT_TRUE(balancer_->Becomes(0, "DOWN")) << balancer_->log();
  const grpc::Status refused =
      Parse(NewChannel(balancer_->target()), Document(1000));
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::UNAVAILABLE)
      << refused.error_message();
}

// Many large calls on one connection: what HTTP/2 in HAProxy 2.6 stood still
// at.
TEST_F(HaproxyTest, ManyLargeCallsAtOnceAreAnswered) {
  StartReplicas(1);
  StartBalancer();
  Clerks clerks(Client::Connect(balancer_->target()), 16, Document(500'000));
  clerks.Await(150);
  EXPECT_THAT(clerks.Stop(), IsEmpty());
}

// Of a caller who sends and does not read: he must not hold up others.
TEST_F(HaproxyTest, AStreamThatIsNotReadStopsNobodyElse) {
  StartReplicas(1);
  StartBalancer();
  const auto stub = v1::ReportService::NewStub(NewChannel(balancer_->target()));
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = stub->ProcessReports(&context);
  std::atomic<int> written = 0;
  std::thread sender([&] {
    v1::ProcessRequest request;
    request.mutable_document()->set_content(Document(8000));
    do {
      request.set_id(absl::StrCat(written++));
    } while (stream->Write(request));
  });
  // Until nothing moves any more.
  for (int before = -1; before != written; absl::SleepFor(absl::Seconds(1))) {
    before = written;
  }
  const auto other = NewChannel(balancer_->target());
  for (int i = 0; i < 20; ++i) {
    const grpc::Status status = Parse(other, Document(8000));
    ASSERT_TRUE(status.ok()) << i << " " << status.error_message();
  }
  context.TryCancel();
  sender.join();
  (void)stream->Finish();
}

}  // namespace
}  // namespace gongkai::testing
