// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/export/table_writer.h
//
// What a format of gongkai check --export does.

#ifndef GONGKAI_CLIENT_CLI_EXPORT_TABLE_WRITER_H_
#define GONGKAI_CLIENT_CLI_EXPORT_TABLE_WRITER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/cli/export/form_labels.h"
#include "client/cli/export/tables.h"
#include "client/cli/language.h"

namespace gongkai::cli {

struct ExportOptions {
  Language language = Language::kChinese;
  // Write the wide table, too.
  bool wide = false;
  // CSV for spreadsheets: begins with a byte-order mark, by which Excel tells
  // UTF-8, and text that a spreadsheet would run as a formula is written with
  // an apostrophe before it.
  bool spreadsheet_csv = false;
};

// Thread-compatible. Memory does not grow with the documents.
class TableWriter {
 public:
  virtual ~TableWriter() = default;

  // Adds a document's rows. Documents come in order, each once.
  // Errors: as the system says, such as a full disk; nothing more is written
  // then.
  virtual absl::Status Write(const ExportedDocument& document) = 0;

  // Completes the files. Call once, after the last document.
  virtual absl::Status Finish() = 0;

  // Every file that it writes, the one that it was opened with first.
  virtual std::vector<std::string> files() const = 0;
};

// The tables of `options`.
std::vector<Table> TablesOf(const ExportOptions& options);

// `file` for another table than the first: "out.csv", "findings" is
// "out.findings.csv".
std::string WithTableName(const std::string& file, const std::string& table);

// Each opens `file`, which must not be there, or several beside it. `labels`
// outlives the writer. Errors: as the system says.

// A file a table: the cells in `file`, each other table in WithTableName. CSV
// by RFC 4180 with a header, UTF-8.
absl::StatusOr<std::unique_ptr<TableWriter>> OpenCsv(
    const std::string& file, const FormLabels* labels,
    const ExportOptions& options);
// The same as a line of JSON a row; what is null is left out.
absl::StatusOr<std::unique_ptr<TableWriter>> OpenJsonl(
    const std::string& file, const FormLabels* labels,
    const ExportOptions& options);
// One database; see sqlite_writer.cc for its tables and views.
absl::StatusOr<std::unique_ptr<TableWriter>> OpenSqlite(
    const std::string& file, const FormLabels* labels,
    const ExportOptions& options);
// One workbook with a sheet a table, before them a list of corrections.
absl::StatusOr<std::unique_ptr<TableWriter>> OpenXlsx(
    const std::string& file, const FormLabels* labels,
    const ExportOptions& options);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_EXPORT_TABLE_WRITER_H_
