// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/progress.h
//
// A progress bar on a terminal, for work that people wait for.

#ifndef GONGKAI_CLIENT_CLI_PROGRESS_H_
#define GONGKAI_CLIENT_CLI_PROGRESS_H_

#include <string>

#include "absl/time/time.h"
#include "client/cli/language.h"

namespace gongkai::cli {

// How far the work is.
struct ProgressCounts {
  int done = 0;
  // Of them, what people will want to look at.
  int with_errors = 0;
  int unread = 0;
  // Of them, what an earlier run had done: they say nothing of the rate.
  int recalled = 0;
};

// The bar's text, without control characters: share, rate, time that is left,
// and what was found. "" until there is something worth showing.
std::string ProgressText(const ProgressCounts& counts, int total,
                         absl::Duration elapsed, Language language);

// Thread-compatible.
class Progress {
 public:
  // Draws on `fd`; nothing if it is negative.
  Progress(int fd, int total, Language language);
  ~Progress() { Hide(); }

  // Draws the bar again if the last time is long enough ago.
  void Update(const ProgressCounts& counts);
  // Clears the line, so that something else can be printed.
  void Hide();

 private:
  const int fd_;
  const int total_;
  const Language language_;
  const absl::Time start_;
  absl::Time drawn_;
  bool visible_ = false;
};

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_PROGRESS_H_
