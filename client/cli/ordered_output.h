// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/ordered_output.h
//
// Hands results on in the order of the documents although they come in any
// order, each as soon as all before it are done. Thread-safe.

#ifndef GONGKAI_CLIENT_CLI_ORDERED_OUTPUT_H_
#define GONGKAI_CLIENT_CLI_ORDERED_OUTPUT_H_

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "gongkai/v1/report_service.pb.h"
#include "google/protobuf/arena.h"

namespace gongkai::cli {

class OrderedOutput {
 public:
  // `print` gets the texts in order, several at once where it can.
  using Print = std::function<absl::Status(const std::string& text)>;
  // `write` gets the results themselves, one at a time.
  using Write = std::function<absl::Status(
      int index, const v1::ProcessResponse& response)>;

  // Holds back at most `window` results, given that WaitForTurn is asked first.
  // Without `write` the results themselves are not kept.
  OrderedOutput(int window, Print print, Write write = nullptr);

  // Waits until `index` is near enough to what was handed on last. False if the
  // output is closed.
  bool WaitForTurn(int index);

  // Takes the result of document `index`, counted from 0, each once.
  void Put(int index, std::string text, const v1::ProcessResponse& response);

  // Hands on what is held back, although documents before it have no result.
  void Flush();

  // Nothing is printed any more and nobody waits. Results are still written.
  void Close();

  // The first error of `print` or `write`, which also closes the output.
  absl::Status status() const;

 private:
  struct Result {
    std::string text;
    // Null without `write`. A report has some 700 messages: in memory of their
    // own they would cost more than all that is written of them.
    std::unique_ptr<google::protobuf::Arena> arena;
    const v1::ProcessResponse* response = nullptr;
  };

  void PrintLocked(const std::string& text)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void WriteLocked(int index, const v1::ProcessResponse& response)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void FailLocked(const absl::Status& status)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const int window_;
  const Print print_;
  const Write write_;
  mutable absl::Mutex mutex_;
  absl::CondVar turn_;
  std::map<int, Result> held_ ABSL_GUARDED_BY(mutex_);
  int next_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_ORDERED_OUTPUT_H_
