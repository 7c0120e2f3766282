// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/selection.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "worker/catalog/rule_ids.h"

namespace gongkai::validate {
namespace {

using forms::v1::Profile;
using google::protobuf::RepeatedPtrField;

// A word of a request is quoted back to its caller, but not at any length.
std::string Quotable(absl::string_view word) {
  constexpr size_t kMaxBytes = 80;
  // One of the bytes 10xxxxxx goes on with a character.
  size_t end = std::min(word.size(), kMaxBytes);
  while (end > 0 && end < word.size() && (word[end] & 0xc0) == 0x80) --end;
  return absl::StrCat(word.substr(0, end), end < word.size() ? "…" : "");
}

Refusal UnknownRule(absl::string_view id) {
  return {absl::StrCat("没有编号为“", Quotable(id),
                       "”的规则。全部规则由 ListRules 或命令 gongkai rules "
                       "列出。"),
          absl::StrCat("There is no rule \"", Quotable(id),
                       "\". ListRules and the command gongkai rules list all "
                       "rules.")};
}

Refusal UnknownProfile(absl::string_view name,
                       const RepeatedPtrField<Profile>& profiles) {
  std::string known, known_en;
  for (const Profile& profile : profiles) {
    absl::StrAppend(&known, known.empty() ? "" : "、", profile.name());
    absl::StrAppend(&known_en, known_en.empty() ? "" : ", ", profile.name());
  }
  return {absl::StrCat("没有名为“", Quotable(name), "”的规则组合。可用的有：",
                       known.empty() ? "（无）" : known, "。"),
          absl::StrCat("There is no profile \"", Quotable(name),
                       "\". Known are: ", known_en.empty() ? "none" : known_en,
                       ".")};
}

Refusal NoSeverity(absl::string_view id) {
  return {absl::StrCat("规则“", Quotable(id),
                       "”要改成的级别不明。级别有 ERROR、WARNING 和 INFO。"),
          absl::StrCat("The severity wanted for the rule \"", Quotable(id),
                       "\" is not known. There are ERROR, WARNING and INFO.")};
}

bool Same(const RepeatedPtrField<std::string>& a,
          const RepeatedPtrField<std::string>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

bool Same(const RepeatedPtrField<v1::RuleSeverity>& a,
          const RepeatedPtrField<v1::RuleSeverity>& b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.rule_id() == y.rule_id() && x.severity() == y.severity();
      });
}

bool IsPlain(const v1::CheckOptions& options) {
  return options.profile().empty() && options.disabled_rules().empty() &&
         options.enabled_rules().empty() && options.severities().empty();
}

bool SameSelection(const v1::CheckOptions& a, const v1::CheckOptions& b) {
  return a.profile() == b.profile() &&
         Same(a.disabled_rules(), b.disabled_rules()) &&
         Same(a.enabled_rules(), b.enabled_rules()) &&
         Same(a.severities(), b.severities());
}

// Applies a profile or the options, which have fields of the same names.
template <typename Changes>
std::optional<Refusal> Apply(const Changes& changes,
                             const RepeatedPtrField<forms::v1::Rule>& rules,
                             std::vector<uint8_t>* on,
                             std::vector<v1::Severity>* severities) {
  const auto each = [&rules](absl::string_view id, auto&& change) {
    bool known = false;
    for (int i = 0; i < rules.size(); ++i) {
      if (!catalog::NamesRule(id, rules[i].id())) continue;
      known = true;
      change(i);
    }
    return known;
  };
  for (const std::string& id : changes.disabled_rules()) {
    if (!each(id, [on](int i) { (*on)[i] = false; })) return UnknownRule(id);
  }
  for (const std::string& id : changes.enabled_rules()) {
    if (!each(id, [on](int i) { (*on)[i] = true; })) return UnknownRule(id);
  }
  for (const v1::RuleSeverity& graded : changes.severities()) {
    if (graded.severity() == v1::SEVERITY_UNSPECIFIED ||
        !v1::Severity_IsValid(graded.severity())) {
      return NoSeverity(graded.rule_id());
    }
    if (!each(graded.rule_id(), [severities, &graded](int i) {
          (*severities)[i] = graded.severity();
        })) {
      return UnknownRule(graded.rule_id());
    }
  }
  return std::nullopt;
}

}  // namespace

Selection::Selection(const forms::v1::Catalog& catalog) : catalog_(catalog) {
  Reset();
}

void Selection::Reset() {
  on_.assign(catalog_.rules_size(), true);
  for (int i = 0; i < catalog_.rules_size(); ++i) {
    on_[i] = !catalog_.rules(i).off();
  }
  severities_.assign(catalog_.rules_size(), v1::SEVERITY_UNSPECIFIED);
  plain_ = true;
}

std::optional<Refusal> Selection::Select(const v1::CheckOptions& options) {
  if (IsPlain(options)) {
    if (!plain_) Reset();
    return std::nullopt;
  }
  if (!plain_ && SameSelection(options, options_)) return std::nullopt;
  Reset();
  std::vector<uint8_t> on = on_;
  std::vector<v1::Severity> severities = severities_;
  if (!options.profile().empty()) {
    const auto profile =
        std::find_if(catalog_.profiles().begin(), catalog_.profiles().end(),
                     [&options](const Profile& known) {
                       return known.name() == options.profile();
                     });
    if (profile == catalog_.profiles().end()) {
      return UnknownProfile(options.profile(), catalog_.profiles());
    }
    if (auto refusal = Apply(*profile, catalog_.rules(), &on, &severities)) {
      return refusal;
    }
  }
  if (auto refusal = Apply(options, catalog_.rules(), &on, &severities)) {
    return refusal;
  }
  on_.swap(on);
  severities_.swap(severities);
  options_ = options;
  plain_ = false;
  return std::nullopt;
}

}  // namespace gongkai::validate
