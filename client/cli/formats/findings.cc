// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/formats/findings.h"

#include <string>
#include <vector>

#include "client/cli/formats/names.h"
#include "client/cli/json.h"
#include "proto/cell_path.h"

namespace gongkai::cli {

bool IsShown(const v1::Finding& finding) {
  return finding.result() == v1::RULE_RESULT_FAIL ||
         finding.result() == v1::RULE_RESULT_NOT_ASSESSABLE;
}

bool IsError(const v1::Finding& finding) {
  return finding.result() == v1::RULE_RESULT_FAIL &&
         finding.severity() == v1::SEVERITY_ERROR;
}

ProblemCounts CountProblems(const v1::ProcessResponse& response) {
  ProblemCounts counts;
  const auto count = [&counts](v1::Severity severity) {
    if (severity == v1::SEVERITY_ERROR) ++counts.errors;
    if (severity == v1::SEVERITY_WARNING) ++counts.warnings;
    if (severity == v1::SEVERITY_INFO) ++counts.infos;
  };
  for (const v1::Finding& finding : response.findings()) {
    if (finding.result() == v1::RULE_RESULT_NOT_ASSESSABLE) {
      ++counts.not_assessable;
    } else if (finding.result() == v1::RULE_RESULT_FAIL &&
               !response.has_verdict()) {
      count(finding.severity());
    }
  }
  for (const v1::Problem& problem : response.verdict().problems()) {
    count(problem.severity());
  }
  return counts;
}

const std::string& MessageOf(const v1::Finding& finding, Language language) {
  const bool english =
      finding.message().empty() ||
      (language == Language::kEnglish && !finding.message_en().empty());
  return english ? finding.message_en() : finding.message();
}

std::string FormatFindings(const std::string& document,
                           const v1::ProcessResponse& response,
                           Language language) {
  std::string out;
  for (const v1::Finding& finding : response.findings()) {
    if (!IsShown(finding)) continue;
    std::vector<std::string> cells;
    cells.reserve(finding.cells_size());
    for (const v1::CellPath& path : finding.cells()) {
      cells.push_back(CellPathText(path));
    }
    JsonLine line(&out);
    line.Text("document", document)
        .Text("rule", finding.rule_id())
        .Text("result", Name(finding.result()))
        .Text("severity", Name(finding.severity()))
        .Texts("cells", cells);
    if (!finding.left().empty()) line.Text("left", finding.left());
    if (!finding.right().empty()) line.Text("right", finding.right());
    if (!finding.difference().empty()) {
      line.Text("difference", finding.difference());
    }
    line.Text("message", MessageOf(finding, language));
  }
  return out;
}

}  // namespace gongkai::cli
