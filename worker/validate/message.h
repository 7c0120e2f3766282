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

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "gongkai/forms/v1/catalog.pb.h"
#include "gongkai/v1/finding.pb.h"
#include "worker/validate/finding.h"

namespace gongkai::validate {

// The most cells that a finding lists where it gathers many. Where zeros are
// left blank, half of a report's cells are; to list them all twice over would
// take more bytes than the cells themselves, whose states say the same.
inline constexpr size_t kMaxFindingCells = 32;

// Arguments that are put together one after the other, with their values.
using MessageArguments = std::vector<std::pair<absl::string_view, std::string>>;

// Appends the message with its arguments filled in to *text. What is not among
// them stays. Calls used(argument) for each that the message has, as often as
// it has it.
void Render(absl::string_view message,
            absl::Span<const MessageArgument> arguments, std::string* text,
            absl::FunctionRef<void(const MessageArgument&)> used);
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
