// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Reading binary Word documents: the whole Read() of the reports that the tests
// hold, about 50 KB each, and the same followed by the extractor.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/allocations.h"
#include "worker/catalog/catalog.h"
#include "worker/extract/extract.h"
#include "worker/input/document.h"
#include "worker/input/reader.h"

namespace gongkai::bench {
namespace {

// Run from the top of the sources, or with GONGKAI_SOURCE_DIR set to it.
std::vector<std::string> Documents(benchmark::State& state) {
  const char* const root = std::getenv("GONGKAI_SOURCE_DIR");
  std::vector<std::string> documents;
  for (const char* name : {"seed-22.doc", "seed-35.doc", "seed-132.doc"}) {
    std::ifstream file(std::string(root == nullptr ? "." : root) +
                           "/tests/worker/input/doc/data/" + name,
                       std::ios::binary);
    documents.emplace_back(std::istreambuf_iterator<char>(file),
                           std::istreambuf_iterator<char>());
    if (documents.back().empty()) state.SkipWithError("no test documents");
  }
  return documents;
}

// Calls `use` with each document that was read.
template <typename Use>
void Measure(benchmark::State& state, Use use) {
  const std::vector<std::string> documents = Documents(state);
  input::Document document;
  int64_t bytes = 0;
  size_t next = 0;
  const int64_t before = AllocationsOfThisThread();
  for (auto unused : state) {
    const std::string& doc = documents[next];
    next = (next + 1) % documents.size();
    if (!input::Read(doc, input::Limits(), &document).ok()) {
      state.SkipWithError("not read");
      break;
    }
    use(document);
    bytes += static_cast<int64_t>(doc.size());
  }
  state.SetBytesProcessed(bytes);
  state.counters["allocations"] = benchmark::Counter(
      static_cast<double>(AllocationsOfThisThread() - before),
      benchmark::Counter::kAvgIterations);
}

void BM_ReadDoc(benchmark::State& state) {
  Measure(state, [](const input::Document& document) {
    benchmark::DoNotOptimize(document.text().size());
  });
}
BENCHMARK(BM_ReadDoc)->Unit(benchmark::kMicrosecond);

void BM_ReadDocAndExtract(benchmark::State& state) {
  const auto catalog = catalog::Catalog::Builtin();
  extract::Extractor extractor(**catalog);
  Measure(state, [&](const input::Document& document) {
    v1::Report report;
    benchmark::DoNotOptimize(
        extractor.Extract(document, /*year_hint=*/0, &report));
  });
}
BENCHMARK(BM_ReadDocAndExtract)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace gongkai::bench
