// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/claim_rules.h
//
// The tests of ClaimCheck, each of which goes through the claims of a rule.
// Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_CLAIM_RULES_H_
#define GONGKAI_WORKER_VALIDATE_CLAIM_RULES_H_

#include <memory>
#include <vector>

#include "worker/validate/checker.h"
#include "worker/validate/claim_finding.h"
#include "worker/validate/claim_table.h"
#include "worker/validate/unread_cells.h"

namespace gongkai::validate {

// What the tests have in common. Keeps its memory from report to report.
class ClaimChecker : public Checker {
 public:
  ClaimChecker(const forms::v1::Rule& rule, const Engine& engine);

  v1::RuleResult Check(const Subject& subject, Findings* findings) final;

 protected:
  // Goes through the claims and calls Holds, Fails and Unread.
  virtual void Run(const Subject& subject) = 0;

  // A claim was held against something and agrees.
  void Holds() { compared_ = true; }
  // The claim disagrees. The same claim made again joins the first.
  void Fails(const Subject& subject, ClaimFault fault);
  // A claim could not be held against the sums, because these cells lack.
  void Unread(const Subject& subject, const catalog::CellSum& sum);
  // As Unread, for want of something else; or to say so only once for several
  // sums.
  void CountUnread() { ++unread_claims_; }

  const forms::v1::ClaimCheck& check() const { return rule_.claim_check(); }
  // The claims of the rule's subjects.
  absl::Span<const int> Claims(const Subject& subject) const {
    return subject.claims.list(list_);
  }
  // ClaimCheck.tolerance.
  Fixed tolerance() const { return tolerance_; }

 private:
  // For want of the cells that were not read.
  void AddNotAssessable(const Subject& subject, Findings* findings);

  const forms::v1::Rule& rule_;
  const forms::v1::Phrases& phrases_;
  UnreadCells& told_;
  const int list_;
  Fixed tolerance_ = 0;
  // Of the report at hand.
  bool compared_ = false;
  std::vector<ClaimFault> faults_;
  int unread_claims_ = 0;
  std::vector<catalog::CellIndex> unread_;
};

// Sums of the catalogue over every form.
std::vector<SumByForm> CompileSums(const ClaimTable& table,
                                   const ClaimTable::Keys& sums);

// True if the stated percentage is that of the part in the whole, within the
// tolerance or as its last digit goes, rounded or cut off. The whole is not 0.
bool IsPercentage(Fixed stated, int places, int64_t part, int64_t whole,
                  Fixed tolerance);

// The percentage, to so many places and at least two.
Fixed Percentage(int64_t part, int64_t whole, int places);

// One for each test, by what it goes through.
MakeChecker MakeClaimEqualsChecker;  // claim_cell_rules.cc
MakeChecker MakeClaimAllChecker;     // claim_all_rules.cc
MakeChecker MakeClaimPartsChecker;   // claim_list_rules.cc
MakeChecker MakeClaimSetChecker;     // claim_list_rules.cc
MakeChecker MakeClaimShareChecker;   // claim_rate_rules.cc
MakeChecker MakeClaimGrowthChecker;  // claim_rate_rules.cc

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_CLAIM_RULES_H_
