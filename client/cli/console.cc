// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/console.h"

#include <limits.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

namespace gongkai::cli {
namespace {

// How soon a write that nobody reads notices that it shall stop.
constexpr int kStopCheckMilliseconds = 100;

}  // namespace

Console StandardConsole() {
  Console console;
  const char* no_color = std::getenv("NO_COLOR");
  console.out_is_terminal = isatty(console.out) != 0;
  console.color =
      console.out_is_terminal && (no_color == nullptr || *no_color == '\0');
  console.progress = isatty(console.err) != 0;
  return console;
}

absl::Status WriteAll(int fd, std::string_view text,
                      const std::atomic<bool>* stop) {
  while (!text.empty()) {
    pollfd ready = {fd, POLLOUT, 0};
    if (poll(&ready, 1, kStopCheckMilliseconds) == 0) {
      if (stop != nullptr && *stop) return absl::CancelledError("stopped");
      continue;
    }
    // What a pipe that is ready takes without blocking.
    const ssize_t written =
        write(fd, text.data(), std::min<size_t>(text.size(), PIPE_BUF));
    if (written < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (written < 0 && errno == EPIPE) return absl::AbortedError("EPIPE");
    if (written < 0) return absl::ErrnoToStatus(errno, "Could not write");
    text.remove_prefix(written);
  }
  return absl::OkStatus();
}

}  // namespace gongkai::cli
