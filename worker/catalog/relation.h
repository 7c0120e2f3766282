// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/relation.h
//
// Relations between sums of cells, compiled against forms.
//
//   absl::StatusOr<Relation> relation = CompileRelation(
//       "requests.carried_in.* = previous.requests.carried_out.*", {},
//       {form, last_years_form, nullptr});
//   relation->instances[0].left[0].cell       // an index into form->cells()

#ifndef GONGKAI_WORKER_CATALOG_RELATION_H_
#define GONGKAI_WORKER_CATALOG_RELATION_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "worker/catalog/catalog.h"

namespace gongkai::catalog {

// Which report a cell is of.
enum class Scope {
  // The report that is checked.
  kCurrent,
  // Last year's.
  kPrevious,
  // The sum over the reports of the bodies below.
  kChildren,
};
inline constexpr int kScopeCount = 3;

// How two sums must relate.
enum class Sign {
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
};

// As it is written: "<=".
absl::string_view SignText(Sign sign);

// Amounts are counted in units of 1 / kAmountScale wherever they are integers.
inline constexpr int64_t kAmountScale = 1'000'000;

struct ScopedOperand {
  Scope scope = Scope::kCurrent;
  // An index into the cells of the form of that scope.
  CellIndex cell = kNoCell;
  // What is written before the cell.
  int64_t coefficient = 1;
  // What the cell's integer is multiplied by: the coefficient, and
  // kAmountScale for a count among amounts.
  int64_t factor = 1;
};

// A relation with its '*' filled in.
struct RelationInstance {
  // What '*' stands for: a Row or a Column; 0 without a star.
  int star = 0;
  std::vector<ScopedOperand> left;
  std::vector<ScopedOperand> right;
  // The integers on each side, as written.
  int64_t left_constant = 0;
  int64_t right_constant = 0;
  // What both sides are counted in: kAmountScale if amounts take part,
  // otherwise 1.
  int64_t scale = 1;
};

struct Relation {
  Sign sign = Sign::kEqual;
  // In the order of the form. Empty for a form of another scope that lacks the
  // cells.
  std::vector<RelationInstance> instances;
  // True if a cell of that scope takes part.
  std::array<bool, kScopeCount> uses = {};

  bool Uses(Scope scope) const { return uses[static_cast<int>(scope)]; }
};

// The forms that the cells of each scope are of; null where there is none.
using ScopeForms = std::array<const Form*, kScopeCount>;

// Compiles "left sign right" for these forms. A '*' takes the form's own rows
// or columns for which all forms have the cells, but for those whose keys are
// in star_except. Errors: InvalidArgument if the text is malformed, a cell is
// named twice, or the form of a scope is null; NotFound if the forms do not
// have the cells.
absl::StatusOr<Relation> CompileRelation(
    absl::string_view text, absl::Span<const std::string> star_except,
    const ScopeForms& forms);

// The same for a sum by itself, which is the left side. It has no star.
absl::StatusOr<Relation> CompileSum(absl::string_view text,
                                    const ScopeForms& forms);

// True if last year's report may have this form.
bool AllowsPrevious(const forms::v1::Comparison& comparison,
                    const Form& current, const Form& previous);

// The scopes that the text names. Errors: InvalidArgument if it is malformed.
absl::StatusOr<std::array<bool, kScopeCount>> ScopesOf(absl::string_view text);

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_RELATION_H_
