// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/cell_table.h
//
// The cells of a report as dense arrays over its form. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_CELL_TABLE_H_
#define GONGKAI_WORKER_VALIDATE_CELL_TABLE_H_

#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "gongkai/forms/v1/catalog.pb.h"
#include "gongkai/v1/finding.pb.h"
#include "gongkai/v1/report.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/read_cells.h"
#include "worker/validate/finding.h"

namespace gongkai::validate {

// Keeps its memory from report to report.
class CellTable {
 public:
  // Reads every cell of the report that the form knows. A cell that the report
  // gives twice is AMBIGUOUS: neither is more right than the other. Form and
  // report must outlive the use of this table. With blank_as_zero, blank cells
  // and those that are marked as not applicable count as read and 0; their
  // state stays what it is.
  void Load(const catalog::Form& form, const v1::Report& report,
            bool blank_as_zero = false);

  // The same of cells that were not made messages.
  void Load(const catalog::ReadCells& cells, bool blank_as_zero = false);

  // MISSING where the report does not give the cell.
  v1::CellState state(catalog::CellIndex cell) const {
    return static_cast<v1::CellState>(states_[cell]);
  }

  // 0 if the cell has state VALUE and a number of its column's kind, otherwise
  // 1. One byte a cell, so that sums can gather it without a branch.
  const uint8_t* unread() const { return unread_.data(); }

  // The same as a set: a bit for each cell, 64 in a word.
  const std::vector<uint64_t>& unread_set() const { return unread_set_; }

  // True if no sum of the form's cells can overflow: nearly always.
  bool sums_fit() const { return magnitudes_ <= kMaxMagnitude; }

  // The counts; amounts in units of 1 / catalog::kAmountScale; 0 where unread.
  const int64_t* counts() const { return counts_.data(); }

  // True if the cell counts as 0 although it is blank.
  bool AssumedZero(catalog::CellIndex cell) const {
    return unread_[cell] == 0 && states_[cell] != v1::CELL_STATE_VALUE;
  }

  // The cell as the report gives it; null if it does not.
  const v1::Cell* cell(catalog::CellIndex cell) const {
    if (cells_[cell] == nullptr && read_ != nullptr) Make(cell);
    return cells_[cell];
  }

  // Adds where the cell stands, if that is known.
  void AddPlace(catalog::CellIndex cell, Finding* finding) const;

  // True if a cell of the row has another state than MISSING.
  bool Printed(const catalog::FormRow& row) const;

  // The cells with something wrong, in the order of the form.
  const std::vector<catalog::CellIndex>& faulty(
      forms::v1::CellFault fault) const {
    return faulty_[fault];
  }

 private:
  // Far above any count of a report; so many of them as a form has cells are
  // far below overflow.
  static constexpr uint64_t kMaxMagnitude = (uint64_t{1} << 47) - 1;

  void Reset(size_t size, bool blank_as_zero);
  void Add(const catalog::Form& form, const v1::ReportTable& table);
  void Add(const catalog::FormCell& form_cell, const v1::Cell& cell,
           catalog::CellIndex index);
  // The cell was read.
  void Set(catalog::CellIndex cell, int64_t count) {
    unread_[cell] = 0;
    counts_[cell] = count;
    magnitudes_ |= static_cast<uint64_t>(count < 0 ? ~count : count);
  }
  // Fills unread_set_.
  void CollectUnread();
  // A cell of which the messages would say more than a count.
  void AddRead(const catalog::FormCell& form_cell,
               const catalog::ReadCell& cell, catalog::CellIndex index);
  // Makes the message of a cell that was read.
  void Make(catalog::CellIndex cell) const;
  void NoteFaults(const catalog::FormCell& form_cell, const v1::Cell& cell,
                  catalog::CellIndex index);

  bool blank_as_zero_ = false;
  std::vector<uint8_t> states_;
  std::vector<uint8_t> unread_;
  std::vector<uint64_t> unread_set_;
  std::vector<int64_t> counts_;
  // The bits that some count has.
  uint64_t magnitudes_ = 0;
  std::array<std::vector<catalog::CellIndex>, forms::v1::CellFault_ARRAYSIZE>
      faulty_;
  // Null if the report has messages. Then they are made of those cells that
  // somebody asks for.
  const catalog::ReadCells* read_ = nullptr;
  mutable std::vector<const v1::Cell*> cells_;
  mutable std::deque<v1::Cell> made_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_CELL_TABLE_H_
