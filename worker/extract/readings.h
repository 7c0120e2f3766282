// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/readings.h
//
// What is read of the cells of a form, and the form's identities over it. The
// identities are an error-correcting code: they choose between readings and
// prove one; they never change what was read.

#ifndef GONGKAI_WORKER_EXTRACT_READINGS_H_
#define GONGKAI_WORKER_EXTRACT_READINGS_H_

#include <cstdint>
#include <string_view>

#include "absl/types/span.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/read_cells.h"
#include "worker/extract/value.h"

namespace gongkai::extract {

// What Cell.raw promises. Longer text in a value cell is not a number anyway.
inline constexpr size_t kMaxRawBytes = 64;

// The reading of one cell. Its place is set once all of them are final, as are
// `decimal` and the length of its text.
using Reading = catalog::ReadCell;

// How an identity stands on the present readings.
struct Standing {
  // Operands that were not read.
  int unknown = 0;
  // The last of them, and on which side it stands.
  catalog::CellIndex unknown_cell = catalog::kNoCell;
  bool unknown_left = false;
  // Left minus right over the operands that were read.
  int64_t difference = 0;

  bool Holds() const { return unknown == 0 && difference == 0; }
  bool Fails() const { return unknown == 0 && difference != 0; }
  // What the one unknown operand must be.
  int64_t Solution() const { return unknown_left ? -difference : difference; }
};

class Readings {
 public:
  // Reads into *cells, of which it makes all cells of the form MISSING.
  void Reset(const catalog::Form& form, catalog::ReadCells* cells);

  const catalog::Form& form() const { return *form_; }

  Reading& operator[](catalog::CellIndex cell) { return cells_[cell]; }
  const Reading& operator[](catalog::CellIndex cell) const {
    return cells_[cell];
  }

  // Sets a cell from the text and value in its place: VALUE, BLANK,
  // NOT_APPLICABLE, or INVALID if the number is not of the column's kind.
  void Set(catalog::CellIndex cell, std::string_view raw, const Value& value) {
    Reading& reading = cells_.data()[cell];
    reading.raw = raw;
    reading.unit = value.unit;
    reading.lost = false;
    if (value.kind == Value::Kind::kNumber && value.scale == 0 &&
        value.digits >= 0) [[likely]] {
      // Of the right kind for every column.
      reading.state = v1::CELL_STATE_VALUE;
      reading.count = value.digits;
      reading.scale = 0;
    } else {
      SetRare(cell, value);
    }
  }

  // Makes the cells of a row AMBIGUOUS between these texts.
  void SetAmbiguous(const catalog::FormRow& row,
                    absl::Span<const std::string_view> candidates);

  // How the identity stands. Operands are known if their state is VALUE (or
  // DERIVED, if `with_derived`) and they are whole numbers.
  Standing Stand(const catalog::FormIdentity& identity,
                 bool with_derived = false) const;

  // True if one of the row's proofs is complete and holds.
  bool IsProved(const catalog::FormRow& row) const;

  // Fills lost cells that the identities leave one value for, as DERIVED.
  void Derive();

 private:
  struct Number {
    bool known;
    int64_t value;
  };
  Number NumberOf(catalog::CellIndex cell, bool with_derived) const;
  // Set(), where the value is not a whole number from 0 on.
  void SetRare(catalog::CellIndex cell, const Value& value);

  const catalog::Form* form_ = nullptr;
  catalog::ReadCells* read_ = nullptr;
  absl::Span<Reading> cells_;  // of read_
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_READINGS_H_
