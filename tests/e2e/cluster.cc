// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/cluster.h"

#include <signal.h>
#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "tests/chaos/processes.h"
#include "tests/service/scrape.h"

namespace gongkai::testing {
namespace {

// The addresses before these are for balancers.
constexpr int kFirstAddress = 4;

std::string DirectoryOf(const std::string& directory, int index) {
  return absl::StrCat(directory, "/", index);
}

}  // namespace

Cluster::Cluster(int places, int up) : replicas_(places) {
  std::string pattern =
      (std::filesystem::temp_directory_path() / "gongkai-cluster-XXXXXX")
          .string();
  if (mkdtemp(pattern.data()) == nullptr) abort();
  directory_ = pattern;
  for (int i = 0; i < places; ++i) {
    const std::string directory = DirectoryOf(directory_, i);
    std::filesystem::create_directory(directory);
    std::filesystem::create_symlink(
        absl::StrCat(std::getenv("GONGKAI_BINARY_DIR"), "/tests/paced-worker"),
        directory + "/worker");
    paces_.push_back(std::make_unique<Pace>(directory + "/pace"));
    SetPace(i, kPace);
  }
  for (int i = 0; i < up; ++i) Start(i);
}

Cluster::~Cluster() {
  replicas_.clear();
  std::error_code error;
  std::filesystem::remove_all(directory_, error);
}

std::vector<std::string> Cluster::hosts() const {
  std::vector<std::string> hosts;
  for (size_t i = 0; i < replicas_.size(); ++i) {
    hosts.push_back(LoopbackAddress(kFirstAddress + static_cast<int>(i)));
  }
  return hosts;
}

std::string Cluster::target() const {
  return absl::StrCat(
      "ipv4:",
      absl::StrJoin(hosts(), ",", [](std::string* out, const auto& host) {
        absl::StrAppend(out, host, ":", kServicePort);
      }));
}

void Cluster::Start(int index) {
  if (replicas_[index] != nullptr) return replicas_[index]->Start();
  const std::string host = hosts()[index];
  const std::string directory = DirectoryOf(directory_, index);
  replicas_[index] = std::make_unique<Replica>(
      host, directory,
      std::vector<std::string>{
          absl::StrCat("--worker=", directory, "/worker"), "--workers=1",
          absl::StrCat("--drain_delay=", absl::FormatDuration(kDrainDelay))});
}

Result Cluster::Stop(int index, int signal) {
  replicas_[index]->Signal(signal);
  return replicas_[index]->Wait();
}

int64_t Cluster::Answered(int index) const {
  const std::string page =
      service::Scrape(kMetricsPort, replicas_[index]->host().c_str());
  return static_cast<int64_t>(
      service::Metric(page, "gongkai_documents_total{outcome=\"OK\"}"));
}

void Cluster::ExpectGoodEnd() {
  for (auto& replica : replicas_) {
    if (replica != nullptr && replica->running()) replica->Signal(SIGTERM);
  }
  for (auto& replica : replicas_) {
    if (replica == nullptr || !replica->running()) continue;
    const std::vector<pid_t> workers = chaos::ChildrenOf(replica->pid());
    const Result result = replica->Wait();
    EXPECT_EQ(result.status, 0) << result.err;
    for (const pid_t worker : workers) {
      EXPECT_NE(kill(worker, 0), 0) << "a worker is left";
    }
  }
}

}  // namespace gongkai::testing
