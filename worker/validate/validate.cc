// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/validate.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "worker/validate/body_classes.h"
#include "worker/validate/checker.h"
#include "worker/validate/claim_table.h"
#include "worker/validate/comparison_rules.h"
#include "worker/validate/explanations.h"
#include "worker/validate/identity_rules.h"
#include "worker/validate/message.h"
#include "worker/validate/previous.h"
#include "worker/validate/selection.h"
#include "worker/validate/subject.h"
#include "worker/validate/text_scanner.h"
#include "worker/validate/unread_cells.h"
#include "worker/validate/verdict.h"

namespace gongkai::validate {
namespace {

using forms::v1::Rule;

// Smaller comes first.
int Rank(const Finding& finding) {
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

// True if the cells of the rule's findings are what it computes with.
bool ComputesWithCells(const Rule& rule) {
  return rule.has_identity() || rule.has_comparison() || rule.has_share() ||
         rule.has_claim_check();
}

bool RestsOnAssumedZero(const Finding& finding, const Subject& subject) {
  const auto assumed = [](const ReportView* view,
                          const std::vector<CellKey>& keys) {
    if (view == nullptr || view->form == nullptr) return false;
    return std::any_of(keys.begin(), keys.end(), [view](CellKey key) {
      const catalog::CellIndex cell = view->form->Find(
          static_cast<v1::Table>(key.table), static_cast<v1::Row>(key.row),
          static_cast<v1::Column>(key.column));
      return cell != catalog::kNoCell && view->cells.AssumedZero(cell);
    });
  };
  return assumed(&subject.current, finding.cells()) ||
         assumed(subject.previous, finding.previous_cells());
}

// One step milder.
v1::Severity Milder(v1::Severity severity) {
  return severity == v1::SEVERITY_ERROR ? v1::SEVERITY_WARNING
                                        : v1::SEVERITY_INFO;
}

// True for a rule that compares cells with last year's and looks at no text.
bool ComparesYears(const Rule& rule) {
  for (const forms::v1::Condition& condition : rule.when()) {
    if (!condition.has_cells()) return false;
  }
  if (rule.has_similarity()) {
    return rule.similarity().of() ==
           forms::v1::SIMILARITY_OF_FIGURES_WITH_PREVIOUS;
  }
  const std::string& require = rule.comparison().require();
  return absl::StrContains(require, "previous.") &&
         !absl::StrContains(require, "children.");
}

}  // namespace

class Validator::Impl {
 public:
  explicit Impl(const catalog::Catalog& catalog)
      : catalog_(catalog),
        body_classes_(catalog.proto()),
        selection_(catalog.proto()),
        claims_(catalog),
        unread_(catalog.proto().phrases()) {
    for (const catalog::Form& form : catalog.forms()) {
      identities_.emplace_back(catalog, form);
    }
    for (const Rule& rule : catalog.proto().rules()) {
      const int index = static_cast<int>(rules_.size());
      rules_.push_back(Prepare(rule));
      all_rules_.push_back(index);
      for (int id = 0; id < v1::Template_ARRAYSIZE; ++id) {
        if (IsFor(rules_.back(), static_cast<v1::Template>(id))) {
          rules_by_template_[id].push_back(index);
        }
      }
    }
  }

  std::optional<Refusal> Refuse(const v1::CheckOptions& options) {
    return selection_.Select(options);
  }

  void Validate(const v1::Report& report, const v1::CheckOptions& options,
                const Beside& beside, Findings* findings,
                v1::Verdict* verdict) {
    const int start = findings->size();
    (void)selection_.Select(options);
    Load(report, options, &current_, beside.cells);
    if (beside.previous != nullptr) Load(*beside.previous, options, &previous_);
    if (beside.children != nullptr) Load(*beside.children, options, &children_);
    identity_rules_ = IdentitiesOf(current_.form);
    all_hold_ =
        identity_rules_ != nullptr && identity_rules_->Evaluate(current_.cells);
    scanner_.Scan(report, beside.text);
    const ReportView* const previous =
        beside.previous == nullptr ? nullptr : &previous_;
    claims_.Load(current_, previous);
    Subject subject = {
        current_, previous, beside.previous_unread,         scanner_,
        claims_,  options,  body_classes_.Of(report.body())};
    if (beside.children != nullptr) subject.children = &children_;
    Explain(&subject);
    for (int i : RulesFor(report, options)) {
      const int before = findings->size();
      const v1::RuleResult result = Apply(i, subject, findings);
      if (findings->size() != before) {
        if (options.blank_as_zero() && ComputesWithCells(*rules_[i].rule)) {
          MarkAssumptions(before, subject, findings);
        }
        Regrade(i, before, findings);
      }
      if (!options.include_passed()) continue;
      const bool adds_its_own =
          rules_[i].rule->has_identity() && result == v1::RULE_RESULT_PASS;
      if (!adds_its_own && (result == v1::RULE_RESULT_PASS ||
                            result == v1::RULE_RESULT_SKIPPED)) {
        AddFinding(*rules_[i].rule, result, findings);
      }
    }
    findings->Sort(start, Rank);
    if (verdict != nullptr) {
      MakeVerdict(catalog_, start, *findings, subject.explanations, verdict);
    }
  }

