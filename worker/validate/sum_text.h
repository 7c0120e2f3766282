// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/sum_text.h
//
// Sums of cells written out for messages and formulas. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_SUM_TEXT_H_
#define GONGKAI_WORKER_VALIDATE_SUM_TEXT_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/types/span.h"
#include "worker/catalog/relation.h"
#include "worker/validate/form_names.h"
#include "worker/validate/message.h"
#include "worker/validate/relation_eval.h"

namespace gongkai::validate {

// One side of a relation and what it comes to, in units of 1 / scale.
struct SumSide {
  absl::Span<const catalog::ScopedOperand> operands;
  int64_t constant = 0;
  int64_t sum = 0;
};

struct SumPair {
  SumSide left;
  SumSide right;
  int64_t scale = 1;
  // What the message is about: the row or column that all cells share, or
  // else this cell.
  catalog::ScopedOperand subject;
};

// The arguments that messages of Identity and Comparison have.
MessageArguments SumArguments(const SumPair& sums, const ScopeNames& names,
                              const ScopeCells& cells);

// What the message is about, as in SumArguments.
std::string SubjectText(const SumPair& sums, const ScopeNames& names,
                        bool english);

// "requests.received.natural + … = requests.processed.natural".
std::string FormulaText(const SumPair& sums, absl::string_view sign,
                        const ScopeNames& names);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_SUM_TEXT_H_
