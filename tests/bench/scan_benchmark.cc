// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The time to go over the prose of a report for everything that rules look for
// in it.

#include <benchmark/benchmark.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "gongkai/v1/report.pb.h"
#include "worker/validate/text_scanner.h"

namespace gongkai {
namespace {

using forms::v1::TextTest;

// 150 patterns in 50 searches, words of this kind of report among them.
void AddPatterns(validate::TextScanner* scanner) {
  constexpr const char* kSubjects[] = {"信息处理费", "行政复议", "上年结转",
                                       "规范性文件", "社会评议"};
  for (int i = 0; i < 50; ++i) {
    TextTest test;
    test.add_patterns(absl::StrCat("第", i, "号令"));
    test.add_patterns(
        absl::StrCat("(共|累计)", kSubjects[i % 5], ".{0,", i, "}[0-9]+件"));
    test.add_patterns(absl::StrCat(kSubjects[i % 5], i));
    scanner->Add(test);
  }
}

// 5 KB in which no pattern matches.
v1::Report Prose() {
  v1::Report report;
  v1::Section* section = report.add_sections();
  section->set_kind(v1::SECTION_KIND_OVERVIEW);
  std::string* text = section->mutable_text();
  while (text->size() < 5000) {
    absl::StrAppend(text,
                    "本机关把公开当作改进工作的办法，围绕群众常问的几件事安排"
                    "全年任务，各项工作按计划完成。门户网站重排了栏目，删去多年"
                    "不用的入口，把办事指南与申请表放在同一页。\n");
  }
  return report;
}

void BM_ScanProse(benchmark::State& state) {
  validate::TextScanner scanner;
  AddPatterns(&scanner);
  const v1::Report report = Prose();
  for (auto _ : state) {
    scanner.Scan(report);
    benchmark::DoNotOptimize(scanner);
  }
  state.SetBytesProcessed(
      static_cast<int64_t>(state.iterations()) *
      static_cast<int64_t>(report.sections(0).text().size()));
}
BENCHMARK(BM_ScanProse);

void BM_MakeScanner(benchmark::State& state) {
  for (auto _ : state) {
    validate::TextScanner scanner;
    AddPatterns(&scanner);
    benchmark::DoNotOptimize(scanner);
  }
}
BENCHMARK(BM_MakeScanner)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gongkai
