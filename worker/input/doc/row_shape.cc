// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/doc/row_shape.h"

#include <algorithm>

#include "worker/input/doc/little_endian.h"
#include "worker/input/doc/sprm.h"

namespace gongkai::input {
namespace {

// A cell's descriptor and its flags.
constexpr size_t kDescriptor = 20;
constexpr uint16_t kMergedLeft = 0x03;  // two bits, see Define()
constexpr uint16_t kMergedAbove = 0x20;
constexpr uint16_t kMergeBegins = 0x40;

}  // namespace

void RowShape::Apply(uint16_t sprm, std::string_view operand) {
  switch (sprm) {
    case kTableDefinition:
    case kTableDefinitionOld:
      Define(operand);
      break;
    case kTableMerge:
      Merge(U8(operand, 0), U8(operand, 1), true);
      break;
    case kTableSplit:
      Merge(U8(operand, 0), U8(operand, 1), false);
      break;
    case kTableVerticalMerge:
      // Behind the size: the cell, then 0 for a free one, 1 for a covered one,
      // 3 for the first.
      if (const int cell = U8(operand, 1); cell < cells_) {
        covered_above_[cell] = U8(operand, 2) == 1;
      }
      break;
  }
}

void RowShape::Define(std::string_view operand) {
  // The size, the number of cells, their edges, and descriptors, which may be
  // fewer than the cells.
  const int cells = U8(operand, 2);
  const size_t descriptors = 3 + 2 * (size_t(cells) + 1);
  if (cells > kMaxCells || descriptors > operand.size()) return;
  cells_ = cells;
  for (int i = 0; i <= cells; ++i) edges_[i] = I16(operand, 3 + 2 * i);
  uint16_t first = 0;
  for (int i = 0; i < cells; ++i) {
    const uint16_t flags = U16(operand, descriptors + kDescriptor * i);
    covered_above_[i] =
        (flags & kMergedAbove) != 0 && (flags & kMergeBegins) == 0;
    // Descriptions of the format contradict each other in which value of the
    // two bits marks the first of merged cells. It is the one that comes first.
    const uint16_t merged = flags & kMergedLeft;
    if (first == 0 || merged == 0) first = merged;
    covered_left_[i] = merged != 0 && merged != first;
  }
}

void RowShape::Merge(int first, int limit, bool merged) {
  for (int cell = first; cell < std::min(limit, cells_); ++cell) {
    covered_left_[cell] = merged && cell > first;
  }
}

}  // namespace gongkai::input
