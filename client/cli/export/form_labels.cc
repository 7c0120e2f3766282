// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/export/form_labels.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "proto/cell_path.h"

namespace gongkai::cli {
namespace {

// The label of a row or column behind those of its groups.
template <typename Layout>
std::string LabelOf(const Layout& layout, Language language) {
  const bool english = language == Language::kEnglish;
  std::string label;
  for (int i = 0; i < layout.groups_size(); ++i) {
    absl::StrAppend(&label, english ? layout.groups_en(i) : layout.groups(i),
                    "／");
  }
  return absl::StrCat(label, english ? layout.label_en() : layout.label());
}

}  // namespace

FormLabels::FormLabels(const v1::ListTemplatesResponse& templates,
                       Language language) {
  const bool english = language == Language::kEnglish;
  for (const v1::TemplateLayout& layout : templates.templates()) {
    // One that this version does not know by name.
    if (!v1::Template_IsValid(layout.template_())) continue;
    newest_ = layout.template_();
    std::vector<int16_t>& index = index_[layout.template_()];
    index.assign(v1::Row_ARRAYSIZE * kColumns, -1);
    for (const v1::TableLayout& table : layout.tables()) {
      for (const v1::BlockLayout& block : table.blocks()) {
        for (const v1::RowLayout& row : block.rows()) {
          for (const v1::ColumnLayout& column : block.columns()) {
            if (!v1::Row_IsValid(row.row()) ||
                !v1::Column_IsValid(column.column())) {
              continue;
            }
            FormCell cell;
            cell.number = static_cast<int>(cells_.size());
            cell.form = layout.template_();
            cell.path.set_table(table.table());
            cell.path.set_row(row.row());
            cell.path.set_column(column.column());
            cell.path_text = CellPathText(cell.path);
            cell.label =
                absl::StrCat(LabelOf(row, language), "／",
                             english ? column.label_en() : column.label());
            cell.unit = column.unit();
            index[row.row() * kColumns + column.column()] =
                static_cast<int16_t>(cell.number);
            cells_.push_back(std::move(cell));
          }
        }
      }
    }
  }
}

const FormCell* FormLabels::Find(v1::Template form, v1::Row row,
                                 v1::Column column) const {
  if (!v1::Template_IsValid(form) || index_[form].empty()) form = newest_;
  if (index_[form].empty() || !v1::Row_IsValid(row) ||
      !v1::Column_IsValid(column)) {
    return nullptr;
  }
  const int number = index_[form][row * kColumns + column];
  return number < 0 ? nullptr : &cells_[number];
}

}  // namespace gongkai::cli
