// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/console.h
//
// Where the command prints: its file descriptors and what they can show.

#ifndef GONGKAI_CLIENT_CLI_CONSOLE_H_
#define GONGKAI_CLIENT_CLI_CONSOLE_H_

#include <atomic>
#include <string_view>

#include "absl/status/status.h"

namespace gongkai::cli {

struct Console {
  int out = 1;
  int err = 2;
  // Colours on `out`.
  bool color = false;
  // A progress bar on `err`.
  bool progress = false;
  // `out` is a terminal, so that the bar must make way for results.
  bool out_is_terminal = false;
};

// The standard descriptors. Colours only on a terminal and unless NO_COLOR is
// set (no-color.org).
Console StandardConsole();

// Writes all of `text`, unless `stop` becomes true while nobody reads.
// Errors: as the system says; Aborted where nobody reads any more (EPIPE);
// Cancelled when stopped.
absl::Status WriteAll(int fd, std::string_view text,
                      const std::atomic<bool>* stop = nullptr);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_CONSOLE_H_
