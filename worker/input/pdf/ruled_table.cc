// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/pdf/ruled_table.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "absl/types/span.h"

namespace gongkai::input::pdf {
namespace {

// All in points. Lines of one border differ by less than this; the lines of a
// double border and the borders of neighbours in different rows by less than
// kSameEdge, while the smallest print makes cells of 8.
constexpr float kSameLine = 1.5f;
constexpr float kSameEdge = 4;
// Parts of a line with a smaller gap are one; so far apart may lines end that
// are meant to meet.
constexpr float kGap = 2.5f;
constexpr float kShortestRule = 4;
// Where lines run on beyond the last crossing, the table is open there.
constexpr float kOpenEdge = 8;
// Columns that are narrower and hold no cell are borders out of line.
constexpr float kNarrowColumn = 12;
constexpr int kMostPasses = 4;
// This much of a cell's side must be drawn.
constexpr float kDrawn = 0.5f;
// Past these a page is a drawing.
constexpr size_t kMostCrossings = 400'000;
constexpr size_t kMostPlaces = 10'000;

// Sets of numbers that are merged again and again.
class Groups {
 public:
  explicit Groups(size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), 0);
  }
  int Find(int i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  // The lower number stands for the group.
  void Join(int a, int b) {
    a = Find(a);
    b = Find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<int> parent_;
};

// Rules of one direction, each border made one, by place.
std::vector<Rule> Straighten(const std::vector<Rule>& rules, bool horizontal) {
  std::vector<Rule> sorted;
  for (const Rule& rule : rules) {
    if (rule.horizontal == horizontal) sorted.push_back(rule);
  }
  std::sort(sorted.begin(), sorted.end(),
            [](const Rule& a, const Rule& b) { return a.at < b.at; });
  std::vector<Rule> result;
  for (size_t begin = 0; begin < sorted.size();) {
    size_t end = begin + 1;
    while (end < sorted.size() &&
           sorted[end].at - sorted[begin].at <= kSameLine) {
      ++end;
    }
    std::sort(sorted.begin() + begin, sorted.begin() + end,
              [](const Rule& a, const Rule& b) { return a.begin < b.begin; });
    const size_t first = result.size();
    for (size_t i = begin; i < end; ++i) {
      if (result.size() > first &&
          sorted[i].begin <= result.back().end + kGap) {
        result.back().end = std::max(result.back().end, sorted[i].end);
      } else {
        result.push_back(sorted[i]);
        result.back().at = sorted[begin].at;
      }
    }
    begin = end;
  }
  result.erase(std::remove_if(result.begin(), result.end(),
                              [](const Rule& rule) {
                                return rule.end - rule.begin < kShortestRule;
                              }),
               result.end());
  return result;
}

// Places that lie close together made one.
std::vector<float> Edges(std::vector<float> places) {
  std::sort(places.begin(), places.end());
  std::vector<float> edges;
  for (const float place : places) {
    if (edges.empty() || place - edges.back() > kSameEdge) {
      edges.push_back(place);
    }
  }
  return edges;
}

// The edge next to a place.
int NearestEdge(const std::vector<float>& edges, float place) {
  const auto after = std::lower_bound(edges.begin(), edges.end(), place);
  if (after == edges.end()) return static_cast<int>(edges.size()) - 1;
  const int index = static_cast<int>(after - edges.begin());
  return index > 0 && place - edges[index - 1] < *after - place ? index - 1
                                                                : index;
}

// Between which edges a place lies; places outside belong to the outermost.
int Between(const std::vector<float>& edges, float place) {
  const int after = static_cast<int>(
      std::upper_bound(edges.begin(), edges.end(), place) - edges.begin());
  return std::clamp(after - 1, 0, static_cast<int>(edges.size()) - 2);
}

// How much of each side in the grid is drawn: for every edge of `edges`, the
// length between each two of `stops`.
class DrawnSides {
 public:
  DrawnSides(const std::vector<float>& edges, const std::vector<float>& stops)
      : edges_(edges), stops_(stops), drawn_(edges.size() * stops.size()) {}

  void Add(const Rule& rule) {
    const int edge = NearestEdge(edges_, rule.at);
    const int last = Between(stops_, rule.end);
    for (int s = Between(stops_, rule.begin); s <= last; ++s) {
      const float begin = std::max(rule.begin, stops_[s]);
      const float end = std::min(rule.end, stops_[s + 1]);
      if (end > begin) drawn_[edge * stops_.size() + s] += end - begin;
    }
  }
  bool IsDrawn(int edge, int stop) const {
    return drawn_[edge * stops_.size() + stop] >=
           kDrawn * (stops_[stop + 1] - stops_[stop]);
  }

 private:
  const std::vector<float>& edges_;
  const std::vector<float>& stops_;
  std::vector<float> drawn_;
};

void FindCells(const std::vector<const Rule*>& horizontal,
               const std::vector<const Rule*>& vertical, RuledTable* table) {
  const int rows = table->rows();
  const int columns = table->columns();
  DrawnSides across(table->ys, table->xs);
  DrawnSides down(table->xs, table->ys);
  for (const Rule* rule : horizontal) across.Add(*rule);
  for (const Rule* rule : vertical) down.Add(*rule);
  Groups places(static_cast<size_t>(rows) * columns);
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      const int place = r * columns + c;
      if (c > 0 && !down.IsDrawn(c, r)) places.Join(place - 1, place);
      if (r > 0 && !across.IsDrawn(r, c)) places.Join(place - columns, place);
    }
  }
  table->owner.assign(static_cast<size_t>(rows) * columns, -1);
  table->cells.clear();
  for (int place = 0; place < rows * columns; ++place) {
    const int row = place / columns;
    const int column = place % columns;
    const int first = places.Find(place);
    if (first == place) {
      table->owner[place] = static_cast<int>(table->cells.size());
      table->cells.push_back({row, column, 1, 1, {}});
      continue;
    }
    table->owner[place] = table->owner[first];
    RuledCell& cell = table->cells[table->owner[first]];
    const int right = std::max(cell.column + cell.column_span, column + 1);
    cell.column = std::min(cell.column, column);
    cell.column_span = right - cell.column;
    cell.row_span = std::max(cell.row_span, row + 1 - cell.row);
  }
  for (RuledCell& cell : table->cells) {
    cell.box = {table->xs[cell.column], table->ys[cell.row],
                table->xs[cell.column + cell.column_span],
                table->ys[cell.row + cell.row_span]};
  }
}

