// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/docx/table.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "worker/input/docx/inline_text.h"

namespace gongkai::input {
namespace {

// A cell with this much text (some 700 Chinese characters) holds a part of a
// page. The longest of a form's cells have a tenth of it.
constexpr size_t kPageOfProse = 2000;

// A column narrower than this, in twips (1/20 point), has no room for a digit:
// it is what is left between the edges of cells in different rows. Programs
// leave 0 to some 50.
constexpr int32_t kSliver = 100;

// Calls `use(element, in_prompt)` for every element of this tag below `node`,
// through whatever may stand between.
template <typename Use>
bool ForEach(const XmlPart& part, pugi::xml_node node, Tag wanted, bool prompt,
             int max_depth, const Use& use) {
  if (max_depth <= 0) return false;
  bool complete = true;
  for (const pugi::xml_node child : node.children()) {
    const Tag tag = part.TagOf(child);
    if (tag == wanted) {
      use(child, prompt);
      continue;
    }
    switch (tag) {
      case Tag::kSdt:
        complete &=
            ForEach(part, part.Child(child, Tag::kSdtContent), wanted,
                    prompt || ShowsPrompt(part, child), max_depth - 1, use);
        break;
      case Tag::kAlternateContent:
        complete &= ForEach(part, BranchOf(part, child), wanted, prompt,
                            max_depth - 1, use);
        break;
      case Tag::kCustomXml:
      case Tag::kIns:
      case Tag::kMoveTo:
        complete &= ForEach(part, child, wanted, prompt, max_depth - 1, use);
        break;
      default:
        break;
    }
  }
  return complete;
}

TableRow MakeRow(const XmlPart& part, pugi::xml_node node) {
  TableRow row;
  row.node = node;
  for (const pugi::xml_node property :
       part.Child(node, Tag::kTrPr).children()) {
    switch (part.TagOf(property)) {
      case Tag::kDel:
      case Tag::kMoveFrom:
        row.gone = true;
        break;
      case Tag::kHidden:
        row.gone = row.gone || IsOn(property);
        break;
      case Tag::kGridBefore:
        row.before = NumberAttribute(property, "val", 0);
        break;
      case Tag::kGridAfter:
        row.after = NumberAttribute(property, "val", 0);
        break;
      default:
        break;
    }
  }
  return row;
}

// False for a cell whose deletion is tracked.
bool MakeCell(const XmlPart& part, pugi::xml_node node, bool prompt,
              TableCell* cell) {
  *cell = {};
  cell->node = node;
  cell->prompt = prompt;
  const pugi::xml_node first = node.first_child();
  if (part.TagOf(first) != Tag::kTcPr) return true;
  for (const pugi::xml_node property : first.children()) {
    switch (part.TagOf(property)) {
      case Tag::kGridSpan:
        cell->span = std::max(NumberAttribute(property, "val", 1), 1);
        break;
      case Tag::kVMerge:
        cell->spans_rows = true;
        cell->continues_above = Attribute(property, "val") != "restart";
        break;
      case Tag::kHMerge:
        cell->continues_left = Attribute(property, "val") != "restart";
        break;
      case Tag::kCellDel:
        return false;
      default:
        break;
    }
  }
  return true;
}

// What is in a table that tells its kind.
struct Contents {
  int64_t inner_cells = 0;
  size_t text = 0;  // outside inner tables
};

void Weigh(const XmlPart& part, pugi::xml_node node, int max_depth, bool inner,
           Contents* contents) {
  if (max_depth <= 0) return;
  for (const pugi::xml_node child : node.children()) {
    switch (part.TagOf(child)) {
      case Tag::kT:
        if (!inner) {
          contents->text += std::string_view(child.child_value()).size();
        }
        break;
      case Tag::kTbl:
        Weigh(part, child, max_depth - 1, /*inner=*/true, contents);
        break;
      case Tag::kTc:
        ++contents->inner_cells;
        Weigh(part, child, max_depth - 1, inner, contents);
        break;
      case Tag::kPPr:
      case Tag::kRPr:
      case Tag::kTcPr:
      case Tag::kDel:
        break;
      default:
        Weigh(part, child, max_depth - 1, inner, contents);
    }
  }
}

// Which columns of the grid a cell takes.
struct Extent {
  int64_t begin;
  int64_t end;
  bool has_text;
};

// The widths of the columns in twips; none where the file does not tell them
// for all.
std::vector<int32_t> ColumnWidths(const XmlPart& part, pugi::xml_node table,
                                  int64_t columns) {
  std::vector<int32_t> widths;
  for (const pugi::xml_node column :
       part.Child(table, Tag::kTblGrid).children()) {
    if (part.TagOf(column) != Tag::kGridCol) continue;
    widths.push_back(NumberAttribute(column, "w", kSliver));
  }
  if (static_cast<int64_t>(widths.size()) != columns) widths.clear();
  return widths;
}

// TableShape::seen_before.
std::vector<int32_t> CountSeen(int64_t columns,
                               const std::vector<Extent>& extents,
                               const std::vector<int32_t>& widths) {
  std::vector<bool> seen(columns, false);
  for (const Extent& cell : extents) seen[cell.begin] = true;
  const bool has_broad = std::any_of(widths.begin(), widths.end(),
                                     [](int32_t w) { return w >= kSliver; });
  if (has_broad) {
    std::vector<bool> broad = seen;
    for (int64_t c = 0; c < columns; ++c) {
      broad[c] = broad[c] && widths[c] >= kSliver;
    }
    // A column in which a text stands is none, however narrow it claims to be.
    for (const Extent& cell : extents) {
      const auto begin = broad.begin() + cell.begin;
      const auto end = broad.begin() + cell.end;
      if (cell.has_text && std::find(begin, end, true) == end) *begin = true;
    }
    seen = std::move(broad);
  }
  std::vector<int32_t> seen_before = {0};
  for (const bool column : seen) {
    seen_before.push_back(seen_before.back() + (column ? 1 : 0));
  }
  return seen_before;
}

}  // namespace

bool CollectRows(const XmlPart& part, pugi::xml_node table, int max_depth,
                 std::vector<TableRow>* rows) {
  rows->clear();
  return ForEach(
      part, table, Tag::kTr, /*prompt=*/false, max_depth,
      [&](pugi::xml_node node, bool) { rows->push_back(MakeRow(part, node)); });
}

bool CollectCells(const XmlPart& part, pugi::xml_node row, int max_depth,
                  std::vector<TableCell>* cells) {
  cells->clear();
  TableCell cell;
  return ForEach(part, row, Tag::kTc, /*prompt=*/false, max_depth,
                 [&](pugi::xml_node node, bool prompt) {
                   if (MakeCell(part, node, prompt, &cell)) {
                     cells->push_back(cell);
                   }
                 });
}

TableShape ShapeOf(const XmlPart& part, pugi::xml_node table,
                   int64_t max_columns, int max_depth) {
  TableShape shape;
  std::vector<TableRow> rows;
  std::vector<TableCell> cells;
  std::vector<Extent> extents;
  CollectRows(part, table, max_depth, &rows);
  int64_t inner_cells = 0;
  for (const TableRow& row : rows) {
    if (row.gone) continue;
    CollectCells(part, row.node, max_depth, &cells);
    int64_t column = row.before;
    for (const TableCell& cell : cells) {
      Contents contents;
      Weigh(part, cell.node, max_depth, /*inner=*/false, &contents);
      inner_cells += contents.inner_cells;
      shape.is_layout = shape.is_layout || contents.text >= kPageOfProse;
      extents.push_back({column, column + cell.span,
                         contents.text > 0 || contents.inner_cells > 0});
      column += cell.span;
    }
    shape.columns = std::max(shape.columns, column + row.after);
  }
  if (shape.columns > max_columns) return shape;
  shape.seen_before = CountSeen(shape.columns, extents,
                                ColumnWidths(part, table, shape.columns));
  shape.is_layout = shape.is_layout || shape.seen_before.back() == 1 ||
                    inner_cells > static_cast<int64_t>(extents.size());
  return shape;
}

}  // namespace gongkai::input
