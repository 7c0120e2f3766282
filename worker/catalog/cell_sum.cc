// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/cell_sum.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "proto/cell_path.h"
#include "worker/catalog/equation.h"

namespace gongkai::catalog {
namespace {

template <typename Range, typename Value>
bool Holds(const Range& range, const Value& value) {
  return std::find(range.begin(), range.end(), value) != range.end();
}

// The rows of the form that the term names.
std::vector<const FormRow*> RowsOf(const Term& term, const Form& form) {
  std::vector<const FormRow*> rows;
  for (const FormRow& row : form.rows()) {
    if (row.table != term.table) continue;
    if (term.row_prefix.empty()
            ? row.row == term.row
            : !row.beside_form &&
                  absl::StartsWith(Key(row.row), term.row_prefix)) {
      rows.push_back(&row);
    }
  }
  return rows;
}

// A row beside the form can take its place only if the sum has every row that
// it stands for.
void AddSubstitutes(const Form& form, v1::Column column,
                    const std::vector<v1::Row>& rows, CellSum* sum) {
  for (const FormRow& beside : form.rows()) {
    if (!beside.beside_form) continue;
    const CellIndex cell = form.Find(beside.table, beside.row, column);
    if (cell == kNoCell) continue;
    CellSum::Substitute substitute;
    bool all = true;
    for (int own : beside.declaration->stands_for()) {
      const auto row = static_cast<v1::Row>(own);
      all = all && Holds(rows, row);
      substitute.own.push_back(form.Find(beside.table, row, column));
    }
    if (!all) continue;
    auto same = std::find_if(
        sum->substitutes.begin(), sum->substitutes.end(),
        [&](const auto& other) { return other.own == substitute.own; });
    if (same == sum->substitutes.end()) {
      same = sum->substitutes.insert(same, std::move(substitute));
    }
    same->beside.push_back(cell);
  }
}

}  // namespace

absl::Status CheckCellSum(absl::string_view text) {
  return ParsePathSum(text).status();
}

CellSum CompileCellSum(absl::string_view text, const Form& form) {
  const absl::StatusOr<std::vector<Term>> terms = ParsePathSum(text);
  if (!terms.ok()) return {};
  CellSum sum;
  std::vector<std::pair<v1::Column, std::vector<v1::Row>>> columns;
  for (const Term& term : *terms) {
    const std::vector<const FormRow*> rows = RowsOf(term, form);
    if (rows.empty()) return {};
    auto column =
        std::find_if(columns.begin(), columns.end(),
                     [&](const auto& c) { return c.first == term.column; });
    if (column == columns.end()) {
      column = columns.insert(column, {term.column, {}});
    }
    for (const FormRow* row : rows) {
      const CellIndex cell = form.Find(term.table, row->row, term.column);
      // Amounts are not counted together with anything.
      if (cell == kNoCell ||
          form.cells()[cell].kind == forms::v1::VALUE_KIND_DECIMAL) {
        return {};
      }
      sum.cells.push_back(cell);
      column->second.push_back(row->row);
    }
  }
  for (const auto& [column, rows] : columns) {
    AddSubstitutes(form, column, rows, &sum);
  }
  return sum;
}

}  // namespace gongkai::catalog
