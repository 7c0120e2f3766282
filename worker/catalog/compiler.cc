// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/compiler.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "proto/cell_path.h"
#include "worker/catalog/check.h"
#include "worker/catalog/check_relations.h"

namespace gongkai::catalog {
namespace {

using forms::v1::Block;
using forms::v1::ColumnForm;
using forms::v1::RowForm;
using forms::v1::Rule;
using forms::v1::TableForm;

// FNV-1a: no secret is kept by it, it only has to change with the content.
uint64_t Hash(absl::string_view bytes) {
  uint64_t hash = 14695981039346656037u;
  for (unsigned char byte : bytes) hash = (hash ^ byte) * 1099511628211u;
  return hash;
}

std::string TemplateName(v1::Template template_id) {
  return v1::Template_Name(template_id);
}

// True if a cell of the row may be an operand of the identity.
bool Mentions(const FormIdentity& identity, const FormRow& row) {
  const auto in_row = [&](CellIndex cell) {
    return cell >= row.first_cell && cell < row.first_cell + row.cell_count;
  };
  const auto on_side = [&](const std::vector<Operand>& side) {
    return std::any_of(side.begin(), side.end(), [&](const Operand& operand) {
      return in_row(operand.cell) ||
             std::any_of(operand.stand_ins.begin(), operand.stand_ins.end(),
                         in_row);
    });
  };
  return on_side(identity.left) || on_side(identity.right);
}

}  // namespace

absl::StatusOr<std::unique_ptr<const Catalog>> CatalogCompiler::Compile(
    absl::Span<const std::unique_ptr<Source>> sources) {
  if (absl::Status status = CheckSources(sources); !status.ok()) return status;

  std::unique_ptr<Catalog> catalog(new Catalog());
  for (const auto& source : sources) catalog->proto_.MergeFrom(source->proto);
  ApplyChanges(&catalog->proto_);
  AppendVariants(&catalog->proto_);
  catalog->normalizer_ = LabelNormalizer(catalog->proto_.traditional());
  catalog->version_ =
      absl::StrFormat("%016x", Hash(catalog->proto_.SerializeAsString()));

  catalog->forms_.resize(catalog->proto_.forms_size());
  for (int i = 0; i < catalog->proto_.forms_size(); ++i) {
    CompileForm(catalog->proto_.forms(i), &catalog->forms_[i]);
  }

  std::vector<std::string> faults;
  int rule_index = 0;
  for (const auto& source : sources) {
    for (int i = 0; i < source->proto.rules_size(); ++i, ++rule_index) {
      const Rule& rule = catalog->proto_.rules(rule_index);
      CheckRelations(
          rule, catalog->forms_,
          Locator(*source).Nested(forms::v1::Catalog::kRulesFieldNumber, i),
          &faults);
      if (!rule.has_identity()) continue;
      for (Form& form : catalog->forms_) {
        if (!AppliesTo(rule, form.template_id())) continue;
        absl::Status status = AddIdentities(rule, rule_index, &form);
        if (status.ok()) continue;
        faults.push_back(
            absl::StrCat(Locator(*source)
                             .Nested(forms::v1::Catalog::kRulesFieldNumber, i)
                             .Nested(Rule::kIdentityFieldNumber)
                             .Place(forms::v1::Identity::kEquationFieldNumber),
                         ": ", status.message()));
        break;
      }
    }
  }
  if (!faults.empty()) {
    return absl::InvalidArgumentError(absl::StrJoin(faults, "\n"));
  }
  return catalog;
}

void CatalogCompiler::ApplyChanges(forms::v1::Catalog* proto) {
  for (const forms::v1::RuleChange& change : proto->changes()) {
    for (Rule& rule : *proto->mutable_rules()) {
      if (rule.id() != change.rule_id()) continue;
      if (change.has_off()) rule.set_off(change.off());
      if (change.severity() != v1::SEVERITY_UNSPECIFIED) {
        rule.set_severity(change.severity());
      }
    }
  }
}

void CatalogCompiler::AppendVariants(forms::v1::Catalog* proto) {
  absl::flat_hash_map<std::string, const forms::v1::LabelVariants*> variants;
  for (const auto& entry : proto->variants()) variants[entry.label()] = &entry;
  auto append = [&variants](auto* labels) {
    for (int i = 0, declared = labels->size(); i < declared; ++i) {
      auto it = variants.find(labels->Get(i));
      if (it != variants.end()) labels->MergeFrom(it->second->variants());
    }
  };
  for (forms::v1::Form& form : *proto->mutable_forms()) {
    for (TableForm& table : *form.mutable_tables()) {
      for (Block& block : *table.mutable_blocks()) {
        for (ColumnForm& column : *block.mutable_columns()) {
          append(column.mutable_labels());
        }
        for (RowForm& row : *block.mutable_rows()) append(row.mutable_labels());
      }
    }
  }
}

void CatalogCompiler::CompileForm(const forms::v1::Form& proto, Form* form) {
  form->proto_ = &proto;
  for (const bool beside_form : {false, true}) {
    int block_number = -1;
    for (const TableForm& table : proto.tables()) {
      for (const Block& block : table.blocks()) {
        ++block_number;
        if (!beside_form) {
          auto& offsets = form->column_offset_.emplace_back();
          offsets.fill(-1);
          for (int i = 0; i < block.columns_size(); ++i) {
            offsets[block.columns(i).column()] = static_cast<int8_t>(i);
          }
        }
        for (const RowForm& row : block.rows()) {
          if (row.stands_for().empty() == beside_form) continue;
          const CellIndex first = static_cast<CellIndex>(form->cells_.size());
          form->rows_.push_back({table.table(),
                                 row.row(),
                                 first,
                                 static_cast<int16_t>(block.columns_size()),
                                 beside_form,
                                 &row,
                                 &block,
                                 {}});
          form->row_index_[row.row()] = {
              table.table(), static_cast<int8_t>(block_number), first};
          for (const ColumnForm& column : block.columns()) {
            form->cells_.push_back({table.table(), row.row(), column.column(),
                                    column.kind(), column.unit()});
          }
        }
      }
    }
    if (!beside_form) {
      form->own_cell_count_ = static_cast<int>(form->cells_.size());
    }
  }
  // Each row and each column of a block occurs once, so the enums bound both
  // numbers well below what CellIndex and the block numbers hold.
  static_assert(v1::Row_ARRAYSIZE <= std::numeric_limits<int8_t>::max() &&
                v1::Row_ARRAYSIZE * v1::Column_ARRAYSIZE <=
                    std::numeric_limits<CellIndex>::max());
}

absl::Status CatalogCompiler::AddIdentities(const Rule& rule, int rule_index,
                                            Form* form) {
  absl::StatusOr<Equation> equation = ParseEquation(rule.identity().equation());
  if (!equation.ok()) return equation.status();

  // What the star takes, in the order of the form.
  std::vector<std::pair<int, bool>> stars;  // the value; true if beside form
  const v1::Table table = equation->left.front().table;
  switch (equation->star) {
    case Star::kNone:
      stars.emplace_back(0, false);
      break;
    case Star::kRow:
      for (const FormRow& row : form->rows()) {
        if (row.table == table) stars.emplace_back(row.row, row.beside_form);
      }
      break;
    case Star::kColumn: {
      std::set<int> known;
      for (const FormCell& cell : form->cells()) {
        if (cell.table == table && known.insert(cell.column).second) {
          stars.emplace_back(cell.column, false);
        }
      }
      break;
    }
  }

  absl::Status last_failure =
      absl::InvalidArgumentError("the form has no such table");
  bool found = false;
  for (const auto& [star, beside_form] : stars) {
    absl::StatusOr<FormIdentity> identity = Instantiate(*equation, *form, star);
    if (absl::IsNotFound(identity.status())) {
      // The star's other values may have all the cells.
      last_failure = identity.status();
      continue;
    }
    if (!identity.ok()) return identity.status();
    found = true;
    identity->rule = rule_index;
    identity->proves = rule.identity().proves();
    identity->beside_form = beside_form;
    const int index = static_cast<int>(form->identities_.size());
    for (FormRow& row : form->rows_) {
      if (identity->proves && Mentions(*identity, row)) {
        row.proofs.push_back(index);
      }
    }
    form->identities_.push_back(*std::move(identity));
  }
  if (found) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      last_failure.message(), "; if the rule is not for ",
      TemplateName(form->template_id()), ", say so in its templates"));
}

