// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/check_relations.h"

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "worker/catalog/relation.h"

namespace gongkai::catalog {
namespace {

using forms::v1::Comparison;
using forms::v1::Condition;
using forms::v1::Rule;
using forms::v1::Share;

// Compiles for a report's own form and a form of last year's report.
using Compile = std::function<absl::Status(const ScopeForms& forms)>;
using Allows = std::function<bool(const Form& current, const Form& previous)>;

// OK if every form that the rule is for can be compiled with some form of last
// year's report.
absl::Status CompileForAll(const Rule& rule, absl::Span<const Form> forms,
                           const Allows& allows, const Compile& compile) {
  for (const Form& form : forms) {
    if (!AppliesTo(rule, form.template_id())) continue;
    absl::Status last_failure = absl::NotFoundError(
        "the catalogue has no such form of last year's report");
    bool found = false;
    for (const Form& previous : forms) {
      if (!allows(form, previous)) continue;
      const absl::Status status = compile({&form, &previous, &form});
      found = found || status.ok();
      if (status.ok() || absl::IsNotFound(status)) {
        if (!status.ok()) last_failure = status;
        continue;
      }
      return status;
    }
    if (!found) {
      return absl::InvalidArgumentError(absl::StrCat(
          last_failure.message(), "; if the rule is not for ",
          v1::Template_Name(form.template_id()), ", say so in its templates"));
    }
  }
  return absl::OkStatus();
}

bool AllowsAny(const Form&, const Form&) { return true; }

}  // namespace

void CheckRelations(const Rule& rule, absl::Span<const Form> forms,
                    const Locator& at, std::vector<std::string>* faults) {
  const auto check = [&](const std::string& place, const Allows& allows,
                         const Compile& compile) {
    const absl::Status status = CompileForAll(rule, forms, allows, compile);
    if (!status.ok()) {
      faults->push_back(absl::StrCat(place, ": ", status.message()));
    }
  };
  const auto relation = [](const std::string& text,
                           absl::Span<const std::string> except) -> Compile {
    return [&text, except](const ScopeForms& scopes) {
      return CompileRelation(text, except, scopes).status();
    };
  };
  const auto sum = [](const std::string& text) -> Compile {
    return [&text](const ScopeForms& scopes) {
      return CompileSum(text, scopes).status();
    };
  };
  for (int i = 0; i < rule.when_size(); ++i) {
    if (!rule.when(i).has_cells()) continue;
    check(at.Nested(Rule::kWhenFieldNumber, i)
              .Place(Condition::kCellsFieldNumber),
          AllowsAny, relation(rule.when(i).cells(), {}));
  }
  if (rule.has_comparison()) {
    const Comparison& comparison = rule.comparison();
    const Locator own = at.Nested(Rule::kComparisonFieldNumber);
    const Allows allows = [&comparison](const Form& form,
                                        const Form& previous) {
      return AllowsPrevious(comparison, form, previous);
    };
    const std::vector<std::string> except(comparison.star_except().begin(),
                                          comparison.star_except().end());
    check(own.Place(Comparison::kRequireFieldNumber), allows,
          relation(comparison.require(), except));
    if (!comparison.given().empty()) {
      check(own.Place(Comparison::kGivenFieldNumber), allows,
            relation(comparison.given(), {}));
    }
  }
  if (rule.has_share()) {
    const Locator own = at.Nested(Rule::kShareFieldNumber);
    check(own.Place(Share::kPartFieldNumber), AllowsAny,
          sum(rule.share().part()));
    check(own.Place(Share::kWholeFieldNumber), AllowsAny,
          sum(rule.share().whole()));
  }
}

}  // namespace gongkai::catalog
