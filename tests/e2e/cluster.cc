// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/cluster.h"

#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "client/client.h"
#include "gtest/gtest.h"
#include "tests/service/scrape.h"

namespace gongkai::testing {

Cluster::Cluster(int places, int up) {
  services_ = std::make_unique<chaos::Services>(
      places,
      std::vector<std::string>{
          "--worker={}/worker", "--workers=1",
          absl::StrCat("--drain_delay=", absl::FormatDuration(kDrainDelay)),
          "--metrics_address=127.0.0.1:0"},
      /*up=*/0);
  for (int i = 0; i < places; ++i) {
    const std::string directory = services_->directory(i);
    std::filesystem::create_symlink(
        absl::StrCat(std::getenv("GONGKAI_BINARY_DIR"), "/tests/paced-worker"),
        directory + "/worker");
    paces_.push_back(std::make_unique<Pace>(directory + "/pace"));
    SetPace(i, kPace);
  }
  for (int i = 0; i < up; ++i) Start(i);
  for (int i = 0; i < up; ++i) WaitUntilServing(i);
}

std::vector<std::string> Cluster::sockets() const {
  std::vector<std::string> sockets;
  for (int i = 0; i < places(); ++i) sockets.push_back(services_->socket(i));
  return sockets;
}

void Cluster::WaitUntilServing(int index) const {
  ClientOptions options;
  options.retry.initial_backoff = absl::Milliseconds(20);
  options.retry.max_backoff = absl::Milliseconds(20);
  const auto capabilities =
      Client::Connect(services_->target(index), options).GetCapabilities();
  ASSERT_TRUE(capabilities.ok()) << capabilities.status() << "\n"
                                 << services_->log(index);
}

int64_t Cluster::Answered(int index) const {
  const std::string log = services_->log(index);
  constexpr std::string_view kShown =
      "metrics are shown address=127.0.0.1:0 port=";
  const size_t found = log.find(kShown);
  if (found == std::string::npos) return 0;
  const int port = std::atoi(log.c_str() + found + kShown.size());
  return static_cast<int64_t>(service::Metric(
      service::Scrape(port), "gongkai_documents_total{outcome=\"OK\"}"));
}

void Cluster::ExpectGoodEnd() {
  int orphans = 0;
  for (const Result& result : services_->Terminate(&orphans)) {
    EXPECT_EQ(result.status, 0) << result.err;
  }
  EXPECT_EQ(orphans, 0);
}

}  // namespace gongkai::testing
