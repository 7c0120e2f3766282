// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A SQLite database. Cells are kept by number, as there are two hundred a
// report; the view "cells" has them as the other formats write them. The other
// tables leave out what documents has of their document.

#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/export/table_writer.h"
#include "client/cli/formats/findings.h"
#include "client/cli/formats/names.h"
#include "client/cli/sqlite_handles.h"
#include "proto/cell_path.h"

namespace gongkai::cli {
namespace {

// Before the first row. The file is of no use until it is complete: nothing is
// gained by being able to roll back.
constexpr char kBegin[] = R"sql(
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -65536;
BEGIN;
CREATE TABLE cell_states (number INTEGER PRIMARY KEY, state TEXT NOT NULL);
CREATE TABLE form_cells (
  number INTEGER PRIMARY KEY,
  template TEXT NOT NULL,
  cell TEXT NOT NULL,
  label TEXT,
  unit TEXT,
  UNIQUE (template, cell)
);
-- raw is null where it is what value says.
CREATE TABLE cell_values (
  document_number INTEGER NOT NULL REFERENCES documents,
  form_cell INTEGER NOT NULL REFERENCES form_cells,
  value,
  state INTEGER NOT NULL REFERENCES cell_states,
  raw TEXT,
  unit TEXT,
  candidates TEXT,
  start_byte INTEGER,
  end_byte INTEGER,
  page INTEGER,
  place_table INTEGER,
  place_row INTEGER,
  place_column INTEGER,
  place_paragraph INTEGER,
  box TEXT,
  PRIMARY KEY (document_number, form_cell)
) WITHOUT ROWID;
CREATE TABLE finding_cells (
  document_number INTEGER NOT NULL REFERENCES documents,
  finding_number INTEGER NOT NULL,
  cell TEXT NOT NULL,
  PRIMARY KEY (document_number, finding_number, cell),
  FOREIGN KEY (document_number, finding_number) REFERENCES findings
) WITHOUT ROWID;
)sql";

// After the last row: what queries go by, and answers to the usual questions.
constexpr char kEnd[] = R"sql(
CREATE INDEX documents_by_body ON documents (body, year);
CREATE INDEX findings_by_rule ON findings (rule, document_number);
CREATE INDEX finding_cells_by_cell ON finding_cells (cell);

-- The long table: a row a cell.
CREATE VIEW cells AS
SELECT d.document_number, d.document, d.body, d.year, d.template, f.cell,
       f.label, v.value, coalesce(v.unit, f.unit) AS unit, s.state,
       coalesce(v.raw, CAST(v.value AS TEXT), '') AS raw, v.candidates, v.start_byte,
       v.end_byte, v.page, v.place_table, v.place_row, v.place_column,
       v.place_paragraph, v.box
FROM cell_values v
JOIN documents d USING (document_number)
JOIN form_cells f ON f.number = v.form_cell
JOIN cell_states s ON s.number = v.state;

-- Whose reports have mistakes?
CREATE VIEW problems_by_body AS
SELECT body, year, count(*) AS documents, sum(errors) AS errors,
       sum(warnings) AS warnings
FROM documents GROUP BY body, year ORDER BY 4 DESC, 5 DESC;

-- Which mistakes are common?
CREATE VIEW problems_by_rule AS
SELECT rule, severity, count(DISTINCT document_number) AS documents,
       count(*) AS findings
FROM findings WHERE result = 'FAIL' GROUP BY rule, severity ORDER BY 3 DESC;

-- What is each body to correct?
CREATE VIEW corrections AS
SELECT d.body, d.year, d.document, f.severity, f.message, f.repair,
       f.legal_basis, f.rule, f.document_number, f.finding_number
FROM findings f JOIN documents d USING (document_number)
WHERE f.result = 'FAIL' AND f.severity <> 'INFO'
ORDER BY d.body, d.year, f.document_number, f.finding_number;

-- What do all reports come to? Only what was read counts.
CREATE VIEW sums_by_year AS
SELECT d.year, f.cell, f.label, count(v.value) AS reports,
       sum(v.value) AS sum, max(v.value + 0) AS largest
FROM cell_values v
JOIN documents d USING (document_number)
JOIN form_cells f ON f.number = v.form_cell
GROUP BY d.year, f.cell;

-- What could not be read, and why?
CREATE VIEW unread AS
SELECT document, outcome, message FROM documents
WHERE outcome NOT IN ('OK', 'PARTIAL');

COMMIT;
)sql";

