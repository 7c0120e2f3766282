// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/previous.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace gongkai::validate {

bool MaySameBody(const catalog::Catalog& catalog, absl::string_view a,
                 absl::string_view b) {
  if (a.empty() || b.empty() || a == b) return true;
  const forms::v1::TitleWords& words = catalog.proto().title_words();
  const std::string government =
      absl::StrCat(words.authority_of_body(), words.authority());
  std::string normal_a = catalog.normalizer().Normalize(
      std::string(absl::StripSuffix(a, government)));
  std::string normal_b = catalog.normalizer().Normalize(
      std::string(absl::StripSuffix(b, government)));
  // A title may leave out what the signature has: the province, the city.
  return absl::EndsWith(normal_a, normal_b) ||
         absl::EndsWith(normal_b, normal_a);
}

PreviousState StateOfPrevious(const catalog::Catalog& catalog,
                              const Subject& subject) {
  if (subject.previous_unread) return PreviousState::kUnread;
  if (subject.previous == nullptr) return PreviousState::kNone;
  const v1::Report& current = subject.report();
  const v1::Report& previous = *subject.previous->report;
  if (current.year() != 0 && previous.year() != 0 &&
      previous.year() != current.year() - 1) {
    return PreviousState::kOtherYear;
  }
  if (!MaySameBody(catalog, current.body(), previous.body())) {
    return PreviousState::kOtherBody;
  }
  return PreviousState::kUsable;
}

std::optional<v1::RuleResult> WithoutPrevious(const forms::v1::Rule& rule,
                                              const catalog::Catalog& catalog,
                                              const Subject& subject,
                                              Findings* findings) {
  const PreviousState state = StateOfPrevious(catalog, subject);
  if (state == PreviousState::kUsable) return std::nullopt;
  if (state == PreviousState::kNone) return v1::RULE_RESULT_SKIPPED;
  const forms::v1::Phrases& phrases = catalog.proto().phrases();
  MessageArguments arguments = {{"title", rule.title()},
                                {"title_en", rule.title_en()}};
  switch (state) {
    case PreviousState::kUsable:
    case PreviousState::kNone:
      break;
    case PreviousState::kUnread:
      AddNotFound(rule, phrases, findings);
      break;
    case PreviousState::kOtherYear:
      arguments.emplace_back("year", absl::StrCat(subject.report().year() - 1));
      arguments.emplace_back("found",
                             absl::StrCat(subject.previous->report->year()));
      SetMessage(phrases.previous_of_other_year(),
                 phrases.previous_of_other_year_en(), arguments,
                 AddFinding(rule, v1::RULE_RESULT_NOT_ASSESSABLE, findings));
      break;
    case PreviousState::kOtherBody:
      arguments.emplace_back("body", subject.report().body());
      arguments.emplace_back("found", subject.previous->report->body());
      SetMessage(phrases.previous_of_other_body(),
                 phrases.previous_of_other_body_en(), arguments,
                 AddFinding(rule, v1::RULE_RESULT_NOT_ASSESSABLE, findings));
      break;
  }
  return v1::RULE_RESULT_NOT_ASSESSABLE;
}

}  // namespace gongkai::validate
