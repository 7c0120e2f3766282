// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/relation.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "proto/cell_path.h"
#include "worker/catalog/equation.h"

namespace gongkai::catalog {
namespace {

using forms::v1::VALUE_KIND_DECIMAL;

// Fills in the '*' of one equation for given forms.
class Instantiation {
 public:
  Instantiation(const Equation& equation, const ScopeForms& forms, int star)
      : equation_(equation), forms_(forms), star_(star) {}

  absl::StatusOr<RelationInstance> Run() {
    RelationInstance instance;
    instance.star = star_;
    absl::Status status =
        AddSide(equation_.left, &instance.left, &instance.left_constant);
    if (status.ok()) {
      status =
          AddSide(equation_.right, &instance.right, &instance.right_constant);
    }
    if (!status.ok()) return status;
    SetFactors(&instance);
    return instance;
  }

 private:
  absl::Status AddSide(const std::vector<Term>& terms,
                       std::vector<ScopedOperand>* side, int64_t* constant) {
    for (const Term& term : terms) {
      if (term.constant) {
        if (__builtin_add_overflow(*constant, term.coefficient, constant)) {
          return absl::InvalidArgumentError(
              absl::StrCat("\"", term.text, "\" is too large"));
        }
        continue;
      }
      absl::Status status = AddPath(term, side);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  absl::Status AddPath(const Term& term, std::vector<ScopedOperand>* side) {
    const Form* form = forms_[static_cast<int>(term.scope)];
    if (form == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", term.text, "\" is of a report that is not there"));
    }
    const v1::Column column = equation_.star == Star::kColumn
                                  ? static_cast<v1::Column>(star_)
                                  : term.column;
    if (term.row_prefix.empty()) {
      const v1::Row row =
          equation_.star == Star::kRow ? static_cast<v1::Row>(star_) : term.row;
      return AddCell(term, *form, row, column, side);
    }
    bool any = false;
    for (const FormRow& row : form->rows()) {
      if (row.beside_form || row.table != term.table ||
          !absl::StartsWith(Key(row.row), term.row_prefix)) {
        continue;
      }
      any = true;
      absl::Status status = AddCell(term, *form, row.row, column, side);
      if (!status.ok()) return status;
    }
    if (any) return absl::OkStatus();
    return absl::NotFoundError(absl::StrCat(
        "\"", term.text, "\": ", v1::Template_Name(form->template_id()),
        " has no row that begins so"));
  }

  absl::Status AddCell(const Term& term, const Form& form, v1::Row row,
                       v1::Column column, std::vector<ScopedOperand>* side) {
    const CellIndex cell = form.Find(term.table, row, column);
    if (cell == kNoCell) {
      return absl::NotFoundError(absl::StrCat(
          "\"", term.text, "\": ", v1::Template_Name(form.template_id()),
          " has no cell ", Key(term.table), ".", Key(row), ".", Key(column)));
    }
    if (!used_.insert({term.scope, cell}).second) {
      return absl::InvalidArgumentError(absl::StrCat(
          "\"", term.text, "\" names a cell that is already part of it"));
    }
    ScopedOperand operand;
    operand.scope = term.scope;
    operand.cell = cell;
    operand.coefficient = term.coefficient;
    side->push_back(operand);
    return absl::OkStatus();
  }

  bool IsAmount(const ScopedOperand& operand) const {
    const Form& form = *forms_[static_cast<int>(operand.scope)];
    return form.cells()[operand.cell].kind == VALUE_KIND_DECIMAL;
  }

  // Counts and amounts in the same unit.
  void SetFactors(RelationInstance* instance) const {
    for (const auto* side : {&instance->left, &instance->right}) {
      for (const ScopedOperand& operand : *side) {
        if (IsAmount(operand)) instance->scale = kAmountScale;
      }
    }
    for (auto* side : {&instance->left, &instance->right}) {
      for (ScopedOperand& operand : *side) {
        operand.factor = IsAmount(operand)
                             ? operand.coefficient
                             : operand.coefficient * instance->scale;
      }
    }
  }

