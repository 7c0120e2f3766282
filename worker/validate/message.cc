// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/message.h"

#include <algorithm>
#include <string>

#include "absl/container/inlined_vector.h"
#include "worker/catalog/message_arguments.h"

namespace gongkai::validate {

void Render(absl::string_view message,
            absl::Span<const MessageArgument> arguments, std::string* text,
            absl::FunctionRef<void(const MessageArgument&)> used) {
  size_t done = 0;
  catalog::ForEachArgument(message, [&](absl::string_view name) {
    const auto found = std::find_if(
        arguments.begin(), arguments.end(),
        [name](const MessageArgument& known) { return known.first == name; });
    if (found == arguments.end()) return;
    used(*found);
    const size_t open = name.data() - 1 - message.data();
    text->append(message.data() + done, open - done);
    text->append(found->second.data(), found->second.size());
    done = open + name.size() + 2;
  });
  text->append(message.data() + done, message.size() - done);
}

void Render(absl::string_view message,
            absl::Span<const MessageArgument> arguments, std::string* text) {
  Render(message, arguments, text, [](const MessageArgument&) {});
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
