// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/message.h
//
// Messages with {named} arguments, and findings that carry them. Private to
// validate.

#ifndef GONGKAI_WORKER_VALIDATE_MESSAGE_H_
#define GONGKAI_WORKER_VALIDATE_MESSAGE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "gongkai/forms/v1/catalog.pb.h"
#include "gongkai/v1/finding.pb.h"
#include "gongkai/v1/report_service.pb.h"
#include "google/protobuf/repeated_ptr_field.h"

namespace gongkai::validate {

// The most cells that a finding lists where it gathers many. Where zeros are
// left blank, half of a report's cells are; to list them all twice over would
// take more bytes than the cells themselves, whose states say the same.
inline constexpr size_t kMaxFindingCells = 32;

using Findings = google::protobuf::RepeatedPtrField<v1::Finding>;

// The arguments of a message by name; see catalog/message_arguments.h.
using MessageArguments = std::vector<std::pair<absl::string_view, std::string>>;

// The message with its arguments filled in. What is not among them stays.
std::string Render(absl::string_view message,
                   const MessageArguments& arguments);

// Sets the template, the arguments that it uses, and both rendered messages.
void SetMessage(absl::string_view message, absl::string_view message_en,
                const MessageArguments& arguments, v1::Finding* finding);

// Adds a finding of the rule without a message.
v1::Finding* AddFinding(const forms::v1::Rule& rule, v1::RuleResult result,
                        Findings* findings);

// Adds a finding of PASS or SKIPPED if the options ask for such.
void AddIfWanted(const forms::v1::Rule& rule, v1::RuleResult result,
                 const v1::CheckOptions& options, Findings* findings);

// Adds NOT_ASSESSABLE because something else than cells was not found.
v1::Finding* AddNotFound(const forms::v1::Rule& rule,
                         const forms::v1::Phrases& phrases, Findings* findings);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_MESSAGE_H_
