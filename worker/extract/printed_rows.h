// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/printed_rows.h
//
// The rows that a table of a form may print, in printed order: rows beside the
// form stand before the first row that they stand for.

#ifndef GONGKAI_WORKER_EXTRACT_PRINTED_ROWS_H_
#define GONGKAI_WORKER_EXTRACT_PRINTED_ROWS_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "worker/catalog/catalog.h"

namespace gongkai::extract {

// Immutable after construction.
class PrintedRows {
 public:
  // A row beside the form and a row that it stands for, by their places.
  struct StandIn {
    int row;
    int stands_for;
  };

  // The form must outlive it.
  PrintedRows(const catalog::Form& form, v1::Table table);

  absl::Span<const catalog::FormRow* const> rows() const { return rows_; }
  int size() const { return static_cast<int>(rows_.size()); }
  const catalog::FormRow& operator[](int place) const { return *rows_[place]; }

  // The row's place among rows(); -1 if it is none of them.
  int PlaceOf(v1::Row row) const { return places_[row]; }

  // By the row beside the form.
  absl::Span<const StandIn> stand_ins() const { return stand_ins_; }

 private:
  std::vector<const catalog::FormRow*> rows_;
  std::array<int8_t, v1::Row_ARRAYSIZE> places_;
  std::vector<StandIn> stand_ins_;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_PRINTED_ROWS_H_
