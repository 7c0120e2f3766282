// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/verdict.h
//
// Findings to problems: each root cause once. Private to validate.
//
// Failures are one problem if the same change of figures explains them, if they
// are about the same quotation, if a claim states what a repair proposes, or if
// they follow from a missing section. Every other failure is a problem by
// itself.

#ifndef GONGKAI_WORKER_VALIDATE_VERDICT_H_
#define GONGKAI_WORKER_VALIDATE_VERDICT_H_

#include "gongkai/v1/finding.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/validate/explanations.h"
#include "worker/validate/message.h"

namespace gongkai::validate {

// Fills the verdict from the findings from number `first` on. `explanations`
// may be null.
void MakeVerdict(const catalog::Catalog& catalog, int first,
                 const Findings& findings, const Explanations* explanations,
                 v1::Verdict* verdict);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_VERDICT_H_
