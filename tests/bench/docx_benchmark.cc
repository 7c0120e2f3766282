// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Word files: reading alone, and a whole job from request to response. One
// iteration is one generated report of 8 KB of text; "bytes" is the file's
// size, "pieces" how many lines and cells it has.

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "benchmark/benchmark.h"
#include "gongkai/v1/report_service.pb.h"
#include "tests/bench/allocations.h"
#include "tests/generator/generator.h"
#include "worker/catalog/catalog.h"
#include "worker/input/document.h"
#include "worker/input/reader.h"
#include "worker/process/processor.h"

namespace gongkai::bench {
namespace {

using generator::Layout;

constexpr size_t kTextBytes = 8192;
constexpr uint64_t kDocuments = 32;

std::vector<std::string> Documents(Layout layout) {
  std::vector<std::string> documents;
  for (uint64_t seed = 0; seed < kDocuments; ++seed) {
    generator::Options options;
    options.seed = seed;
    options.layout = layout;
    options.min_bytes = kTextBytes;
    documents.push_back(generator::Generate(options).bytes);
  }
  return documents;
}

template <typename Work>
void Measure(benchmark::State& state, size_t documents, const Work& work) {
  for (size_t i = 0; i < documents; ++i) work(i);  // warm up
  size_t next = 0;
  const int64_t before = AllocationsOfThisThread();
  for (auto unused : state) {
    work(next);
    next = next + 1 == documents ? 0 : next + 1;
  }
  state.counters["allocations"] = benchmark::Counter(
      AllocationsOfThisThread() - before, benchmark::Counter::kAvgIterations);
}

void BM_ReadDocx(benchmark::State& state, Layout layout) {
  const std::vector<std::string> documents = Documents(layout);
  input::Document document;
  bool read = true;
  Measure(state, documents.size(), [&](size_t i) {
    read = read && input::Read(documents[i], input::Limits(), &document).ok();
  });
  if (!read) state.SkipWithError("a document was not read");
  state.counters["bytes"] = static_cast<double>(documents.front().size());
  state.counters["pieces"] = static_cast<double>(document.pieces().size());
}

void BM_ProcessDocx(benchmark::State& state, Layout layout) {
  static const catalog::Catalog* const catalog =
      catalog::Catalog::Builtin()->release();
  std::vector<std::string> requests;
  for (const std::string& content : Documents(layout)) {
    v1::ProcessRequest request;
    request.set_id("1");
    request.mutable_document()->set_content(content);
    requests.push_back(request.SerializeAsString());
  }
  process::Processor processor(*catalog, input::Limits());
  std::string answer;
  Measure(state, requests.size(), [&](size_t i) {
    processor.Process(ipc::JobKind::kProcess, requests[i], &answer);
  });
  v1::ProcessResponse response;
  if (!response.ParseFromString(answer) || !response.has_report()) {
    state.SkipWithError("the answer has no report");
  }
}

BENCHMARK_CAPTURE(BM_ReadDocx, clean, Layout::kDocx)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(BM_ReadDocx, messy, Layout::kDocxMessy)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(BM_ProcessDocx, clean, Layout::kDocx)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(BM_ProcessDocx, messy, Layout::kDocxMessy)
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace gongkai::bench
