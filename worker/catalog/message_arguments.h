// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/message_arguments.h
//
// The names of the {arguments} that messages of the catalogue may use. The
// catalogue refuses messages with others; the rule engine fills them in.

#ifndef GONGKAI_WORKER_CATALOG_MESSAGE_ARGUMENTS_H_
#define GONGKAI_WORKER_CATALOG_MESSAGE_ARGUMENTS_H_

#include <string>

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

// Calls visit(name) for the names between braces in a message, in order; a
// brace that is not closed is text. They point into `message`.
template <typename Visit>
void ForEachArgument(absl::string_view message, const Visit& visit) {
  size_t open = 0;
  while ((open = message.find('{', open)) != absl::string_view::npos) {
    const size_t close = message.find('}', open);
    if (close == absl::string_view::npos) return;
    visit(message.substr(open + 1, close - open - 1));
    open = close;
  }
}

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_MESSAGE_ARGUMENTS_H_
