// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/reading_worker.h"

#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "gongkai/worker/v1/hello.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/input/limits.h"
#include "worker/ipc/frame.h"
#include "worker/ipc/worker_loop.h"
#include "worker/process/processor.h"
#include "worker/validate/validate.h"

namespace gongkai::testing {

int RunReadingWorker(
    int argc, char** argv, const char* version,
    const std::function<void(std::string_view request)>& before,
    const std::function<void()>& after) {
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
  hello.set_version(version);
  *hello.mutable_rules() = validate::DescribeRules(**catalog);
  process::Processor processor(**catalog, limits);
  return ipc::RunWorker(
      slots, hello.SerializeAsString(),
      limits.max_document_bytes + ipc::kRequestOverhead,
      [&](ipc::JobKind kind, std::string_view request, std::string* response) {
        before(request);
        processor.Process(kind, request, response);
        after();
      });
}

}  // namespace gongkai::testing
