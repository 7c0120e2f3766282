// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/docx/body.h
//
// The body of a Word file: its paragraphs and tables as blocks of a document.

#ifndef GONGKAI_WORKER_INPUT_DOCX_BODY_H_
#define GONGKAI_WORKER_INPUT_DOCX_BODY_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "pugixml.hpp"
#include "worker/input/document_builder.h"
#include "worker/input/docx/inline_text.h"
#include "worker/input/docx/numbering.h"
#include "worker/input/docx/table.h"
#include "worker/input/docx/xml.h"
#include "worker/input/limits.h"

namespace gongkai::input {

// Reads one body. Not thread-safe.
class BodyReader {
 public:
  // All arguments must outlive the reader.
  BodyReader(const XmlPart& part, const Limits& limits,
             DocxNumbering* numbering, DocumentBuilder* builder)
      : part_(part),
        limits_(limits),
        numbering_(*numbering),
        builder_(*builder),
        text_(part, limits, builder) {}

  // Adds the blocks of <w:body> to the builder, by offsets. Errors are
  // rejections: LIMIT_EXCEEDED.
  absl::Status Read(pugi::xml_node body);

  // What was met on the way.
  bool has_pictures() const { return text_.has_pictures(); }
  bool has_embedded_pages() const { return has_embedded_pages_; }

 private:
  void ReadBlocks(pugi::xml_node node, int depth);
  void ReadParagraph(pugi::xml_node node, int depth);
  void ReadTextBoxes(int depth);
  void AppendParagraph(pugi::xml_node node, pugi::xml_node properties,
                       bool first, int depth);
  void EndLines(size_t begin);
  void AddLine(size_t begin, size_t end);
  void ReadTable(pugi::xml_node node, int depth);
  void ReadLayout(const std::vector<TableRow>& rows, const TableShape& shape,
                  Location place, int depth);
  void ReadGrid(const std::vector<TableRow>& rows, const TableShape& shape,
                Location place, int depth);
  void ReadGridRow(const TableRow& row, const TableShape& shape, Location place,
                   int depth);
  void AddBlankPieces(int64_t count, Location* place);
  void AddCell(const TableCell& cell, const Location& place, bool covered,
               int depth);
  bool Stopped() const;

  const XmlPart& part_;
  const Limits& limits_;
  DocxNumbering& numbering_;
  DocumentBuilder& builder_;
  InlineText text_;
  // The place of the cell around what is read; table is 0 outside tables.
  Location around_;
  int32_t paragraphs_ = 0;
  int32_t tables_ = 0;
  int open_tables_ = 0;
  // Inside a cell of a grid all text becomes one piece.
  bool in_cell_ = false;
  bool in_text_box_ = false;
  // A paragraph without its end (it was deleted) begins here.
  bool unended_ = false;
  size_t unended_begin_ = 0;
  // By column of the grid: the cell of the row before spans rows.
  std::vector<bool> spans_;
  std::vector<bool> next_spans_;
  bool too_many_columns_ = false;
  bool too_many_tables_ = false;
  bool too_deep_ = false;
  bool has_embedded_pages_ = false;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOCX_BODY_H_
