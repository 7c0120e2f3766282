// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/validate.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "worker/validate/body_classes.h"
#include "worker/validate/checker.h"
#include "worker/validate/claim_table.h"
#include "worker/validate/identity_rules.h"
#include "worker/validate/message.h"
#include "worker/validate/subject.h"
#include "worker/validate/text_scanner.h"

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
  explicit Impl(const catalog::Catalog& catalog)
      : catalog_(catalog), body_classes_(catalog.proto()), claims_(catalog) {
    for (const catalog::Form& form : catalog.forms()) {
      identities_.emplace_back(catalog, form);
    }
    for (const Rule& rule : catalog.proto().rules()) {
      rules_.push_back(Prepare(rule));
    }
  }

  void Validate(const v1::Report& report, const v1::CheckOptions& options,
                const Beside& beside, Findings* findings) {
    const int start = findings->size();
    Load(report, &current_);
    if (beside.previous != nullptr) Load(*beside.previous, &previous_);
    identity_rules_ = IdentitiesOf(current_.form);
    all_hold_ =
        identity_rules_ != nullptr && identity_rules_->Evaluate(current_.cells);
    scanner_.Scan(report);
    const ReportView* const previous =
        beside.previous == nullptr ? nullptr : &previous_;
    claims_.Load(current_, previous);
    const uint64_t body = body_classes_.Of(report.body());
    const Subject subject = {current_, previous, beside.previous_unread,
                             scanner_, claims_,  options};
    for (size_t i = 0; i < rules_.size(); ++i) {
      const v1::RuleResult result =
          Apply(static_cast<int>(i), subject, body, findings);
      const bool adds_its_own =
          rules_[i].rule->has_identity() && result == v1::RULE_RESULT_PASS;
      if (options.include_passed() && !adds_its_own &&
          (result == v1::RULE_RESULT_PASS ||
           result == v1::RULE_RESULT_SKIPPED)) {
        AddFinding(*rules_[i].rule, result, findings);
      }
    }
    std::stable_sort(findings->pointer_begin() + start, findings->pointer_end(),
                     [](const v1::Finding* a, const v1::Finding* b) {
                       return Rank(*a) < Rank(*b);
                     });
  }

 private:
  struct PreparedCondition {
    // One of them: a rule of its own, or a search of the text that must or
    // must not find something.
    std::unique_ptr<Checker> cells;
    int search = -1;
    bool wanted = true;
  };
  struct PreparedRule {
    const Rule* rule;
    // Null for identities.
    std::unique_ptr<Checker> checker;
    std::vector<PreparedCondition> when;
    uint64_t bodies;
    uint64_t bodies_except;
  };

  std::unique_ptr<Checker> MakeCheckerFor(const Rule& rule) {
    const Engine engine = {catalog_, scanner_, claims_};
    switch (rule.kind_case()) {
      case Rule::kCellQuality:
        return MakeCellQualityChecker(rule, engine);
      case Rule::kClaimCheck:
        return MakeClaimChecker(rule, engine);
      case Rule::kSectionCheck:
        return MakeSectionChecker(rule, engine);
      case Rule::kTemplateYear:
        return MakeTemplateYearChecker(rule, engine);
      case Rule::kTitleCheck:
        return MakeTitleChecker(rule, engine);
      default:
        return nullptr;
    }
  }

  PreparedRule Prepare(const Rule& rule) {
    PreparedRule prepared = {&rule,
                             MakeCheckerFor(rule),
                             {},
                             body_classes_.Mask(rule.bodies()),
                             body_classes_.Mask(rule.bodies_except())};
    for (const forms::v1::Condition& condition : rule.when()) {
      PreparedCondition& added = prepared.when.emplace_back();
      if (condition.has_text()) added.search = scanner_.Add(condition.text());
      if (condition.has_no_text()) {
        added.search = scanner_.Add(condition.no_text());
        added.wanted = false;
      }
    }
    return prepared;
  }

  void Load(const v1::Report& report, ReportView* view) {
    view->report = &report;
    view->form = catalog_.form(report.template_());
    view->names = nullptr;
    if (view->form == nullptr) return;
    view->names = &IdentitiesOf(view->form)->names();
    view->cells.Load(*view->form, report);
  }

  IdentityRules* IdentitiesOf(const catalog::Form* form) {
    return form == nullptr ? nullptr
                           : &identities_[form - catalog_.forms().data()];
  }

  bool Applies(const PreparedRule& prepared, const Subject& subject,
               uint64_t body) const {
    const Rule& rule = *prepared.rule;
    const int year = subject.report().year();
    return !rule.off() &&
           catalog::AppliesTo(rule, subject.report().template_()) &&
           (rule.bodies().empty() || (prepared.bodies & body) != 0) &&
           (prepared.bodies_except & body) == 0 &&
           (rule.first_year() == 0 || year >= rule.first_year()) &&
           (rule.last_year() == 0 || year <= rule.last_year());
  }

  v1::RuleResult Apply(int index, const Subject& subject, uint64_t body,
                       Findings* findings) {
    const PreparedRule& prepared = rules_[index];
    const Rule& rule = *prepared.rule;
    if (!Applies(prepared, subject, body)) return v1::RULE_RESULT_SKIPPED;
    for (const PreparedCondition& condition : prepared.when) {
      if (condition.search >= 0 &&
          subject.text.matches(condition.search).empty() == condition.wanted) {
        return v1::RULE_RESULT_SKIPPED;
      }
    }
    if (prepared.checker != nullptr) {
      return prepared.checker->Check(subject, findings);
    }
    if (!rule.has_identity()) return v1::RULE_RESULT_SKIPPED;
    if (identity_rules_ == nullptr) {
      AddNotFound(rule, catalog_.proto().phrases(), findings);
      return v1::RULE_RESULT_NOT_ASSESSABLE;
    }
    if (!all_hold_ || subject.options.include_passed()) {
      identity_rules_->AddFindings(index, current_.cells, subject.options,
                                   findings);
    }
    return v1::RULE_RESULT_PASS;
  }

  const catalog::Catalog& catalog_;
  const BodyClasses body_classes_;
  TextScanner scanner_;
  ClaimTable claims_;
  // In the order of Catalog::forms().
  std::vector<IdentityRules> identities_;
  // In the order of the catalogue.
  std::vector<PreparedRule> rules_;
  // Of the report at hand.
  ReportView current_;
  ReportView previous_;
  // Null if it has no form that the catalogue knows.
  IdentityRules* identity_rules_ = nullptr;
  bool all_hold_ = false;
};

Validator::Validator(const catalog::Catalog& catalog)
    : impl_(std::make_unique<Impl>(catalog)) {}

Validator::~Validator() = default;

void Validator::Validate(const v1::Report& report,
                         const v1::CheckOptions& options, const Beside& beside,
                         Findings* findings) {
  impl_->Validate(report, options, beside, findings);
}

}  // namespace gongkai::validate
