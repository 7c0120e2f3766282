// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/match_findings.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"

namespace gongkai::validate {
namespace {

// So many findings of one rule; also so many quotations of one finding.
constexpr size_t kMaxFindings = 8;

void AddWord(absl::string_view word, std::vector<absl::string_view>* words) {
  if (word.empty() || words->size() == kMaxFindings) return;
  if (std::find(words->begin(), words->end(), word) == words->end()) {
    words->push_back(word);
  }
}

// One finding for all of them.
void AddOne(const forms::v1::Rule& rule, const v1::Report& report,
            absl::Span<const TextFault> faults, Findings* findings) {
  Finding* finding = AddFinding(rule, v1::RULE_RESULT_FAIL, findings);
  std::vector<absl::string_view> quotes;
  std::vector<absl::string_view> corrections;
  for (const TextFault& fault : faults) {
    AddWord(fault.match.match, &quotes);
    AddWord(fault.correction, &corrections);
    if (finding->quotations().size() == kMaxFindings) continue;
    *finding->add_quotations() = Quote(report, fault.match, fault.match.match);
    const v1::Quotation& quotation = *finding->quotations().rbegin();
    if (quotation.has_place()) *finding->add_places() = quotation.place();
  }
  finding->set_section(finding->quotations()[0].section());
  const TextMatch& first = faults.front().match;
  SetMessage(rule.message(), rule.message_en(),
             {{"quote", absl::StrJoin(quotes, "”、“")},
              {"sentence", Quote(report, first, first.sentence).text()},
              {"correction", absl::StrJoin(corrections, "”、“")},
              {"count", absl::StrCat(faults.size())}},
             finding);
}

}  // namespace

void AddMatchFindings(const forms::v1::Rule& rule, const v1::Report& report,
                      absl::Span<const TextFault> faults, bool together,
                      Findings* findings) {
  if (together) {
    AddOne(rule, report, faults, findings);
    return;
  }
  for (const TextFault& fault : faults.subspan(0, kMaxFindings)) {
    AddOne(rule, report, {fault}, findings);
  }
  if (faults.size() > kMaxFindings) {
    AddOne(rule, report, faults.subspan(kMaxFindings), findings);
  }
}

bool StandsAround(absl::string_view text, absl::string_view part,
                  absl::string_view literal) {
  if (literal.size() < part.size()) return false;
  const size_t begin = part.data() - text.data();
  const size_t reach = literal.size() - part.size();
  const size_t from = begin - std::min(begin, reach);
  return text.substr(from, begin + literal.size() - from).find(literal) !=
         absl::string_view::npos;
}

}  // namespace gongkai::validate
