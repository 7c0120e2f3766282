// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/match_findings.h
//
// Failures of rules about wording, with their quotations. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_MATCH_FINDINGS_H_
#define GONGKAI_WORKER_VALIDATE_MATCH_FINDINGS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "worker/validate/message.h"
#include "worker/validate/text_scanner.h"

namespace gongkai::validate {

// A passage that a rule finds fault with.
struct TextFault {
  TextMatch match;
  // What should stand there; empty if the rule does not say.
  absl::string_view correction;
};

// Adds a failure for each of them, at most 8, and one for all the rest; or one
// for all together. There must be at least one.
void AddMatchFindings(const forms::v1::Rule& rule, const v1::Report& report,
                      absl::Span<const TextFault> faults, bool together,
                      Findings* findings);

// True if the literal stands in the text so that it covers the part.
bool StandsAround(absl::string_view text, absl::string_view part,
                  absl::string_view literal);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_MATCH_FINDINGS_H_
