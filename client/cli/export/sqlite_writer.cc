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
#include "absl/strings/substitute.h"
#include "absl/types/span.h"
#include "client/cli/export/sqlite_schema.h"
#include "client/cli/export/table_writer.h"
#include "client/cli/formats/findings.h"
#include "client/cli/formats/names.h"
#include "client/cli/sqlite_handles.h"
#include "proto/cell_path.h"

namespace gongkai::cli {
namespace {

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

// Columns of cell_values.
constexpr int kValueColumns = 6;
// Rows of it that one statement writes: in ones they take half as long again.
constexpr size_t kBatch = 20;

// A cell and its key in cell_values.
struct CellValue {
  int64_t key;
  const v1::Cell* cell;
};

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
    absl::Status status = Run(kSqliteBegin);
    for (auto& [table, insert] : tables_) {
      if (status.ok()) status = Create(table);
      if (status.ok()) status = PrepareInsert(table, &insert);
    }
    if (status.ok()) status = PrepareValues(1, &insert_value_);
    if (status.ok()) status = PrepareValues(kBatch, &insert_values_);
    if (status.ok()) {
      status = Prepare(
          "INSERT OR IGNORE INTO cell_details VALUES (?,?,?,?,?,?,?,?,?)",
          &insert_details_);
    }
    if (status.ok()) {
      status = Prepare("INSERT INTO form_cells VALUES (?,?,?,?,?)",
                       &insert_form_cell_);
    }
    if (status.ok()) status = AddCellStates();
    for (const FormCell& cell : labels_.cells()) {
      if (status.ok()) {
        status = AddFormCell(cell.number, cell.form, cell.path_text, &cell);
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
    return status.ok() ? WriteCells(document) : status;
  }

  absl::Status Finish() override {
    absl::Status status = Run(absl::Substitute(kSqliteEnd, kMaxFormCells));
    // Statements are to end before the database.
    tables_.clear();
    insert_value_.reset();
    insert_values_.reset();
    insert_details_.reset();
    insert_form_cell_.reset();
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

  // For so many rows of cell_values at once.
  absl::Status PrepareValues(int rows, Statement* statement) {
    const std::vector<std::string> marks(kValueColumns, "?");
    const std::vector<std::string> values(
        rows, absl::StrCat("(", absl::StrJoin(marks, ","), ")"));
    return Prepare(absl::StrCat("INSERT OR IGNORE INTO cell_values VALUES ",
                                absl::StrJoin(values, ",")),
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

  // `known` tells label and unit; null if nothing does.
  absl::Status AddFormCell(int number, v1::Template form, std::string_view path,
                           const FormCell* known) {
    sqlite3_stmt* const statement = insert_form_cell_.get();
    Bind(statement, 1, int64_t{number});
    Bind(statement, 2, TemplateField(form));
    Bind(statement, 3, path);
    Bind(statement, 4, known == nullptr ? Field() : TextField(known->label));
    Bind(statement, 5, known == nullptr ? Field() : TextField(known->unit));
    return Step(statement);
  }

  // The number of a cell that the form of its report does not have.
  absl::StatusOr<int> StrangeCell(v1::Template form, const v1::Cell& cell,
                                  const FormCell* known) {
    const std::string path = CellPathText(cell);
    std::string name(Name(form));
    name.append(" ").append(path);
    const auto [number, is_new] =
        strange_cells_.try_emplace(std::move(name), next_form_cell_);
    if (is_new) {
      if (next_form_cell_ == kMaxFormCells) {
        return absl::ResourceExhaustedError(
            absl::StrCat("cannot write ", file_, ": the service answers with ",
                         "too many cells that no form has"));
      }
      absl::Status status = AddFormCell(next_form_cell_++, form, path, known);
      if (!status.ok()) return status;
    }
    return number->second;
  }

  absl::StatusOr<int> FormCellOf(v1::Template form, const v1::Cell& cell) {
    const FormCell* known = labels_.Find(form, cell.row(), cell.column());
    if (known != nullptr && known->form == form) return known->number;
    return StrangeCell(form, cell, known);
  }

  absl::Status WriteCells(const ExportedDocument& document) {
    const v1::Report& report = document.response->report();
    values_.clear();
    absl::Status status;
    ForEachCell(report, [&](const v1::Cell& cell) {
      const absl::StatusOr<int> number = FormCellOf(report.template_(), cell);
      if (number.ok()) {
        values_.push_back({document.number * kMaxFormCells + *number, &cell});
      } else {
        status = number.status();
      }
    });
    for (absl::Span<const CellValue> left = values_;
         status.ok() && !left.empty();) {
      const size_t rows = left.size() < kBatch ? 1 : kBatch;
      status = WriteValues(rows == 1 ? insert_value_ : insert_values_,
                           left.first(rows));
      left.remove_prefix(rows);
    }
    for (const CellValue& value : values_) {
      if (!status.ok()) break;
      if (HasDetails(*value.cell)) status = WriteDetails(value);
    }
    return status;
  }

  absl::Status WriteValues(const Statement& insert,
                           absl::Span<const CellValue> values) {
    int parameter = 0;
    for (const CellValue& value : values) {
      const v1::Cell& cell = *value.cell;
      const bool read = HasPlace(cell);
      const Field fields[kValueColumns] = {
          value.key,
          ValueField(cell),
          int64_t{cell.state()},
          RawField(cell),
          read ? Field(cell.start_byte()) : Field(),
          read ? Field(cell.end_byte()) : Field()};
      for (const Field& field : fields) {
        Bind(insert.get(), ++parameter, field);
      }
    }
    return Step(insert.get());
  }

  // Null where the view takes the value for it.
  static Field RawField(const v1::Cell& cell) {
    const bool is_value =
        cell.value_case() == v1::Cell::kCount
            ? cell.raw() == absl::AlphaNum(cell.count()).Piece()
            : cell.raw() == cell.decimal();
    return is_value ? Field() : Field(std::string_view(cell.raw()));
  }

  static bool HasDetails(const v1::Cell& cell) {
    return cell.has_place() || !cell.unit().empty() ||
           !cell.candidates().empty();
  }

  absl::Status WriteDetails(const CellValue& value) {
    const std::string candidates = absl::StrJoin(value.cell->candidates(), " ");
    const v1::Place& place = value.cell->place();
    std::string box;
    if (place.has_box()) box = BoxText(place.box());
    int parameter = 0;
    for (const Field& field :
         {Field(value.key), TextField(value.cell->unit()),
          TextField(candidates), NumberField(place.page()),
          NumberField(place.table()), NumberField(place.row()),
          NumberField(place.column()), NumberField(place.paragraph()),
          TextField(box)}) {
      Bind(insert_details_.get(), ++parameter, field);
    }
    return Step(insert_details_.get());
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
  Statement insert_values_;
  Statement insert_details_;
  Statement insert_form_cell_;
  std::vector<CellValue> values_;
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
