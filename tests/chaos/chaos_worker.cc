// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A worker that reads reports as gongkai-worker does, but obeys documents that
// begin with chaos::kMark:
//
//   segv, abort, exit  ends
//   memory             takes memory until there is none
//   spin, sleep        never answers
//
// With the last three it calls itself kBusyName.
// It takes the flags of gongkai-worker and heeds those that it needs.

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/match.h"
#include "tests/chaos/documents.h"
#include "tests/chaos/processes.h"
#include "tests/e2e/reading_worker.h"
#include "tests/sanitized.h"
#include "worker/ipc/worker_loop.h"

namespace gongkai::chaos {
namespace {

// Memory cannot be limited under a sanitizer; it ends as if it were.
constexpr size_t kMostMemory = kSanitized ? size_t{256} << 20 : SIZE_MAX;

[[noreturn]] void TakeAllMemory() {
  prctl(PR_SET_NAME, kBusyName);
  // Not touched, so that it takes no time: the limit is one of address space.
  constexpr size_t kPiece = size_t{16} << 20;
  std::vector<std::unique_ptr<char[]>> taken;
  for (size_t size = 0; size < kMostMemory; size += kPiece) {
    taken.emplace_back(new char[kPiece]);
  }
  _exit(ipc::kExitOutOfMemory);
}

[[noreturn]] void Die(int signal_number) {
  signal(signal_number, SIG_DFL);
  raise(signal_number);
  _exit(1);
}

[[noreturn]] void Hang(bool busy) {
  prctl(PR_SET_NAME, kBusyName);
  volatile uint64_t turns = 0;
  while (true) {
    if (busy) {
      turns = turns + 1;
    } else {
      pause();
    }
  }
}

void Obey(std::string_view word) {
  const absl::string_view text(word.data(), word.size());
  if (absl::StartsWith(text, "segv ")) Die(SIGSEGV);
  if (absl::StartsWith(text, "abort ")) Die(SIGABRT);
  if (absl::StartsWith(text, "exit ")) _exit(3);
  if (absl::StartsWith(text, "memory ")) TakeAllMemory();
  if (absl::StartsWith(text, "spin ")) Hang(/*busy=*/true);
  if (absl::StartsWith(text, "sleep ")) Hang(/*busy=*/false);
}

// Not in the sandbox, which would end most misdeeds before they are done;
// tests/service/hostile_worker_test.cc is about those.
int Main(int argc, char** argv) {
  return testing::RunReadingWorker(
      argc, argv, "chaos",
      [](std::string_view request) {
        const size_t mark = request.find(kMark);
        if (mark != std::string_view::npos) {
          Obey(request.substr(mark + kMark.size()));
        }
      },
      [] {});
}

}  // namespace
}  // namespace gongkai::chaos

int main(int argc, char** argv) { return gongkai::chaos::Main(argc, argv); }
