// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/comparison_rules.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "worker/validate/explanations.h"
#include "worker/validate/previous.h"
#include "worker/validate/sum_text.h"

namespace gongkai::validate {
namespace {

using catalog::Relation;
using catalog::RelationInstance;
using catalog::Scope;
using catalog::ScopedOperand;

SumPair SumsOf(const RelationInstance& instance, const RelationResult& result) {
  SumPair sums;
  sums.left = {instance.left, instance.left_constant, result.left};
  sums.right = {instance.right, instance.right_constant, result.right};
  sums.scale = instance.scale;
  sums.subject =
      instance.left.empty() ? instance.right.front() : instance.left.front();
  return sums;
}

// The instance with the star; the only one of a relation without a star.
const RelationInstance* InstanceFor(const Relation& relation, int star) {
  for (const RelationInstance& instance : relation.instances) {
    if (instance.star == star || instance.star == 0) return &instance;
  }
  return nullptr;
}

}  // namespace

void AddOperands(const RelationInstance& instance, const Subject& subject,
                 Finding* finding) {
  const ScopeNames names = NamesOf(subject);
  for (const auto* side : {&instance.left, &instance.right}) {
    for (const ScopedOperand& operand : *side) {
      if (operand.scope == Scope::kPrevious) {
        finding->add_previous_cell(
            names[static_cast<int>(operand.scope)]->Key(operand.cell));
      }
      if (operand.scope != Scope::kCurrent) continue;
      finding->add_cell(subject.current.names->Key(operand.cell));
      subject.current.cells.AddPlace(operand.cell, finding);
    }
  }
}

CellCondition::CellCondition(const forms::v1::Rule& rule,
                             const std::string& cells, const Engine& engine)
    : rule_(rule),
      catalog_(engine.catalog),
      unread_(engine.unread),
      relations_(engine.catalog, cells, [] {
        forms::v1::Comparison any;
        any.set_any_previous_template(true);
        return any;
      }()) {}

v1::RuleResult CellCondition::Check(const Subject& subject,
                                    Findings* findings) {
  if (relations_.Uses(Scope::kChildren) && subject.children == nullptr) {
    return v1::RULE_RESULT_SKIPPED;
  }
  if (subject.current.form == nullptr) return v1::RULE_RESULT_SKIPPED;
  if (relations_.Uses(Scope::kPrevious)) {
    const auto result = WithoutPrevious(rule_, catalog_, subject, findings);
    if (result.has_value()) return *result;
  }
  const Relation* relation = relations_.For(
      subject.current.form,
      subject.previous == nullptr ? nullptr : subject.previous->form);
  if (relation == nullptr) return v1::RULE_RESULT_SKIPPED;
  const ScopeCells cells = CellsOf(subject);
  unread_.Clear();
  for (const RelationInstance& instance : relation->instances) {
    const RelationResult result = Evaluate(relation->sign, instance, cells);
    if (result.result == v1::RULE_RESULT_FAIL) return v1::RULE_RESULT_SKIPPED;
    if (result.result != v1::RULE_RESULT_PASS) {
      unread_.Add(instance, subject, cells);
    }
  }
  if (unread_.empty()) return v1::RULE_RESULT_PASS;
  unread_.AddFinding(rule_, findings);
  return v1::RULE_RESULT_NOT_ASSESSABLE;
}

ComparisonChecker::ComparisonChecker(const forms::v1::Rule& rule,
                                     const Engine& engine)
    : rule_(rule),
      catalog_(engine.catalog),
      unread_(engine.unread),
      arguments_(SumArgumentsOf(rule.message(), rule.message_en())),
      require_(engine.catalog, rule.comparison().require(), rule.comparison()) {
  if (rule.comparison().given().empty()) return;
  forms::v1::Comparison given = rule.comparison();
  given.clear_star_except();
  given_.emplace(engine.catalog, given.given(), given);
}

std::optional<ComparisonChecker::Relations> ComparisonChecker::RelationsFor(
    const Subject& subject) const {
  const catalog::Form* const previous =
      subject.previous == nullptr ? nullptr : subject.previous->form;
  Relations relations = {require_.For(subject.current.form, previous), nullptr};
  if (relations.require == nullptr) return std::nullopt;
  if (given_.has_value()) {
    relations.given = given_->For(subject.current.form, previous);
    if (relations.given == nullptr) return std::nullopt;
  }
  return relations;
}

bool ComparisonChecker::Fails(const RelationInstance& instance,
                              const RelationResult& result) const {
  if (result.result != v1::RULE_RESULT_FAIL) return false;
  const forms::v1::Comparison& comparison = rule_.comparison();
  // Unsigned, so that the most negative number has an absolute value.
  const auto magnitude = [](int64_t value) {
    return value < 0 ? -static_cast<uint64_t>(value)
                     : static_cast<uint64_t>(value);
  };
  const uint64_t least =
      static_cast<uint64_t>(comparison.at_least()) * instance.scale;
  if (magnitude(result.difference) < least) return false;
  if (comparison.factor() == 0) return true;
  const auto [small, large] =
      std::minmax({magnitude(result.left), magnitude(result.right)});
  return large / comparison.factor() > small ||
         (large / comparison.factor() == small &&
          large % comparison.factor() != 0);
}

v1::RuleResult ComparisonChecker::Check(const Subject& subject,
                                        Findings* findings) {
  const bool needs_children = require_.Uses(Scope::kChildren);
  if (needs_children && subject.children == nullptr) {
    return v1::RULE_RESULT_SKIPPED;
  }
  const bool needs_previous =
      require_.Uses(Scope::kPrevious) ||
      (given_.has_value() && given_->Uses(Scope::kPrevious));
  if (needs_previous) {
    const auto result = WithoutPrevious(rule_, catalog_, subject, findings);
    if (result.has_value()) return *result;
  }
  if (subject.current.form == nullptr) {
    AddNotFound(rule_, catalog_.proto().phrases(), findings);
    return v1::RULE_RESULT_NOT_ASSESSABLE;
  }
  const std::optional<Relations> relations = RelationsFor(subject);
  if (!relations.has_value()) return v1::RULE_RESULT_SKIPPED;
  const ScopeCells cells = CellsOf(subject);
  unread_.Clear();
  v1::RuleResult answer = v1::RULE_RESULT_SKIPPED;
  for (const RelationInstance& instance : relations->require->instances) {
    if (relations->given != nullptr) {
      const RelationInstance* given =
          InstanceFor(*relations->given, instance.star);
      if (given == nullptr) continue;
      const RelationResult result =
          Evaluate(relations->given->sign, *given, cells);
      if (result.result == v1::RULE_RESULT_FAIL) continue;
      if (result.result != v1::RULE_RESULT_PASS) {
        unread_.Add(*given, subject, cells);
        continue;
      }
    }
    const RelationResult result =
        Evaluate(relations->require->sign, instance, cells);
    if (result.result == v1::RULE_RESULT_NOT_ASSESSABLE) {
      unread_.Add(instance, subject, cells);
    } else if (Fails(instance, result)) {
      AddFailure(instance, result, subject, cells, findings);
      answer = v1::RULE_RESULT_FAIL;
    } else if (answer == v1::RULE_RESULT_SKIPPED) {
      answer = v1::RULE_RESULT_PASS;
    }
  }
  if (!unread_.empty()) {
    unread_.AddFinding(rule_, findings);
    if (answer != v1::RULE_RESULT_FAIL) answer = v1::RULE_RESULT_NOT_ASSESSABLE;
  }
  return answer;
}

void ComparisonChecker::AddFailure(const RelationInstance& instance,
                                   const RelationResult& result,
                                   const Subject& subject,
                                   const ScopeCells& cells,
                                   Findings* findings) const {
  Finding* finding = AddFinding(rule_, v1::RULE_RESULT_FAIL, findings);
  AddOperands(instance, subject, finding);
  const ScopeNames names = NamesOf(subject);
  const SumPair sums = SumsOf(instance, result);
  finding->set_left(ScaledText(result.left, instance.scale));
  finding->set_right(ScaledText(result.right, instance.scale));
  finding->set_difference(ScaledText(result.difference, instance.scale));
  finding->set_formula(
      FormulaText(sums, catalog::SignText(require_.sign()), names));
  std::string message = rule_.message();
  std::string message_en = rule_.message_en();
  MessageArguments arguments = SumArguments(sums, names, cells, arguments_);
  if (subject.explanations != nullptr) {
    subject.explanations->Explain({&rule_, &instance, require_.sign(), result},
                                  finding, &message, &message_en, &arguments);
  }
  SetMessage(message, message_en, arguments, finding);
}

void ComparisonChecker::AddEqualities(const Subject& subject,
                                      std::vector<Equality>* equalities) const {
  const forms::v1::Comparison& comparison = rule_.comparison();
  if (require_.sign() != catalog::Sign::kEqual || given_.has_value() ||
      comparison.at_least() > 1 || comparison.factor() > 0 ||
      !require_.Uses(Scope::kPrevious)) {
    return;
  }
  const std::optional<Relations> relations = RelationsFor(subject);
  if (!relations.has_value()) return;
  const ScopeCells cells = CellsOf(subject);
  for (const RelationInstance& instance : relations->require->instances) {
    const RelationResult result =
        Evaluate(relations->require->sign, instance, cells);
    if (result.result == v1::RULE_RESULT_NOT_ASSESSABLE) continue;
    equalities->push_back({&rule_, &instance, result.difference});
  }
}

}  // namespace gongkai::validate
