// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/repair.h"

#include <algorithm>
#include <utility>

namespace gongkai::validate {
namespace {

using catalog::CellIndex;

// How the cell counts in the difference of the identity: 1 on the left, -1 on
// the right, 0 if it takes no part.
int Coefficient(const IdentityPlan& plan,
                const IdentityPlan::Identity& identity, CellIndex cell) {
  for (CellIndex left : plan.left(identity)) {
    if (left == cell) return 1;
  }
  for (CellIndex right : plan.right(identity)) {
    if (right == cell) return -1;
  }
  return 0;
}

// What must be added to the cell so that all failing identities hold and all
// others still do; none if that cannot be.
std::optional<int64_t> Change(const IdentityPlan& plan,
                              const std::vector<IdentityResult>& results,
                              const std::vector<int>& failing, CellIndex cell) {
  std::optional<int64_t> change;
  for (int index : failing) {
    const int coefficient = Coefficient(plan, plan.identities()[index], cell);
    if (coefficient == 0) return std::nullopt;
    int64_t needed;
    if (__builtin_mul_overflow(results[index].difference, -coefficient,
                               &needed) ||
        change.value_or(needed) != needed) {
      return std::nullopt;
    }
    change = needed;
  }
  for (size_t i = 0; i < results.size(); ++i) {
    if (results[i].result == v1::RULE_RESULT_PASS &&
        Coefficient(plan, plan.identities()[i], cell) != 0) {
      return std::nullopt;
    }
  }
  return change;
}

}  // namespace

v1::Table TableOf(const IdentityPlan& plan,
                  const IdentityPlan::Identity& identity,
                  const catalog::Form& form) {
  return form.cells()[plan.right(identity).front()].table;
}

std::optional<CellRepair> FindRepair(const IdentityPlan& plan,
                                     const CellTable& cells,
                                     const std::vector<IdentityResult>& results,
                                     const catalog::Form& form,
                                     v1::Table table) {
  std::vector<int> failing;
  for (size_t i = 0; i < results.size(); ++i) {
    if (results[i].result == v1::RULE_RESULT_FAIL &&
        TableOf(plan, plan.identities()[i], form) == table) {
      failing.push_back(static_cast<int>(i));
    }
  }
  if (failing.empty()) return std::nullopt;
  std::optional<CellRepair> repair;
  // A cell that repairs all of them takes part in the first.
  for (CellIndex cell : plan.all(plan.identities()[failing.front()])) {
    const std::optional<int64_t> change = Change(plan, results, failing, cell);
    int64_t proposed;
    if (!change.has_value() ||
        __builtin_add_overflow(cells.counts()[cell], *change, &proposed) ||
        (proposed < 0 &&
         form.cells()[cell].kind != forms::v1::VALUE_KIND_SIGNED_COUNT)) {
      continue;
    }
    if (repair.has_value()) return std::nullopt;
    repair = CellRepair{cell, cells.counts()[cell], proposed, failing};
  }
  return repair;
}

}  // namespace gongkai::validate
