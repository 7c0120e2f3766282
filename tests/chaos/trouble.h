// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/chaos/trouble.h
//
// Makes trouble for services and their workers until told to stop: one thing
// after another, each after so many answers and not before so much time. With
// time alone a slow machine would see nothing but trouble; with answers alone
// a fast one would be killed faster than processes start.

#ifndef GONGKAI_TESTS_CHAOS_TROUBLE_H_
#define GONGKAI_TESTS_CHAOS_TROUBLE_H_

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "absl/random/random.h"
#include "absl/time/time.h"
#include "tests/chaos/services.h"

namespace gongkai::chaos {

struct TroubleOptions {
  // Between two things.
  int answers = 25;
  absl::Duration pause = absl::Milliseconds(100);
  // Between two deaths of a service. The same service is killed every other
  // time.
  absl::Duration between_kills = absl::Seconds(8);
};

class Trouble {
 public:
  // `answers` counts the client's answers.
  Trouble(Services* services, const std::atomic<int>* answers,
          const TroubleOptions& options);
  ~Trouble() { Stop(); }

  // Ends it, and lets everything go on that was stopped for a moment. How often
  // each thing was done.
  std::map<std::string, int> Stop();

 private:
  void Run();
  // A worker of any service; 0 if there is none.
  pid_t AnyWorker();
  void DoOneThing();
  void Pulse(pid_t pid, int times, absl::Duration stopped,
             absl::Duration running);

  Services& services_;
  const std::atomic<int>& answers_;
  const TroubleOptions options_;
  absl::BitGen random_;
  std::atomic<bool> stop_{false};
  // Of the thread, and after its end of Stop().
  std::map<std::string, int> done_;
  absl::Time last_kill_;
  int next_service_ = 0;
  std::thread thread_;
};

}  // namespace gongkai::chaos

#endif  // GONGKAI_TESTS_CHAOS_TROUBLE_H_
