// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/claim_rules.h"

#include <algorithm>
#include <string>
#include <utility>

namespace gongkai::validate {
namespace {

using catalog::CellIndex;
using catalog::CellSum;

// Amounts that are no multiple of what is charged.
class AmountChecker : public ClaimChecker {
 public:
  using ClaimChecker::ClaimChecker;

 private:
  void Run(const Subject& subject) override {
    const Fixed step = check().multiple_of() * kFixedOne;
    for (int index : Claims(subject)) {
      const ReadClaim& claim = subject.claims.claim(index);
      if (!claim.comparable() || claim.proto->kind() != v1::CLAIM_KIND_AMOUNT) {
        continue;
      }
      const Fixed rest = claim.value % step;
      if (rest == 0) {
        Holds();
        continue;
      }
      ClaimFault fault;
      fault.claims.push_back(index);
      fault.stated = claim.value;
      fault.expected = claim.value - rest + (rest * 2 < step ? 0 : step);
      fault.unit = UnitOf(*claim.proto);
      fault.found.Append(FixedText(fault.expected));
      Fails(subject, std::move(fault));
    }
  }
};

}  // namespace

ClaimChecker::ClaimChecker(const forms::v1::Rule& rule, const Engine& engine)
    : rule_(rule),
      phrases_(engine.catalog.proto().phrases()),
      told_(engine.unread),
      list_(engine.claims.Add(rule.claim_check().subjects(),
                              rule.claim_check().subjects_except())) {
  int places;
  if (!ParseFixed(check().tolerance(), &tolerance_, &places)) tolerance_ = 0;
}

v1::RuleResult ClaimChecker::Check(const Subject& subject, Findings* findings) {
  if (Claims(subject).empty()) return v1::RULE_RESULT_SKIPPED;
  compared_ = false;
  faults_.clear();
  unread_claims_ = 0;
  unread_.clear();
  Run(subject);
  for (const ClaimFault& fault : faults_) {
    AddClaimFault(rule_, phrases_, subject, fault, findings);
  }
  if (unread_claims_ > 0) {
    AddNotAssessable(subject, findings);
  }
  if (!faults_.empty()) return v1::RULE_RESULT_FAIL;
  if (unread_claims_ > 0) return v1::RULE_RESULT_NOT_ASSESSABLE;
  return compared_ ? v1::RULE_RESULT_PASS : v1::RULE_RESULT_SKIPPED;
}

void ClaimChecker::AddNotAssessable(const Subject& subject,
                                    Findings* findings) {
  if (unread_.empty()) {
    AddNotFound(rule_, phrases_, findings);
    return;
  }
  std::sort(unread_.begin(), unread_.end());
  told_.Clear();
  told_.Count(unread_claims_);
  for (CellIndex cell : unread_) {
    told_.Add(catalog::Scope::kCurrent, *subject.current.names, cell);
  }
  told_.AddFinding(rule_, findings);
}

void ClaimChecker::Fails(const Subject& subject, ClaimFault fault) {
  const v1::Claim& claim = *subject.claims.claim(fault.claims.front()).proto;
  for (ClaimFault& other : faults_) {
    const v1::Claim& before = *subject.claims.claim(other.claims.front()).proto;
    if (other.stated == fault.stated && other.expected == fault.expected &&
        before.subject() == claim.subject() && before.kind() == claim.kind()) {
      other.claims.insert(other.claims.end(), fault.claims.begin(),
                          fault.claims.end());
      return;
    }
  }
  faults_.push_back(std::move(fault));
}

void ClaimChecker::Unread(const Subject& subject, const CellSum& sum) {
  ProvedCells& values = subject.claims.current();
  for (CellIndex cell : values.CellsOf(sum)) {
    int64_t value;
    if (!values.Get(cell, &value)) unread_.push_back(cell);
  }
}

std::vector<SumByForm> CompileSums(const ClaimTable& table,
                                   const ClaimTable::Keys& sums) {
  std::vector<SumByForm> compiled;
  for (const std::string& sum : sums) compiled.push_back(table.Compile(sum));
  return compiled;
}

bool IsPercentage(Fixed stated, int places, int64_t part, int64_t whole,
                  Fixed tolerance) {
  using Wide = __int128;
  // One at the last digit stated.
  Wide step = kFixedOne;
  for (int i = 0; i < places; ++i) step /= 10;
  // All times the whole.
  const Wide right = Wide{100} * kFixedOne * part;
  const Wide left = Wide{stated} * whole;
  const Wide off = left < right ? right - left : left - right;
  if (off <= Wide{tolerance} * whole || off * 2 <= step * whole) return true;
  const bool nearer_zero = right < 0 ? left > right : left < right;
  return nearer_zero && (right < 0) == (stated < 0) && off < step * whole;
}

Fixed Percentage(int64_t part, int64_t whole, int places) {
  Fixed step = kFixedOne;
  for (int i = 0; i < std::max(places, 2); ++i) step /= 10;
  const auto exact =
      static_cast<Fixed>(__int128{100} * kFixedOne * part / whole);
  const Fixed half = exact < 0 ? -step / 2 : step / 2;
  return (exact + half) / step * step;
}

std::unique_ptr<Checker> MakeClaimAmountChecker(const forms::v1::Rule& rule,
                                                const Engine& engine) {
  return std::make_unique<AmountChecker>(rule, engine);
}

std::unique_ptr<Checker> MakeClaimChecker(const forms::v1::Rule& rule,
                                          const Engine& engine) {
  switch (rule.claim_check().test()) {
    case forms::v1::CLAIM_TEST_EQUALS:
      return MakeClaimEqualsChecker(rule, engine);
    case forms::v1::CLAIM_TEST_MULTIPLE:
      return MakeClaimAmountChecker(rule, engine);
    case forms::v1::CLAIM_TEST_ALL:
      return MakeClaimAllChecker(rule, engine);
    case forms::v1::CLAIM_TEST_PARTS:
      return MakeClaimPartsChecker(rule, engine);
    case forms::v1::CLAIM_TEST_SET_SUM:
    case forms::v1::CLAIM_TEST_SHARES_SUM:
      return MakeClaimSetChecker(rule, engine);
    case forms::v1::CLAIM_TEST_SHARE:
      return MakeClaimShareChecker(rule, engine);
    case forms::v1::CLAIM_TEST_GROWTH:
      return MakeClaimGrowthChecker(rule, engine);
    default:
      return nullptr;
  }
}

}  // namespace gongkai::validate