  const Equation& equation_;
  const ScopeForms& forms_;
  const int star_;
  std::set<std::pair<Scope, CellIndex>> used_;
};

// What the star takes, in the order of the form of its first path.
std::vector<int> StarsOf(const Equation& equation, const Form& form,
                         v1::Table table) {
  std::vector<int> stars;
  auto add = [&stars](int star) {
    if (std::find(stars.begin(), stars.end(), star) == stars.end()) {
      stars.push_back(star);
    }
  };
  for (const FormRow& row : form.rows()) {
    if (row.table != table || row.beside_form) continue;
    if (equation.star == Star::kRow) add(row.row);
    for (int i = 0; equation.star == Star::kColumn && i < row.cell_count; ++i) {
      add(form.cells()[row.first_cell + i].column);
    }
  }
  return stars;
}

bool IsExcepted(const Equation& equation, int star,
                absl::Span<const std::string> except) {
  const absl::string_view key = equation.star == Star::kRow
                                    ? Key(static_cast<v1::Row>(star))
                                    : Key(static_cast<v1::Column>(star));
  return std::find(except.begin(), except.end(), key) != except.end();
}

absl::StatusOr<Relation> Compile(const Equation& equation,
                                 absl::Span<const std::string> star_except,
                                 const ScopeForms& forms) {
  Relation relation;
  relation.sign = equation.sign;
  for (const auto* side : {&equation.left, &equation.right}) {
    for (const Term& term : *side) {
      if (!term.constant) relation.uses[static_cast<int>(term.scope)] = true;
    }
  }
  const Term& path = *equation.FirstPath();
  const Form* form = forms[static_cast<int>(path.scope)];
  if (form == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", path.text, "\" is of a report that is not there"));
  }
  const bool starred = equation.star != Star::kNone;
  if (!starred && !star_except.empty()) {
    return absl::InvalidArgumentError(
        "star_except is set, but the relation has no '*'");
  }
  const std::vector<int> stars =
      starred ? StarsOf(equation, *form, path.table) : std::vector<int>{0};
  absl::Status last_failure = absl::NotFoundError("the form has no such table");
  for (int star : stars) {
    if (starred && IsExcepted(equation, star, star_except)) continue;
    auto instance = Instantiation(equation, forms, star).Run();
    if (instance.ok()) {
      relation.instances.push_back(*std::move(instance));
    } else if (absl::IsNotFound(instance.status())) {
      // The star's other values may have all the cells.
      last_failure = instance.status();
    } else {
      return instance.status();
    }
  }
  if (relation.instances.empty()) return last_failure;
  return relation;
}

}  // namespace

absl::StatusOr<Relation> CompileRelation(
    absl::string_view text, absl::Span<const std::string> star_except,
    const ScopeForms& forms) {
  absl::StatusOr<Equation> equation = ParseRelation(text);
  if (!equation.ok()) return equation.status();
  return Compile(*equation, star_except, forms);
}

absl::StatusOr<Relation> CompileSum(absl::string_view text,
                                    const ScopeForms& forms) {
  absl::StatusOr<Equation> equation = ParseSum(text);
  if (!equation.ok()) return equation.status();
  if (equation->star != Star::kNone) {
    return absl::InvalidArgumentError("the sum has a '*' and must have none");
  }
  return Compile(*equation, {}, forms);
}

bool AllowsPrevious(const forms::v1::Comparison& comparison,
                    const Form& current, const Form& previous) {
  if (comparison.any_previous_template()) return true;
  if (comparison.previous_template() != v1::TEMPLATE_UNSPECIFIED) {
    return previous.template_id() == comparison.previous_template();
  }
  return previous.template_id() == current.template_id();
}

absl::StatusOr<std::array<bool, kScopeCount>> ScopesOf(absl::string_view text) {
  absl::StatusOr<Equation> equation = ParseRelation(text);
  if (!equation.ok()) return equation.status();
  std::array<bool, kScopeCount> scopes = {};
  for (const auto* side : {&equation->left, &equation->right}) {
    for (const Term& term : *side) {
      if (!term.constant) scopes[static_cast<int>(term.scope)] = true;
    }
  }
  return scopes;
}

}  // namespace gongkai::catalog