absl::StatusOr<FormIdentity> CatalogCompiler::Instantiate(
    const Equation& equation, const Form& form, int star) {
  FormIdentity identity;
  std::set<CellIndex> used;
  auto add = [&](const Term& term, v1::Row row, v1::Column column,
                 std::vector<Operand>* side) -> absl::Status {
    const CellIndex cell = form.Find(term.table, row, column);
    if (cell == kNoCell) {
      return absl::NotFoundError(absl::StrCat(
          "\"", term.text,
          "\" in the equation: ", TemplateName(form.template_id()),
          " has no cell ", Key(term.table), ".", Key(row), ".", Key(column)));
    }
    if (form.cells()[cell].kind == forms::v1::VALUE_KIND_DECIMAL) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", term.text, "\" in the equation names an amount; ",
                       "identities are over counts"));
    }
    if (!used.insert(cell).second) {
      return absl::InvalidArgumentError(absl::StrCat(
          "\"", term.text, "\" in the equation names a cell that is already ",
          "part of it"));
    }
    Operand operand;
    operand.cell = cell;
    for (const FormRow& beside : form.rows()) {
      if (!beside.beside_form || beside.table != term.table) continue;
      const auto& own = beside.declaration->stands_for();
      if (std::find(own.begin(), own.end(), row) == own.end()) continue;
      const CellIndex stand_in = form.Find(beside.table, beside.row, column);
      if (stand_in != kNoCell) operand.stand_ins.push_back(stand_in);
    }
    side->push_back(std::move(operand));
    return absl::OkStatus();
  };
  for (const auto& [terms, side] :
       {std::make_pair(&equation.left, &identity.left),
        std::make_pair(&equation.right, &identity.right)}) {
    for (const Term& term : *terms) {
      const v1::Column column = equation.star == Star::kColumn
                                    ? static_cast<v1::Column>(star)
                                    : term.column;
      if (term.row_prefix.empty()) {
        const v1::Row row =
            equation.star == Star::kRow ? static_cast<v1::Row>(star) : term.row;
        absl::Status status = add(term, row, column, side);
        if (!status.ok()) return status;
        continue;
      }
      bool any = false;
      for (const FormRow& row : form.rows()) {
        if (row.beside_form || row.table != term.table ||
            !absl::StartsWith(Key(row.row), term.row_prefix)) {
          continue;
        }
        any = true;
        absl::Status status = add(term, row.row, column, side);
        if (!status.ok()) return status;
      }
      if (!any) {
        return absl::NotFoundError(absl::StrCat(
            "\"", term.text, "\" in the equation: ",
            TemplateName(form.template_id()), " has no row that begins so"));
      }
    }
  }
  return identity;
}

}  // namespace gongkai::catalog
