// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/equation.h
//
// The notation of Identity.equation, Comparison.require and the like (see
// cell_rule.proto). Private to the catalogue.

#ifndef GONGKAI_WORKER_CATALOG_EQUATION_H_
#define GONGKAI_WORKER_CATALOG_EQUATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gongkai/v1/cell.pb.h"
#include "worker/catalog/relation.h"

namespace gongkai::catalog {

// One term of a sum: a path, or an integer by itself. Of a path's row, one is
// set: row, prefix or the star.
struct Term {
  // The term as written.
  std::string text;
  // True for an integer by itself, which is `coefficient`.
  bool constant = false;
  int64_t coefficient = 1;
  Scope scope = Scope::kCurrent;
  v1::Table table = v1::TABLE_UNSPECIFIED;
  v1::Row row = v1::ROW_UNSPECIFIED;
  // For "denied.**": "denied.".
  std::string row_prefix;
  // Unspecified for '*'.
  v1::Column column = v1::COLUMN_UNSPECIFIED;
};

// What '*' stands for.
enum class Star { kNone, kRow, kColumn };

struct Equation {
  Star star = Star::kNone;
  Sign sign = Sign::kEqual;
  std::vector<Term> left;
  // Empty for a sum by itself.
  std::vector<Term> right;

  // The first term that is a path; null if all are integers.
  const Term* FirstPath() const;
};

// Parses "left = right" whose terms are plain paths. Errors: InvalidArgument,
// saying which part of the text is wrong.
absl::StatusOr<Equation> ParseEquation(absl::string_view text);

// Parses two sums and a sign between them, with all that relations may have.
// Errors: as above.
absl::StatusOr<Equation> ParseRelation(absl::string_view text);

// Parses one sum with all that relations may have. Errors: as above.
absl::StatusOr<Equation> ParseSum(absl::string_view text);

// The paths of a sum without '*'. Errors: as ParseEquation.
absl::StatusOr<std::vector<Term>> ParsePathSum(absl::string_view text);

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_EQUATION_H_
