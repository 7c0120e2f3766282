// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/interrupt.h"

#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <utility>

namespace gongkai::cli {
namespace {

// Handlers, and not a blocked mask that a thread waits for: worker processes
// inherit a mask but not a handler.
constexpr int kSignals[] = {SIGINT, SIGTERM};

// Ends the thread; no signal has this number.
constexpr uint64_t kStop = 1000;

// What a handler can reach. Written before the handlers are installed.
int event_fd = -1;

void Notify(uint64_t what) {
  const int saved_errno = errno;
  // An eventfd takes eight bytes whole; there is nobody to tell of a failure.
  [[maybe_unused]] const ssize_t written = write(event_fd, &what, sizeof(what));
  errno = saved_errno;
}

void OnSignal(int signal) { Notify(signal); }

}  // namespace

InterruptWatcher::InterruptWatcher(std::function<void()> on_interrupt) {
  event_fd = eventfd(0, EFD_CLOEXEC);
  thread_ = std::jthread(
      [this, on_interrupt = std::move(on_interrupt)] { Watch(on_interrupt); });
  struct sigaction action = {};
  action.sa_handler = OnSignal;
  // The second signal meets the default action.
  action.sa_flags = SA_RESTART | SA_RESETHAND;
  for (const int signal : kSignals) sigaction(signal, &action, nullptr);
}

InterruptWatcher::~InterruptWatcher() {
  for (const int signal : kSignals) ::signal(signal, SIG_DFL);
  Notify(kStop);
  thread_.join();
  close(event_fd);
}

void InterruptWatcher::Watch(const std::function<void()>& on_interrupt) {
  while (true) {
    uint64_t what = 0;
    if (read(event_fd, &what, sizeof(what)) != sizeof(what)) {
      if (errno == EINTR) continue;
      return;
    }
    // What is written adds up between two reads.
    if (what % kStop != 0 && signal_ == 0) {
      signal_ = static_cast<int>(what % kStop);
      on_interrupt();
    }
    if (what >= kStop) return;
  }
}

}  // namespace gongkai::cli
