// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/e2e/balancer_fixture.h
//
// Replicas behind a balancer, and what callers do with them.

#ifndef GONGKAI_TESTS_E2E_BALANCER_FIXTURE_H_
#define GONGKAI_TESTS_E2E_BALANCER_FIXTURE_H_

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "client/client.h"
#include "gongkai/v1/report_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/e2e/balancers.h"

namespace gongkai::testing {

class BalancerTest : public ::testing::Test {
 protected:
  using Stream =
      grpc::ClientReaderWriter<v1::ProcessRequest, v1::ProcessResponse>;

  BalancerTest();
  ~BalancerTest() override;

  // Starts them on the addresses from 1 on and returns these.
  std::vector<std::string> StartReplicas(int count,
                                         std::vector<std::string> flags = {});

  // Of this many bytes, nearly: a title and much text.
  static std::string Document(size_t bytes);

  // A channel with a connection of its own, which never tries again.
  static std::shared_ptr<grpc::Channel> NewChannel(const std::string& target);

  // One call on it.
  static grpc::Status Parse(const std::shared_ptr<grpc::Channel>& channel,
                            const std::string& content);

  // Streams documents of this size through the target by the client library,
  // and asks for one by one, until all are answered as a replica itself answers
  // them, byte for byte.
  void ExpectUnharmed(const std::string& target, size_t bytes, int documents);

  std::string root_;
  std::vector<std::unique_ptr<Replica>> replicas_;
};

// Callers that ask for single documents, one after the other, until Stop().
class Clerks {
 public:
  Clerks(const Client& client, int count, const std::string& document);
  ~Clerks() { Stop(); }

  int answers() const { return answers_; }
  // Waits for so many more.
  void Await(int more) const;
  // What they were told that was no answer.
  std::vector<std::string> Stop();

 private:
  std::atomic<bool> stop_ = false;
  std::atomic<int> answers_ = 0;
  absl::Mutex mutex_;
  std::vector<std::string> errors_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> threads_;
};

// True once it is; false if it never is.
bool Eventually(const std::function<bool()>& what);

}  // namespace gongkai::testing

#endif  // GONGKAI_TESTS_E2E_BALANCER_FIXTURE_H_
