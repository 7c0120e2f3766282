// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/ordered_output.h
//
// Prints results in the order of the documents although they come in any
// order, each as soon as all before it are printed. Thread-safe.

#ifndef GONGKAI_CLIENT_CLI_ORDERED_OUTPUT_H_
#define GONGKAI_CLIENT_CLI_ORDERED_OUTPUT_H_

#include <functional>
#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"

namespace gongkai::cli {

class OrderedOutput {
 public:
  // `print` gets the texts in order, several at once where it can.
  using Print = std::function<absl::Status(const std::string& text)>;

  // Holds back at most `window` texts, given that WaitForTurn is asked first.
  OrderedOutput(int window, Print print);

  // Waits until `index` is near enough to what was printed last. False if the
  // output is closed.
  bool WaitForTurn(int index);

  // Takes the text of document `index`, counted from 0, each once.
  void Put(int index, std::string text);

  // Prints what is held back, although documents before it have no text.
  void Flush();

  // Nothing is printed any more and nobody waits.
  void Close();

  // The first error of `print`, which also closes the output.
  absl::Status status() const;

 private:
  void PrintLocked(const std::string& text)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const int window_;
  const Print print_;
  mutable absl::Mutex mutex_;
  absl::CondVar turn_;
  std::map<int, std::string> held_ ABSL_GUARDED_BY(mutex_);
  int next_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_ORDERED_OUTPUT_H_
