// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/relation_eval.h
//
// Relations over the cells of up to three reports. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_RELATION_EVAL_H_
#define GONGKAI_WORKER_VALIDATE_RELATION_EVAL_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "gongkai/v1/finding.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/relation.h"
#include "worker/validate/cell_table.h"
#include "worker/validate/subject.h"

namespace gongkai::validate {

// The cells of each catalog::Scope; null where there is no such report.
using ScopeCells = std::array<const CellTable*, catalog::kScopeCount>;

ScopeCells CellsOf(const Subject& subject);

// The names of the form of each catalog::Scope; null where none is needed.
using ScopeNames = std::array<const FormNames*, catalog::kScopeCount>;

ScopeNames NamesOf(const Subject& subject);

struct RelationResult {
  // PASS, FAIL, or NOT_ASSESSABLE if a cell was not read or a sum is too large.
  v1::RuleResult result;
  // In units of RelationInstance.scale; difference is left minus right.
  int64_t left = 0;
  int64_t right = 0;
  int64_t difference = 0;
};

// True if the sums relate so.
bool Holds(catalog::Sign sign, int64_t left, int64_t right);

// Every scope that takes part must be there.
RelationResult Evaluate(catalog::Sign sign,
                        const catalog::RelationInstance& instance,
                        const ScopeCells& cells);

// A number in units of 1 / scale as an exact decimal without needless zeros.
std::string ScaledText(int64_t value, int64_t scale);

// One relation compiled for every form of a report and of last year's.
class RelationSet {
 public:
  // The catalogue has checked the text. Pairs of forms that `comparison` does
  // not allow have no relation.
  RelationSet(const catalog::Catalog& catalog, absl::string_view text,
              const forms::v1::Comparison& comparison);

  bool Uses(catalog::Scope scope) const {
    return uses_[static_cast<int>(scope)];
  }

  catalog::Sign sign() const { return sign_; }

  // Null if these forms do not have the cells. `previous` is not looked at if
  // no cell is of last year's report.
  const catalog::Relation* For(const catalog::Form* current,
                               const catalog::Form* previous) const;

 private:
  using Key = std::pair<const catalog::Form*, const catalog::Form*>;

  std::array<bool, catalog::kScopeCount> uses_ = {};
  catalog::Sign sign_ = catalog::Sign::kEqual;
  std::map<Key, catalog::Relation> relations_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_RELATION_EVAL_H_
