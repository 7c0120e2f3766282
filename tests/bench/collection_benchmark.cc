// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A whole collection on one core: digests of fifty thousand reports, taken in
// and compared. Prints the CPU seconds of each step, and the memory that the
// collection itself accounts for and that the process has.

#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <time.h>

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gongkai/v1/report.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/validate/collection.h"
#include "worker/validate/digest.h"

namespace gongkai {
namespace {

constexpr int kReports = 50'000;
constexpr int kYears = 5;

// What the narratives have in common.
enum Likeness : int64_t {
  // Each in its own words, one in ten copied.
  kDifferent,
  // All of a year say the same.
  kEqual,
  // All of a year say nearly the same.
  kTemplate,
};

const catalog::Catalog& BuiltinCatalog() {
  static const catalog::Catalog* const catalog = [] {
    auto loaded = catalog::Catalog::Builtin();
    if (!loaded.ok()) std::abort();
    return loaded->release();
  }();
  return *catalog;
}

// A text of about 1,200 characters, made of phrases of five.
std::string Prose(uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string text;
  for (int i = 0; i < 240; ++i) {
    std::mt19937_64 phrase(random() % 5000);
    for (int k = 0; k < 5; ++k) {
      const uint32_t c = 0x8000 + phrase() % 0x1000;
      text += {static_cast<char>(0xE0 | c >> 12),
               static_cast<char>(0x80 | (c >> 6 & 0x3F)),
               static_cast<char>(0x80 | (c & 0x3F))};
    }
  }
  return text;
}

std::string ProseOf(int body, int year, int64_t likeness) {
  if (likeness == kEqual) return Prose(year);
  if (likeness == kTemplate) {
    const std::string own = Prose(1000 + body * kYears + year);
    return Prose(year) + own.substr(0, own.size() / 20 / 3 * 3);
  }
  return Prose(1000 + (body % 10 == 0 ? 0 : body) * kYears + year);
}

void FillReport(int body, int year, int64_t likeness, v1::Report* report) {
  report->Clear();
  report->set_body(absl::StrCat("青岚市第", body, "区人民政府"));
  report->set_year(2021 + year);
  report->set_template_(v1::TEMPLATE_2021);
  v1::Section* section = report->add_sections();
  section->set_kind(v1::SECTION_KIND_OVERVIEW);
  section->set_text(ProseOf(body, year, likeness));
  std::mt19937_64 random(body * kYears + year);
  const catalog::Form& form = *BuiltinCatalog().form(v1::TEMPLATE_2021);
  for (int i = 0; i < form.own_cell_count(); ++i) {
    const catalog::FormCell& form_cell = form.cells()[i];
    v1::ReportTable* table =
        form_cell.table == v1::TABLE_DISCLOSURE ? report->mutable_disclosure()
        : form_cell.table == v1::TABLE_REQUESTS ? report->mutable_requests()
                                                : report->mutable_disputes();
    v1::Cell* cell = table->add_cells();
    cell->set_table(form_cell.table);
    cell->set_row(form_cell.row);
    cell->set_column(form_cell.column);
    cell->set_state(v1::CELL_STATE_VALUE);
    cell->set_count(random() % 3 == 0 ? static_cast<int64_t>(random() % 300)
                                      : 0);
  }
}

// CPU time, so that the figures hold on a busy machine, too.
double Now() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * time.tv_nsec;
}

double PeakMegabytes() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void BM_Collection(benchmark::State& state) {
  for (auto _ : state) {
    validate::Digester digester(BuiltinCatalog());
    validate::Collection collection(BuiltinCatalog());
    v1::Report report;
    double digest_seconds = 0;
    double add_seconds = 0;
    for (int i = 0; i < kReports; ++i) {
      FillReport(i / kYears, i % kYears, state.range(0), &report);
      double start = Now();
      worker::v1::ReportDigest digest;
      digest.set_id(absl::StrCat("reports/", i, ".html"));
      digest.set_parent("青岚市人民政府");
      digester.Digest(report, &digest);
      digest_seconds += Now() - start;
      start = Now();
      collection.Add(digest);
      add_seconds += Now() - start;
    }
    const double megabytes =
        static_cast<double>(collection.memory_bytes()) / (1 << 20);
    const double find_start = Now();
    std::vector<v1::CheckCollectionResponse> responses;
    int64_t findings = 0;
    bool more = true;
    while (more) {
      more = collection.Next(64 << 10, &responses);
      findings += static_cast<int64_t>(responses.size());
    }
    // One is the summary.
    --findings;
    const double find_seconds = Now() - find_start;
    state.SetIterationTime(digest_seconds + add_seconds + find_seconds);
    state.counters["digest_s"] = digest_seconds;
    state.counters["add_s"] = add_seconds;
    state.counters["find_s"] = find_seconds;
    state.counters["findings"] = static_cast<double>(findings);
    state.counters["kept_MiB"] = megabytes;
    state.counters["process_MiB"] = PeakMegabytes();
  }
}
BENCHMARK(BM_Collection)
    ->ArgName("likeness")
    ->Arg(kDifferent)
    ->Arg(kEqual)
    ->Arg(kTemplate)
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kSecond);

}  // namespace
}  // namespace gongkai
