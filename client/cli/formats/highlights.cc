// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/formats/highlights.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "client/cli/formats/findings.h"
#include "client/cli/formats/names.h"
#include "client/internal/utf8.h"

namespace gongkai::cli {
namespace {

// Fewer documents are on the screen anyway.
constexpr int kMany = 20;
// Of each kind so many are named.
constexpr size_t kNamed = 5;

std::string Line(Words what, const std::string& which, SummaryStyle style) {
  return absl::StrCat("  ", what.In(style.language), which, "\n");
}

}  // namespace

void Highlights::Add(const std::string& document,
                     const v1::ProcessResponse& response) {
  ++documents_;
  if (!IsProcessed(response.outcome())) {
    auto& [count, first] = unprocessed_[response.outcome()];
    if (count++ == 0) first = PrintableText(document);
    return;
  }
  if (const int errors = CountProblems(response).errors; errors > 0) {
    // Behind those with as many.
    const auto place = std::upper_bound(
        worst_.begin(), worst_.end(), errors,
        [](int mine, const auto& other) { return mine > other.first; });
    if (place != worst_.end() || worst_.size() < kNamed) {
      worst_.emplace(place, errors, PrintableText(document));
      if (worst_.size() > kNamed) worst_.pop_back();
    }
  }
  std::set<std::string> rules;
  for (const v1::Finding& finding : response.findings()) {
    if (IsError(finding)) rules.insert(finding.rule_id());
  }
  for (const std::string& rule : rules) ++rules_[rule];
}

std::string Highlights::Format(SummaryStyle style) const {
  if (documents_ < kMany) return "";
  std::string out;
  for (const auto& [errors, document] : worst_) {
    out += Line({"错误多：", "many errors: "},
                absl::StrCat(document, "  ", errors), style);
  }
  std::vector<std::pair<int, std::string>> rules;
  for (const auto& [rule, count] : rules_) rules.emplace_back(count, rule);
  std::stable_sort(
      rules.begin(), rules.end(),
      [](const auto& a, const auto& b) { return a.first > b.first; });
  rules.resize(std::min(rules.size(), kNamed));
  for (const auto& [count, rule] : rules) {
    out += Line({"错误常见：", "common error: "},
                absl::StrCat(rule, "  ", count,
                             Words{"份", " documents"}.In(style.language)),
                style);
  }
  for (const auto& [outcome, entry] : unprocessed_) {
    const std::string_view name = Name(outcome);
    out +=
        Line({"未能处理：", "not processed: "},
             absl::StrCat(
                 absl::string_view(name.data(), name.size()), "  ", entry.first,
                 Words{"份，如 ", " documents, such as "}.In(style.language),
                 entry.second),
             style);
  }
  if (out.empty()) return "";
  return absl::StrCat(
      Words{"先看这些：", "To look at first:"}.In(style.language), "\n", out);
}

}  // namespace gongkai::cli
