// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "worker/validate/checker.h"
#include "worker/validate/report_text.h"
#include "worker/validate/text_scanner.h"

namespace gongkai::validate {
namespace {

using forms::v1::Aspect;
using forms::v1::Presence;

class PresenceChecker : public Checker {
 public:
  PresenceChecker(const forms::v1::Rule& rule, const Engine& engine)
      : rule_(rule), phrases_(engine.catalog.proto().phrases()) {
    for (const Aspect& aspect : rule.presence().aspects()) {
      searches_.push_back(engine.scanner.AddWhether(aspect.text()));
    }
  }

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    const Presence& presence = rule_.presence();
    const int missing = static_cast<int>(std::count_if(
        searches_.begin(), searches_.end(),
        [&subject](int search) { return !subject.text.Found(search); }));
    if (missing <= presence.tolerated()) return v1::RULE_RESULT_PASS;
    const v1::Section* const section =
        FindSection(subject.report(), presence.section());
    if (section == nullptr ||
        !HasCharacters(section->text(), presence.min_characters())) {
      return v1::RULE_RESULT_SKIPPED;
    }
    const bool no_text = std::none_of(
        searches_.begin(), searches_.end(),
        [&subject](int search) { return subject.text.HasText(search); });
    // What is not in the part that was read may be in the part that was not.
    if (no_text || IsTruncated(subject.report())) {
      AddNotFound(rule_, phrases_, findings);
      return v1::RULE_RESULT_NOT_ASSESSABLE;
    }
    std::string names;
    std::string names_en;
    for (size_t i = 0; i < searches_.size(); ++i) {
      if (subject.text.Found(searches_[i])) continue;
      const Aspect& aspect = presence.aspects(static_cast<int>(i));
      absl::StrAppend(&names, names.empty() ? "" : "、", aspect.name());
      absl::StrAppend(&names_en, names_en.empty() ? "" : ", ",
                      aspect.name_en());
    }
    Finding* finding = AddFinding(rule_, v1::RULE_RESULT_FAIL, findings);
    finding->set_section(presence.section());
    if (missing <= presence.mild()) finding->set_severity(v1::SEVERITY_INFO);
    SetMessage(rule_.message(), rule_.message_en(),
               {{"missing", names},
                {"missing_en", names_en},
                {"count", absl::StrCat(missing)}},
               finding);
    return v1::RULE_RESULT_FAIL;
  }

 private:
  const forms::v1::Rule& rule_;
  const forms::v1::Phrases& phrases_;
  // In the order of Presence.aspects.
  std::vector<int> searches_;
};

}  // namespace

std::unique_ptr<Checker> MakePresenceChecker(const forms::v1::Rule& rule,
                                             const Engine& engine) {
  return std::make_unique<PresenceChecker>(rule, engine);
}

}  // namespace gongkai::validate