  void ValidateYears(const v1::Report& report, const v1::Report& previous,
                     const v1::CheckOptions& options, Findings* findings) {
    const int start = findings->size();
    (void)selection_.Select(options);
    Load(report, options, &current_);
    Load(previous, options, &previous_);
    scanner_.Scan(report);
    const Subject subject = {current_,
                             &previous_,
                             false,
                             scanner_,
                             claims_,
                             options,
                             body_classes_.Of(report.body())};
    for (size_t i = 0; i < rules_.size(); ++i) {
      if (!ComparesYears(*rules_[i].rule)) continue;
      Apply(static_cast<int>(i), subject, findings);
    }
    findings->Sort(start, Rank);
  }

  bool Applies(int rule, const v1::Report& report,
               const v1::CheckOptions& options) {
    (void)selection_.Select(options);
    Load(report, options, &current_);
    const Subject subject = {current_,
                             nullptr,
                             false,
                             scanner_,
                             claims_,
                             options,
                             body_classes_.Of(report.body())};
    return Applies(rule, subject);
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
    // The checker of a comparison; null for other rules.
    const ComparisonChecker* comparison = nullptr;
    std::vector<PreparedCondition> when;
    // What the rule is for: forms, as a set of v1::Template; classes of bodies,
    // all of them if it names none; and years.
    uint64_t templates = 0;
    uint64_t bodies = kAnyBody;
    uint64_t bodies_except = 0;
    int first_year = std::numeric_limits<int>::min();
    int last_year = std::numeric_limits<int>::max();
  };
  static constexpr uint64_t kAnyBody = ~uint64_t{0};
  static_assert(v1::Template_ARRAYSIZE <= 64);

  std::unique_ptr<Checker> MakeCheckerFor(const Rule& rule,
                                          const Engine& engine) {
    switch (rule.kind_case()) {
      case Rule::kCellQuality:
        return MakeCellQualityChecker(rule, engine);
      case Rule::kParagraphEnd:
        return MakeParagraphEndChecker(rule, engine);
      case Rule::kPattern:
        return MakePatternChecker(rule, engine);
      case Rule::kPresence:
        return MakePresenceChecker(rule, engine);
      case Rule::kRepetition:
        return MakeRepetitionChecker(rule, engine);
      case Rule::kDateCheck:
        return MakeDateChecker(rule, engine);
      case Rule::kEnumeration:
        return MakeEnumerationChecker(rule, engine);
      case Rule::kForeignBody:
        return MakeForeignBodyChecker(rule, engine);
      case Rule::kReadingCheck:
        return MakeReadingChecker(rule, engine);
      case Rule::kMisreadCheck:
        return MakeMisreadChecker(rule, engine);
      case Rule::kShare:
        return MakeShareChecker(rule, engine);
      case Rule::kClaimCheck:
        return MakeClaimChecker(rule, engine);
      case Rule::kSectionCheck:
        return MakeSectionChecker(rule, engine);
      case Rule::kSimilarity:
        return MakeSimilarityChecker(rule, engine);
      case Rule::kTemplateYear:
        return MakeTemplateYearChecker(rule, engine);
      case Rule::kTitleCheck:
        return MakeTitleChecker(rule, engine);
      default:
        return nullptr;
    }
  }

  PreparedRule Prepare(const Rule& rule) {
    const Engine engine = {catalog_, body_classes_, scanner_, claims_, unread_};
    PreparedRule prepared;
    prepared.rule = &rule;
    for (int id = 0; id < v1::Template_ARRAYSIZE; ++id) {
      if (catalog::AppliesTo(rule, static_cast<v1::Template>(id))) {
        prepared.templates |= uint64_t{1} << id;
      }
    }
    if (!rule.bodies().empty()) {
      prepared.bodies = body_classes_.Mask(rule.bodies());
    }
    prepared.bodies_except = body_classes_.Mask(rule.bodies_except());
    if (rule.first_year() != 0) prepared.first_year = rule.first_year();
    if (rule.last_year() != 0) prepared.last_year = rule.last_year();
    if (rule.has_comparison()) {
      auto comparison = std::make_unique<ComparisonChecker>(rule, engine);
      prepared.comparison = comparison.get();
      prepared.checker = std::move(comparison);
    } else {
      prepared.checker = MakeCheckerFor(rule, engine);
    }
    for (const forms::v1::Condition& condition : rule.when()) {
      PreparedCondition& added = prepared.when.emplace_back();
      if (condition.has_cells()) {
        added.cells =
            std::make_unique<CellCondition>(rule, condition.cells(), engine);
      }
      if (condition.has_text()) {
        added.search = scanner_.AddWhether(condition.text());
      }
      if (condition.has_no_text()) {
        added.search = scanner_.AddWhether(condition.no_text());
        added.wanted = false;
      }
    }
    return prepared;
  }

