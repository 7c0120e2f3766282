// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/formats/cells.h"

#include "client/cli/formats/names.h"
#include "client/cli/json.h"
#include "proto/cell_path.h"

namespace gongkai::cli {
namespace {

// A cell's line is about 110 bytes beside the path; a form has 200 cells.
constexpr size_t kLineBytes = 128;
constexpr size_t kCells = 200;

void AppendDocument(const std::string& document,
                    const v1::ProcessResponse& response, std::string* out) {
  const v1::Report& report = response.report();
  JsonLine line(out);
  line.Raw("document", document).Text("outcome", Name(response.outcome()));
  if (report.template_() != v1::TEMPLATE_UNSPECIFIED) {
    line.Text("template", Name(report.template_()));
  }
  if (report.year() != 0) line.Number("year", report.year());
  if (!report.body().empty()) line.Text("body", report.body());
  if (!report.title().empty()) line.Text("title", report.title());
}

void AppendCells(const std::string& document, const v1::ReportTable& table,
                 std::string* out) {
  for (const v1::Cell& cell : table.cells()) {
    JsonLine line(out);
    line.Raw("document", document).Text("cell", CellPathText(cell));
    if (cell.value_case() == v1::Cell::kCount) {
      line.Number("value", cell.count());
    } else if (cell.value_case() == v1::Cell::kDecimal) {
      line.Text("value", cell.decimal());
    }
    line.Text("state", Name(cell.state())).Text("raw", cell.raw());
  }
}

}  // namespace

std::string FormatCells(const std::string& document,
                        const v1::ProcessResponse& response) {
  // Escaped once, printed two hundred times.
  std::string escaped;
  AppendJsonString(document, &escaped);
  std::string out;
  if (response.has_report()) {
    out.reserve(kCells * (kLineBytes + escaped.size()));
  }
  AppendDocument(escaped, response, &out);
  AppendCells(escaped, response.report().disclosure(), &out);
  AppendCells(escaped, response.report().requests(), &out);
  AppendCells(escaped, response.report().disputes(), &out);
  return out;
}

}  // namespace gongkai::cli
