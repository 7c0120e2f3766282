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

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "gongkai/worker/v1/hello.pb.h"
#include "tests/chaos/documents.h"
#include "tests/chaos/processes.h"
#include "tests/sanitized.h"
#include "worker/catalog/catalog.h"
#include "worker/input/limits.h"
#include "worker/ipc/frame.h"
#include "worker/ipc/worker_loop.h"
#include "worker/process/processor.h"
#include "worker/validate/validate.h"

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

int Main(int argc, char** argv) {
  ipc::WorkerProcessOptions options;
  input::Limits limits;
  for (int i = 1; i < argc; ++i) {
    const absl::string_view flag = argv[i];
    const auto value = flag.substr(std::min(flag.find('=') + 1, flag.size()));
    if (absl::StartsWith(flag, "--max_memory_bytes=")) {
      (void)absl::SimpleAtoi(value, &options.max_memory_bytes);
    } else if (absl::StartsWith(flag, "--max_document_bytes=")) {
      (void)absl::SimpleAtoi(value, &limits.max_document_bytes);
    }
  }
  const ipc::ReadableSlots slots = ipc::PrepareWorkerProcess(options);
  const auto catalog = catalog::Catalog::Builtin();
  if (!catalog.ok()) return ipc::kExitBadStart;
  worker::v1::Hello hello;
  hello.set_protocol_version(ipc::kProtocolVersion);
  hello.set_version("chaos");
  *hello.mutable_rules() = validate::DescribeRules(**catalog);
  process::Processor processor(**catalog, limits);
  // Not in the sandbox, which would end most misdeeds before they are done;
  // tests/service/hostile_worker_test.cc is about those.
  return ipc::RunWorker(
      slots, hello.SerializeAsString(),
      limits.max_document_bytes + ipc::kRequestOverhead,
      [&](ipc::JobKind kind, std::string_view request, std::string* response) {
        const size_t mark = request.find(kMark);
        if (mark != std::string_view::npos) {
          Obey(request.substr(mark + kMark.size()));
        }
        processor.Process(kind, request, response);
      });
}

}  // namespace
}  // namespace gongkai::chaos

int main(int argc, char** argv) { return gongkai::chaos::Main(argc, argv); }
