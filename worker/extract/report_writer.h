// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/report_writer.h
//
// Writes what was read into the Report message, with the place of everything.

#ifndef GONGKAI_WORKER_EXTRACT_REPORT_WRITER_H_
#define GONGKAI_WORKER_EXTRACT_REPORT_WRITER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "gongkai/v1/report.pb.h"
#include "worker/catalog/read_cells.h"
#include "worker/extract/outline.h"
#include "worker/extract/readings.h"
#include "worker/extract/side_by_side.h"
#include "worker/extract/token_index.h"
#include "worker/extract/tokens.h"
#include "worker/input/document.h"

namespace gongkai::extract {

// Where the three tables stand.
struct TableRanges {
  TokenRange disclosure;
  TokenRange requests;
  TokenRange disputes;

  // The end of the table in which the token stands; its own place if it stands
  // in none.
  int Behind(int token) const {
    for (const TokenRange& range : {disclosure, requests, disputes}) {
      if (token >= range.begin && token < range.end) return range.end;
    }
    return token;
  }
};

// Everything refers to the document and tokens of the constructor's arguments,
// which must outlive the writer.
class ReportWriter {
 public:
  // Empties the report.
  ReportWriter(const input::Document& document, absl::Span<const Token> tokens,
               const TokenIndex& index, v1::Report* report);

  void WriteOutline(const Outline& outline, const TableRanges& ranges);
  // The tables without their cells, which were read into *cells and get what
  // they still lack.
  void WriteTables(const TableRanges& ranges, catalog::ReadCells* cells);
  // The cells of the tables.
  void WriteCells(const catalog::ReadCells& cells);
  // In place of WriteTables, where there are none.
  void WriteNoTables();

  // The place of a part of the text of a section that was written: from its
  // first character to its last, whatever stands between them.
  void SetProsePlace(const v1::Section& section, int begin, int end,
                     v1::Place* place) const;

  // A note on a row (null for none) and a token (-1 for none).
  void AddDiagnostic(v1::DiagnosticKind kind, const catalog::FormRow* row,
                     int token, std::string message, std::string message_en);

 private:
  // A line of the document in the text of a section.
  struct ProseLine {
    int begin;
    std::string_view text;
  };
  // The lines of a section: those from the first on that stand before the next
  // section's.
  struct SectionLines {
    const v1::Section* section;
    size_t first;
  };

  void SetPlace(std::string_view part, v1::Place* place) const;
  // The length of the lines of a text that breaks its lines at some width; 0
  // for others.
  size_t WrapLength(const TokenIndex& index) const;
  // True if the line goes on in the next.
  bool GoesOn(const Token& line, const Token& next) const;
  // The text from the first token of a range to its last.
  std::string_view Span(int begin, int end) const;
  void WritePreface(const Outline& outline, const TableRanges& ranges);
  // The text of these tokens, tables left out, as the text of a section.
  void WriteProse(int begin, int end, const TableRanges& ranges,
                  v1::Section* section);
  absl::Span<const ProseLine> LinesOf(const v1::Section& section) const;
  void WriteTablePlace(const TokenRange& range, v1::ReportTable* out);
  // Adds places and decimals, and cuts what is too long to be told.
  void FinishCells(catalog::ReadCells* cells);
  void WriteTable(const catalog::ReadCells& cells, v1::Table table,
                  v1::ReportTable* out);

  const input::Document& document_;
  const absl::Span<const Token> tokens_;
  v1::Report& report_;
  // Of the report as it was, or new.
  std::unique_ptr<v1::Section> preface_;
  const size_t wrap_;
  // A report has some 40, in seven texts.
  absl::InlinedVector<ProseLine, 64> lines_;
  absl::InlinedVector<SectionLines, 8> sections_;
  // Which of sections_ was asked for last: they are asked for in their order.
  mutable size_t last_asked_ = 0;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_REPORT_WRITER_H_