void Bind(sqlite3_stmt* statement, int parameter, const Field& field) {
  if (const int64_t* number = std::get_if<int64_t>(&field)) {
    sqlite3_bind_int64(statement, parameter, *number);
  } else if (const auto* text = std::get_if<std::string_view>(&field)) {
    // Not copied: the field lives until the statement has run.
    sqlite3_bind_text(statement, parameter, text->data(),
                      static_cast<int>(text->size()), SQLITE_STATIC);
  } else {
    sqlite3_bind_null(statement, parameter);
  }
}

class SqliteWriter final : public TableWriter {
 public:
  SqliteWriter(std::string file, const FormLabels* labels,
               const ExportOptions& options)
      : file_(std::move(file)),
        labels_(*labels),
        rows_(labels, options.language) {
    for (const Table table : TablesOf(options)) {
      if (table != Table::kCells) tables_.push_back({table, nullptr});
    }
  }

  absl::Status Open() {
    sqlite3* database = nullptr;
    const int opened = sqlite3_open_v2(
        file_.c_str(), &database,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE |
            // One thread at a time, as TableWriter says.
            SQLITE_OPEN_NOMUTEX,
        nullptr);
    database_.reset(database);
    if (opened != SQLITE_OK) return Error();
    absl::Status status = Run(kBegin);
    for (auto& [table, insert] : tables_) {
      if (status.ok()) status = Create(table);
      if (status.ok()) status = PrepareInsert(table, &insert);
    }
    if (status.ok()) {
      status = Prepare(
          "INSERT OR IGNORE INTO cell_values VALUES "
          "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
          &insert_value_);
    }
    if (status.ok()) {
      status = Prepare("INSERT INTO form_cells VALUES (?,?,?,?,?)",
                       &insert_form_cell_);
    }
    if (status.ok()) {
      status = Prepare("INSERT OR IGNORE INTO finding_cells VALUES (?,?,?)",
                       &insert_finding_cell_);
    }
    if (status.ok()) status = AddCellStates();
    for (const FormCell& cell : labels_.cells()) {
      if (status.ok()) {
        status = AddFormCell(
            cell.number, cell.form, cell.path_text,
            std::string_view(cell.label),
            cell.unit.empty() ? Field() : Field(std::string_view(cell.unit)));
      }
    }
    next_form_cell_ = static_cast<int>(labels_.cells().size());
    return status;
  }

  absl::Status Write(const ExportedDocument& document) override {
    absl::Status status;
    for (auto& [table, insert] : tables_) {
      const int first = FirstColumn(table);
      sqlite3_stmt* const statement = insert.get();
      rows_.Visit(table, document, [&](absl::Span<const Field> fields) {
        if (!status.ok()) return;
        int parameter = 0;
        if (first > 0) Bind(statement, ++parameter, fields[0]);
        for (size_t i = first; i < fields.size(); ++i) {
          Bind(statement, ++parameter, fields[i]);
        }
        status = Step(statement);
      });
    }
    if (status.ok()) status = WriteFindingCells(document);
    if (!status.ok()) return status;
    return WriteCells(document);
  }

  absl::Status Finish() override {
    absl::Status status = Run(kEnd);
    // Statements are to end before the database.
    tables_.clear();
    insert_value_.reset();
    insert_form_cell_.reset();
    insert_finding_cell_.reset();
    if (status.ok() && sqlite3_close(database_.get()) != SQLITE_OK) {
      return Error();
    }
    if (status.ok()) (void)database_.release();
    return status;
  }

