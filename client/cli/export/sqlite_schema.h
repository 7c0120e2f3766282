// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/export/sqlite_schema.h
//
// What gongkai check --export=FILE.sqlite creates beside the tables that every
// format has (tables.h).

#ifndef GONGKAI_CLIENT_CLI_EXPORT_SQLITE_SCHEMA_H_
#define GONGKAI_CLIENT_CLI_EXPORT_SQLITE_SCHEMA_H_

namespace gongkai::cli {

// The key of a row of cell_values is the number of the document times this, and
// that of the cell: there are two hundred rows a report, and SQLite writes no
// other key as fast as one whole number that grows. The forms have 400 cells.
inline constexpr int kMaxFormCells = 1 << 16;

// Before the first row. The file is of no use until it is complete: nothing is
// gained by being able to roll back.
inline constexpr char kSqliteBegin[] = R"sql(
PRAGMA page_size = 16384;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
BEGIN;
CREATE TABLE cell_states (number INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- With the template of the documents that have it.
CREATE TABLE form_cells (
  number INTEGER PRIMARY KEY,
  template TEXT,
  cell TEXT NOT NULL,
  label TEXT,
  unit TEXT,
  UNIQUE (template, cell)
);
-- raw is null where it is what value says.
CREATE TABLE cell_values (
  document_and_cell INTEGER PRIMARY KEY,
  value,
  state INTEGER NOT NULL REFERENCES cell_states,
  raw TEXT,
  start_byte INTEGER,
  end_byte INTEGER
);
-- What few cells have, above all of those that stand in no table or page.
CREATE TABLE cell_details (
  document_and_cell INTEGER PRIMARY KEY REFERENCES cell_values,
  unit TEXT,
  candidates TEXT,
  page INTEGER,
  place_table INTEGER,
  place_row INTEGER,
  place_column INTEGER,
  place_paragraph INTEGER,
  box TEXT
);
)sql";

// After the last row: what queries go by, and answers to the usual questions.
// $0 is kMaxFormCells.
inline constexpr char kSqliteEnd[] = R"sql(
CREATE INDEX documents_by_body ON documents (body, year);
CREATE INDEX findings_by_rule ON findings (rule, document_number);

-- The long table: a row a cell. One cell of all reports is looked up in each,
-- not searched for.
CREATE VIEW cells AS
SELECT d.document_number, d.document, d.body, d.year, d.template, f.cell,
       f.label, v.value, coalesce(more.unit, f.unit) AS unit, s.state,
       coalesce(v.raw, CAST(v.value AS TEXT), '') AS raw, more.candidates,
       v.start_byte, v.end_byte, more.page, more.place_table, more.place_row,
       more.place_column, more.place_paragraph, more.box
FROM documents d
JOIN form_cells f ON f.template IS d.template
JOIN cell_values v ON v.document_and_cell = d.document_number * $0 + f.number
JOIN cell_states s ON s.number = v.state
LEFT JOIN cell_details more USING (document_and_cell);

-- Which cells is a finding about?
CREATE VIEW finding_cells AS
SELECT f.document_number, f.finding_number, c.value AS cell
FROM findings f
JOIN json_each('["' || replace(f.cells, ' ', '","') || '"]') c;

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
SELECT year, cell, label, count(value) AS reports, sum(value) AS sum,
       max(value + 0) AS largest
FROM cells GROUP BY year, cell;

-- What could not be read, and why?
CREATE VIEW unread AS
SELECT document, outcome, message FROM documents
WHERE outcome NOT IN ('OK', 'PARTIAL');

COMMIT;
)sql";

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_EXPORT_SQLITE_SCHEMA_H_
