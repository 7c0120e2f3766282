// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The files of deploy/haproxy and deploy/nginx in real balancers before real
// services.

#include <signal.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/client.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/balancers.h"

namespace gongkai::testing {
namespace {

using ::testing::HasSubstr;

class BalancerTest : public ::testing::Test {
 protected:
  BalancerTest() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "gongkai-balancer-XXXXXX")
            .string();
    if (mkdtemp(pattern.data()) == nullptr) abort();
    root_ = pattern;
  }
  ~BalancerTest() override {
    replicas_.clear();
    std::error_code error;
    std::filesystem::remove_all(root_, error);
  }

  std::vector<std::string> StartReplicas(int count,
                                         std::vector<std::string> flags = {}) {
    std::vector<std::string> hosts;
    for (int i = 1; i <= count; ++i) {
      replicas_.push_back(std::make_unique<Replica>(
          LoopbackAddress(i), absl::StrCat(root_, "/", i), flags));
      hosts.push_back(replicas_.back()->host());
    }
    return hosts;
  }

  std::string root_;
  std::vector<std::unique_ptr<Replica>> replicas_;
};

TEST_F(BalancerTest, HaproxyPassesCalls) {
  const std::vector<std::string> hosts = StartReplicas(2);
  const Haproxy balancer(LoopbackAddress(0), root_ + "/haproxy", hosts);
  ASSERT_TRUE(balancer.Becomes(0, "UP")) << balancer.log();
  ASSERT_TRUE(balancer.Becomes(1, "UP")) << balancer.log();
  EXPECT_TRUE(Client::Connect(balancer.target()).GetCapabilities().ok())
      << balancer.log();
}

TEST_F(BalancerTest, NginxPassesCalls) {
  const std::vector<std::string> hosts = StartReplicas(2);
  const Nginx balancer(LoopbackAddress(0), root_ + "/nginx", hosts);
  EXPECT_EQ(balancer.Check().status, 0) << balancer.Check().err;
  EXPECT_TRUE(Client::Connect(balancer.target()).GetCapabilities().ok())
      << balancer.log();
}

}  // namespace
}  // namespace gongkai::testing
