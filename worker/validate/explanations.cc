// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/explanations.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "worker/validate/repair_space.h"

namespace gongkai::validate {
namespace {

using catalog::CellIndex;
using catalog::Scope;
using catalog::ScopedOperand;
using forms::v1::Rule;

// The cell that names a relation among others of its rule.
CellIndex OwnCell(const catalog::RelationInstance& instance) {
  for (const auto* side : {&instance.left, &instance.right}) {
    for (const ScopedOperand& operand : *side) {
      if (operand.scope == Scope::kCurrent) return operand.cell;
    }
  }
  return catalog::kNoCell;
}

bool IsRepairable(int64_t difference) {
  return difference <= kMaxRepairable && difference >= -kMaxRepairable;
}

// True if the relation would hold after the repair.
bool WouldHold(const RelationFailure& failure, const CellRepair& repair) {
  int64_t left = failure.result.left;
  int64_t right = failure.result.right;
  bool changed = false;
  const auto change = [&](const std::vector<ScopedOperand>& side,
                          int64_t* sum) {
    for (const ScopedOperand& operand : side) {
      if (operand.scope != Scope::kCurrent) continue;
      for (const CellRepair::Change& cell : repair.changes) {
        if (cell.cell != operand.cell) continue;
        *sum += operand.factor * (cell.proposed - cell.printed);
        changed = true;
      }
    }
  };
  if (!IsRepairable(left) || !IsRepairable(right)) return false;
  change(failure.instance->left, &left);
  change(failure.instance->right, &right);
  return changed && Holds(failure.sign, left, right);
}

}  // namespace

RepairText TextOf(const CellRepair& repair, const FormNames& names,
                  const CellTable& cells) {
  RepairText text;
  std::vector<CellIndex> changed;
  bool one_row = true;
  for (const CellRepair::Change& change : repair.changes) {
    changed.push_back(change.cell);
    one_row = one_row && names.CellPath(change.cell).row() ==
                             names.CellPath(changed.front()).row();
  }
  const auto append = [&text](int64_t printed, int64_t proposed) {
    absl::StrAppend(&text.printed, text.printed.empty() ? "" : "、", printed);
    absl::StrAppend(&text.proposed, text.proposed.empty() ? "" : "、",
                    proposed);
  };
  const bool row = changed.size() > 2 && one_row;
  auto next = repair.changes.begin();
  for (CellIndex cell = changed.front(); cell <= changed.back(); ++cell) {
    if (next->cell == cell) {
      append(next->printed, next->proposed);
      ++next;
    } else if (row) {
      append(cells.counts()[cell], cells.counts()[cell]);
    }
  }
  if (row) {
    text.cells = std::string(names.RowName(changed.front()));
    const std::string path = names.Path(changed.front());
    text.cells_en = path.substr(0, path.rfind('.'));
  } else {
    text.cells = names.ListNames(changed);
    text.cells_en = names.ListPaths(changed);
  }
  return text;
}

void Explanations::Search(const catalog::Form& form, const CellTable& cells,
                          const IdentityPlan& plan,
                          const std::vector<IdentityResult>& results,
                          const std::vector<Equality>& equalities) {
  cells_ = &cells;
  of_identity_.assign(results.size(), -1);
  for (size_t i = 0; i < results.size(); ++i) {
    const IdentityPlan::Identity& identity = plan.identities()[i];
    if (results[i].result == v1::RULE_RESULT_NOT_ASSESSABLE ||
        !IsRepairable(results[i].difference)) {
      continue;
    }
    of_identity_[i] = static_cast<int>(constraints_.size());
    Constraint& constraint = constraints_.emplace_back();
    constraint.difference = results[i].difference;
    for (CellIndex cell : plan.left(identity)) {
      constraint.terms.emplace_back(cell, 1);
    }
    for (CellIndex cell : plan.right(identity)) {
      constraint.terms.emplace_back(cell, -1);
    }
    constraint_names_.push_back({&catalog_.proto().rules(identity.rule),
                                 plan.right(identity).front(), nullptr});
  }
  for (const Equality& equality : equalities) {
    if (equality.instance->scale != 1 || !IsRepairable(equality.difference)) {
      continue;
    }
    Constraint& constraint = constraints_.emplace_back();
    constraint.difference = equality.difference;
    constraint.beside = true;
    for (const int sign : {1, -1}) {
      for (const ScopedOperand& operand :
           sign > 0 ? equality.instance->left : equality.instance->right) {
        if (operand.scope == Scope::kCurrent) {
          constraint.terms.emplace_back(operand.cell, sign * operand.factor);
        }
      }
    }
    constraint_names_.push_back(
        {equality.rule, OwnCell(*equality.instance), equality.instance});
  }
  repairs_ = FindRepairs(form, cells, constraints_);
}

void Explanations::Note(const Repairs::Ranking& ranking, Finding* finding,
                        std::string* message, std::string* message_en,
                        MessageArguments* arguments) {
  if (ranking.repairs.empty()) return;
  links_.push_back({finding, ranking.repairs, ranking.unique});
  if (!ranking.unique) return;
  const int best = ranking.repairs.front();
  finding->set_repair(ProtoOf(best));
  const CellRepair& repair = repairs_.list[best];
  if (repair.kind != v1::REPAIR_KIND_ONE_CELL) return;
  const CellRepair::Change& change = repair.changes.front();
  *message += catalog_.proto().phrases().repair();
  *message_en += catalog_.proto().phrases().repair_en();
  arguments->emplace_back("cell", names_.CellName(change.cell));
  arguments->emplace_back("cell_en", names_.Path(change.cell));
  arguments->emplace_back("printed", absl::StrCat(change.printed));
  arguments->emplace_back("proposed", absl::StrCat(change.proposed));
}

void Explanations::Explain(int identity, Finding* finding, std::string* message,
                           std::string* message_en,
                           MessageArguments* arguments) {
  if (of_identity_.empty() || of_identity_[identity] < 0) return;
  Note(repairs_.rankings[of_identity_[identity]], finding, message, message_en,
       arguments);
}

void Explanations::Explain(const RelationFailure& failure, Finding* finding,
                           std::string* message, std::string* message_en,
                           MessageArguments* arguments) {
  for (size_t i = 0; i < constraint_names_.size(); ++i) {
    if (constraint_names_[i].instance == failure.instance &&
        failure.instance != nullptr) {
      Note(repairs_.rankings[i], finding, message, message_en, arguments);
      return;
    }
  }
  // A relation that follows from what has been explained.
  for (size_t r = 0; r < repairs_.list.size(); ++r) {
    const int repair = static_cast<int>(r);
    if (IsBest(repair) && WouldHold(failure, repairs_.list[r])) {
      Note({{repair}, true}, finding, message, message_en, arguments);
      return;
    }
  }
}

void Explanations::Explain(int repair, Finding* finding) {
  links_.push_back({finding, {repair}, true});
  finding->set_repair(ProtoOf(repair));
}

bool Explanations::IsBest(int repair) const {
  return std::any_of(repairs_.rankings.begin(), repairs_.rankings.end(),
                     [repair](const Repairs::Ranking& ranking) {
                       return ranking.unique &&
                              ranking.repairs.front() == repair;
                     });
}

v1::Repair Explanations::ProtoOf(int repair) const {
  const CellRepair& found = repairs_.list[repair];
  v1::Repair proto;
  proto.set_kind(found.kind);
  for (const CellRepair::Change& change : found.changes) {
    v1::CellChange* added = proto.add_changes();
    *added->mutable_cell() = names_.CellPath(change.cell);
    added->set_printed(change.printed);
    added->set_proposed(change.proposed);
  }
  *proto.mutable_cell() = proto.changes(0).cell();
  proto.set_printed(proto.changes(0).printed());
  proto.set_proposed(proto.changes(0).proposed());
  for (int constraint : found.repaired) {
    const Name& name = constraint_names_[constraint];
    proto.add_repairs(
        absl::StrCat(name.rule->id(), " ", names_.Path(name.total)));
  }
  return proto;
}

std::string Explanations::ProofsOf(int repair, bool english) const {
  // More are a nuisance in a sentence.
  constexpr size_t kMaxProofs = 5;
  std::string proofs;
  size_t count = 0;
  for (int index : repairs_.list[repair].repaired) {
    if (++count > kMaxProofs) continue;
    const Rule& rule = *constraint_names_[index].rule;
    absl::StrAppend(&proofs,
                    proofs.empty() ? ""
                    : english      ? "; "
                                   : "；",
                    english ? rule.title_en() : rule.title(),
                    english ? " (" : "（", SharedNameOf(index, english),
                    english ? ")" : "）");
  }
  if (count > kMaxProofs) absl::StrAppend(&proofs, english ? "; …" : "；……");
  return proofs;
}

// The row or column that all cells of a constraint share, or else its total.
std::string Explanations::SharedNameOf(int index, bool english) const {
  const CellIndex total = constraint_names_[index].total;
  const v1::CellPath path = names_.CellPath(total);
  bool row = true;
  bool column = true;
  for (const auto& [cell, coefficient] : constraints_[index].terms) {
    row = row && names_.CellPath(cell).row() == path.row();
    column = column && names_.CellPath(cell).column() == path.column();
  }
  if (english) {
    const std::string text = names_.Path(total);
    if (row && !column) return text.substr(0, text.rfind('.'));
    if (column && !row) return text.substr(text.rfind('.') + 1);
    return text;
  }
  if (row && !column) return std::string(names_.RowName(total));
  if (column && !row) return std::string(names_.ColumnName(total));
  return names_.CellName(total);
}

}  // namespace gongkai::validate
