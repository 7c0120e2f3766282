// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/review/index_data.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "client/cli/formats/findings.h"
#include "client/cli/formats/names.h"
#include "client/cli/formats/summary.h"
#include "client/cli/json.h"

namespace gongkai::cli::review {
namespace {

// The rows whose totals are shown as distributions, in that order.
constexpr v1::Row kFigures[] = {v1::ROW_RECEIVED, v1::ROW_GRANTED,
                                v1::ROW_PROCESSED, v1::ROW_CARRIED_OUT};

void AppendText(std::string_view text, std::string* out) {
  *out += ',';
  AppendJsonString(text, out);
}

std::optional<int64_t> Total(const v1::Report& report, v1::Row row) {
  for (const v1::Cell& cell : report.requests().cells()) {
    if (cell.row() == row && cell.column() == v1::COLUMN_TOTAL &&
        cell.value_case() == v1::Cell::kCount) {
      return cell.count();
    }
  }
  return std::nullopt;
}

}  // namespace

std::string IndexData::Begin() const {
  return absl::StrCat("{\"language\":\"",
                      language_ == Language::kEnglish ? "en" : "zh",
                      "\",\"rows\":[");
}

std::string IndexData::Row(const ExportedDocument& document,
                           const std::string& page) {
  const v1::ProcessResponse& response = *document.response;
  const v1::Report& report = response.report();
  const ProblemCounts problems = CountProblems(response);
  std::string out = first_ ? "[" : ",\n[";
  first_ = false;
  absl::StrAppend(&out, document.number);
  AppendText(page, &out);
  AppendText(document.path, &out);
  AppendText(report.body(), &out);
  absl::StrAppend(&out, ",", report.year());
  AppendText(Name(response.outcome()), &out);
  absl::StrAppend(&out, ",", problems.errors, ",", problems.warnings, ",",
                  problems.infos, ",", problems.not_assessable);
  for (const v1::Row row : kFigures) {
    const std::optional<int64_t> total = Total(report, row);
    absl::StrAppend(&out, ",",
                    total.has_value() ? absl::StrCat(*total) : "null");
  }
  // Of each failing rule its number and its gravest severity.
  std::map<int, v1::Severity> failing;
  for (const v1::Finding& finding : response.findings()) {
    if (finding.result() != v1::RULE_RESULT_FAIL) continue;
    const auto [number, is_new] = numbers_.try_emplace(
        finding.rule_id(), static_cast<int>(failing_.size()));
    if (is_new) failing_.push_back(finding.rule_id());
    const auto [severity, first] =
        failing.try_emplace(number->second, finding.severity());
    // The gravest is the smallest.
    if (!first) {
      severity->second = std::min(severity->second, finding.severity());
    }
  }
  std::string rules;
  for (const auto& [number, severity] : failing) {
    absl::StrAppend(&rules, rules.empty() ? "" : ",", number, ",",
                    static_cast<int>(severity));
  }
  absl::StrAppend(&out, ",[", rules, "]");
  if (response.outcome() != v1::OUTCOME_OK) {
    AppendText(OutcomeText(response, Language::kChinese), &out);
    AppendText(OutcomeText(response, Language::kEnglish), &out);
  }
  return out += ']';
}

std::string IndexData::End() const {
  std::string out = "],\"rules\":[";
  for (size_t i = 0; i < failing_.size(); ++i) {
    out += i == 0 ? "[" : ",[";
    AppendJsonString(failing_[i], &out);
    const auto rule = rules_.find(failing_[i]);
    const bool known = rule != rules_.end();
    AppendText(known ? rule->second.title() : failing_[i], &out);
    AppendText(known ? rule->second.title_en() : failing_[i], &out);
    out += ']';
  }
  return out += "]}";
}

}  // namespace gongkai::cli::review
