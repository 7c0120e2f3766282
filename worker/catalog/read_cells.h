// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/read_cells.h
//
// What a document says of the cells of a form, in the form's order: how the
// rooms hand cells to each other where nobody needs messages. To make a message
// of each of some 200 cells takes longer than to read them.

#ifndef GONGKAI_WORKER_CATALOG_READ_CELLS_H_
#define GONGKAI_WORKER_CATALOG_READ_CELLS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "gongkai/v1/cell.pb.h"
#include "worker/catalog/catalog.h"

namespace gongkai::catalog {

// A cell; the fields mean what those of v1::Cell do. Texts are views into the
// document. As large as a line of the cache: there are some 200 of them.
struct ReadCell {
  v1::CellState state = v1::CELL_STATE_MISSING;
  // Of VALUE and DERIVED: a whole number; or an amount, as the number of one of
  // ReadCells::decimals(), -1 for none.
  int32_t decimal = -1;
  int64_t count = 0;
  std::string_view raw;
  std::string_view unit;
  uint32_t start_byte = 0;
  uint32_t end_byte = 0;
  // A range of ReadCells::candidates().
  int32_t first_candidate = 0;
  int16_t candidate_count = 0;
  // What follows is extract's own. How many digits of `count` stand behind the
  // point of the printed number.
  int8_t scale = 0;
  // True if the row is there but this cell of it is not.
  bool lost = false;

  bool has_number() const {
    return state == v1::CELL_STATE_VALUE || state == v1::CELL_STATE_DERIVED;
  }
};
static_assert(sizeof(ReadCell) == 64);

// Keeps its memory from document to document.
class ReadCells {
 public:
  // No cells, of no form.
  void Clear() { form_ = nullptr; }

  // Cells of the form, all of them MISSING.
  void Reset(const Form& form);

  // Null if there are none.
  const Form* form() const { return form_; }

  ReadCell& operator[](CellIndex cell) { return cells_[cell]; }
  const ReadCell& operator[](CellIndex cell) const { return cells_[cell]; }
  absl::Span<ReadCell> cells() { return absl::MakeSpan(cells_); }
  absl::Span<const ReadCell> cells() const { return cells_; }

  std::vector<std::string>& decimals() { return decimals_; }
  const std::vector<std::string>& decimals() const { return decimals_; }

  std::vector<std::string_view>& candidates() { return candidates_; }
  absl::Span<const std::string_view> candidates(const ReadCell& cell) const {
    return absl::MakeConstSpan(candidates_)
        .subspan(cell.first_candidate, cell.candidate_count);
  }

  // False for a row beside the form that is not printed: a report says nothing
  // of its cells.
  bool Gives(const FormRow& row) const;

  // Replaces what the message holds.
  void Write(CellIndex cell, v1::Cell* out) const;

 private:
  const Form* form_ = nullptr;
  std::vector<ReadCell> cells_;
  std::vector<std::string> decimals_;
  std::vector<std::string_view> candidates_;
};

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_READ_CELLS_H_
