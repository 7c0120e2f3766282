// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/equation.h
//
// The notation of Identity.equation (see catalog.proto). Private to the
// catalogue.

#ifndef GONGKAI_WORKER_CATALOG_EQUATION_H_
#define GONGKAI_WORKER_CATALOG_EQUATION_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gongkai/v1/cell.pb.h"

namespace gongkai::catalog {

// One path of an equation. Of its row, one is set: row, prefix or the star.
struct Term {
  // The path as written.
  std::string text;
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
  std::vector<Term> left;
  std::vector<Term> right;
};

// Errors: InvalidArgument, saying which part of the text is wrong.
absl::StatusOr<Equation> ParseEquation(absl::string_view text);

// The paths of a sum without '*'. Errors: as ParseEquation.
absl::StatusOr<std::vector<Term>> ParseSum(absl::string_view text);

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_EQUATION_H_
