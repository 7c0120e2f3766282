// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/form_names.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "proto/cell_path.h"

namespace gongkai::validate {
namespace {

using catalog::CellIndex;

// More cells than this are a nuisance in a sentence; the finding lists all.
constexpr size_t kMaxListed = 5;

// Few lists take more.
constexpr size_t kListBytes = 256;

}  // namespace

FormNames::FormNames(const catalog::Form& form)
    : rows_(form.cells().size()), columns_(form.cells().size()) {
  for (const catalog::FormRow& row : form.rows()) {
    const forms::v1::RowForm& declaration = *row.declaration;
    for (int i = 0; i < row.cell_count; ++i) {
      rows_[row.first_cell + i] = declaration.name().empty()
                                      ? declaration.labels(0)
                                      : declaration.name();
      columns_[row.first_cell + i] = row.block->columns(i).labels(0);
    }
  }
  for (size_t cell = 0; cell < form.cells().size(); ++cell) {
    const catalog::FormCell& form_cell = form.cells()[cell];
    cell_names_.push_back(absl::StrCat(rows_[cell], "／", columns_[cell]));
    v1::CellPath& path = paths_.emplace_back();
    path.set_table(form_cell.table);
    path.set_row(form_cell.row);
    path.set_column(form_cell.column);
    path_texts_.push_back(CellPathText(path));
    keys_.push_back(KeyOf(path));
  }
}

std::string FormNames::ListNames(absl::Span<const CellIndex> cells) const {
  std::string list;
  list.reserve(kListBytes);
  for (CellIndex cell : cells.subspan(0, kMaxListed)) {
    absl::StrAppend(&list, list.empty() ? "" : "、", CellName(cell));
  }
  if (cells.size() > kMaxListed)
    absl::StrAppend(&list, "等 ", cells.size(), " 个");
  return list;
}

std::string FormNames::ListPaths(absl::Span<const CellIndex> cells) const {
  std::string list;
  list.reserve(kListBytes);
  for (CellIndex cell : cells.subspan(0, kMaxListed)) {
    absl::StrAppend(&list, list.empty() ? "" : ", ", Path(cell));
  }
  if (cells.size() > kMaxListed) {
    absl::StrAppend(&list, " and ", cells.size() - kMaxListed, " more");
  }
  return list;
}

}  // namespace gongkai::validate
