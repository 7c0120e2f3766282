// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/ordered_output.h"

#include <memory>
#include <string>
#include <utility>

namespace gongkai::cli {

OrderedOutput::OrderedOutput(int window, Print print, Write write)
    : window_(window), print_(std::move(print)), write_(std::move(write)) {}

bool OrderedOutput::WaitForTurn(int index) {
  absl::MutexLock lock(&mutex_);
  while (!closed_ && index >= next_ + window_) turn_.Wait(&mutex_);
  return !closed_;
}

void OrderedOutput::Put(int index, std::string text,
                        const v1::ProcessResponse& response) {
  absl::MutexLock lock(&mutex_);
  if (index != next_) {
    Result& held = held_[index];
    held.text = std::move(text);
    if (write_ != nullptr) {
      held.arena = std::make_unique<google::protobuf::Arena>();
      auto* const copy =
          google::protobuf::Arena::CreateMessage<v1::ProcessResponse>(
              held.arena.get());
      copy->CopyFrom(response);
      held.response = copy;
    }
    return;
  }
  WriteLocked(index, response);
  ++next_;
  while (!held_.empty() && held_.begin()->first == next_) {
    const Result& result = held_.begin()->second;
    text += result.text;
    if (result.response != nullptr) WriteLocked(next_, *result.response);
    held_.erase(held_.begin());
    ++next_;
  }
  PrintLocked(text);
  turn_.SignalAll();
}

void OrderedOutput::Flush() {
  absl::MutexLock lock(&mutex_);
  for (const auto& [index, result] : held_) {
    if (result.response != nullptr) WriteLocked(index, *result.response);
    PrintLocked(result.text);
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
  FailLocked(print_(text));
}

void OrderedOutput::WriteLocked(int index,
                                const v1::ProcessResponse& response) {
  if (write_ == nullptr || !status_.ok()) return;
  FailLocked(write_(index, response));
}

void OrderedOutput::FailLocked(const absl::Status& status) {
  if (status.ok()) return;
  status_ = status;
  closed_ = true;
  turn_.SignalAll();
}

}  // namespace gongkai::cli
