// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/form_names.h
//
// What messages call the rows, columns and cells of a form. Private to
// validate.

#ifndef GONGKAI_WORKER_VALIDATE_FORM_NAMES_H_
#define GONGKAI_WORKER_VALIDATE_FORM_NAMES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "gongkai/v1/cell.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/validate/finding.h"

namespace gongkai::validate {

class FormNames {
 public:
  // The form must outlive this; its names point into the catalogue.
  explicit FormNames(const catalog::Form& form);

  // The number of the form's cells.
  size_t size() const { return keys_.size(); }

  absl::string_view RowName(catalog::CellIndex cell) const {
    return rows_[cell];
  }
  absl::string_view ColumnName(catalog::CellIndex cell) const {
    return columns_[cell];
  }
  // Row and column.
  const std::string& CellName(catalog::CellIndex cell) const {
    return cell_names_[cell];
  }
  // The dotted path.
  const std::string& Path(catalog::CellIndex cell) const {
    return path_texts_[cell];
  }
  const v1::CellPath& CellPath(catalog::CellIndex cell) const {
    return paths_[cell];
  }

  CellKey Key(catalog::CellIndex cell) const { return keys_[cell]; }

  // The names, or the paths, of the first few cells and how many there are.
  std::string ListNames(absl::Span<const catalog::CellIndex> cells) const;
  std::string ListPaths(absl::Span<const catalog::CellIndex> cells) const;

 private:
  std::vector<absl::string_view> rows_;
  std::vector<absl::string_view> columns_;
  // Put together once: a report with many unread cells has them named dozens of
  // times.
  std::vector<std::string> cell_names_;
  std::vector<std::string> path_texts_;
  std::vector<v1::CellPath> paths_;
  std::vector<CellKey> keys_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_FORM_NAMES_H_
