// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/read_cells.h"

#include <algorithm>

namespace gongkai::catalog {

void ReadCells::Reset(const Form& form) {
  // One to copy from: a temporary one is made anew for each cell, in parts, and
  // to read at once what was written in parts stalls the processor.
  static const ReadCell kMissing;
  form_ = &form;
  cells_.assign(form.cells().size(), kMissing);
  decimals_.clear();
  candidates_.clear();
}

bool ReadCells::Gives(const FormRow& row) const {
  if (!row.beside_form) return true;
  const auto first = cells_.begin() + row.first_cell;
  return std::any_of(first, first + row.cell_count, [](const ReadCell& cell) {
    return cell.state != v1::CELL_STATE_MISSING;
  });
}

void ReadCells::Write(CellIndex cell, v1::Cell* out) const {
  const FormCell& form_cell = form_->cells()[cell];
  const ReadCell& read = cells_[cell];
  out->Clear();
  out->set_table(form_cell.table);
  out->set_row(form_cell.row);
  out->set_column(form_cell.column);
  out->set_state(read.state);
  if (read.decimal >= 0) {
    out->set_decimal(decimals_[read.decimal]);
  } else if (read.has_number()) {
    out->set_count(read.count);
  }
  out->set_raw(read.raw.data(), read.raw.size());
  out->set_unit(read.unit.data(), read.unit.size());
  out->set_start_byte(read.start_byte);
  out->set_end_byte(read.end_byte);
  for (std::string_view candidate : candidates(read)) {
    out->add_candidates(candidate.data(), candidate.size());
  }
}

}  // namespace gongkai::catalog
