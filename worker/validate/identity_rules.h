// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/identity_rules.h
//
// The findings of the identities of one report. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_IDENTITY_RULES_H_
#define GONGKAI_WORKER_VALIDATE_IDENTITY_RULES_H_

#include <vector>

#include "gongkai/v1/report_service.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/validate/cell_table.h"
#include "worker/validate/explanations.h"
#include "worker/validate/form_names.h"
#include "worker/validate/identity_plan.h"
#include "worker/validate/message.h"
#include "worker/validate/unread_cells.h"

namespace gongkai::validate {

class IdentityRules {
 public:
  // Both must outlive this.
  IdentityRules(const catalog::Catalog& catalog, const catalog::Form& form);

  const FormNames& names() const { return names_; }

  // Evaluates all identities. True if all of them hold.
  bool Evaluate(const CellTable& cells);

  // What was evaluated last.
  const IdentityPlan& plan() const { return *plan_; }
  const std::vector<IdentityResult>& results() const { return results_; }

  // Adds the findings of one rule, an index into Catalog::proto().rules().
  // Follows Evaluate with the same cells; explanations may be null. `unread` is
  // for its use.
  void AddFindings(int rule, const CellTable& cells,
                   const v1::CheckOptions& options, Explanations* explanations,
                   UnreadCells* unread, Findings* findings) const;

 private:
  void AddResult(int index, const CellTable& cells, Explanations* explanations,
                 Findings* findings) const;
  // The cells that the rule's identities lack.
  void AddUnread(int rule, const CellTable& cells, UnreadCells* unread) const;

  const catalog::Catalog* catalog_;
  const catalog::Form* form_;
  FormNames names_;
  IdentityPlans plans_;
  const IdentityPlan* plan_ = nullptr;
  std::vector<IdentityResult> results_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_IDENTITY_RULES_H_