  std::vector<std::string> files() const override { return {file_}; }

 private:
  // The first of a table's columns, but the number of its document, that the
  // database keeps.
  static int FirstColumn(Table table) {
    return table == Table::kDocuments ? 0 : kAboutColumns;
  }

  absl::Status Create(Table table) {
    std::vector<std::string> columns;
    const std::vector<TableColumn>& all = rows_.columns(table);
    for (size_t i = 0; i < all.size(); ++i) {
      if (i > 0 && static_cast<int>(i) < FirstColumn(table)) continue;
      std::string column = absl::StrCat("\"", all[i].name, "\"");
      if (table == Table::kWide && i > 0) {
        // Whole numbers, and decimals as text.
      } else {
        absl::StrAppend(&column, all[i].number ? " INTEGER" : " TEXT");
      }
      if (i == 0) {
        column += table == Table::kDocuments || table == Table::kWide
                      ? " PRIMARY KEY"
                      : " NOT NULL";
        if (table != Table::kDocuments) column += " REFERENCES documents";
      }
      columns.push_back(std::move(column));
    }
    if (table == Table::kFindings || table == Table::kClaims) {
      columns.push_back(absl::StrCat("PRIMARY KEY (document_number, ",
                                     all[kAboutColumns].name, ")"));
    }
    return Run(absl::StrCat("CREATE TABLE ", NameOf(table), " (",
                            absl::StrJoin(columns, ", "), ");"));
  }

  absl::Status PrepareInsert(Table table, Statement* statement) {
    int columns = static_cast<int>(rows_.columns(table).size());
    if (FirstColumn(table) > 0) columns -= FirstColumn(table) - 1;
    const std::vector<std::string> marks(columns, "?");
    return Prepare(absl::StrCat("INSERT INTO ", NameOf(table), " VALUES (",
                                absl::StrJoin(marks, ","), ")"),
                   statement);
  }

  absl::Status AddCellStates() {
    Statement insert;
    absl::Status status =
        Prepare("INSERT INTO cell_states VALUES (?,?)", &insert);
    for (int state = v1::CellState_MIN; state <= v1::CellState_MAX; ++state) {
      if (!status.ok()) break;
      Bind(insert.get(), 1, int64_t{state});
      Bind(insert.get(), 2, Name(static_cast<v1::CellState>(state)));
      status = Step(insert.get());
    }
    return status;
  }

  absl::Status AddFormCell(int number, v1::Template form, std::string_view path,
                           const Field& label, const Field& unit) {
    sqlite3_stmt* const statement = insert_form_cell_.get();
    Bind(statement, 1, int64_t{number});
    Bind(statement, 2, Name(form));
    Bind(statement, 3, path);
    Bind(statement, 4, label);
    Bind(statement, 5, unit);
    return Step(statement);
  }

  // The number of a cell that no form has.
  absl::StatusOr<int> StrangeCell(v1::Template form, const v1::Cell& cell) {
    const std::string path = CellPathText(cell);
    const auto [known, is_new] = strange_cells_.try_emplace(
        absl::StrCat(form, " ", path), next_form_cell_);
    if (is_new) {
      absl::Status status =
          AddFormCell(next_form_cell_++, form, path, Field(), Field());
      if (!status.ok()) return status;
    }
    return known->second;
  }

