// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/sum_text.h
//
// Sums of cells written out for messages and formulas. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_SUM_TEXT_H_
#define GONGKAI_WORKER_VALIDATE_SUM_TEXT_H_

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

// Arguments that messages of Identity and Comparison have, as a set of bits.
enum SumArgument : uint32_t {
  kSubject = 1 << 0,
  kSubjectEn = 1 << 1,
  kLeftTerms = 1 << 2,
  kLeftTermsEn = 1 << 3,
  kRightTerms = 1 << 4,
  kRightTermsEn = 1 << 5,
  kLeft = 1 << 6,
  kRight = 1 << 7,
  kDifference = 1 << 8,
};

// Those that a message has in either language: most have a few of them.
uint32_t SumArgumentsOf(absl::string_view message,
                        absl::string_view message_en);

// The arguments of the set.
MessageArguments SumArguments(const SumPair& sums, const ScopeNames& names,
                              const ScopeCells& cells, uint32_t wanted);

// "requests.received.natural + … = requests.processed.natural".
std::string FormulaText(const SumPair& sums, absl::string_view sign,
                        const ScopeNames& names);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_SUM_TEXT_H_
