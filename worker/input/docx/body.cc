// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/docx/body.h"

#include <algorithm>
#include <string>
#include <utility>

#include "worker/input/characters.h"
#include "worker/input/rejection.h"

namespace gongkai::input {
namespace {

absl::Status TooDeep(int64_t limit) {
  const std::string most = std::to_string(limit);
  return Reject(v1::OUTCOME_LIMIT_EXCEEDED,
                "Word 文档的内容嵌套超过上限（" + most +
                    " 层）。请用 Word 或 WPS 打开后另存，再提交。",
                "The content of the Word file is nested deeper than the limit "
                "of " +
                    most +
                    ". Open it in Word or WPS, save it anew and submit that.");
}

absl::Status TooManyColumns(int64_t limit) {
  const std::string most = std::to_string(limit);
  return Reject(v1::OUTCOME_LIMIT_EXCEEDED,
                "Word 文档里有表格超过 " + most +
                    " 列。请检查表格的合并单元格，另存后再提交。",
                "A table of the Word file has more than " + most +
                    " columns. Check its merged cells, save it anew and "
                    "submit that.");
}

absl::Status TooManyTables(int64_t limit) {
  const std::string most = std::to_string(limit);
  return Reject(v1::OUTCOME_LIMIT_EXCEEDED,
                "Word 文档里的表格嵌套超过 " + most +
                    " 层。请去掉多余的嵌套表格后再提交。",
                "The tables of the Word file are nested deeper than the limit "
                "of " +
                    most +
                    ". Take the needless ones away and submit it again.");
}

// The end of the paragraph was deleted, so that it goes on with the next.
bool LacksEnd(const XmlPart& part, pugi::xml_node properties) {
  const pugi::xml_node mark = part.Child(properties, Tag::kRPr);
  return !part.Child(mark, Tag::kDel).empty() ||
         !part.Child(mark, Tag::kMoveFrom).empty();
}

}  // namespace

absl::Status BodyReader::Read(pugi::xml_node body) {
  ReadBlocks(body, /*depth=*/1);
  if (unended_) EndLines(unended_begin_);
  if (too_many_columns_) return TooManyColumns(limits_.max_table_columns);
  if (too_many_tables_) return TooManyTables(limits_.max_table_nesting);
  if (too_deep_ || text_.too_deep()) return TooDeep(limits_.max_xml_depth);
  return absl::OkStatus();
}

bool BodyReader::Stopped() const {
  return builder_.full() || too_many_columns_ || too_many_tables_ ||
         too_deep_ || text_.too_deep();
}

void BodyReader::ReadBlocks(pugi::xml_node node, int depth) {
  if (depth > limits_.max_xml_depth) {
    too_deep_ = true;
    return;
  }
  for (const pugi::xml_node child : node.children()) {
    if (Stopped()) return;
    switch (part_.TagOf(child)) {
      case Tag::kP:
        ReadParagraph(child, depth + 1);
        break;
      case Tag::kTbl:
        ReadTable(child, depth + 1);
        break;
      case Tag::kSdt:
        if (!ShowsPrompt(part_, child)) {
          ReadBlocks(part_.Child(child, Tag::kSdtContent), depth + 1);
        }
        break;
      case Tag::kAlternateContent:
        ReadBlocks(BranchOf(part_, child), depth + 1);
        break;
      case Tag::kCustomXml:
      case Tag::kIns:
      case Tag::kMoveTo:
        ReadBlocks(child, depth + 1);
        break;
      case Tag::kAltChunk:
        has_embedded_pages_ = true;
        break;
      default:
        break;
    }
  }
}

void BodyReader::ReadParagraph(pugi::xml_node node, int depth) {
  if (around_.table == 0 && !in_text_box_) ++paragraphs_;
  const pugi::xml_node first = node.first_child();
  const pugi::xml_node properties =
      part_.TagOf(first) == Tag::kPPr ? first : pugi::xml_node();
  const bool lacks_end = LacksEnd(part_, properties);
  const size_t begin = builder_.text_size();
  if (in_cell_) {
    AppendParagraph(node, properties, /*first=*/!unended_, depth);
    if (!lacks_end && builder_.text_size() > begin) builder_.AppendText("\n");
    unended_ = lacks_end;
  } else {
    if (!unended_) {
      Location place = around_;
      if (place.table == 0) place.paragraph = paragraphs_;
      builder_.BeginLocation(place);
      unended_begin_ = begin;
    }
    AppendParagraph(node, properties, /*first=*/!unended_, depth);
    unended_ = lacks_end;
    if (!lacks_end) EndLines(unended_begin_);
  }
  ReadTextBoxes(depth);
}

void BodyReader::AppendParagraph(pugi::xml_node node, pugi::xml_node properties,
                                 bool first, int depth) {
  // A paragraph that goes on with the next is counted with it.
  if (first && !LacksEnd(part_, properties)) {
    text_.Append(numbering_.Next(part_, properties));
  }
  text_.Read(node, depth);
}

// What is anchored in a paragraph stands behind it.
void BodyReader::ReadTextBoxes(int depth) {
  if (text_.text_boxes().empty() || unended_) return;
  const std::vector<pugi::xml_node> boxes = text_.text_boxes();
  text_.ClearTextBoxes();
  const bool outer = std::exchange(in_text_box_, true);
  for (const pugi::xml_node box : boxes) ReadBlocks(box, depth + 1);
  in_text_box_ = outer;
}

// Every line of the paragraph that began at `begin` becomes a block.
void BodyReader::EndLines(size_t begin) {
  for (const size_t line_end : text_.breaks()) {
    if (line_end < begin) continue;
    AddLine(begin, line_end);
    begin = line_end + 1;
  }
  AddLine(begin, builder_.text_size());
  text_.ClearBreaks();
  builder_.AppendText("\n");
  unended_ = false;
}

void BodyReader::AddLine(size_t begin, size_t end) {
  if (Trim(builder_.appended(begin, end)).empty()) return;
  builder_.BeginBlock(BlockKind::kParagraph);
  builder_.BeginRow();
  builder_.AddPieceAt(begin, end);
  builder_.EndBlock();
}

void BodyReader::ReadTable(pugi::xml_node node, int depth) {
  if (open_tables_ >= limits_.max_table_nesting) {
    too_many_tables_ = true;
    return;
  }
  if (unended_ && !in_cell_) EndLines(unended_begin_);
  Location place;
  place.table = ++tables_;
  std::vector<TableRow> rows;
  if (!CollectRows(part_, node, limits_.max_xml_depth - depth, &rows)) {
    too_deep_ = true;
    return;
  }
  ++open_tables_;
  if (in_cell_) {
    // A table inside a cell becomes lines of the cell.
    ReadLayout(rows, TableShape(), place, depth + 1);
  } else {
    const TableShape shape = ShapeOf(part_, node, limits_.max_table_columns,
                                     limits_.max_xml_depth - depth);
    if (shape.columns > limits_.max_table_columns) {
      too_many_columns_ = true;
    } else if (shape.is_layout) {
      ReadLayout(rows, shape, place, depth + 1);
    } else {
      ReadGrid(rows, shape, place, depth + 1);
    }
  }
  --open_tables_;
}

void BodyReader::ReadLayout(const std::vector<TableRow>& rows,
                            const TableShape& shape, Location place,
                            int depth) {
  const Location outside = around_;
  std::vector<TableCell> cells;
  for (const TableRow& row : rows) {
    ++place.row;
    if (row.gone) continue;
    if (Stopped()) break;
    if (!CollectCells(part_, row.node, limits_.max_xml_depth - depth, &cells)) {
      too_deep_ = true;
      break;
    }
    size_t column = row.before;
    for (const TableCell& cell : cells) {
      if (!in_cell_) {
        place.column = 1 + shape.seen_before[column];
        around_ = place;
      }
      if (!cell.prompt) ReadBlocks(cell.node, depth + 1);
      if (in_cell_) continue;
      if (unended_) EndLines(unended_begin_);
      column += cell.span;
    }
  }
  around_ = outside;
}

void BodyReader::ReadGrid(const std::vector<TableRow>& rows,
                          const TableShape& shape, Location place, int depth) {
  const Location outside = around_;
  spans_.assign(shape.columns, false);
  builder_.BeginBlock(BlockKind::kGrid, /*placed=*/true);
  for (const TableRow& row : rows) {
    ++place.row;
    if (row.gone) continue;
    if (Stopped()) break;
    builder_.BeginRow();
    place.column = 1;
    ReadGridRow(row, shape, place, depth);
  }
  builder_.EndBlock();
  around_ = outside;
}

void BodyReader::ReadGridRow(const TableRow& row, const TableShape& shape,
                             Location place, int depth) {
  std::vector<TableCell> cells;
  if (!CollectCells(part_, row.node, limits_.max_xml_depth - depth, &cells)) {
    too_deep_ = true;
    return;
  }
  const std::vector<int32_t>& seen_before = shape.seen_before;
  next_spans_.assign(spans_.size(), false);
  AddBlankPieces(seen_before[row.before], &place);
  size_t column = row.before;
  for (const TableCell& cell : cells) {
    const int32_t begin = seen_before[column];
    column += cell.span;
    const int32_t span = seen_before[column] - begin;
    // A cell in slivers alone is blank and none to a reader.
    if (span == 0) continue;
    next_spans_[begin] = cell.spans_rows;
    const bool covered = (cell.continues_above && spans_[begin]) ||
                         (cell.continues_left && begin > 0);
    AddCell(cell, place, covered, depth);
    ++place.column;
    AddBlankPieces(span - 1, &place);
    if (Stopped()) return;
  }
  AddBlankPieces(seen_before[column + row.after] - seen_before[column], &place);
  std::swap(spans_, next_spans_);
}

// Places of the grid that a cell covers, or that no cell takes.
void BodyReader::AddBlankPieces(int64_t count, Location* place) {
  for (; count > 0; --count) {
    builder_.BeginLocation(*place);
    const size_t at = builder_.text_size();
    builder_.AddPieceAt(at, at);
    builder_.AppendText("\t");
    ++place->column;
  }
}

void BodyReader::AddCell(const TableCell& cell, const Location& place,
                         bool covered, int depth) {
  builder_.BeginLocation(place);
  const size_t begin = builder_.text_size();
  if (!covered && !cell.prompt) {
    around_ = place;
    in_cell_ = true;
    ReadBlocks(cell.node, depth + 1);
    in_cell_ = false;
    unended_ = false;
    text_.ClearBreaks();
    text_.ClearTextBoxes();
  }
  builder_.AddPieceAt(begin, builder_.text_size());
  builder_.AppendText("\t");
}

}  // namespace gongkai::input
