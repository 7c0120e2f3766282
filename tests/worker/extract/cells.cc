// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/worker/extract/cells.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "proto/cell_path.h"

namespace gongkai::extract {
namespace {

CellFacts Facts(const v1::Cell& cell) {
  CellFacts facts;
  facts.path = CellPathText(cell);
  facts.state = cell.state();
  if (cell.value_case() == v1::Cell::kCount) {
    facts.value = absl::StrCat(cell.count());
  } else if (cell.value_case() == v1::Cell::kDecimal) {
    facts.value = cell.decimal();
  }
  facts.raw = cell.raw();
  facts.unit = cell.unit();
  facts.begin = cell.start_byte();
  facts.end = cell.end_byte();
  facts.candidates.assign(cell.candidates().begin(), cell.candidates().end());
  return facts;
}

}  // namespace

std::vector<CellFacts> AllCells(const v1::Report& report) {
  std::vector<CellFacts> cells;
  for (const v1::ReportTable* table :
       {&report.disclosure(), &report.requests(), &report.disputes()}) {
    for (const v1::Cell& cell : table->cells()) cells.push_back(Facts(cell));
  }
  return cells;
}

std::map<std::string, std::string> Claims(const v1::Report& report) {
  std::map<std::string, std::string> claims;
  for (const CellFacts& cell : AllCells(report)) {
    if (cell.claims()) claims[cell.path] = cell.value;
  }
  return claims;
}

CellFacts CellAt(const v1::Report& report, std::string_view path) {
  for (CellFacts& cell : AllCells(report)) {
    if (cell.path == path) return std::move(cell);
  }
  return CellFacts();
}

std::string Word(const CellFacts& cell) {
  switch (cell.state) {
    case v1::CELL_STATE_VALUE:
      return cell.value;
    case v1::CELL_STATE_DERIVED:
      return absl::StrCat("=", cell.value);
    default:
      break;
  }
  // A number beside a state that has none would mislead whoever reads it.
  if (cell.claims()) return absl::StrCat("WRONG:", cell.value);
  switch (cell.state) {
    case v1::CELL_STATE_BLANK:
      return "_";
    case v1::CELL_STATE_NOT_APPLICABLE:
      return "/";
    case v1::CELL_STATE_INVALID:
      return absl::StrCat("!", cell.raw);
    case v1::CELL_STATE_AMBIGUOUS:
      return "?";
    case v1::CELL_STATE_MISSING:
      return "x";
    default:
      return "unspecified";
  }
}

std::string RowText(const v1::Report& report, std::string_view row) {
  const std::string prefix = absl::StrCat(std::string(row), ".");
  std::string text;
  for (const CellFacts& cell : AllCells(report)) {
    if (cell.path.compare(0, prefix.size(), prefix) != 0) continue;
    absl::StrAppend(&text, text.empty() ? "" : " ", Word(cell));
  }
  return text;
}

std::vector<std::string> Notes(const v1::Report& report) {
  std::vector<std::string> notes;
  for (const v1::Diagnostic& diagnostic : report.diagnostics()) {
    std::string note = v1::DiagnosticKind_Name(diagnostic.kind());
    note = std::string(absl::StripPrefix(note, "DIAGNOSTIC_KIND_"));
    absl::AsciiStrToLower(&note);
    absl::StrReplaceAll({{"_", " "}}, &note);
    const std::string path = CellPathText(diagnostic.path());
    if (!path.empty()) absl::StrAppend(&note, " ", path);
    notes.push_back(std::move(note));
  }
  return notes;
}

}  // namespace gongkai::extract
