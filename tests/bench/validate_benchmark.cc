// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The time of the rules for one report, and of loading the catalogue.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "gongkai/v1/report.pb.h"
#include "gongkai/v1/report_service.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/validate/validate.h"

namespace gongkai {
namespace {

const catalog::Catalog& BuiltinCatalog() {
  static const catalog::Catalog* const catalog = [] {
    auto loaded = catalog::Catalog::Builtin();
    if (!loaded.ok()) std::abort();
    return loaded->release();
  }();
  return *catalog;
}

// A report on the 2021 form that no rule finds fault with: all cells 0.
v1::Report CleanReport() {
  v1::Report report;
  report.set_title("清河县人民政府2023年政府信息公开工作年度报告");
  report.set_year(2023);
  report.set_template_(v1::TEMPLATE_2021);
  std::string prose;
  // About 1 KB in each section.
  for (int i = 0; i < 5; ++i) {
    prose +=
        "本机关全年依法主动公开政府信息120条，在门户网站设立专栏，按时答复依"
        "申请公开事项。\n公开前由承办人和保密员分别审查，把公开工作列入年度考"
        "核，邀请居民代表开展评议，未收取信息处理费，未发生责任追究的情形。\n";
  }
  for (const auto& title : BuiltinCatalog().proto().sections()) {
    v1::Section* section = report.add_sections();
    section->set_kind(title.kind());
    section->set_ordinal(title.ordinal());
    section->set_heading(title.titles(0));
    section->set_text(prose);
  }
  const catalog::Form& form = *BuiltinCatalog().form(v1::TEMPLATE_2021);
  for (int i = 0; i < form.own_cell_count(); ++i) {
    const catalog::FormCell& form_cell = form.cells()[i];
    v1::ReportTable* table =
        form_cell.table == v1::TABLE_DISCLOSURE ? report.mutable_disclosure()
        : form_cell.table == v1::TABLE_REQUESTS ? report.mutable_requests()
                                                : report.mutable_disputes();
    v1::Cell* cell = table->add_cells();
    cell->set_table(form_cell.table);
    cell->set_row(form_cell.row);
    cell->set_column(form_cell.column);
    cell->set_state(v1::CELL_STATE_VALUE);
    cell->set_raw("0");
    cell->set_start_byte(10 * i);
    cell->set_end_byte(10 * i + 1);
    if (form_cell.kind == forms::v1::VALUE_KIND_DECIMAL) {
      cell->set_decimal("0");
    } else {
      cell->set_count(0);
    }
  }
  return report;
}

void Run(const v1::Report& report, benchmark::State& state) {
  validate::Validator validator(BuiltinCatalog());
  const v1::CheckOptions options;
  v1::ValidateReportResponse response;
  for (auto _ : state) {
    response.mutable_findings()->Clear();
    validator.Validate(report, options, {}, response.mutable_findings());
    benchmark::DoNotOptimize(response);
  }
  state.counters["findings"] = response.findings_size();
}

void BM_ValidateClean(benchmark::State& state) { Run(CleanReport(), state); }
BENCHMARK(BM_ValidateClean);

// One wrong cell: two failing identities with their repair.
void BM_ValidateOneWrongCell(benchmark::State& state) {
  v1::Report report = CleanReport();
  report.mutable_requests()->mutable_cells(20)->set_count(5);
  Run(report, state);
}
BENCHMARK(BM_ValidateOneWrongCell);

// Every zero left blank, as many bodies do.
void BM_ValidateAllBlank(benchmark::State& state) {
  v1::Report report = CleanReport();
  for (v1::Cell& cell : *report.mutable_requests()->mutable_cells()) {
    cell.clear_value();
    cell.set_state(v1::CELL_STATE_BLANK);
  }
  Run(report, state);
}
BENCHMARK(BM_ValidateAllBlank);

void BM_LoadCatalog(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(catalog::Catalog::Builtin());
  }
}
BENCHMARK(BM_LoadCatalog);

}  // namespace
}  // namespace gongkai
