// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "worker/validate/checker.h"
#include "worker/validate/explanations.h"

namespace gongkai::validate {
namespace {

v1::RepairKind KindOf(forms::v1::Misreading misreading) {
  return misreading == forms::v1::MISREADING_SPLIT_DIGITS
             ? v1::REPAIR_KIND_SPLIT_DIGITS
             : v1::REPAIR_KIND_DISPLACED;
}

// Tells of repairs that move figures, where one of them is the best.
class MisreadChecker : public Checker {
 public:
  MisreadChecker(const forms::v1::Rule& rule, const catalog::Catalog& catalog)
      : rule_(rule), catalog_(catalog) {}

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    if (subject.current.form == nullptr) {
      AddNotFound(rule_, catalog_.proto().phrases(), findings);
      return v1::RULE_RESULT_NOT_ASSESSABLE;
    }
    // Nothing fails, so there is nothing to look for.
    if (subject.explanations == nullptr) return v1::RULE_RESULT_SKIPPED;
    v1::RuleResult result = v1::RULE_RESULT_PASS;
    const auto& repairs = subject.explanations->list();
    for (size_t r = 0; r < repairs.size(); ++r) {
      const int repair = static_cast<int>(r);
      if (repairs[r].kind != KindOf(rule_.misread_check().misreading()) ||
          !subject.explanations->IsBest(repair)) {
        continue;
      }
      AddFailure(repair, subject, findings);
      result = v1::RULE_RESULT_FAIL;
    }
    return result;
  }

 private:
  void AddFailure(int repair, const Subject& subject, Findings* findings) {
    Finding* finding = AddFinding(rule_, v1::RULE_RESULT_FAIL, findings);
    const CellRepair& found = subject.explanations->list()[repair];
    const FormNames& names = *subject.current.names;
    const RepairText text = subject.explanations->TextOf(repair);
    for (const CellRepair::Change& change : found.changes) {
      finding->add_cell(names.Key(change.cell));
      subject.current.cells.AddPlace(change.cell, finding);
    }
    SetMessage(rule_.message(), rule_.message_en(),
               {{"subject", text.cells},
                {"subject_en", text.cells_en},
                {"printed", text.printed},
                {"proposed", text.proposed}},
               finding);
    subject.explanations->Explain(repair, finding);
  }

  const forms::v1::Rule& rule_;
  const catalog::Catalog& catalog_;
};

}  // namespace

std::unique_ptr<Checker> MakeMisreadChecker(const forms::v1::Rule& rule,
                                            const Engine& engine) {
  return std::make_unique<MisreadChecker>(rule, engine.catalog);
}

}  // namespace gongkai::validate
