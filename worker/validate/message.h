// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/message.h
//
// Messages with {named} arguments, and findings that carry them. Private to
// validate.

#ifndef GONGKAI_WORKER_VALIDATE_MESSAGE_H_
#define GONGKAI_WORKER_VALIDATE_MESSAGE_H_

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "gongkai/forms/v1/catalog.pb.h"
#include "gongkai/v1/finding.pb.h"
#include "worker/catalog/message_arguments.h"
#include "worker/validate/finding.h"

namespace gongkai::validate {

// The most cells that a finding lists where it gathers many. Where zeros are
// left blank, half of a report's cells are; to list them all twice over would
// take more bytes than the cells themselves, whose states say the same.
inline constexpr size_t kMaxFindingCells = 32;

// Arguments that are put together one after the other, with their values.
using MessageArguments = std::vector<std::pair<absl::string_view, std::string>>;

// Appends the message with its arguments filled in to *text. What is not among
// them stays.
void Render(absl::string_view message,
            absl::Span<const MessageArgument> arguments, std::string* text);

// Sets the template, the arguments that it uses, and both rendered messages.
// Values need only last for the call.
inline void SetMessage(absl::string_view message, absl::string_view message_en,
                       std::initializer_list<MessageArgument> arguments,
                       Finding* finding) {
  finding->SetMessage(message, message_en, arguments);
}
void SetMessage(absl::string_view message, absl::string_view message_en,
                const MessageArguments& arguments, Finding* finding);

// Calls visit(text, argument) for the pieces of a message and the arguments
// that follow them; null behind the last.
template <typename Visit>
void ForEachPiece(absl::string_view message,
                  absl::Span<const MessageArgument> arguments,
                  const Visit& visit) {
  size_t done = 0;
  catalog::ForEachArgument(message, [&](absl::string_view name) {
    for (const MessageArgument& argument : arguments) {
      if (argument.first != name) continue;
      const size_t open = name.data() - 1 - message.data();
      visit(message.substr(done, open - done), &argument);
      done = open + name.size() + 2;
      return;
    }
  });
  visit(message.substr(done), nullptr);
}

// Adds a finding of the rule without a message.
inline Finding* AddFinding(const forms::v1::Rule& rule, v1::RuleResult result,
                           Findings* findings) {
  return findings->Add(rule, result);
}

// Adds NOT_ASSESSABLE because something else than cells was not found.
Finding* AddNotFound(const forms::v1::Rule& rule,
                     const forms::v1::Phrases& phrases, Findings* findings);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_MESSAGE_H_
