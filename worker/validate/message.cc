// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/message.h"

#include <algorithm>
#include <string>

#include "worker/catalog/message_arguments.h"

namespace gongkai::validate {

namespace {

// The value of an argument; null if there is none with the name.
const std::string* Find(absl::string_view name,
                        const MessageArguments& arguments) {
  const auto found =
      std::find_if(arguments.begin(), arguments.end(),
                   [name](const auto& known) { return known.first == name; });
  return found == arguments.end() ? nullptr : &found->second;
}

// Replaces *text, in the memory that it has.
void Render(absl::string_view message, const MessageArguments& arguments,
            std::string* text) {
  text->clear();
  size_t done = 0;
  catalog::ForEachArgument(message, [&](absl::string_view name) {
    const std::string* const value = Find(name, arguments);
    if (value == nullptr) return;
    const size_t open = name.data() - 1 - message.data();
    text->append(message.data() + done, open - done);
    text->append(*value);
    done = open + name.size() + 2;
  });
  text->append(message.data() + done, message.size() - done);
}

}  // namespace

std::string Render(absl::string_view message,
                   const MessageArguments& arguments) {
  std::string text;
  Render(message, arguments, &text);
  return text;
}

void SetMessage(absl::string_view message, absl::string_view message_en,
                const MessageArguments& arguments, v1::Finding* finding) {
  finding->set_message_template(message.data(), message.size());
  catalog::ForEachArgument(message, [&](absl::string_view name) {
    const std::string* const value = Find(name, arguments);
    if (value != nullptr) {
      (*finding->mutable_message_args())[std::string(name)] = *value;
    }
  });
  Render(message, arguments, finding->mutable_message());
  Render(message_en, arguments, finding->mutable_message_en());
}

v1::Finding* AddFinding(const forms::v1::Rule& rule, v1::RuleResult result,
                        Findings* findings) {
  v1::Finding* finding = findings->Add();
  finding->set_rule_id(rule.id());
  finding->set_result(result);
  finding->set_severity(rule.severity());
  finding->set_legal_basis(rule.legal_basis());
  return finding;
}

void AddIfWanted(const forms::v1::Rule& rule, v1::RuleResult result,
                 const v1::CheckOptions& options, Findings* findings) {
  if (options.include_passed()) AddFinding(rule, result, findings);
}

v1::Finding* AddNotFound(const forms::v1::Rule& rule,
                         const forms::v1::Phrases& phrases,
                         Findings* findings) {
  v1::Finding* finding =
      AddFinding(rule, v1::RULE_RESULT_NOT_ASSESSABLE, findings);
  SetMessage(phrases.not_found(), phrases.not_found_en(),
             {{"title", rule.title()}, {"title_en", rule.title_en()}}, finding);
  return finding;
}

}  // namespace gongkai::validate
