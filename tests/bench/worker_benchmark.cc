// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The worker's stages over generated reports of 8 KB, layout by layout. One
// iteration is one document, so the time shown is the time per document;
// "allocations" are calls of operator new per document.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "benchmark/benchmark.h"
#include "gongkai/v1/report_service.pb.h"
#include "tests/bench/allocations.h"
#include "tests/generator/generator.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/read_cells.h"
#include "worker/extract/extract.h"
#include "worker/input/document.h"
#include "worker/input/reader.h"
#include "worker/process/processor.h"
#include "worker/validate/validate.h"

namespace gongkai::bench {
namespace {

using generator::Layout;

constexpr size_t kDocumentBytes = 8192;
// Enough documents that branch predictors do not learn them by heart.
constexpr uint64_t kDocuments = 32;

const catalog::Catalog& Catalog() {
  static const catalog::Catalog* const catalog =
      catalog::Catalog::Builtin()->release();
  return *catalog;
}

std::vector<std::string> Documents(Layout layout) {
  std::vector<std::string> documents;
  for (uint64_t seed = 0; seed < kDocuments; ++seed) {
    generator::Options options;
    options.seed = seed;
    options.layout = layout;
    options.min_bytes = kDocumentBytes;
    documents.push_back(generator::Generate(options).bytes);
  }
  return documents;
}

// Runs `work(i)` with i going round the documents and sets the counters.
template <typename Work>
void Measure(benchmark::State& state, const std::vector<std::string>& documents,
             Work work) {
  for (size_t i = 0; i < documents.size(); ++i) work(i);  // warm up
  int64_t bytes = 0;
  size_t next = 0;
  const int64_t before = AllocationsOfThisThread();
  for (auto unused : state) {
    work(next);
    bytes += static_cast<int64_t>(documents[next].size());
    next = next + 1 == documents.size() ? 0 : next + 1;
  }
  state.counters["allocations"] = benchmark::Counter(
      AllocationsOfThisThread() - before, benchmark::Counter::kAvgIterations);
  state.SetBytesProcessed(bytes);
}

void BM_Read(benchmark::State& state, Layout layout) {
  const std::vector<std::string> documents = Documents(layout);
  input::Document document;
  absl::Status status;
  Measure(state, documents, [&](size_t i) {
    document.Clear();
    status.Update(input::Read(documents[i], input::Limits(), &document));
  });
  if (!status.ok()) state.SkipWithError(std::string(status.message()).c_str());
}

void BM_Extract(benchmark::State& state, Layout layout) {
  const std::vector<std::string> texts = Documents(layout);
  std::vector<std::unique_ptr<input::Document>> documents;
  for (const std::string& text : texts) {
    documents.push_back(std::make_unique<input::Document>());
    const absl::Status status =
        input::Read(text, input::Limits(), documents.back().get());
    if (!status.ok()) return state.SkipWithError("a document was not read");
  }
  extract::Extractor extractor(Catalog());
  v1::Report report;
  catalog::ReadCells cells;
  Measure(state, texts, [&](size_t i) {
    extractor.Extract(*documents[i], /*year_hint=*/0, &report, &cells);
  });
  if (cells.form() == nullptr) state.SkipWithError("nothing was extracted");
}

void BM_Validate(benchmark::State& state, Layout layout) {
  const std::vector<std::string> texts = Documents(layout);
  extract::Extractor extractor(Catalog());
  std::vector<input::Document> documents(texts.size());
  std::vector<v1::Report> reports(texts.size());
  std::vector<catalog::ReadCells> cells(texts.size());
  for (size_t i = 0; i < texts.size(); ++i) {
    const absl::Status status =
        input::Read(texts[i], input::Limits(), &documents[i]);
    if (!status.ok()) return state.SkipWithError("a document was not read");
    extractor.Extract(documents[i], /*year_hint=*/0, &reports[i], &cells[i]);
  }
  validate::Validator validator(Catalog());
  validate::Findings findings;
  Measure(state, texts, [&](size_t i) {
    findings.Clear();
    validate::Beside beside;
    beside.cells = &cells[i];
    validator.Validate(reports[i], v1::CheckOptions(), beside, &findings);
  });
}

void BM_Process(benchmark::State& state, Layout layout) {
  const std::vector<std::string> texts = Documents(layout);
  std::vector<std::string> requests;
  for (const std::string& text : texts) {
    v1::ProcessRequest request;
    request.set_id("1");
    request.mutable_document()->set_content(text);
    requests.push_back(request.SerializeAsString());
  }
  process::Processor processor(Catalog(), input::Limits());
  std::string answer;
  Measure(state, texts, [&](size_t i) {
    processor.Process(ipc::JobKind::kProcess, requests[i], &answer);
  });
  v1::ProcessResponse response;
  if (!response.ParseFromString(answer) || !response.has_report()) {
    state.SkipWithError("the answer has no report");
  }
}

void RegisterAll() {
  const struct {
    const char* name;
    void (*run)(benchmark::State&, Layout);
  } kStages[] = {{"Read", BM_Read},
                 {"Extract", BM_Extract},
                 {"Validate", BM_Validate},
                 {"Process", BM_Process}};
  for (const auto& stage : kStages) {
    for (Layout layout : generator::AllLayouts()) {
      benchmark::RegisterBenchmark(
          absl::StrCat(stage.name, "/", generator::LayoutName(layout)).c_str(),
          [run = stage.run, layout](benchmark::State& state) {
            run(state, layout);
          })
          ->Unit(benchmark::kMicrosecond);
    }
  }
}

[[maybe_unused]] const bool registered = (RegisterAll(), true);

}  // namespace
}  // namespace gongkai::bench
