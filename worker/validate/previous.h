// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/previous.h
//
// Whether last year's report can be used. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_PREVIOUS_H_
#define GONGKAI_WORKER_VALIDATE_PREVIOUS_H_

#include <optional>

#include "worker/catalog/catalog.h"
#include "worker/validate/message.h"
#include "worker/validate/subject.h"

namespace gongkai::validate {

// Whether two names may be of one body: equal but for what stands before or
// for the word "people's government" behind, or one of them not known.
bool MaySameBody(const catalog::Catalog& catalog, absl::string_view a,
                 absl::string_view b);

enum class PreviousState {
  kUsable,
  // None was given.
  kNone,
  kUnread,
  kOtherYear,
  kOtherBody,
};

PreviousState StateOfPrevious(const catalog::Catalog& catalog,
                              const Subject& subject);

// For rules that need last year's report: nothing if there is one to be used.
// Otherwise what they answer: SKIPPED if none was given, or NOT_ASSESSABLE with
// a finding that says why.
std::optional<v1::RuleResult> WithoutPrevious(const forms::v1::Rule& rule,
                                              const catalog::Catalog& catalog,
                                              const Subject& subject,
                                              Findings* findings);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_PREVIOUS_H_