  // The rules that may add a finding: those of the report's template, or all of
  // them if those skipped are to be told.
  const std::vector<int>& RulesFor(const v1::Report& report,
                                   const v1::CheckOptions& options) const {
    const int id = report.template_();
    const bool known = id >= 0 && id < v1::Template_ARRAYSIZE;
    return known && !options.include_passed() ? rules_by_template_[id]
                                              : all_rules_;
  }

  void Load(const v1::Report& report, const v1::CheckOptions& options,
            ReportView* view, const catalog::ReadCells* cells = nullptr) {
    view->report = &report;
    view->form = catalog_.form(report.template_());
    view->names = nullptr;
    if (view->form == nullptr) return;
    view->names = &IdentitiesOf(view->form)->names();
    if (cells != nullptr) {
      view->cells.Load(*cells, options.blank_as_zero());
    } else {
      view->cells.Load(*view->form, report, options.blank_as_zero());
    }
  }

  IdentityRules* IdentitiesOf(const catalog::Form* form) {
    return form == nullptr ? nullptr
                           : &identities_[form - catalog_.forms().data()];
  }

  // Gives the rule's findings from `first` on the severity that was asked for.
  void Regrade(int index, int first, Findings* findings) const {
    const v1::Severity wanted = selection_.severity(index);
    if (wanted == v1::SEVERITY_UNSPECIFIED) return;
    for (int i = first; i < findings->size(); ++i) {
      Finding& finding = (*findings)[i];
      finding.set_severity(finding.assumed_zero() ? Milder(wanted) : wanted);
    }
  }

  static bool IsFor(const PreparedRule& prepared, v1::Template id) {
    // Reports of callers may have templates that this version does not know.
    return v1::Template_IsValid(id) ? (prepared.templates >> id & 1) != 0
                                    : catalog::AppliesTo(*prepared.rule, id);
  }

  bool Applies(int index, const Subject& subject) const {
    const PreparedRule& prepared = rules_[index];
    const int year = subject.report().year();
    return selection_.is_on(index) &&
           IsFor(prepared, subject.report().template_()) &&
           (prepared.bodies == kAnyBody ||
            (prepared.bodies & subject.body_classes) != 0) &&
           (prepared.bodies_except & subject.body_classes) == 0 &&
           year >= prepared.first_year && year <= prepared.last_year;
  }

  // PASS if all conditions hold. What is found in the text comes first: it
  // settles whether there is anything to assess.
  v1::RuleResult CheckConditions(const PreparedRule& prepared,
                                 const Subject& subject,
                                 Findings* findings) const {
    bool unreadable = false;
    for (const PreparedCondition& condition : prepared.when) {
      if (condition.search < 0) continue;
      if (!subject.text.HasText(condition.search)) {
        unreadable = true;
      } else if (subject.text.Found(condition.search) != condition.wanted) {
        return v1::RULE_RESULT_SKIPPED;
      }
    }
    if (unreadable) {
      AddNotFound(*prepared.rule, catalog_.proto().phrases(), findings);
      return v1::RULE_RESULT_NOT_ASSESSABLE;
    }
    for (const PreparedCondition& condition : prepared.when) {
      if (condition.cells == nullptr) continue;
      const v1::RuleResult result = condition.cells->Check(subject, findings);
      if (result != v1::RULE_RESULT_PASS) return result;
    }
    return v1::RULE_RESULT_PASS;
  }

  // The answer where a condition cannot be told: the rule's own if it does not
  // fail anyway, otherwise why the condition cannot be told.
  static v1::RuleResult AnswerUntold(const PreparedRule& prepared,
                                     const Subject& subject, Findings* untold,
                                     Findings* findings) {
    if (prepared.checker != nullptr) {
      Findings unused;
      Subject unexplained = subject;
      unexplained.explanations = nullptr;
      const v1::RuleResult own = prepared.checker->Check(unexplained, &unused);
      if (own == v1::RULE_RESULT_PASS || own == v1::RULE_RESULT_SKIPPED) {
        return own;
      }
    }
    findings->Take(untold);
    return v1::RULE_RESULT_NOT_ASSESSABLE;
  }

