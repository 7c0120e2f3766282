// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/validate.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "worker/validate/cell_rules.h"
#include "worker/validate/cell_table.h"
#include "worker/validate/identity_rules.h"
#include "worker/validate/message.h"
#include "worker/validate/structure_rules.h"

namespace gongkai::validate {
namespace {

using forms::v1::Rule;

// Smaller comes first.
int Rank(const v1::Finding& finding) {
  constexpr int kAfterFailures = v1::Severity_ARRAYSIZE;
  switch (finding.result()) {
    case v1::RULE_RESULT_FAIL:
      return finding.severity();
    case v1::RULE_RESULT_NOT_ASSESSABLE:
      return kAfterFailures;
    default:
      return kAfterFailures + 1;
  }
}

}  // namespace

class Validator::Impl {
 public:
  explicit Impl(const catalog::Catalog& catalog) : catalog_(catalog) {
    for (const catalog::Form& form : catalog.forms()) {
      identities_.emplace_back(catalog, form);
    }
  }

  void Validate(const v1::Report& report, const v1::CheckOptions& options,
                Findings* findings) {
    const int start = findings->size();
    const catalog::Form* form = catalog_.form(report.template_());
    identity_rules_ = nullptr;
    if (form != nullptr) {
      identity_rules_ = &identities_[form - catalog_.forms().data()];
      cells_.Load(*form, report);
      all_hold_ = identity_rules_->Evaluate(cells_);
    }
    const int rule_count = catalog_.proto().rules_size();
    for (int i = 0; i < rule_count; ++i) Apply(i, report, options, findings);
    std::stable_sort(findings->pointer_begin() + start, findings->pointer_end(),
                     [](const v1::Finding* a, const v1::Finding* b) {
                       return Rank(*a) < Rank(*b);
                     });
  }

 private:
  void Apply(int index, const v1::Report& report,
             const v1::CheckOptions& options, Findings* findings) {
    const Rule& rule = catalog_.proto().rules(index);
    if (!catalog::AppliesTo(rule, report.template_())) {
      AddIfWanted(rule, v1::RULE_RESULT_SKIPPED, options, findings);
      return;
    }
    switch (rule.kind_case()) {
      case Rule::kIdentity:
        if (identity_rules_ == nullptr) {
          AddNotFound(rule, catalog_.proto().phrases(), findings);
        } else if (!all_hold_ || options.include_passed()) {
          identity_rules_->AddFindings(index, cells_, options, findings);
        }
        break;
      case Rule::kCellQuality:
        if (identity_rules_ == nullptr) {
          AddNotFound(rule, catalog_.proto().phrases(), findings);
        } else {
          AddCellFindings(rule, cells_, identity_rules_->names(), options,
                          findings);
        }
        break;
      case Rule::kSectionCheck:
        AddSectionFindings(rule, catalog_, report, options, findings);
        break;
      case Rule::kTemplateYear:
        AddTemplateYearFindings(rule, catalog_, report, options, findings);
        break;
      case Rule::kTitleCheck:
        AddTitleFindings(rule, catalog_, report, options, findings);
        break;
      case Rule::KIND_NOT_SET:
        break;
    }
  }

  const catalog::Catalog& catalog_;
  // In the order of Catalog::forms().
  std::vector<IdentityRules> identities_;
  CellTable cells_;
  // Of the report at hand: null if it has no form that the catalogue knows.
  IdentityRules* identity_rules_ = nullptr;
  bool all_hold_ = false;
};

Validator::Validator(const catalog::Catalog& catalog)
    : impl_(std::make_unique<Impl>(catalog)) {}

Validator::~Validator() = default;

void Validator::Validate(const v1::Report& report,
                         const v1::CheckOptions& options, Findings* findings) {
  impl_->Validate(report, options, findings);
}

}  // namespace gongkai::validate
