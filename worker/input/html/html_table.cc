// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/html/html_table.h"

#include <algorithm>

namespace gongkai::input {
namespace {

using Kind = HtmlNode::Kind;

// A cell with so many bytes in so many lines is a page of prose, not a cell: a
// thousand Chinese characters.
constexpr size_t kPageOfProse = 3000;
constexpr size_t kLinesOfProse = 5;

// A table with so many cells, of which so few hold tables, is a table with
// something odd in it rather than the frame of a page.
constexpr size_t kCellsOfGrid = 12;
constexpr size_t kCellsPerInnerTable = 4;

}  // namespace

bool HtmlTable::Read(const HtmlPage& page, uint32_t table, int64_t max_places) {
  cells_.clear();
  covered_until_.clear();
  begins_.clear();
  with_tables_ = 0;
  holds_prose_ = false;
  uint32_t row = 0;
  bool first = true;
  const uint32_t end = page[table].pair;
  for (uint32_t n = page[table].next; n != end; n = page[n].next) {
    const HtmlNode& node = page[n];
    if (node.kind == Kind::kRow) {
      row += first ? 0 : 1;
      first = false;
      if (node.flags & HtmlNode::kBeginsGroup) {
        std::fill(covered_until_.begin(), covered_until_.end(), 0);
      }
      if (static_cast<int64_t>(covered_until_.size()) * (row + 1) >
          max_places) {
        return false;
      }
    } else if (node.kind == Kind::kCell) {
      HtmlCell cell;
      cell.node = n;
      cell.row = row;
      PlaceCell(node, &cell);
      if (static_cast<int64_t>(covered_until_.size()) > max_places) {
        return false;
      }
      ReadContent(page, &cell);
      cells_.push_back(cell);
      n = node.pair;
    }
  }
  DropEmptyColumns();
  is_layout_ = columns_ <= 1 || holds_prose_ ||
               (with_tables_ > 0 &&
                (cells_.size() < kCellsOfGrid ||
                 with_tables_ * kCellsPerInnerTable > cells_.size()));
  return true;
}

void HtmlTable::PlaceCell(const HtmlNode& node, HtmlCell* cell) {
  const bool same_row = !cells_.empty() && cells_.back().row == cell->row;
  uint32_t column = same_row ? cells_.back().column + 1 : 0;
  while (column < covered_until_.size() && covered_until_[column] > cell->row) {
    ++column;
  }
  cell->column = column;
  cell->columns = node.begin;
  const size_t columns = size_t{column} + node.begin;
  if (columns > covered_until_.size()) {
    covered_until_.resize(columns);
    begins_.resize(columns);
  }
  begins_[column] = 1;
  // Where cells overlap, the longer one counts.
  for (size_t c = column; c < columns; ++c) {
    covered_until_[c] = std::max(covered_until_[c], cell->row + node.end);
  }
}

void HtmlTable::ReadContent(const HtmlPage& page, HtmlCell* cell) {
  size_t lines = 1;
  bool holds_table = false;
  const uint32_t end = page[cell->node].pair;
  for (uint32_t n = page[cell->node].next; n != end; n = page[n].next) {
    const HtmlNode& node = page[n];
    switch (node.kind) {
      case Kind::kText:
        cell->text_bytes += node.end - node.begin;
        break;
      case Kind::kLineEnd:
      case Kind::kParagraph:
        ++lines;
        break;
      case Kind::kTable:
        n = node.pair;
        // A table of one cell is a frame around it.
        holds_table = holds_table || page[n].begin > 1;
        break;
      default:
        break;
    }
  }
  with_tables_ += holds_table;
  holds_prose_ = holds_prose_ ||
                 (cell->text_bytes >= kPageOfProse && lines >= kLinesOfProse);
}

void HtmlTable::DropEmptyColumns() {
  columns_ = 0;
  uint32_t last = 0;
  for (uint32_t c = 0; c < begins_.size(); ++c) {
    const bool any = begins_[c] != 0;
    begins_[c] = columns_;
    columns_ += any;
    if (any) last = c;
  }
  for (HtmlCell& cell : cells_) {
    cell.whole_row = cell.column == 0 && cell.columns > last;
    cell.column = begins_[cell.column];
  }
}

}  // namespace gongkai::input
