// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/formats/names.h"

#include <string>

namespace gongkai::cli {
namespace {

std::string_view Without(std::string_view prefix, const std::string& name) {
  if (name.empty()) return "UNSPECIFIED";
  return std::string_view(name).substr(prefix.size());
}

}  // namespace

std::string_view Name(v1::Outcome outcome) {
  return Without("OUTCOME_", v1::Outcome_Name(outcome));
}

std::string_view Name(v1::CellState state) {
  return Without("CELL_STATE_", v1::CellState_Name(state));
}

std::string_view Name(v1::RuleResult result) {
  return Without("RULE_RESULT_", v1::RuleResult_Name(result));
}

std::string_view Name(v1::Severity severity) {
  return Without("SEVERITY_", v1::Severity_Name(severity));
}

std::string_view Name(v1::ClaimKind kind) {
  return Without("CLAIM_KIND_", v1::ClaimKind_Name(kind));
}

std::string_view Name(v1::ClaimScope scope) {
  return Without("CLAIM_SCOPE_", v1::ClaimScope_Name(scope));
}

std::string_view Name(v1::Template form) {
  const std::string& name = v1::Template_Name(form);
  return name.empty() ? std::string_view("TEMPLATE_UNSPECIFIED")
                      : std::string_view(name);
}

}  // namespace gongkai::cli
