// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/check_rule_names.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "worker/catalog/rule_ids.h"

namespace gongkai::catalog {
namespace {

using forms::v1::Profile;
using forms::v1::RuleChange;

// Lower-case words joined by '-'.
bool IsProfileName(absl::string_view name) {
  const auto good = [](char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), good) &&
         name.front() != '-' && name.back() != '-';
}

class NameChecker {
 public:
  NameChecker(absl::Span<const std::unique_ptr<Source>> sources, Faults* faults)
      : faults_(*faults) {
    for (const auto& source : sources) {
      for (const forms::v1::Rule& rule : source->proto.rules()) {
        rules_.push_back(rule.id());
      }
    }
  }

  void Check(const Source& source) {
    using forms::v1::Catalog;
    const Locator root(source);
    for (int i = 0; i < source.proto.profiles_size(); ++i) {
      CheckProfile(source.proto.profiles(i),
                   root.Nested(Catalog::kProfilesFieldNumber, i));
    }
    for (int i = 0; i < source.proto.changes_size(); ++i) {
      CheckChange(source.proto.changes(i),
                  root.Nested(Catalog::kChangesFieldNumber, i));
    }
  }

 private:
  void NeedKnown(const std::string& place, absl::string_view name) {
    if (std::none_of(rules_.begin(), rules_.end(),
                     [name](const auto& id) { return NamesRule(name, id); })) {
      faults_.Fault(place, "the catalogue has no rule \"", name, "\"");
    }
  }

  void CheckProfile(const Profile& profile, const Locator& at) {
    const std::string place = at.Place(Profile::kNameFieldNumber);
    if (!IsProfileName(profile.name())) {
      faults_.Fault(place, "the name \"", profile.name(),
                    "\" is not of lower-case words joined by '-'");
    }
    faults_.NeedNew(&profiles_, profile.name(), place, "the profile");
    faults_.Need(at, Profile::kTitleFieldNumber, profile.title(), "title");
    faults_.Need(at, Profile::kTitleEnFieldNumber, profile.title_en(),
                 "title_en");
    for (int i = 0; i < profile.disabled_rules_size(); ++i) {
      NeedKnown(at.Place(Profile::kDisabledRulesFieldNumber, i),
                profile.disabled_rules(i));
    }
    for (int i = 0; i < profile.enabled_rules_size(); ++i) {
      NeedKnown(at.Place(Profile::kEnabledRulesFieldNumber, i),
                profile.enabled_rules(i));
    }
    for (int i = 0; i < profile.severities_size(); ++i) {
      const Locator graded = at.Nested(Profile::kSeveritiesFieldNumber, i);
      NeedKnown(graded.Place(v1::RuleSeverity::kRuleIdFieldNumber),
                profile.severities(i).rule_id());
      if (profile.severities(i).severity() == v1::SEVERITY_UNSPECIFIED) {
        faults_.Fault(graded.Place(v1::RuleSeverity::kSeverityFieldNumber),
                      "severity is not set");
      }
    }
  }

  // One rule each, by its whole id: a change that reaches further than its
  // author meant would not be noticed.
  void CheckChange(const RuleChange& change, const Locator& at) {
    const std::string place = at.Place(RuleChange::kRuleIdFieldNumber);
    if (absl::EndsWith(change.rule_id(), "*")) {
      faults_.Fault(place, "a change names one rule, not \"", change.rule_id(),
                    "\"");
      return;
    }
    NeedKnown(place, change.rule_id());
    faults_.NeedNew(&changes_, change.rule_id(), place,
                    "the change of this rule");
    if (!change.has_off() && change.severity() == v1::SEVERITY_UNSPECIFIED) {
      faults_.Fault(at.Place(), "the change sets neither off nor severity");
    }
  }

  Faults& faults_;
  std::vector<std::string> rules_;
  std::map<std::string, std::string> profiles_;
  std::map<std::string, std::string> changes_;
};

}  // namespace

void CheckRuleNames(absl::Span<const std::unique_ptr<Source>> sources,
                    Faults* faults) {
  NameChecker checker(sources, faults);
  for (const auto& source : sources) checker.Check(*source);
}

}  // namespace gongkai::catalog