  absl::Status WriteCells(const ExportedDocument& document) {
    const v1::Report& report = document.response->report();
    sqlite3_stmt* const statement = insert_value_.get();
    absl::Status status;
    ForEachCell(report, [&](const v1::Cell& cell) {
      if (!status.ok()) return;
      const FormCell* known =
          labels_.Find(report.template_(), cell.row(), cell.column());
      int number = known == nullptr ? 0 : known->number;
      if (known == nullptr) {
        const absl::StatusOr<int> strange =
            StrangeCell(report.template_(), cell);
        if (!strange.ok()) {
          status = strange.status();
          return;
        }
        number = *strange;
      }
      sqlite3_clear_bindings(statement);
      Bind(statement, 1, document.number);
      Bind(statement, 2, int64_t{number});
      std::string value;
      if (cell.value_case() == v1::Cell::kCount) {
        Bind(statement, 3, cell.count());
        value = absl::StrCat(cell.count());
      } else if (cell.value_case() == v1::Cell::kDecimal) {
        Bind(statement, 3, std::string_view(cell.decimal()));
        value = cell.decimal();
      }
      Bind(statement, 4, int64_t{cell.state()});
      // The view takes the value for a raw text that is null.
      if (cell.raw() != value) Bind(statement, 5, std::string_view(cell.raw()));
      if (!cell.unit().empty()) {
        Bind(statement, 6, std::string_view(cell.unit()));
      }
      std::string candidates;
      if (!cell.candidates().empty()) {
        candidates = absl::StrJoin(cell.candidates(), " ");
        Bind(statement, 7, std::string_view(candidates));
      }
      if (HasPlace(cell)) {
        Bind(statement, 8, cell.start_byte());
        Bind(statement, 9, cell.end_byte());
      }
      std::string box;
      if (cell.has_place()) BindPlace(cell.place(), &box, statement);
      status = Step(statement);
    });
    return status;
  }

  static void BindPlace(const v1::Place& place, std::string* box,
                        sqlite3_stmt* statement) {
    int parameter = 10;
    for (const int32_t number : {place.page(), place.table(), place.row(),
                                 place.column(), place.paragraph()}) {
      if (number != 0) Bind(statement, parameter, int64_t{number});
      ++parameter;
    }
    if (place.has_box()) {
      *box = BoxText(place.box());
      Bind(statement, parameter, std::string_view(*box));
    }
  }

  absl::Status WriteFindingCells(const ExportedDocument& document) {
    sqlite3_stmt* const statement = insert_finding_cell_.get();
    int64_t number = 0;
    for (const v1::Finding& finding : document.response->findings()) {
      if (!IsShown(finding)) continue;
      ++number;
      for (const v1::CellPath& cell : finding.cells()) {
        const std::string path = CellPathText(cell);
        Bind(statement, 1, document.number);
        Bind(statement, 2, number);
        Bind(statement, 3, std::string_view(path));
        if (absl::Status status = Step(statement); !status.ok()) return status;
      }
    }
    return absl::OkStatus();
  }

  absl::Status Prepare(const std::string& sql, Statement* statement) {
    *statement = cli::Prepare(database_, sql);
    return *statement != nullptr ? absl::OkStatus() : Error();
  }

  absl::Status Step(sqlite3_stmt* statement) {
    const int result = sqlite3_step(statement);
    sqlite3_reset(statement);
    return result == SQLITE_DONE ? absl::OkStatus() : Error();
  }

  absl::Status Run(const std::string& sql) {
    return sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr,
                        nullptr) == SQLITE_OK
               ? absl::OkStatus()
               : Error();
  }

  absl::Status Error() const {
    return absl::UnknownError(absl::StrCat("cannot write ", file_, ": ",
                                           sqlite3_errmsg(database_.get())));
  }

  const std::string file_;
  const FormLabels& labels_;
  TableRows rows_;
  Database database_;
  std::vector<std::pair<Table, Statement>> tables_;
  Statement insert_value_;
  Statement insert_form_cell_;
  Statement insert_finding_cell_;
  absl::flat_hash_map<std::string, int> strange_cells_;
  int next_form_cell_ = 0;
};

}  // namespace

absl::StatusOr<std::unique_ptr<TableWriter>> OpenSqlite(
    const std::string& file, const FormLabels* labels,
    const ExportOptions& options) {
  auto writer = std::make_unique<SqliteWriter>(file, labels, options);
  if (absl::Status status = writer->Open(); !status.ok()) return status;
  return writer;
}

}  // namespace gongkai::cli
