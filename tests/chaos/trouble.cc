// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/chaos/trouble.h"

#include <signal.h>

#include "absl/random/distributions.h"
#include "absl/time/clock.h"
#include "tests/chaos/processes.h"

namespace gongkai::chaos {
namespace {

// A worker that is busy with a bad document is left alone but for once in so
// many times: the pool tries a document four times whose worker is killed from
// outside, and one that takes seconds would be met that often.
constexpr int kSpareBusyWorkers = 64;

}  // namespace

Trouble::Trouble(Services* services, const std::atomic<int>* answers,
                 const TroubleOptions& options)
    : services_(*services),
      answers_(*answers),
      options_(options),
      last_kill_(absl::Now()),
      thread_([this] { Run(); }) {}

std::map<std::string, int> Trouble::Stop() {
  stop_ = true;
  if (thread_.joinable()) thread_.join();
  return done_;
}

void Trouble::Run() {
  int seen = 0;
  absl::Time last = absl::Now();
  while (!stop_) {
    absl::SleepFor(absl::Milliseconds(5));
    if (answers_ < seen + options_.answers ||
        absl::Now() < last + options_.pause) {
      continue;
    }
    seen = answers_;
    DoOneThing();
    last = absl::Now();
  }
}

pid_t Trouble::AnyWorker() {
  const int service = absl::Uniform(random_, 0, services_.size());
  const pid_t front = services_.pid(service);
  if (front == 0) return 0;
  const std::vector<pid_t> workers = ChildrenOf(front);
  if (workers.empty()) return 0;
  const pid_t worker =
      workers[absl::Uniform<size_t>(random_, 0, workers.size())];
  const std::string name = NameOf(worker);
  if (name == kBusyName) {
    return absl::Uniform(random_, 0, kSpareBusyWorkers) == 0 ? worker : 0;
  }
  // Between fork and exec it is no worker yet but a copy of the service. To
  // stop it there is to stop the thread that starts it, for as long.
  return name == kWorkerName ? worker : 0;
}

void Trouble::DoOneThing() {
  if (absl::Now() > last_kill_ + options_.between_kills) {
    services_.Restart(next_service_, SIGKILL);
    next_service_ = (next_service_ + 1) % services_.size();
    last_kill_ = absl::Now();
    ++done_["services killed"];
    return;
  }
  const int thing = absl::Uniform(random_, 0, 10);
  if (thing == 0) {
    const pid_t front =
        services_.pid(absl::Uniform(random_, 0, services_.size()));
    Pulse(front, 1, absl::Milliseconds(200), absl::ZeroDuration());
    ++done_["services stopped for a moment"];
    return;
  }
  const pid_t worker = AnyWorker();
  if (worker == 0) return;
  if (thing < 6) {
    kill(worker, SIGKILL);
    ++done_["workers killed"];
  } else if (thing < 8) {
    // For good: the service must find out.
    kill(worker, SIGSTOP);
    ++done_["workers stopped"];
  } else {
    Pulse(worker, 10, absl::Milliseconds(20), absl::Milliseconds(2));
    ++done_["workers starved"];
  }
}

void Trouble::Pulse(pid_t pid, int times, absl::Duration stopped,
                    absl::Duration running) {
  for (int i = 0; i < times && !stop_; ++i) {
    kill(pid, SIGSTOP);
    absl::SleepFor(stopped);
    kill(pid, SIGCONT);
    absl::SleepFor(running);
  }
}

}  // namespace gongkai::chaos
