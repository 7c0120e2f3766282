// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/ordered_output.h"

#include <string>
#include <utility>

namespace gongkai::cli {

OrderedOutput::OrderedOutput(int window, Print print)
    : window_(window), print_(std::move(print)) {}

bool OrderedOutput::WaitForTurn(int index) {
  absl::MutexLock lock(&mutex_);
  while (!closed_ && index >= next_ + window_) turn_.Wait(&mutex_);
  return !closed_;
}

void OrderedOutput::Put(int index, std::string text) {
  absl::MutexLock lock(&mutex_);
  if (index != next_) {
    held_.emplace(index, std::move(text));
    return;
  }
  ++next_;
  while (!held_.empty() && held_.begin()->first == next_) {
    text += held_.begin()->second;
    held_.erase(held_.begin());
    ++next_;
  }
  PrintLocked(text);
  turn_.SignalAll();
}

void OrderedOutput::Flush() {
  absl::MutexLock lock(&mutex_);
  for (const auto& [index, text] : held_) {
    PrintLocked(text);
    next_ = index + 1;
  }
  held_.clear();
}

void OrderedOutput::Close() {
  absl::MutexLock lock(&mutex_);
  closed_ = true;
  turn_.SignalAll();
}

absl::Status OrderedOutput::status() const {
  absl::MutexLock lock(&mutex_);
  return status_;
}

void OrderedOutput::PrintLocked(const std::string& text) {
  if (closed_ || text.empty()) return;
  status_ = print_(text);
  if (!status_.ok()) {
    closed_ = true;
    turn_.SignalAll();
  }
}

}  // namespace gongkai::cli
