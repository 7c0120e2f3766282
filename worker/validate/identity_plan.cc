// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/identity_plan.h"

#include <algorithm>
#include <utility>

namespace gongkai::validate {
namespace {

using catalog::CellIndex;
using catalog::FormRow;

constexpr size_t kWordBits = 64;

bool Contains(absl::Span<const CellIndex> cells, CellIndex cell) {
  return std::find(cells.begin(), cells.end(), cell) != cells.end();
}

bool Intersect(absl::Span<const uint64_t> a, const std::vector<uint64_t>& b) {
  uint64_t both = 0;
  for (size_t i = 0; i < a.size(); ++i) both |= a[i] & b[i];
  return both != 0;
}

int64_t AddUp(absl::Span<const CellIndex> cells, const int64_t* counts) {
  int64_t sum = 0;
  for (const CellIndex* cell = cells.begin(); cell != cells.end(); ++cell) {
    sum += counts[*cell];
  }
  return sum;
}

// The same of counts of any size. False if it overflows.
bool AddUpCarefully(absl::Span<const CellIndex> cells, const int64_t* counts,
                    int64_t* sum) {
  bool overflow = false;
  for (CellIndex cell : cells) {
    overflow |= __builtin_add_overflow(*sum, counts[cell], sum);
  }
  return !overflow;
}

}  // namespace

IdentityPlans::IdentityPlans(const catalog::Form& form)
    : form_(&form), substitution_of_row_(v1::Row_ARRAYSIZE, -1) {
  for (const FormRow& row : form.rows()) {
    if (!row.beside_form) continue;
    beside_.push_back(&row);
    const auto& stands_for = row.declaration->stands_for();
    // The catalogue sees to it that rows which share one share all.
    int& substitution = substitution_of_row_[stands_for[0]];
    if (substitution < 0) {
      substitution = static_cast<int>(substitutions_.size());
      Substitution& added = substitutions_.emplace_back();
      for (const FormRow& own : form.rows()) {
        if (std::find(stands_for.begin(), stands_for.end(), own.row) !=
            stands_for.end()) {
          added.own.push_back(&own);
          substitution_of_row_[own.row] = substitution;
        }
      }
    }
    substitutions_[substitution].beside.push_back(&row);
  }
  plans_.emplace(Key(), Build(Key()));
}

const IdentityPlan& IdentityPlans::For(const CellTable& cells) {
  Key key;
  for (size_t i = 0; i < beside_.size(); ++i) {
    if (cells.Printed(*beside_[i])) key.printed |= uint32_t{1} << i;
  }
  if (key.printed != 0) {
    auto printed = [&cells](const FormRow* row) { return cells.Printed(*row); };
    for (size_t i = 0; i < substitutions_.size(); ++i) {
      const Substitution& substitution = substitutions_[i];
      if (std::any_of(substitution.beside.begin(), substitution.beside.end(),
                      printed) &&
          std::none_of(substitution.own.begin(), substitution.own.end(),
                       printed)) {
        key.substituted |= uint32_t{1} << i;
      }
    }
  }
  auto it = plans_.find(key);
  if (it == plans_.end()) it = plans_.emplace(key, Build(key)).first;
  return it->second;
}

IdentityPlan IdentityPlans::Build(const Key& key) const {
  IdentityPlan plan;
  auto substituted = [&](const catalog::Operand& operand) {
    const int substitution =
        substitution_of_row_[form_->cells()[operand.cell].row];
    return substitution >= 0 &&
           (key.substituted & (uint32_t{1} << substitution)) != 0;
  };
  auto printed = [&](CellIndex cell) {
    for (size_t i = 0; i < beside_.size(); ++i) {
      if (beside_[i]->row == form_->cells()[cell].row) {
        return (key.printed & (uint32_t{1} << i)) != 0;
      }
    }
    return true;
  };
  for (const catalog::FormIdentity& identity : form_->identities()) {
    if (identity.beside_form && !printed(identity.left.front().cell)) continue;
    // All of it is about rows in whose place others are printed: those have
    // their own instance.
    if (std::all_of(identity.left.begin(), identity.left.end(), substituted) &&
        std::all_of(identity.right.begin(), identity.right.end(),
                    substituted)) {
      continue;
    }
    IdentityPlan::Identity flat;
    flat.rule = identity.rule;
    flat.left = static_cast<int>(plan.operands_.size());
    auto append = [&](const std::vector<catalog::Operand>& side) {
      const size_t begin = plan.operands_.size();
      for (const catalog::Operand& operand : side) {
        if (!substituted(operand)) {
          plan.operands_.push_back(operand.cell);
          continue;
        }
        for (CellIndex cell : operand.stand_ins) {
          // One row may stand for several operands and counts once.
          if (!Contains(absl::MakeConstSpan(plan.operands_).subspan(begin),
                        cell)) {
            plan.operands_.push_back(cell);
          }
        }
      }
    };
    append(identity.left);
    flat.right = static_cast<int>(plan.operands_.size());
    append(identity.right);
    flat.end = static_cast<int>(plan.operands_.size());
    plan.identities_.push_back(flat);
  }
  Index(&plan);
  return plan;
}

void IdentityPlans::Index(IdentityPlan* plan) const {
  plan->set_words_ = (form_->cells().size() + kWordBits - 1) / kWordBits;
  plan->sets_.resize(plan->identities_.size() * plan->set_words_);
  uint64_t* set = plan->sets_.data();
  for (size_t i = 0; i < plan->identities_.size(); ++i) {
    const IdentityPlan::Identity& identity = plan->identities_[i];
    const auto rule = static_cast<size_t>(identity.rule);
    if (plan->of_rule_.size() <= rule) {
      plan->of_rule_.resize(rule + 1);
      plan->operands_of_rule_.resize(rule + 1);
      plan->sets_of_rule_.resize((rule + 1) * plan->set_words_);
    }
    plan->of_rule_[rule].push_back(static_cast<int>(i));
    std::vector<CellIndex>& operands = plan->operands_of_rule_[rule];
    for (CellIndex cell : plan->all(identity)) {
      const uint64_t bit = uint64_t{1} << cell % kWordBits;
      set[cell / kWordBits] |= bit;
      plan->sets_of_rule_[rule * plan->set_words_ + cell / kWordBits] |= bit;
      if (!Contains(operands, cell)) operands.push_back(cell);
    }
    set += plan->set_words_;
  }
}

bool Evaluate(const IdentityPlan& plan, const CellTable& cells,
              std::vector<IdentityResult>* results) {
  const int64_t* const counts = cells.counts();
  bool all_pass = true;
  const size_t size = plan.identities().size();
  results->assign(size, {v1::RULE_RESULT_NOT_ASSESSABLE});
  for (size_t i = 0; i < size; ++i) {
    IdentityResult& result = (*results)[i];
    const IdentityPlan::Identity& identity = plan.identities()[i];
    if (Intersect(plan.operand_set(i), cells.unread_set())) {
      all_pass = false;
      continue;
    }
    if (cells.sums_fit()) {
      result.left = AddUp(plan.left(identity), counts);
      result.right = AddUp(plan.right(identity), counts);
      result.difference = result.left - result.right;
    } else if (!AddUpCarefully(plan.left(identity), counts, &result.left) ||
               !AddUpCarefully(plan.right(identity), counts, &result.right) ||
               __builtin_sub_overflow(result.left, result.right,
                                      &result.difference)) {
      result.too_large = true;
      all_pass = false;
      continue;
    }
    const bool holds = result.difference == 0;
    result.result = holds ? v1::RULE_RESULT_PASS : v1::RULE_RESULT_FAIL;
    all_pass &= holds;
  }
  return all_pass;
}

}  // namespace gongkai::validate
