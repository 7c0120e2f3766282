// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/comparison_rules.h
//
// Relations over cells: rules of the kind Comparison, and conditions of other
// rules. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_COMPARISON_RULES_H_
#define GONGKAI_WORKER_VALIDATE_COMPARISON_RULES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "worker/catalog/catalog.h"
#include "worker/catalog/relation.h"
#include "worker/validate/checker.h"
#include "worker/validate/explanations.h"
#include "worker/validate/relation_eval.h"
#include "worker/validate/subject.h"
#include "worker/validate/unread_cells.h"

namespace gongkai::validate {

// Adds the cells of a relation and where they stand.
void AddOperands(const catalog::RelationInstance& instance,
                 const Subject& subject, Finding* finding);

// Condition.cells of a rule. PASS if it holds, SKIPPED if not, NOT_ASSESSABLE
// with a finding if it cannot be told.
class CellCondition : public Checker {
 public:
  CellCondition(const forms::v1::Rule& rule, const std::string& cells,
                const Engine& engine);

  v1::RuleResult Check(const Subject& subject, Findings* findings) override;

 private:
  const forms::v1::Rule& rule_;
  const catalog::Catalog& catalog_;
  UnreadCells& unread_;
  const RelationSet relations_;
};

class ComparisonChecker : public Checker {
 public:
  ComparisonChecker(const forms::v1::Rule& rule, const Engine& engine);

  v1::RuleResult Check(const Subject& subject, Findings* findings) override;

  // Adds the rule's instances if it is an equality with last year's report
  // that allows for no difference. There must be such a report to be used.
  void AddEqualities(const Subject& subject,
                     std::vector<Equality>* equalities) const;

 private:
  struct Relations {
    const catalog::Relation* require;
    // Null if the rule has no such relation.
    const catalog::Relation* given;
  };

  // None if the forms do not have the cells.
  std::optional<Relations> RelationsFor(const Subject& subject) const;
  // With what the rule lets pass.
  bool Fails(const catalog::RelationInstance& instance,
             const RelationResult& result) const;
  void AddFailure(const catalog::RelationInstance& instance,
                  const RelationResult& result, const Subject& subject,
                  const ScopeCells& cells, Findings* findings) const;

  const forms::v1::Rule& rule_;
  const catalog::Catalog& catalog_;
  UnreadCells& unread_;
  // Those of sums that the rule's message has.
  const uint32_t arguments_;
  const RelationSet require_;
  std::optional<RelationSet> given_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_COMPARISON_RULES_H_
