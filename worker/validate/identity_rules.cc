// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/identity_rules.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "worker/validate/sum_text.h"

namespace gongkai::validate {
namespace {

using catalog::CellIndex;
using catalog::ScopedOperand;
using Cells = absl::Span<const CellIndex>;

// How many both sets have.
size_t CountCommon(absl::Span<const uint64_t> a,
                   const std::vector<uint64_t>& b) {
  size_t count = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    count += static_cast<size_t>(std::popcount(a[i] & b[i]));
  }
  return count;
}

std::vector<ScopedOperand> OperandsOf(Cells cells) {
  std::vector<ScopedOperand> operands;
  for (CellIndex cell : cells) {
    operands.emplace_back().cell = cell;
  }
  return operands;
}

}  // namespace

IdentityRules::IdentityRules(const catalog::Catalog& catalog,
                             const catalog::Form& form)
    : catalog_(&catalog), form_(&form), names_(form), plans_(form) {}

bool IdentityRules::Evaluate(const CellTable& cells) {
  plan_ = &plans_.For(cells);
  return validate::Evaluate(*plan_, cells, &results_);
}

void IdentityRules::AddFindings(int rule, const CellTable& cells,
                                const v1::CheckOptions& options,
                                Explanations* explanations, UnreadCells* unread,
                                Findings* findings) const {
  int not_assessable = 0;
  for (int index : plan_->of_rule(rule)) {
    if (results_[index].result == v1::RULE_RESULT_NOT_ASSESSABLE) {
      ++not_assessable;
    } else if (results_[index].result == v1::RULE_RESULT_FAIL ||
               options.include_passed()) {
      AddResult(index, cells, explanations, findings);
    }
  }
  if (not_assessable == 0) return;
  unread->Clear();
  unread->Count(not_assessable);
  AddUnread(rule, cells, unread);
  unread->AddFinding(catalog_->proto().rules(rule), findings);
}

void IdentityRules::AddResult(int index, const CellTable& cells,
                              Explanations* explanations,
                              Findings* findings) const {
  const IdentityPlan::Identity& identity = plan_->identities()[index];
  const IdentityResult& result = results_[index];
  const forms::v1::Rule& rule = catalog_->proto().rules(identity.rule);

  Finding* finding = AddFinding(rule, result.result, findings);
  for (CellIndex cell : plan_->all(identity)) {
    finding->add_cell(names_.Key(cell));
    cells.AddPlace(cell, finding);
  }
  finding->set_left(absl::StrCat(result.left));
  finding->set_right(absl::StrCat(result.right));
  finding->set_difference(absl::StrCat(result.difference));
  const std::vector<ScopedOperand> left = OperandsOf(plan_->left(identity));
  const std::vector<ScopedOperand> right = OperandsOf(plan_->right(identity));
  SumPair sums;
  sums.left = {left, 0, result.left};
  sums.right = {right, 0, result.right};
  sums.subject = right.front();
  const ScopeNames names = {&names_, nullptr, nullptr};
  finding->set_formula(FormulaText(sums, "=", names));
  if (result.result == v1::RULE_RESULT_PASS) return;

  std::string message = rule.message();
  std::string message_en = rule.message_en();
  MessageArguments arguments =
      SumArguments(sums, names, {&cells, nullptr, nullptr},
                   SumArgumentsOf(message, message_en));
  if (explanations != nullptr) {
    explanations->Explain(index, finding, &message, &message_en, &arguments);
  }
  SetMessage(message, message_en, arguments, finding);
}

void IdentityRules::AddUnread(int rule, const CellTable& cells,
                              UnreadCells* unread) const {
  const auto lacks = [&](CellIndex cell) { return cells.unread()[cell] != 0; };
  const absl::Span<const int> indices = plan_->of_rule(rule);
  const bool too_large =
      std::any_of(indices.begin(), indices.end(),
                  [this](int index) { return results_[index].too_large; });
  if (!too_large) {
    absl::InlinedVector<CellIndex, kMaxFindingCells> first;
    for (CellIndex cell : plan_->operands_of_rule(rule)) {
      if (!lacks(cell)) continue;
      first.push_back(cell);
      if (first.size() == kMaxFindingCells) break;
    }
    unread->AddAll(
        names_, first,
        CountCommon(plan_->operand_set_of_rule(rule), cells.unread_set()) -
            first.size());
    return;
  }
  for (int index : indices) {
    // Where all were read, their sum is too large.
    const bool all = results_[index].too_large;
    for (CellIndex cell : plan_->all(plan_->identities()[index])) {
      if (all || lacks(cell)) {
        unread->Add(catalog::Scope::kCurrent, names_, cell);
      }
    }
  }
}

}  // namespace gongkai::validate
