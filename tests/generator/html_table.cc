// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/html_table.h"

#include <algorithm>

namespace gongkai::generator {
namespace {

// PrintedTable counts two label columns of the requests table, as flat text
// has them; the form's grid has three.
int SpanOf(const PrintedTable& table, const PrintedRow& row, size_t cell) {
  const int span = row.cells[cell].span;
  if (table.kind != TableKind::kRequests) return span;
  if (row.depth == 0) return cell == 0 && span == 2 ? 3 : span;
  if (row.depth == 1) return cell == 0 ? 3 : span;
  return row.depth == 2 && cell == 1 ? 2 : span;
}

}  // namespace

SpanTable WithSpans(const PrintedTable& table) {
  SpanTable grid;
  grid.width = table.kind == TableKind::kRequests ? 10 : table.width;
  // The row and index of the cell that stands above each column.
  std::vector<std::pair<size_t, size_t>> above(grid.width);
  for (const PrintedRow& printed : table.rows) {
    const size_t r = grid.rows.size();
    std::vector<SpanCell>& row = grid.rows.emplace_back();
    int column = 0;
    for (size_t i = 0; i < printed.cells.size(); ++i) {
      const PrintedCell& cell = printed.cells[i];
      if (cell.covered) {
        SpanCell& over = grid.rows[above[column].first][above[column].second];
        ++over.rowspan;
        column += over.colspan;
        continue;
      }
      int span = SpanOf(table, printed, i);
      // The last cell of a short row takes the rest of it.
      if (i + 1 == printed.cells.size()) {
        span = std::max(span, grid.width - column);
      }
      for (int c = column; c < column + span; ++c) above[c] = {r, row.size()};
      row.push_back({cell.text, column, span, 1});
      column += span;
    }
  }
  return grid;
}

std::pair<SpanTable, SpanTable> Cut(const SpanTable& table, size_t at,
                                    bool repeat) {
  SpanTable first{table.width, {table.rows.begin(), table.rows.begin() + at}};
  SpanTable second{table.width, {table.rows.begin() + at, table.rows.end()}};
  for (size_t r = 0; r < at; ++r) {
    for (SpanCell& cell : first.rows[r]) {
      const int over =
          static_cast<int>(r) + cell.rowspan - static_cast<int>(at);
      if (over <= 0) continue;
      cell.rowspan -= over;
      SpanCell rest = cell;
      rest.rowspan = over;
      if (!repeat) rest.text.clear();
      second.rows[0].push_back(rest);
    }
  }
  std::sort(
      second.rows[0].begin(), second.rows[0].end(),
      [](const SpanCell& a, const SpanCell& b) { return a.column < b.column; });
  return {std::move(first), std::move(second)};
}

}  // namespace gongkai::generator
