// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Three replicas of gongkaid, reached in each of the ways that deploy/README.md
// tells of, while a client streams documents: each replica in turn is drained
// and started again, one is killed, one becomes slow, and a fourth one comes.
// Every document must be answered once and right, the caller see no error, and
// the cluster soon do as much as it has replicas for.
//
// GONGKAI_CLUSTER_DOCUMENTS says how many documents at least (`./dev cluster`
// 50,000). The bounds are far wider than what is printed, as the machine may be
// busy with other tests.

#include "tests/e2e/cluster.h"

#include <signal.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "tests/e2e/balancers.h"
#include "tests/e2e/bulk_client.h"
#include "tests/e2e/pace.h"
#include "tests/e2e/throughput.h"

namespace gongkai::testing {
namespace {

using ::testing::Test;

constexpr int kReplicas = 3;
// The place of the one that comes later.
constexpr int kFourth = kReplicas;
// How long a state of the cluster is measured.
constexpr absl::Duration kMeasured = absl::Seconds(2);
// How long a replica that was stopped stays away.
constexpr absl::Duration kAway = absl::Milliseconds(1500);
// What counts as all that the cluster did before.
constexpr double kAll = 0.9;
constexpr int kSlower = 10;

// Aims, and what fails the test.
constexpr absl::Duration kRecoveryBound = absl::Seconds(20);
constexpr absl::Duration kShareBound = absl::Seconds(60);
constexpr double kFourthShare = 0.2;
constexpr double kSlowBound = 0.7;
// Of a balancer that gives each replica its turn and does not see which is
// slow.
constexpr double kSlowBoundUnseen = 0.5;
// Where the machine does not keep the clock so far, rates say nothing.
constexpr double kClockKept = 97;

int64_t Documents() {
  int64_t documents = 0;
  if (const char* asked = std::getenv("GONGKAI_CLUSTER_DOCUMENTS");
      asked != nullptr) {
    EXPECT_TRUE(absl::SimpleAtoi(asked, &documents)) << asked;
  }
  return documents;
}

// Does what a worker with the pace of a replica does, but for the reading: how
// far it falls behind says how busy the machine is with other things.
class Metronome {
 public:
  Metronome() : thread_([this] { Run(); }) {}
  ~Metronome() {
    stop_ = true;
    thread_.join();
  }

  // Its part of what it should have done, in percent.
  double Kept(absl::Time from, absl::Time to) const {
    return 100 * beats_.Rate(from, to) * absl::ToDoubleSeconds(Cluster::kPace);
  }

 private:
  void Run() {
    absl::Time next = absl::Now();
    while (!stop_) {
      next = NextAtPace(next, Cluster::kPace);
      absl::SleepFor(next - absl::Now());
      beats_.Count();
    }
  }

  std::atomic<bool> stop_{false};
  Throughput beats_;
  std::thread thread_;
};

class ClusterRun {
 public:
  ClusterRun(std::string way, Cluster* cluster, const std::string& target,
             double slow_bound = kSlowBound)
      : way_(std::move(way)),
        slow_bound_(slow_bound),
        cluster_(*cluster),
        client_(target) {}

  void Run() {
    Phases();
    client_.Finish(Documents());
    std::cout << way_ << ": " << client_.throughput().answers()
              << " documents, each answered once\n";
  }

 private:
  // Up to the first failure: the rest would only take time.
  void Phases() {
    absl::SleepFor(kMeasured);
    healthy_ = Measure();
    ASSERT_GT(healthy_, 0);
    std::cout << "way        what                      doc/s     %  clock %\n";
    Print("three replicas", healthy_, "");
    for (int i = 0; i < kReplicas && !Test::HasFailure(); ++i) {
      Restart(absl::StrCat("replica ", i, " drained"), i, SIGTERM);
    }
    if (!Test::HasFailure()) Restart("replica 0 killed", 0, SIGKILL);
    if (!Test::HasFailure()) SlowOneDown();
    if (!Test::HasFailure()) AddFourth();
  }

  // The rate from now on.
  double Measure() {
    measured_ = absl::Now();
    absl::SleepFor(kMeasured);
    return client_.throughput().Rate(measured_, measured_ + kMeasured);
  }

  bool ClockKept() const {
    return metronome_.Kept(measured_, absl::Now()) >= kClockKept;
  }

  // A line of the table, about the time since measured_.
  void Print(const std::string& what, double rate, const std::string& note) {
    std::cout << absl::StrFormat("%-10s %-22s %6.0f %5.0f %8.0f  %s\n", way_,
                                 what, rate, 100 * rate / healthy_,
                                 metronome_.Kept(measured_, absl::Now()), note)
              << std::flush;
  }

