// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// deploy/nginx/nginx.conf in a real nginx before real services.

#include <signal.h>

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tests/e2e/balancer_fixture.h"

namespace gongkai::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class NginxTest : public BalancerTest {
 protected:
  void StartBalancer(const std::vector<std::string>& hosts) {
    balancer_ =
        std::make_unique<Nginx>(LoopbackAddress(0), root_ + "/nginx", hosts);
  }

  std::unique_ptr<Nginx> balancer_;
};

TEST_F(NginxTest, LargeDocumentsPassUnharmed) {
  StartBalancer(StartReplicas(2));
  const Result check = balancer_->Check();
  EXPECT_EQ(check.status, 0) << check.err;
  ExpectUnharmed(balancer_->target(), 500'000, 30);
  ExpectUnharmed(balancer_->target(), 8 << 20, 1);
  for (const auto& replica : replicas_) {
    EXPECT_THAT(balancer_->log(), HasSubstr(replica->host()));
  }
  // The status of an answer stands in its trailers.
  EXPECT_THAT(balancer_->log(), HasSubstr("/ProcessReports http=200 grpc=0"));
}

TEST_F(NginxTest, ManyLargeCallsAtOnceAreAnswered) {
  StartBalancer(StartReplicas(1));
  Clerks clerks(Client::Connect(balancer_->target()), 16, Document(500'000));
  clerks.Await(150);
  EXPECT_THAT(clerks.Stop(), IsEmpty());
}

TEST_F(NginxTest, CallersNoticeNeitherADrainNorADeath) {
  StartBalancer(StartReplicas(2, {"--drain_delay=1s"}));
  Clerks clerks(Client::Connect(balancer_->target()), 4, Document(4000));
  clerks.Await(200);
  for (const int signal : {SIGTERM, SIGKILL}) {
    replicas_[0]->Signal(signal);
    EXPECT_EQ(replicas_[0]->Wait().status,
              signal == SIGTERM ? 0 : 128 + SIGKILL);
    clerks.Await(200);
    replicas_[0]->Start();
    clerks.Await(200);
  }
  EXPECT_THAT(clerks.Stop(), IsEmpty()) << balancer_->log();
}

TEST_F(NginxTest, AReplicaThatIsAddedGetsCalls) {
  std::vector<std::string> hosts = StartReplicas(2);
  StartBalancer({hosts[0]});
  // One alone: a reload takes a connection to new replicas once no call is
  // under way on it, and those of two may always overlap.
  Clerks clerks(Client::Connect(balancer_->target()), 1, Document(4000));
  clerks.Await(100);
  EXPECT_THAT(balancer_->log(), Not(HasSubstr(hosts[1])));
  balancer_->Reload(hosts);
  EXPECT_TRUE(Eventually(
      [&] { return balancer_->log().find(hosts[1]) != std::string::npos; }));
  EXPECT_THAT(clerks.Stop(), IsEmpty()) << balancer_->log();
}

TEST_F(NginxTest, WhatItRefusesItSaysInTheWordsOfGrpc) {
  StartBalancer(StartReplicas(1, {"--drain_delay=0"}));
  const auto channel = NewChannel(balancer_->target());
  EXPECT_TRUE(Parse(channel, Document(1000)).ok());
  replicas_[0]->Signal(SIGTERM);
  replicas_[0]->Wait();
  const grpc::Status refused = Parse(channel, Document(1000));
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(refused.error_message(), "no replica takes calls");
}

}  // namespace
}  // namespace gongkai::testing
