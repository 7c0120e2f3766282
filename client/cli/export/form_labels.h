// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/export/form_labels.h
//
// What people call the cells of the forms, as the service tells it
// (ListTemplates).

#ifndef GONGKAI_CLIENT_CLI_EXPORT_FORM_LABELS_H_
#define GONGKAI_CLIENT_CLI_EXPORT_FORM_LABELS_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "client/cli/language.h"
#include "gongkai/v1/cell.pb.h"
#include "gongkai/v1/report.pb.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai::cli {

// A cell of a form.
struct FormCell {
  // From 0, through all forms: the oldest form's cells first.
  int number;
  v1::Template form;
  v1::CellPath path;
  // The dotted path.
  std::string path_text;
  // Its row with the groups that span it, and its column: "三、本年度办理结果／
  // （一）予以公开／自然人".
  std::string label;
  // Of the column; empty for counts.
  std::string unit;
};

// Immutable and thread-safe.
class FormLabels {
 public:
  FormLabels(const v1::ListTemplatesResponse& templates, Language language);

  // In the order of the forms.
  const std::vector<FormCell>& cells() const { return cells_; }

  // The cell, or null for one that no form has. With the number of a form that
  // is not known, the cell is looked for in the newest.
  const FormCell* Find(v1::Template form, v1::Row row, v1::Column column) const;

 private:
  static constexpr int kForms = v1::Template_ARRAYSIZE;
  static constexpr int kColumns = v1::Column_ARRAYSIZE;

  std::vector<FormCell> cells_;
  // By form, row and column (a row stands in one table only): a number of
  // cells_; -1 for none.
  std::array<std::vector<int16_t>, kForms> index_;
  v1::Template newest_ = v1::TEMPLATE_UNSPECIFIED;
};

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_EXPORT_FORM_LABELS_H_
