// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/message_arguments.h
//
// The names of the {arguments} that messages of the catalogue may use. The
// catalogue refuses messages with others; the rule engine fills them in.

#ifndef GONGKAI_WORKER_CATALOG_MESSAGE_ARGUMENTS_H_
#define GONGKAI_WORKER_CATALOG_MESSAGE_ARGUMENTS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "gongkai/forms/v1/catalog.pb.h"

namespace gongkai::catalog {

// The arguments of the messages of this kind of rule.
absl::Span<const absl::string_view> ArgumentsOf(forms::v1::Rule::KindCase kind);

// The arguments of Phrases.repair.
absl::Span<const absl::string_view> RepairArguments();
// The arguments of Phrases.cells_not_read.
absl::Span<const absl::string_view> CellsNotReadArguments();
// The arguments of Phrases.claim_part.
absl::Span<const absl::string_view> ClaimPartArguments();
// The arguments of Phrases.not_found.
absl::Span<const absl::string_view> NotFoundArguments();
// The arguments of Phrases.previous_of_other_year and …_body.
absl::Span<const absl::string_view> PreviousOfOtherYearArguments();
absl::Span<const absl::string_view> PreviousOfOtherBodyArguments();
// The arguments of VerdictPhrases: of the three explanations, of the counts,
// and of the summary.
absl::Span<const absl::string_view> ExplanationArguments();
absl::Span<const absl::string_view> CountArguments();
absl::Span<const absl::string_view> CountsArguments();

// The names between braces in a message, in order; a brace that is not closed
// is text. They point into `message`.
std::vector<absl::string_view> ArgumentsIn(absl::string_view message);

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_MESSAGE_ARGUMENTS_H_
