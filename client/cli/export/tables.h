// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/export/tables.h
//
// The tables that gongkai check --export writes, whatever the file's format:
// their columns, and the rows of a document.
//
//   documents   a row a document: outcome, body, year, what was found
//   cells       a row a cell: the long table
//   findings    a row a finding that is a failure or could not be assessed
//   claims      a row a number that the prose states
//   wide        a row a report, a column a cell of the forms; on request

#ifndef GONGKAI_CLIENT_CLI_EXPORT_TABLES_H_
#define GONGKAI_CLIENT_CLI_EXPORT_TABLES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "client/cli/export/form_labels.h"
#include "client/cli/language.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai::cli {

enum class Table { kDocuments, kCells, kFindings, kClaims, kWide };
inline constexpr int kTableCount = 5;

// What a file, a sheet or a table of a database is called.
const char* NameOf(Table table);
Words TitleOf(Table table);

// What is not known is null. A decimal is text: it is exact.
using Field = std::variant<std::monostate, int64_t, std::string_view>;

struct TableColumn {
  // In files for programs: stable, lower case.
  std::string name;
  // In sheets for people.
  std::string title;
  // Of a sheet's column, in characters of one byte.
  int width;
  // Holds whole numbers or null.
  bool number;
};

// Every table begins with so many columns that say whose a row is, and the rows
// of a document begin with the same fields.
inline constexpr int kAboutColumns = 5;

// A document and what became of it.
struct ExportedDocument {
  // From 1, in the order of the run.
  int64_t number;
  // UTF-8.
  std::string_view path;
  const v1::ProcessResponse* response;
};

// Null for what is empty or 0, as protobuf has what is not set.
Field TextField(std::string_view text);
Field NumberField(int64_t number);

// As every table names the form of a report: null for one that is not known.
Field TemplateField(v1::Template form);

// Null where there is none; while the cell lives.
Field ValueField(const v1::Cell& cell);

// "left top right bottom", in points.
std::string BoxText(const v1::Box& box);

// The cells of a report, table by table.
void ForEachCell(const v1::Report& report,
                 absl::FunctionRef<void(const v1::Cell&)> visit);

// Thread-compatible.
class TableRows {
 public:
  // `labels` outlives this.
  TableRows(const FormLabels* labels, Language language);

  const std::vector<TableColumn>& columns(Table table) const {
    return columns_[static_cast<int>(table)];
  }

  // Calls `row` with as many fields as the table has columns, for each row of
  // the document. The fields live until `row` returns.
  void Visit(Table table, const ExportedDocument& document,
             absl::FunctionRef<void(absl::Span<const Field>)> row);

 private:
  using Row = absl::FunctionRef<void(absl::Span<const Field>)>;

  void VisitDocument(const ExportedDocument& document, Row row);
  void VisitCells(const ExportedDocument& document, Row row);
  void VisitFindings(const ExportedDocument& document, Row row);
  void VisitClaims(const ExportedDocument& document, Row row);
  void VisitWide(const ExportedDocument& document, Row row);

  // The cells' dotted paths, with spaces between. Those of a form have theirs:
  // it need not be put together.
  std::string Paths(
      v1::Template form,
      const google::protobuf::RepeatedPtrField<v1::CellPath>& cells) const;

  const FormLabels& labels_;
  const Language language_;
  std::vector<TableColumn> columns_[kTableCount];
  // The column of kWide that holds a cell of a form, by FormCell::number: cells
  // of the same path share one.
  std::vector<int> wide_columns_;
};

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_EXPORT_TABLES_H_
