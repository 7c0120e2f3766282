// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A worker that reads reports as gongkai-worker does, but no faster than its
// pace (tests/e2e/pace.h). Not in the sandbox, which would not let it sleep.
// It takes the flags of gongkai-worker and heeds those that it needs.

#include <algorithm>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gongkai/worker/v1/hello.pb.h"
#include "tests/e2e/pace.h"
#include "worker/catalog/catalog.h"
#include "worker/input/limits.h"
#include "worker/ipc/frame.h"
#include "worker/ipc/worker_loop.h"
#include "worker/process/processor.h"
#include "worker/validate/validate.h"

namespace gongkai::testing {
namespace {

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
  std::string file = argv[0];
  file.replace(file.rfind('/') + 1, std::string::npos, "pace");
  const Pace pace(file);
  const ipc::ReadableSlots slots = ipc::PrepareWorkerProcess(options);
  const auto catalog = catalog::Catalog::Builtin();
  if (!catalog.ok()) return ipc::kExitBadStart;
  worker::v1::Hello hello;
  hello.set_protocol_version(ipc::kProtocolVersion);
  hello.set_version("paced");
  *hello.mutable_rules() = validate::DescribeRules(**catalog);
  process::Processor processor(**catalog, limits);
  absl::Time next = absl::InfinitePast();
  return ipc::RunWorker(
      slots, hello.SerializeAsString(),
      limits.max_document_bytes + ipc::kRequestOverhead,
      [&](ipc::JobKind kind, std::string_view request, std::string* response) {
        next = NextAtPace(next, pace.Get());
        processor.Process(kind, request, response);
        absl::SleepFor(next - absl::Now());
      });
}

}  // namespace
}  // namespace gongkai::testing

int main(int argc, char** argv) { return gongkai::testing::Main(argc, argv); }
