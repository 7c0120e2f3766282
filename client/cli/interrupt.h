// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/interrupt.h
//
// Ctrl-C and SIGTERM as a call on an ordinary thread. A second one ends the
// process at once, as without this.

#ifndef GONGKAI_CLIENT_CLI_INTERRUPT_H_
#define GONGKAI_CLIENT_CLI_INTERRUPT_H_

#include <atomic>
#include <functional>
#include <thread>

namespace gongkai::cli {

// At most one at a time in a process.
class InterruptWatcher {
 public:
  // `on_interrupt` runs once, on a thread of the watcher.
  explicit InterruptWatcher(std::function<void()> on_interrupt);
  ~InterruptWatcher();

  InterruptWatcher(const InterruptWatcher&) = delete;
  InterruptWatcher& operator=(const InterruptWatcher&) = delete;

  // The signal that came; 0 if none did. Thread-safe.
  int signal() const { return signal_; }

 private:
  void Watch(const std::function<void()>& on_interrupt);

  std::atomic<int> signal_{0};
  std::jthread thread_;
};

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_INTERRUPT_H_
