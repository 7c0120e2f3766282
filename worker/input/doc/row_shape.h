// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/doc/row_shape.h
//
// How wide the cells of a table's row are and which of them are covered by
// others, as the end of the row tells it.

#ifndef GONGKAI_WORKER_INPUT_DOC_ROW_SHAPE_H_
#define GONGKAI_WORKER_INPUT_DOC_ROW_SHAPE_H_

#include <array>
#include <cstdint>
#include <string_view>

namespace gongkai::input {

class RowShape {
 public:
  // Word's own limit.
  static constexpr int kMaxCells = 63;

  // 0 if the row's end tells nothing.
  int cells() const { return cells_; }

  // The edges of a cell, in twips (1/1440 inch) from the page's margin.
  // Cells follow each other: the right edge of one is the left of the next.
  int16_t left(int cell) const { return edges_[cell]; }
  int16_t right(int cell) const { return edges_[cell + 1]; }

  // True if the cell is covered by the one above or by the one on its left: it
  // is not shown.
  bool covered(int cell) const {
    return covered_above_[cell] || covered_left_[cell];
  }

  // Takes in one property modifier; others than a table's are ignored.
  void Apply(uint16_t sprm, std::string_view operand);

 private:
  void Define(std::string_view operand);
  void Merge(int first, int limit, bool merged);

  int cells_ = 0;
  std::array<int16_t, kMaxCells + 1> edges_;
  std::array<bool, kMaxCells> covered_above_;
  std::array<bool, kMaxCells> covered_left_;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOC_ROW_SHAPE_H_
