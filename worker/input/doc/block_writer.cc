// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/doc/block_writer.h"

#include <algorithm>

#include "worker/input/characters.h"
#include "worker/input/utf8.h"

namespace gongkai::input {

void BlockWriter::Append(char32_t code) {
  char utf8[4];
  text_.append(utf8, EncodeUtf8(code, utf8));
}

bool BlockWriter::EndParagraph(const ParagraphMark& mark,
                               std::string_view number) {
  if (mark.depth == 0) {
    if (++paragraphs_ > builder_.max_pieces()) return false;
    Location location;
    location.paragraph = paragraphs_;
    std::string paragraph = text_.substr(paragraph_begin_);
    EndTable();
    const std::string_view shown = Trim(paragraph);
    if (!shown.empty()) {
      if (!number.empty()) paragraph = std::string(number).append(shown);
      AddParagraph(paragraph, location);
    }
    return !builder_.full();
  }
  if (static_cast<int64_t>(entries_.size()) >= builder_.max_pieces()) {
    return false;
  }
  Entry entry = {};
  entry.begin = paragraph_begin_;
  entry.end = static_cast<uint32_t>(text_.size());
  entry.depth = static_cast<uint8_t>(mark.depth);
  entry.kind = mark.ends_row    ? EntryKind::kRowEnd
               : mark.ends_cell ? EntryKind::kCellEnd
                                : EntryKind::kParagraph;
  if (mark.ends_row) {
    entry.shape = static_cast<uint32_t>(shapes_.size());
    shapes_.push_back(mark.shape);
  }
  entries_.push_back(entry);
  // The paragraphs of a cell are lines of its text.
  text_ += '\n';
  paragraph_begin_ = static_cast<uint32_t>(text_.size());
  return true;
}

void BlockWriter::Finish() {
  if (text_.size() > paragraph_begin_) EndParagraph(ParagraphMark(), "");
  EndTable();
}

void BlockWriter::AddParagraph(std::string_view text,
                               const Location& location) {
  while (!text.empty() && !builder_.full()) {
    const size_t line_end = std::min(text.find('\n'), text.size());
    const std::string_view line = Trim(text.substr(0, line_end));
    text.remove_prefix(std::min(text.size(), line_end + 1));
    if (line.empty()) continue;
    builder_.BeginBlock(BlockKind::kParagraph);
    builder_.BeginRow();
    AddCell(line, location);
    builder_.EndBlock();
  }
}

void BlockWriter::AddCell(std::string_view text, const Location& location) {
  if (builder_.full()) return;
  builder_.BeginLocation(location);
  const size_t begin = builder_.text_size();
  builder_.AppendText(text);
  builder_.AddPieceAt(begin, builder_.text_size());
  // A blank cell too has a place of its own in the text.
  builder_.AppendText("\n");
}

void BlockWriter::EndTable() {
  if (!entries_.empty()) AddTable(entries_, 1);
  entries_.clear();
  shapes_.clear();
  text_.clear();
  paragraph_begin_ = 0;
}

void BlockWriter::AddTable(absl::Span<const Entry> entries, int depth) {
  const int table = ++tables_;
  if (!CollectRows(entries, depth) || IsLayout()) {
    AddLayout(entries, depth, table);
    return;
  }
  const bool is_grid = BuildColumns();
  builder_.BeginBlock(BlockKind::kGrid, /*placed=*/is_grid);
  for (size_t row = 0; row < rows_.size() && !builder_.full(); ++row) {
    builder_.BeginRow();
    Location location;
    location.table = table;
    location.row = static_cast<int32_t>(row + 1);
    if (is_grid) {
      AddGridRow(row, location);
    } else {
      AddLooseRow(row, location);
    }
  }
  builder_.EndBlock();
}

// A table that arranges a page: its paragraphs and the tables inside it, in
// reading order.
void BlockWriter::AddLayout(absl::Span<const Entry> entries, int depth,
                            int table) {
  Location location;
  location.table = table;
  location.row = 1;
  location.column = 1;
  for (size_t i = 0; i < entries.size() && !builder_.full();) {
    const Entry& entry = entries[i];
    if (entry.depth > depth) {
      size_t end = i;
      while (end < entries.size() && entries[end].depth > depth) ++end;
      AddTable(entries.subspan(i, end - i), depth + 1);
      i = end;
      continue;
    }
    AddParagraph(TextOf(entry.begin, entry.end), location);
    if (entry.kind == EntryKind::kCellEnd) ++location.column;
    if (entry.kind == EntryKind::kRowEnd) {
      ++location.row;
      location.column = 1;
    }
    ++i;
  }
}

// False if there are tables inside this one.
bool BlockWriter::CollectRows(absl::Span<const Entry> entries, int depth) {
  // What has no end tells no shape.
  static const RowShape kNoShape{};
  rows_.clear();
  cells_.clear();
  row_shapes_.clear();
  GridRow row = {0, 0};
  const auto end_row = [&](const RowShape* shape) {
    row.cell_count = static_cast<uint32_t>(cells_.size()) - row.first_cell;
    if (row.cell_count > 0) {
      rows_.push_back(row);
      row_shapes_.push_back(shape);
    }
    row.first_cell = static_cast<uint32_t>(cells_.size());
  };
  bool in_cell = false;
  for (const Entry& entry : entries) {
    if (entry.depth > depth) return false;
    if (entry.kind == EntryKind::kRowEnd) {
      end_row(&shapes_[entry.shape]);
      in_cell = false;
      continue;
    }
    if (!in_cell) cells_.push_back({entry.begin, entry.end});
    cells_.back().end = entry.end;
    in_cell = entry.kind != EntryKind::kCellEnd;
  }
  end_row(&kNoShape);
  return true;
}

bool BlockWriter::IsLayout() const {
  const bool one_column =
      std::all_of(rows_.begin(), rows_.end(),
                  [](const GridRow& row) { return row.cell_count == 1; });
  return one_column ||
         std::any_of(cells_.begin(), cells_.end(), [](const Cell& cell) {
           return cell.end - cell.begin > kLayoutCellBytes;
         });
}

// False if the rows do not tell where their cells stand.
bool BlockWriter::BuildColumns() {
  for (size_t row = 0; row < rows_.size(); ++row) {
    const uint32_t cells = row_shapes_[row]->cells();
    if (rows_[row].cell_count > cells) return false;
  }
  if (!columns_.Build(row_shapes_)) return false;
  for (size_t row = 0; row < rows_.size(); ++row) {
    for (uint32_t cell = 0; cell < rows_[row].cell_count; ++cell) {
      if (columns_.first(row, cell) == columns_.limit(row, cell) &&
          !Trim(CellText(row, cell)).empty()) {
        return false;  // text in a cell without width
      }
    }
  }
  return true;
}

// What a cell shows: nothing if another covers it, or if its row ends early.
std::string_view BlockWriter::CellText(size_t row, uint32_t cell) const {
  if (cell >= rows_[row].cell_count) return {};
  const RowShape& shape = *row_shapes_[row];
  if (static_cast<int>(cell) < shape.cells() && shape.covered(cell)) return {};
  const Cell& found = cells_[rows_[row].first_cell + cell];
  return TextOf(found.begin, found.end);
}

void BlockWriter::AddGridRow(size_t row, Location location) {
  const auto add_up_to = [&](int limit, std::string_view text) {
    for (; location.column < limit && !builder_.full(); text = {}) {
      ++location.column;
      AddCell(text, location);
    }
  };
  const int cells = row_shapes_[row]->cells();
  for (int cell = 0; cell < cells; ++cell) {
    add_up_to(columns_.first(row, cell), {});
    add_up_to(columns_.limit(row, cell), CellText(row, cell));
  }
  add_up_to(columns_.count(), {});
}

void BlockWriter::AddLooseRow(size_t row, Location location) {
  for (uint32_t cell = 0; cell < rows_[row].cell_count; ++cell) {
    ++location.column;
    AddCell(CellText(row, cell), location);
  }
}

}  // namespace gongkai::input
