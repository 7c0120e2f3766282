// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/doc/table_columns.h"

#include <algorithm>

namespace gongkai::input {

bool TableColumns::Build(absl::Span<const RowShape* const> rows) {
  edges_.clear();
  row_begins_.clear();
  uint32_t index = 0;
  for (size_t r = 0; r < rows.size(); ++r) {
    const RowShape& row = *rows[r];
    if (row.cells() == 0) return false;
    row_begins_.push_back(index);
    for (int cell = 0; cell <= row.cells(); ++cell) {
      if (cell > 0 && row.left(cell) < row.left(cell - 1)) return false;
      edges_.push_back({row.left(cell), static_cast<uint32_t>(r), index++});
    }
  }
  std::sort(edges_.begin(), edges_.end(), [](const Edge& a, const Edge& b) {
    return a.place != b.place ? a.place < b.place : a.index < b.index;
  });
  columns_.resize(index);
  last_seen_.assign(rows.size(), -1);
  int column = -1;
  int begin = 0;  // where the first edge of the column stands
  for (size_t i = 0; i < edges_.size();) {
    // The edges of one place go together.
    size_t end = i;
    bool apart = column < 0 || edges_[i].place - begin > kTolerance;
    for (; end < edges_.size() && edges_[end].place == edges_[i].place; ++end) {
      apart = apart || last_seen_[edges_[end].row] == column;
    }
    if (apart) {
      ++column;
      begin = edges_[i].place;
    }
    for (; i < end; ++i) {
      columns_[edges_[i].index] = column;
      last_seen_[edges_[i].row] = column;
    }
  }
  count_ = column;  // one less than edges
  return true;
}

}  // namespace gongkai::input
