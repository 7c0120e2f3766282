// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/relation_eval.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace gongkai::validate {
namespace {

using catalog::ScopedOperand;

// Adds the cells to *sum. Not 0 if one was not read or the sum is too large.
unsigned AddUp(const std::vector<ScopedOperand>& side, const ScopeCells& cells,
               int64_t* sum) {
  unsigned obstacles = 0;
  for (const ScopedOperand& operand : side) {
    const CellTable& table = *cells[static_cast<int>(operand.scope)];
    int64_t term;
    obstacles |= table.unread()[operand.cell];
    obstacles |= __builtin_mul_overflow(table.counts()[operand.cell],
                                        operand.factor, &term);
    obstacles |= __builtin_add_overflow(*sum, term, sum);
  }
  return obstacles;
}

}  // namespace

ScopeCells CellsOf(const Subject& subject) {
  return {&subject.current.cells,
          subject.previous == nullptr ? nullptr : &subject.previous->cells,
          subject.children == nullptr ? nullptr : &subject.children->cells};
}

ScopeNames NamesOf(const Subject& subject) {
  return {subject.current.names,
          subject.previous == nullptr ? nullptr : subject.previous->names,
          subject.children == nullptr ? nullptr : subject.children->names};
}

bool Holds(catalog::Sign sign, int64_t left, int64_t right) {
  switch (sign) {
    case catalog::Sign::kEqual:
      return left == right;
    case catalog::Sign::kNotEqual:
      return left != right;
    case catalog::Sign::kLess:
      return left < right;
    case catalog::Sign::kLessOrEqual:
      return left <= right;
    case catalog::Sign::kGreater:
      return left > right;
    case catalog::Sign::kGreaterOrEqual:
      return left >= right;
  }
  return false;
}

RelationResult Evaluate(catalog::Sign sign,
                        const catalog::RelationInstance& instance,
                        const ScopeCells& cells) {
  RelationResult result{v1::RULE_RESULT_NOT_ASSESSABLE};
  unsigned obstacles = 0;  // not 0 if unread or overflown
  obstacles |= __builtin_mul_overflow(instance.left_constant, instance.scale,
                                      &result.left);
  obstacles |= __builtin_mul_overflow(instance.right_constant, instance.scale,
                                      &result.right);
  obstacles |= AddUp(instance.left, cells, &result.left);
  obstacles |= AddUp(instance.right, cells, &result.right);
  obstacles |=
      __builtin_sub_overflow(result.left, result.right, &result.difference);
  if (obstacles == 0) {
    result.result = Holds(sign, result.left, result.right)
                        ? v1::RULE_RESULT_PASS
                        : v1::RULE_RESULT_FAIL;
  }
  return result;
}

std::string ScaledText(int64_t value, int64_t scale) {
  if (value % scale == 0) return absl::StrCat(value / scale);
  // Of the fraction, digits to the last that is not 0.
  uint64_t rest = value < 0 ? -static_cast<uint64_t>(value % scale)
                            : static_cast<uint64_t>(value % scale);
  const uint64_t whole = value < 0 ? -static_cast<uint64_t>(value / scale)
                                   : static_cast<uint64_t>(value / scale);
  std::string text = absl::StrCat(value < 0 ? "-" : "", whole, ".");
  while (rest != 0) {
    scale /= 10;
    absl::StrAppend(&text, rest / static_cast<uint64_t>(scale));
    rest %= static_cast<uint64_t>(scale);
  }
  return text;
}

RelationSet::RelationSet(const catalog::Catalog& catalog,
                         absl::string_view text,
                         const forms::v1::Comparison& comparison) {
  uses_ = catalog::ScopesOf(text).value();
  const std::vector<std::string> except(comparison.star_except().begin(),
                                        comparison.star_except().end());
  const bool pairs = Uses(catalog::Scope::kPrevious);
  for (const catalog::Form& current : catalog.forms()) {
    for (const catalog::Form& previous : catalog.forms()) {
      if (pairs ? !AllowsPrevious(comparison, current, previous)
                : &previous != &current) {
        continue;
      }
      auto relation = catalog::CompileRelation(text, except,
                                               {&current, &previous, &current});
      // Forms that have not these cells are not what the rule is for.
      if (!relation.ok()) continue;
      sign_ = relation->sign;
      relations_.emplace(Key(&current, pairs ? &previous : nullptr),
                         *std::move(relation));
    }
  }
}

const catalog::Relation* RelationSet::For(const catalog::Form* current,
                                          const catalog::Form* previous) const {
  const auto found = relations_.find(
      Key(current, Uses(catalog::Scope::kPrevious) ? previous : nullptr));
  return found == relations_.end() ? nullptr : &found->second;
}

}  // namespace gongkai::validate
