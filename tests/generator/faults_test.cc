// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Whatever a careful reviewer would find is found, and nothing else is:
// consistent reports with rich prose are without fault, and every fault that is
// put into one is found by a finding that names its cell or quotes its
// sentence.

#include "tests/generator/faults.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gongkai/v1/report_service.pb.h"
#include "gtest/gtest.h"
#include "proto/cell_path.h"
#include "tests/generator/generator.h"
#include "tests/generator/layout.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/rule_ids.h"
#include "worker/process/processor.h"

namespace gongkai::generator {
namespace {

constexpr int kReports = 2'000;
// One in a hundred may stay unfound.
constexpr int kTolerated = kReports / 100;
// The figures do not allow every fault; of so many reports some do.
constexpr int kMaxTries = 400;

// With the year before, if there is one.
v1::ValidateReportResponse Check(
    const GeneratedReport& report,
    const std::optional<GeneratedReport>& before = std::nullopt) {
  static const catalog::Catalog* const catalog =
      catalog::Catalog::Builtin().value().release();
  static process::Processor* const processor =
      new process::Processor(*catalog, input::Limits());
  v1::ValidateReportRequest request;
  request.mutable_document()->set_content(report.bytes);
  if (before.has_value()) {
    request.mutable_previous_document()->set_content(before->bytes);
  }
  std::string bytes;
  processor->Process(ipc::JobKind::kValidate, request.SerializeAsString(),
                     &bytes);
  v1::ValidateReportResponse response;
  EXPECT_TRUE(response.ParseFromString(bytes));
  return response;
}

// Mostly text, now and then a page or a Word file.
Layout LayoutOf(uint64_t seed) {
  constexpr Layout kLayouts[] = {Layout::kB, Layout::kE, Layout::kM};
  if (seed % 20 == 7) return Layout::kHtml;
  if (seed % 20 == 13) return Layout::kDocx;
  return kLayouts[seed % 3];
}

Options RichOptions(uint64_t seed) {
  Options options;
  options.seed = seed;
  options.layout = LayoutOf(seed);
  options.zeros = Zeros::kDigit;
  options.variants = false;
  options.rich = true;
  return options;
}

std::string Brief(const v1::Finding& finding) {
  return absl::StrCat(finding.rule_id(), ": ", finding.message());
}

// No report has an error, and fewer than one in a hundred a warning.
void ExpectNoFaults(int reports, bool with_year_before) {
  int errors = 0;
  int warned = 0;
  std::map<std::string, int> fired;
  std::map<std::string, std::string> examples;
  for (int seed = 1; seed <= reports; ++seed) {
    const Options options = RichOptions(seed);
    const auto response =
        Check(Generate(options),
              with_year_before ? GenerateYearBefore(options) : std::nullopt);
    ASSERT_EQ(response.outcome(), v1::OUTCOME_OK) << seed;
    bool warning = false;
    for (const v1::Finding& finding : response.findings()) {
      if (finding.result() != v1::RULE_RESULT_FAIL) continue;
      errors += finding.severity() == v1::SEVERITY_ERROR;
      warning = warning || finding.severity() == v1::SEVERITY_WARNING;
      ++fired[finding.rule_id()];
      examples.emplace(finding.rule_id(),
                       absl::StrCat("seed ", seed, ": ", finding.message()));
    }
    warned += warning;
  }
  for (const auto& [rule, count] : fired) {
    std::printf("%6d  %s  %s\n", count, rule.c_str(), examples[rule].c_str());
  }
  EXPECT_EQ(errors, 0);
  EXPECT_LT(warned, reports / 100);
}

TEST(ConsistentReports, AreWithoutFault) {
  ExpectNoFaults(kReports, /*with_year_before=*/false);
}

TEST(ConsistentReports, AreWithoutFaultBesideTheYearBefore) {
  ExpectNoFaults(kReports / 2, /*with_year_before=*/true);
}

// True if the one stands in the other: a quotation may be cut short, or take
// more than the sentence. Some layouts print ASCII punctuation.
bool Overlap(const std::string& text, const std::string& sentence) {
  const std::string quotation = NarrowPunctuation(text);
  const std::string wanted = NarrowPunctuation(sentence);
  return !quotation.empty() && (absl::StrContains(wanted, quotation) ||
                                absl::StrContains(quotation, wanted));
}

bool Names(const v1::Finding& finding, const InjectedFault& injected) {
  if (injected.cells.empty() && injected.sentence.empty() &&
      injected.mark.empty()) {
    return true;
  }
  for (const v1::CellPath& path : finding.cells()) {
    if (std::find(injected.cells.begin(), injected.cells.end(),
                  CellPathText(path)) != injected.cells.end()) {
      return true;
    }
  }
  for (const v1::Quotation& quotation : finding.quotations()) {
    if (!injected.sentence.empty() &&
        Overlap(quotation.text(), injected.sentence)) {
      return true;
    }
  }
  // Rules about the report as a whole quote nothing.
  const std::string message = NarrowPunctuation(finding.message());
  for (const std::string& named : {injected.sentence, injected.mark}) {
    if (!named.empty() &&
        absl::StrContains(message, NarrowPunctuation(named))) {
      return true;
    }
  }
  return false;
}

bool IsFound(const v1::ValidateReportResponse& response,
             const InjectedFault& injected) {
  const auto rules = RulesFor(injected.fault);
  return std::any_of(response.findings().begin(), response.findings().end(),
                     [&](const v1::Finding& finding) {
                       return finding.result() == v1::RULE_RESULT_FAIL &&
                              std::any_of(rules.begin(), rules.end(),
                                          [&finding](absl::string_view rule) {
                                            return catalog::NamesRule(
                                                rule, finding.rule_id());
                                          }) &&
                              Names(finding, injected);
                     });
}

struct Tally {
  int found = 0;
  int total = 0;
  // The first that was not found, and what was said instead.
  std::string missed;
};

TEST(InjectedFaults, AreFound) {
  std::map<Fault, Tally> tallies;
  uint64_t seed = 100'000;
  for (int i = 0; i < kReports; ++i) {
    const Fault fault = AllFaults()[i % AllFaults().size()];
    GeneratedReport report;
    for (int tries = 0; tries < kMaxTries && !report.injected; ++tries) {
      Options options = RichOptions(++seed);
      options.injected = fault;
      report = Generate(options);
    }
    ASSERT_TRUE(report.injected.has_value()) << FaultName(fault);
    const auto response = Check(report, NeedsYearBefore(fault)
                                            ? GenerateYearBefore(report.options)
                                            : std::nullopt);
    Tally& tally = tallies[fault];
    ++tally.total;
    if (IsFound(response, *report.injected)) {
      ++tally.found;
    } else if (tally.missed.empty()) {
      tally.missed =
          absl::StrCat("seed ", report.options.seed, ": ",
                       absl::StrJoin(report.injected->cells, " "),
                       report.injected->sentence, report.injected->mark);
      for (const v1::Finding& finding : response.findings()) {
        if (finding.result() != v1::RULE_RESULT_FAIL) continue;
        absl::StrAppend(&tally.missed, "\n           ", Brief(finding));
      }
    }
  }
  int found = 0;
  for (const auto& [fault, tally] : tallies) {
    found += tally.found;
    std::printf("%3d/%3d  %s\n", tally.found, tally.total,
                std::string(FaultName(fault)).c_str());
    if (!tally.missed.empty()) {
      std::printf("         missed: %s\n", tally.missed.c_str());
    }
  }
  EXPECT_EQ(tallies.size(), AllFaults().size());
  EXPECT_GE(found, kReports - kTolerated);
}

TEST(Faults, AreFoundByTheirNames) {
  std::set<std::string> names;
  for (const Fault fault : AllFaults()) {
    names.emplace(FaultName(fault));
    EXPECT_EQ(ParseFault(FaultName(fault)).value(), fault);
    EXPECT_FALSE(RulesFor(fault).empty());
  }
  EXPECT_EQ(names.size(), AllFaults().size());
  EXPECT_FALSE(ParseFault("nothing").ok());
}

// A test of reports that all read alike would say little.
TEST(RichReports, AreVaried) {
  std::set<std::string> prose;
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    Options options = RichOptions(seed);
    options.layout = Layout::kB;
    options.scale = Scale::kZero;
    const std::string text = Generate(options).bytes;
    prose.insert(text.substr(text.find("一、总体情况")));
  }
  EXPECT_EQ(prose.size(), 200u);
}

}  // namespace
}  // namespace gongkai::generator
