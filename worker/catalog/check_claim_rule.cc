// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/check_claim_rule.h"

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "re2/re2.h"
#include "worker/catalog/cell_sum.h"

namespace gongkai::catalog {
namespace {

using forms::v1::Rule;

void CheckSum(const std::string& sum, const std::string& place,
              Faults* faults) {
  const absl::Status status = CheckCellSum(sum);
  if (!status.ok()) faults->Fault(place, status.message());
}

template <typename Sums>
void CheckSums(const Sums& sums, int field, const Locator& at, Faults* faults) {
  for (int i = 0; i < sums.size(); ++i) {
    CheckSum(sums[i], at.Place(field, i), faults);
  }
}

// Faults if a field is set that the test has no use for, or not set although it
// needs it.
void CheckUse(bool set, bool used, const std::string& place,
              absl::string_view field, Faults* faults) {
  if (set != used) {
    faults->Fault(place, field,
                  used ? " is not set" : " does not belong to this test");
  }
}

// Faults at names of subjects that no key is, or begins with.
template <typename Names>
void CheckSubjectNames(const Names& names, int field, const Locator& at,
                       const std::set<std::string>& keys, Faults* faults) {
  for (int i = 0; i < names.size(); ++i) {
    absl::string_view name = names[i];
    const bool prefix = absl::ConsumeSuffix(&name, "*");
    const auto key = keys.lower_bound(std::string(name));
    if (key == keys.end() ||
        (prefix ? !absl::StartsWith(*key, name) : *key != name)) {
      faults->Fault(at.Place(field, i), "no subject of claims is called \"",
                    names[i], "\"");
    }
  }
}

}  // namespace

void CheckClaimCheck(const forms::v1::ClaimCheck& check, const Locator& at,
                     Faults* faults) {
  using forms::v1::ClaimCheck;
  const forms::v1::ClaimTest test = check.test();
  if (test == forms::v1::CLAIM_TEST_UNSPECIFIED) {
    faults->Fault(at.Place(ClaimCheck::kTestFieldNumber), "test is not set");
  }
  const std::string& tolerance = check.tolerance();
  if (!tolerance.empty() &&
      !RE2::FullMatch(tolerance, "[0-9]{1,6}(\\.[0-9]{1,4})?")) {
    faults->Fault(at.Place(ClaimCheck::kToleranceFieldNumber), "tolerance \"",
                  tolerance, "\" is no decimal of at most four places");
  }
  CheckUse(check.multiple_of() > 0, test == forms::v1::CLAIM_TEST_MULTIPLE,
           at.Place(ClaimCheck::kMultipleOfFieldNumber), "multiple_of", faults);
  CheckUse(!check.zero().empty(), test == forms::v1::CLAIM_TEST_ALL,
           at.Place(ClaimCheck::kZeroFieldNumber), "zero", faults);
  CheckUse(!check.complete().empty(),
           test == forms::v1::CLAIM_TEST_SET_SUM ||
               test == forms::v1::CLAIM_TEST_SHARES_SUM,
           at.Place(ClaimCheck::kCompleteFieldNumber), "complete", faults);
  if (test == forms::v1::CLAIM_TEST_SET_SUM && check.wholes().empty()) {
    faults->Fault(at.Place(ClaimCheck::kWholesFieldNumber),
                  "wholes is not set");
  }
  if (!check.zero().empty()) {
    CheckSum(check.zero(), at.Place(ClaimCheck::kZeroFieldNumber), faults);
  }
  for (int i = 0; i < check.zero_of_size(); ++i) {
    CheckSum(check.zero_of(i).zero(),
             at.Nested(ClaimCheck::kZeroOfFieldNumber, i)
                 .Place(forms::v1::ZeroOf::kZeroFieldNumber),
             faults);
  }
  CheckSums(check.milder(), ClaimCheck::kMilderFieldNumber, at, faults);
  CheckSums(check.wholes(), ClaimCheck::kWholesFieldNumber, at, faults);
  for (int i = 0; i < check.verbs_size(); ++i) {
    const Locator verb_at = at.Nested(ClaimCheck::kVerbsFieldNumber, i);
    faults->Need(verb_at, forms::v1::VerbSeverity::kVerbFieldNumber,
                 check.verbs(i).verb(), "verb");
    if (check.verbs(i).severity() == v1::SEVERITY_UNSPECIFIED) {
      faults->Fault(
          verb_at.Place(forms::v1::VerbSeverity::kSeverityFieldNumber),
          "severity is not set");
    }
  }
}

void CheckClaimSubjects(const Rule& rule, const Locator& at,
                        const std::set<std::string>& keys, Faults* faults) {
  using forms::v1::ClaimCheck;
  const ClaimCheck& check = rule.claim_check();
  const Locator check_at = at.Nested(Rule::kClaimCheckFieldNumber);
  CheckSubjectNames(check.subjects(), ClaimCheck::kSubjectsFieldNumber,
                    check_at, keys, faults);
  CheckSubjectNames(check.subjects_except(),
                    ClaimCheck::kSubjectsExceptFieldNumber, check_at, keys,
                    faults);
  CheckSubjectNames(check.unless_stated(), ClaimCheck::kUnlessStatedFieldNumber,
                    check_at, keys, faults);
  for (int i = 0; i < check.zero_of_size(); ++i) {
    CheckSubjectNames(
        check.zero_of(i).subjects(), forms::v1::ZeroOf::kSubjectsFieldNumber,
        check_at.Nested(ClaimCheck::kZeroOfFieldNumber, i), keys, faults);
  }
  for (int i = 0; i < check.complete_size(); ++i) {
    CheckSubjectNames(
        check.complete(i).subjects(), forms::v1::ClaimSet::kSubjectsFieldNumber,
        check_at.Nested(ClaimCheck::kCompleteFieldNumber, i), keys, faults);
  }
}

}  // namespace gongkai::catalog
