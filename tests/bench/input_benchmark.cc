// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Reading text: a report of about 6 KB, 60 rows of nine cells and running text,
// in each layout and encoding. Reported are the time for one document, its
// bytes a second and its pieces.

#include <benchmark/benchmark.h>
#include <unicode/ucnv.h>

#include <string>
#include <vector>

#include "worker/input/reader.h"
#include "worker/input/utf8.h"

namespace gongkai::input {
namespace {

using Row = std::vector<std::string>;

std::vector<Row> Rows() {
  std::vector<Row> rows;
  for (int i = 0; i < 60; ++i) {
    Row row = {std::to_string(i) + ".行政机关不再处理其申请"};
    for (int column = 0; column < 8; ++column) {
      row.push_back(i % 5 == 0 ? std::to_string(i * 31 + column) : "0");
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string Prose() {
  std::string prose;
  for (int i = 0; i < 12; ++i) {
    prose +=
        "　　（一）本年度，本机关依法主动公开政府信息35条，办理申请12件，"
        "答复均在法定期限内作出，没有收取费用。\n";
  }
  return prose;
}

// How a layout prints a table: before a row, before and behind a cell, behind
// a row.
struct Layout {
  const char* row_begin;
  const char* cell_begin;
  const char* cell_end;
  const char* row_end;
};

constexpr Layout kTabCells = {"", "\t", "\n", "\n"};
constexpr Layout kTabRows = {"", "", "\t", "\n"};
constexpr Layout kCellBars = {"", "", " |\n", "||\n"};
constexpr Layout kBarRows = {"", "", " | ", "\n"};
constexpr Layout kMarkdown = {"| ", "", " | ", "\n"};
constexpr Layout kLoneBars = {"", "", "\n|\n", ""};
constexpr Layout kBareCells = {"", "", "\n\n", ""};
constexpr Layout kColumns = {"", "", "      ", "\n"};

std::string Print(const Layout& layout) {
  std::string text = "松河县人民政府2024年政府信息公开工作年度报告\n" + Prose();
  for (const Row& row : Rows()) {
    text += layout.row_begin;
    for (const std::string& cell : row) {
      text += layout.cell_begin + cell + layout.cell_end;
    }
    text += layout.row_end;
  }
  return text + "六、其他需要报告的事项\n无。\n";
}

std::string Encode(const std::string& utf8, const char* name) {
  std::string bytes(utf8.size() * 2, '\0');
  UErrorCode error = U_ZERO_ERROR;
  bytes.resize(ucnv_convert(name, "UTF-8", bytes.data(),
                            static_cast<int32_t>(bytes.size()), utf8.data(),
                            static_cast<int32_t>(utf8.size()), &error));
  return bytes;
}

void ReadAll(benchmark::State& state, const std::string& bytes) {
  Document document;
  for (auto _ : state) {
    benchmark::DoNotOptimize(Read(bytes, Limits(), &document).ok());
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(bytes.size()));
  state.counters["bytes"] = static_cast<double>(bytes.size());
  state.counters["pieces"] = static_cast<double>(document.pieces().size());
}

void BM_Read(benchmark::State& state, const Layout& layout) {
  ReadAll(state, Print(layout));
}
BENCHMARK_CAPTURE(BM_Read, tab_cells, kTabCells);
BENCHMARK_CAPTURE(BM_Read, tab_rows, kTabRows);
BENCHMARK_CAPTURE(BM_Read, cell_bars, kCellBars);
BENCHMARK_CAPTURE(BM_Read, bar_rows, kBarRows);
BENCHMARK_CAPTURE(BM_Read, markdown, kMarkdown);
BENCHMARK_CAPTURE(BM_Read, lone_bars, kLoneBars);
BENCHMARK_CAPTURE(BM_Read, bare_cells, kBareCells);
BENCHMARK_CAPTURE(BM_Read, columns, kColumns);

void BM_ReadEncoding(benchmark::State& state, const char* name) {
  ReadAll(state, Encode(Print(kTabRows), name));
}
BENCHMARK_CAPTURE(BM_ReadEncoding, gb18030, "gb18030");
BENCHMARK_CAPTURE(BM_ReadEncoding, utf16, "UTF-16LE");

void BM_ValidateUtf8(benchmark::State& state) {
  const std::string bytes = Print(kTabRows);
  for (auto _ : state) benchmark::DoNotOptimize(ValidUtf8Prefix(bytes));
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(bytes.size()));
}
BENCHMARK(BM_ValidateUtf8);

// The place of every piece.
void BM_SourceOf(benchmark::State& state, const char* name) {
  const std::string bytes = Encode(Print(kTabRows), name);
  Document document;
  if (!Read(bytes, Limits(), &document).ok()) {
    state.SkipWithError("not read");
    return;
  }
  for (auto _ : state) {
    for (const Piece& piece : document.pieces()) {
      benchmark::DoNotOptimize(document.SourceOf(piece.text));
    }
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<int64_t>(document.pieces().size()));
}
BENCHMARK_CAPTURE(BM_SourceOf, utf8, "UTF-8");
BENCHMARK_CAPTURE(BM_SourceOf, gb18030, "gb18030");

}  // namespace
}  // namespace gongkai::input