  void Restart(const std::string& what, int index, int signal) {
    const absl::Time told = absl::Now();
    measured_ = told;
    const Result result = cluster_.Stop(index, signal);
    EXPECT_EQ(result.status, signal == SIGTERM ? 0 : 128 + signal)
        << result.err;
    const absl::Time ended = absl::Now();
    absl::SleepFor(kAway);
    const absl::Time started = absl::Now();
    cluster_.Start(index);
    std::optional<absl::Duration> recovery;
    // On a busy machine two may do as much as three did.
    while ((!recovery.has_value() || cluster_.Answered(index) == 0) &&
           absl::Now() < started + kRecoveryBound) {
      absl::SleepFor(absl::Milliseconds(100));
      recovery = client_.throughput().Recovery(started, kAll * healthy_);
    }
    EXPECT_TRUE(recovery.has_value() || !ClockKept())
        << what << ": not recovered after " << kRecoveryBound;
    EXPECT_GT(cluster_.Answered(index), 0) << what;
    const double two = client_.throughput().Rate(ended, started);
    two_.push_back(two);
    Print(what, two,
          absl::StrFormat(
              "lowest %.0f/s, ended after %s, all again %s after the start",
              client_.throughput().LowestRate(told, started),
              absl::FormatDuration(
                  absl::Trunc(ended - told, absl::Milliseconds(10))),
              absl::FormatDuration(absl::Trunc(
                  recovery.value_or(kRecoveryBound), absl::Milliseconds(10)))));
  }

  void SlowOneDown() {
    cluster_.SetPace(1, kSlower * Cluster::kPace);
    absl::SleepFor(kMeasured);
    const double slow = Measure();
    cluster_.SetPace(1, Cluster::kPace);
    double two = 0;
    for (const double rate : two_) two += rate / two_.size();
    Print(absl::StrCat("replica 1 slower by ", kSlower), slow,
          absl::StrFormat("two alone: %.0f/s", two));
    EXPECT_TRUE(slow >= slow_bound_ * two || !ClockKept());
    absl::SleepFor(kMeasured);
  }

  // The fourth one's share from now on.
  double MeasureShare() {
    int64_t before = cluster_.Answered(kFourth);
    int64_t all = client_.throughput().answers();
    absl::SleepFor(kMeasured);
    before = cluster_.Answered(kFourth) - before;
    all = client_.throughput().answers() - all;
    return static_cast<double>(before) / static_cast<double>(all);
  }

  void AddFourth() {
    const absl::Time started = absl::Now();
    measured_ = started;
    cluster_.Start(kFourth);
    double share = 0;
    while (share < kFourthShare && absl::Now() < started + kShareBound) {
      share = MeasureShare();
    }
    EXPECT_TRUE(share >= kFourthShare || !ClockKept()) << share;
    const absl::Duration after = absl::Now() - started;
    measured_ = absl::Now();
    share = MeasureShare();
    Print("a fourth replica", client_.throughput().Rate(measured_, absl::Now()),

          absl::StrFormat("it does %.0f %%, has %.0f %% %s after its start",
                          100 * share, 100 * kFourthShare,
                          absl::FormatDuration(
                              absl::Trunc(after, absl::Milliseconds(10)))));
  }

  const std::string way_;
  const double slow_bound_;
  Cluster& cluster_;
  const Metronome metronome_;
  BulkClient client_;
  double healthy_ = 0;
  // When the current measurement began.
  absl::Time measured_;
  // While a replica was away.
  std::vector<double> two_;
};

TEST(ClusterTest, RoundRobin) {
  Cluster cluster(kReplicas + 1, kReplicas);
  ClusterRun("client", &cluster, cluster.target()).Run();
  cluster.ExpectGoodEnd();
}

TEST(ClusterTest, Haproxy) {
  Cluster cluster(kReplicas + 1, kReplicas);
  const Haproxy balancer(LoopbackAddress(0), cluster.directory() + "/haproxy",
                         cluster.hosts());
  for (int i = 0; i < kReplicas; ++i) {
    ASSERT_TRUE(balancer.Becomes(i, "UP")) << balancer.log();
  }
  ClusterRun("haproxy", &cluster, balancer.target()).Run();
  cluster.ExpectGoodEnd();
}

TEST(ClusterTest, Nginx) {
  Cluster cluster(kReplicas + 1, kReplicas);
  const Nginx balancer(LoopbackAddress(0), cluster.directory() + "/nginx",
                       cluster.hosts());
  ClusterRun("nginx", &cluster, balancer.target(), kSlowBoundUnseen).Run();
  cluster.ExpectGoodEnd();
}

}  // namespace
}  // namespace gongkai::testing