  // Looks for what explains the failures of identities, with what last year's
  // report says of the same cells.
  void Explain(Subject* subject) {
    explanations_.reset();
    if (identity_rules_ == nullptr) return;
    std::vector<Equality> equalities;
    if (subject->previous != nullptr &&
        StateOfPrevious(catalog_, *subject) == PreviousState::kUsable) {
      Findings unused;
      for (size_t i = 0; i < rules_.size(); ++i) {
        const PreparedRule& prepared = rules_[i];
        if (prepared.comparison != nullptr &&
            Applies(static_cast<int>(i), *subject) &&
            CheckConditions(prepared, *subject, &unused) ==
                v1::RULE_RESULT_PASS) {
          prepared.comparison->AddEqualities(*subject, &equalities);
        }
      }
    }
    const auto& results = identity_rules_->results();
    const bool fails =
        std::any_of(results.begin(), results.end(),
                    [](const IdentityResult& result) {
                      return result.result == v1::RULE_RESULT_FAIL;
                    }) ||
        std::any_of(
            equalities.begin(), equalities.end(),
            [](const Equality& equality) { return equality.difference != 0; });
    if (!fails) return;
    explanations_.emplace(catalog_, identity_rules_->names());
    explanations_->Search(*current_.form, current_.cells,
                          identity_rules_->plan(), results, equalities);
    subject->explanations = &*explanations_;
  }

  static void MarkAssumptions(int first, const Subject& subject,
                              Findings* findings) {
    for (int i = first; i < findings->size(); ++i) {
      Finding& finding = (*findings)[i];
      if (finding.result() != v1::RULE_RESULT_FAIL ||
          !RestsOnAssumedZero(finding, subject)) {
        continue;
      }
      finding.set_assumed_zero(true);
      finding.set_severity(Milder(finding.severity()));
    }
  }

  v1::RuleResult Apply(int index, const Subject& subject, Findings* findings) {
    const PreparedRule& prepared = rules_[index];
    const Rule& rule = *prepared.rule;
    if (!Applies(index, subject)) return v1::RULE_RESULT_SKIPPED;
    if (!prepared.when.empty()) {
      untold_.Clear();
      const v1::RuleResult conditions =
          CheckConditions(prepared, subject, &untold_);
      if (conditions == v1::RULE_RESULT_NOT_ASSESSABLE) {
        return AnswerUntold(prepared, subject, &untold_, findings);
      }
      if (conditions != v1::RULE_RESULT_PASS) return conditions;
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
                                   subject.explanations, &unread_, findings);
    }
    return v1::RULE_RESULT_PASS;
  }

  const catalog::Catalog& catalog_;
  const BodyClasses body_classes_;
  Selection selection_;
  TextScanner scanner_;
  ClaimTable claims_;
  UnreadCells unread_;
  // In the order of Catalog::forms().
  std::vector<IdentityRules> identities_;
  // In the order of the catalogue.
  std::vector<PreparedRule> rules_;
  // Places in the catalogue, in its order.
  std::vector<int> all_rules_;
  std::array<std::vector<int>, v1::Template_ARRAYSIZE> rules_by_template_;
  // Of the report at hand.
  ReportView current_;
  ReportView previous_;
  ReportView children_;
  // Null if it has no form that the catalogue knows.
  IdentityRules* identity_rules_ = nullptr;
  bool all_hold_ = false;
  // None if nothing fails.
  std::optional<Explanations> explanations_;
  // Why the conditions of the rule at hand cannot be told.
  Findings untold_;
};

Validator::Validator(const catalog::Catalog& catalog)
    : impl_(std::make_unique<Impl>(catalog)) {}

Validator::~Validator() = default;

std::optional<Refusal> Validator::Refuse(const v1::CheckOptions& options) {
  return impl_->Refuse(options);
}

void Validator::Validate(const v1::Report& report,
                         const v1::CheckOptions& options, const Beside& beside,
                         Findings* findings, v1::Verdict* verdict) {
  impl_->Validate(report, options, beside, findings, verdict);
}

void Validator::Validate(
    const v1::Report& report, const v1::CheckOptions& options,
    const Beside& beside,
    google::protobuf::RepeatedPtrField<v1::Finding>* findings,
    v1::Verdict* verdict) {
  Findings found;
  impl_->Validate(report, options, beside, &found, verdict);
  const int before = findings->size();
  found.Write(findings);
  if (verdict == nullptr) return;
  for (v1::Problem& problem : *verdict->mutable_problems()) {
    for (int& number : *problem.mutable_findings()) number += before;
  }
}

void Validator::ValidateYears(const v1::Report& report,
                              const v1::Report& previous,
                              const v1::CheckOptions& options,
                              Findings* findings) {
  impl_->ValidateYears(report, previous, options, findings);
}

bool Validator::Applies(int rule, const v1::Report& report,
                        const v1::CheckOptions& options) {
  return impl_->Applies(rule, report, options);
}

}  // namespace gongkai::validate
