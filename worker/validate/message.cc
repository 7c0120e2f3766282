// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/message.h"

#include <string>

#include "absl/container/inlined_vector.h"

namespace gongkai::validate {

void Render(absl::string_view message,
            absl::Span<const MessageArgument> arguments, std::string* text) {
  ForEachPiece(message, arguments,
               [text](absl::string_view literal, const MessageArgument* next) {
                 text->append(literal.data(), literal.size());
                 if (next == nullptr) return;
                 text->append(next->second.data(), next->second.size());
               });
}

void SetMessage(absl::string_view message, absl::string_view message_en,
                const MessageArguments& arguments, Finding* finding) {
  constexpr size_t kOrdinary = 16;
  const absl::InlinedVector<MessageArgument, kOrdinary> views(arguments.begin(),
                                                              arguments.end());
  finding->SetMessage(message, message_en, views);
}

Finding* AddNotFound(const forms::v1::Rule& rule,
                     const forms::v1::Phrases& phrases, Findings* findings) {
  Finding* const finding =
      AddFinding(rule, v1::RULE_RESULT_NOT_ASSESSABLE, findings);
  SetMessage(phrases.not_found(), phrases.not_found_en(),
             {{"title", rule.title()}, {"title_en", rule.title_en()}}, finding);
  return finding;
}

}  // namespace gongkai::validate
