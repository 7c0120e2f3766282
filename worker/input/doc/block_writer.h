// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/doc/block_writer.h
//
// The paragraphs of a Word document as the blocks of a Document: a table's
// paragraphs become a grid when the table ends.

#ifndef GONGKAI_WORKER_INPUT_DOC_BLOCK_WRITER_H_
#define GONGKAI_WORKER_INPUT_DOC_BLOCK_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "worker/input/doc/properties.h"
#include "worker/input/doc/row_shape.h"
#include "worker/input/doc/table_columns.h"
#include "worker/input/document_builder.h"

namespace gongkai::input {

// The builder must be between BeginExtraction() and EndDecoding().
class BlockWriter {
 public:
  explicit BlockWriter(DocumentBuilder* builder) : builder_(*builder) {}

  // Adds a character to the paragraph. A line break is '\n'; outside tables it
  // begins a piece of its own.
  void Append(char32_t code);

  // Ends the paragraph. In a table `mark` also tells whether it ends a cell or
  // a row; outside, `number` stands before the text if there is any. (In a cell
  // it might run into a value.) False when there are more paragraphs or pieces
  // than may be.
  bool EndParagraph(const ParagraphMark& mark, std::string_view number);

  // Ends the document, in a paragraph that has no mark if need be.
  void Finish();

 private:
  // A table with a longer cell is no table of values but holds a page's text.
  static constexpr size_t kLayoutCellBytes = 3000;

  enum class EntryKind : uint8_t { kParagraph, kCellEnd, kRowEnd };

  // A paragraph of the table at hand, whose text is kept until it ends.
  struct Entry {
    uint32_t begin;  // in text_
    uint32_t end;
    uint32_t shape;  // in shapes_; only of a row's end
    uint8_t depth;
    EntryKind kind;
  };
  struct Cell {
    uint32_t begin;
    uint32_t end;
  };
  struct GridRow {
    uint32_t first_cell;
    uint32_t cell_count;
  };

  std::string_view TextOf(uint32_t begin, uint32_t end) const {
    return std::string_view(text_).substr(begin, end - begin);
  }
  void AddParagraph(std::string_view text, const Location& location);
  void AddCell(std::string_view text, const Location& location);

  void EndTable();
  void AddTable(absl::Span<const Entry> entries, int depth);
  void AddLayout(absl::Span<const Entry> entries, int depth, int table);
  bool CollectRows(absl::Span<const Entry> entries, int depth);
  bool IsLayout() const;
  bool BuildColumns();
  void AddGridRow(size_t row, Location location);
  void AddLooseRow(size_t row, Location location);
  std::string_view CellText(size_t row, uint32_t cell) const;

  DocumentBuilder& builder_;
  // The paragraph at hand, and in a table all before it.
  std::string text_;
  uint32_t paragraph_begin_ = 0;
  std::vector<Entry> entries_;
  std::vector<RowShape> shapes_;
  int32_t paragraphs_ = 0;
  int32_t tables_ = 0;
  // The table that is being added.
  std::vector<GridRow> rows_;
  std::vector<Cell> cells_;
  std::vector<const RowShape*> row_shapes_;
  TableColumns columns_;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOC_BLOCK_WRITER_H_
