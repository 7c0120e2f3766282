// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Reading PDF files, against what `pdftotext -bbox` does with them: the same
// calls of Poppler in this process, and the program itself where it is
// installed. GONGKAI_BENCH_PDF names another file to read. The time per page
// is measured on files of more and more pages.

#include <GlobalParams.h>
#include <PDFDoc.h>
#include <Stream.h>
#include <TextOutputDev.h>
#include <benchmark/benchmark.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "tests/worker/input/pdf/pdf_maker.h"
#include "worker/input/pdf/pdf_reader.h"
#include "worker/input/reader.h"

extern char** environ;

namespace gongkai::input {
namespace {

std::string SamplePath() {
  if (const char* const path = std::getenv("GONGKAI_BENCH_PDF")) return path;
  return GONGKAI_SOURCE_DIR "/tests/worker/input/pdf/data/2021-city.pdf";
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

// The words of all pages with their boxes; returns how many.
int PopplerWords(const std::string& bytes) {
  PDFDoc document(new MemStream(
      bytes.data(), 0, static_cast<Goffset>(bytes.size()), Object(objNull)));
  TextOutputDev text(nullptr, /*physLayoutA=*/false, /*fixedPitchA=*/0,
                     /*rawOrderA=*/false, /*append=*/false);
  int count = 0;
  for (int page = 1; page <= document.getNumPages(); ++page) {
    document.displayPage(&text, page, 72, 72, 0, /*useMediaBox=*/true,
                         /*crop=*/false, /*printing=*/false);
    const std::unique_ptr<TextWordList> words = text.makeWordList();
    count += words->getLength();
    for (int i = 0; i < words->getLength(); ++i) {
      const std::unique_ptr<GooString> word(words->get(i)->getText());
      benchmark::DoNotOptimize(word->c_str());
    }
  }
  return count;
}

void BM_Read(benchmark::State& state) {
  const std::string bytes = ReadFile(SamplePath());
  Document document;
  for (auto _ : state) {
    const absl::Status status = Read(bytes, Limits(), &document);
    if (!status.ok()) return state.SkipWithError("the file was refused");
  }
  state.counters["pieces"] = static_cast<double>(document.pieces().size());
}
BENCHMARK(BM_Read)->Unit(benchmark::kMillisecond);

void BM_PopplerWords(benchmark::State& state) {
  const std::string bytes = ReadFile(SamplePath());
  PreparePdf();
  int words = 0;
  for (auto _ : state) words = PopplerWords(bytes);
  state.counters["words"] = words;
}
BENCHMARK(BM_PopplerWords)->Unit(benchmark::kMillisecond);

void BM_PdfToTextProgram(benchmark::State& state) {
  std::string program = "pdftotext";
  std::string bbox = "-bbox";
  std::string path = SamplePath();
  std::string out = "/dev/null";
  char* const argv[] = {program.data(), bbox.data(), path.data(), out.data(),
                        nullptr};
  for (auto _ : state) {
    pid_t child = 0;
    int status = 0;
    if (posix_spawnp(&child, argv[0], nullptr, nullptr, argv, environ) != 0 ||
        waitpid(child, &status, 0) != child || status != 0) {
      return state.SkipWithError("pdftotext is not installed");
    }
  }
}
BENCHMARK(BM_PdfToTextProgram)->Unit(benchmark::kMillisecond)->UseRealTime();

// A file of so many pages, each a full table and some lines.
std::string FileOfPages(int pages) {
  PageMaker page;
  std::vector<double> ys;
  for (int row = 0; row <= 30; ++row) ys.push_back(80 + 20 * row);
  page.Grid({50, 200, 250, 300, 350, 400, 450, 500, 550}, ys);
  for (int row = 0; row < 30; ++row) {
    page.Text(55, 95 + 20 * row, u"不予处理重复申请");
    for (int column = 0; column < 7; ++column) {
      page.Text(210 + 50 * column, 95 + 20 * row, u"17");
    }
  }
  for (int line = 0; line < 4; ++line) {
    page.Text(50, 710 + 20 * line, u"本年度依法主动公开政府信息，办理申请。");
  }
  return MakePdf(std::vector<std::string>(pages, page.content()));
}

void BM_ReadPages(benchmark::State& state) {
  const int pages = static_cast<int>(state.range(0));
  const std::string bytes = FileOfPages(pages);
  Limits limits;
  limits.max_pdf_milliseconds = 60'000;
  Document document;
  for (auto _ : state) {
    const absl::Status status = Read(bytes, limits, &document);
    if (!status.ok()) return state.SkipWithError("the file was refused");
  }
  state.counters["per_page"] =
      benchmark::Counter(pages, benchmark::Counter::kIsIterationInvariantRate |
                                    benchmark::Counter::kInvert);
}
BENCHMARK(BM_ReadPages)
    ->Unit(benchmark::kMillisecond)
    ->Arg(4)
    ->Arg(40)
    ->Arg(400);

}  // namespace
}  // namespace gongkai::input
