// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/e2e/cluster.h
//
// Replicas of gongkaid, each with the capacity of a machine of its own: one
// worker that takes kPace for a document.

#ifndef GONGKAI_TESTS_E2E_CLUSTER_H_
#define GONGKAI_TESTS_E2E_CLUSTER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tests/e2e/balancers.h"
#include "tests/e2e/pace.h"
#include "tests/e2e/program.h"
#include "tests/sanitized.h"

namespace gongkai::testing {

class Cluster {
 public:
  // What a document takes a healthy replica: many times what reading it does,
  // so that several replicas on one processor keep their pace.
  static constexpr absl::Duration kPace =
      absl::Milliseconds(kSanitized ? 20 : 2);
  // How long a replica goes on after SIGTERM, for balancers to learn of it.
  static constexpr absl::Duration kDrainDelay = absl::Seconds(1);

  // Places for so many replicas, of which the first `up` are started.
  Cluster(int places, int up);
  ~Cluster();

  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  // For balancers' own files.
  const std::string& directory() const { return directory_; }
  // Where each is or will be.
  std::vector<std::string> hosts() const;
  // One gRPC target with all places.
  std::string target() const;

  // Returns when it listens.
  void Start(int index);
  // Sends a signal and waits for the end.
  Result Stop(int index, int signal);

  void SetPace(int index, absl::Duration pace) { paces_[index]->Set(pace); }

  // Documents that it has answered since it was started.
  int64_t Answered(int index) const;

  // Ends all with SIGTERM and expects that each ends well and leaves no worker.
  void ExpectGoodEnd();

 private:
  std::string directory_;
  std::vector<std::unique_ptr<Pace>> paces_;
  // Null where none was started yet.
  std::vector<std::unique_ptr<Replica>> replicas_;
};

}  // namespace gongkai::testing

#endif  // GONGKAI_TESTS_E2E_CLUSTER_H_
