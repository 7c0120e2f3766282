// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/identity_plan.h"

#include <cstdint>
#include <limits>
#include <random>
#include <set>
#include <vector>

#include "gtest/gtest.h"
#include "tests/worker/validate/report_builder.h"
#include "worker/catalog/read_cells.h"

namespace gongkai::validate {
namespace {

using catalog::CellIndex;

// What every cell of a report holds, drawn by chance: mostly numbers, of which
// some are so large that sums overflow if `large`.
catalog::ReadCells Draw(const catalog::Form& form, bool large,
                        std::mt19937_64* random) {
  catalog::ReadCells cells;
  cells.Reset(form);
  for (size_t i = 0; i < form.cells().size(); ++i) {
    catalog::ReadCell& cell = cells[static_cast<CellIndex>(i)];
    cell.state =
        (*random)() % 50 == 0 ? v1::CELL_STATE_BLANK : v1::CELL_STATE_VALUE;
    cell.count = static_cast<int64_t>((*random)() % 3);
    if (large && (*random)() % 20 == 0) {
      cell.count = std::numeric_limits<int64_t>::max() -
                   static_cast<int64_t>((*random)() % 2);
    }
  }
  return cells;
}

// One after the other, in numbers that cannot overflow.
IdentityResult Expected(const IdentityPlan& plan,
                        const IdentityPlan::Identity& identity,
                        const CellTable& cells) {
  IdentityResult expected{v1::RULE_RESULT_NOT_ASSESSABLE};
  const auto add_up = [&](absl::Span<const CellIndex> side, __int128* sum) {
    for (CellIndex cell : side) *sum += cells.counts()[cell];
    return *sum <= std::numeric_limits<int64_t>::max();
  };
  for (CellIndex cell : plan.all(identity)) {
    if (cells.unread()[cell] != 0) return expected;
  }
  __int128 left = 0, right = 0;
  const bool left_fits = add_up(plan.left(identity), &left);
  const bool right_fits = add_up(plan.right(identity), &right);
  if (!left_fits || !right_fits) {
    expected.too_large = true;
    return expected;
  }
  expected.left = static_cast<int64_t>(left);
  expected.right = static_cast<int64_t>(right);
  expected.difference = static_cast<int64_t>(left - right);
  expected.result = left == right ? v1::RULE_RESULT_PASS : v1::RULE_RESULT_FAIL;
  return expected;
}

TEST(IdentityPlan, EvaluatesAsOneIdentityAfterTheOther) {
  std::mt19937_64 random(20260101);
  for (const catalog::Form& form : CoreCatalog().forms()) {
    IdentityPlans plans(form);
    for (int round = 0; round < 200; ++round) {
      const catalog::ReadCells read = Draw(form, round % 2 == 1, &random);
      CellTable cells;
      cells.Load(read);
      const IdentityPlan& plan = plans.For(cells);
      std::vector<IdentityResult> results;
      const bool all_pass = Evaluate(plan, cells, &results);
      ASSERT_EQ(results.size(), plan.identities().size());
      bool all_expected = true;
      for (size_t i = 0; i < results.size(); ++i) {
        const IdentityResult expected =
            Expected(plan, plan.identities()[i], cells);
        EXPECT_EQ(results[i].result, expected.result);
        EXPECT_EQ(results[i].too_large, expected.too_large);
        all_expected &= expected.result == v1::RULE_RESULT_PASS;
        if (expected.result == v1::RULE_RESULT_NOT_ASSESSABLE) continue;
        EXPECT_EQ(results[i].left, expected.left);
        EXPECT_EQ(results[i].right, expected.right);
        EXPECT_EQ(results[i].difference, expected.difference);
      }
      EXPECT_EQ(all_pass, all_expected);
    }
  }
}

TEST(IdentityPlan, KnowsTheOperandsOfEachRule) {
  for (const catalog::Form& form : CoreCatalog().forms()) {
    IdentityPlans plans(form);
    CellTable cells;
    cells.Load(form, v1::Report());
    const IdentityPlan& plan = plans.For(cells);
    for (int rule = 0; rule < CoreCatalog().proto().rules_size(); ++rule) {
      std::set<CellIndex> seen;
      std::vector<CellIndex> operands;
      for (int index : plan.of_rule(rule)) {
        EXPECT_EQ(plan.identities()[index].rule, rule);
        for (CellIndex cell : plan.all(plan.identities()[index])) {
          if (seen.insert(cell).second) operands.push_back(cell);
        }
      }
      if (operands.empty()) continue;
      EXPECT_EQ(plan.operands_of_rule(rule), absl::MakeConstSpan(operands));
      for (size_t i = 0; i < form.cells().size(); ++i) {
        EXPECT_EQ(plan.operand_set_of_rule(rule)[i / 64] >> i % 64 & 1,
                  seen.count(static_cast<CellIndex>(i)));
      }
    }
  }
}

TEST(CellTable, HasUnreadCellsAsBytesAndAsASet) {
  std::mt19937_64 random(7);
  for (const catalog::Form& form : CoreCatalog().forms()) {
    CellTable cells;
    const catalog::ReadCells read = Draw(form, /*large=*/false, &random);
    cells.Load(read);
    for (size_t i = 0; i < form.cells().size(); ++i) {
      EXPECT_EQ(cells.unread_set()[i / 64] >> i % 64 & 1, cells.unread()[i]);
    }
    EXPECT_TRUE(cells.sums_fit());
  }
}

}  // namespace
}  // namespace gongkai::validate