// A column that no cell has for itself comes of borders that are drawn a
// little out of line in different rows. Drops such, no two neighbours at once;
// returns false if there is none.
bool DropNarrowColumns(const std::vector<RuledCell>& cells,
                       std::vector<float>* edges) {
  const size_t columns = edges->size() - 1;
  std::vector<bool> used(columns);
  for (const RuledCell& cell : cells) {
    if (cell.column_span == 1) used[cell.column] = true;
  }
  std::vector<float> kept = {edges->front()};
  for (size_t c = 0; c < columns; ++c) {
    const float width = (*edges)[c + 1] - (*edges)[c];
    if (used[c] || width > kNarrowColumn) {
      kept.push_back((*edges)[c + 1]);
    } else if (c + 1 == columns && kept.size() > 1) {
      kept.back() = edges->back();  // the table's own edge stays
    } else if (c + 1 < columns) {
      ++c;
      kept.push_back((*edges)[c + 1]);
    }
  }
  const bool dropped = kept.size() > 1 && kept.size() < edges->size();
  if (dropped) *edges = std::move(kept);
  return dropped;
}

// The table that lines which touch each other form; without cells if none.
RuledTable MakeTable(const std::vector<const Rule*>& horizontal,
                     const std::vector<const Rule*>& vertical) {
  RuledTable table;
  if (horizontal.empty() || vertical.empty()) return table;
  std::vector<float> xs;
  std::vector<float> ys;
  float left = vertical[0]->at;
  float right = left;
  float top = horizontal[0]->at;
  float bottom = top;
  for (const Rule* rule : horizontal) {
    ys.push_back(rule->at);
    left = std::min(left, rule->begin);
    right = std::max(right, rule->end);
  }
  for (const Rule* rule : vertical) {
    xs.push_back(rule->at);
    top = std::min(top, rule->begin);
    bottom = std::max(bottom, rule->end);
  }
  table.xs = Edges(std::move(xs));
  table.ys = Edges(std::move(ys));
  table.open_top = table.ys.front() - top > kOpenEdge;
  table.open_bottom = bottom - table.ys.back() > kOpenEdge;
  if (table.open_top) table.ys.insert(table.ys.begin(), top);
  if (table.open_bottom) table.ys.push_back(bottom);
  if (table.xs.front() - left > kOpenEdge) {
    table.xs.insert(table.xs.begin(), left);
  }
  if (right - table.xs.back() > kOpenEdge) table.xs.push_back(right);
  if (table.rows() < 1 || table.columns() < 1 ||
      table.xs.size() * table.ys.size() > kMostPlaces) {
    return table;
  }
  FindCells(horizontal, vertical, &table);
  for (int pass = 0; pass < kMostPasses; ++pass) {
    if (!DropNarrowColumns(table.cells, &table.xs)) break;
    FindCells(horizontal, vertical, &table);
  }
  table.box = {table.xs.front(), table.ys.front(), table.xs.back(),
               table.ys.back()};
  return table;
}

}  // namespace

int RuledTable::CellAt(float x, float y) const {
  return owner[Between(ys, y) * columns() + Between(xs, x)];
}

std::vector<RuledTable> FindRuledTables(const std::vector<Rule>& rules) {
  std::vector<RuledTable> tables;
  const std::vector<Rule> horizontal = Straighten(rules, true);
  const std::vector<Rule> vertical = Straighten(rules, false);
  const int h_count = static_cast<int>(horizontal.size());
  const int v_count = static_cast<int>(vertical.size());
  Groups groups(h_count + v_count);
  size_t crossings = 0;
  for (int v = 0; v < v_count; ++v) {
    const Rule& rule = vertical[v];
    auto h = std::lower_bound(
        horizontal.begin(), horizontal.end(), rule.begin - kGap,
        [](const Rule& a, float place) { return a.at < place; });
    for (; h != horizontal.end() && h->at <= rule.end + kGap; ++h) {
      if (++crossings > kMostCrossings) return tables;
      if (rule.at < h->begin - kGap || rule.at > h->end + kGap) continue;
      groups.Join(static_cast<int>(h - horizontal.begin()), h_count + v);
    }
  }
  std::vector<std::vector<const Rule*>> h_of(h_count + v_count);
  std::vector<std::vector<const Rule*>> v_of(h_count + v_count);
  for (int h = 0; h < h_count; ++h) {
    h_of[groups.Find(h)].push_back(&horizontal[h]);
  }
  for (int v = 0; v < v_count; ++v) {
    v_of[groups.Find(h_count + v)].push_back(&vertical[v]);
  }
  for (int g = 0; g < h_count + v_count; ++g) {
    RuledTable table = MakeTable(h_of[g], v_of[g]);
    if (table.cells.size() >= 2) tables.push_back(std::move(table));
  }
  std::sort(tables.begin(), tables.end(),
            [](const RuledTable& a, const RuledTable& b) {
              return a.box.top < b.box.top;
            });
  return tables;
}

}  // namespace gongkai::input::pdf
