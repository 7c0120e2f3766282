// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/generator/generator.h"

namespace gongkai::generator {
namespace {

// All texts here are free of control characters.
std::string Quoted(absl::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// Counts are numbers; amounts with a fraction are strings, as everywhere.
std::string JsonNumber(const std::string& value) {
  return value.find('.') == std::string::npos ? value : Quoted(value);
}

}  // namespace

std::string TruthJson(const GeneratedReport& report,
                      const std::string& document) {
  std::string cells;
  std::string states;
  for (const TrueCell& cell : report.cells) {
    absl::StrAppend(&cells, cells.empty() ? "" : ",\n", "  ", Quoted(cell.path),
                    ": ", cell.has_value() ? JsonNumber(cell.meant) : "null");
    if (!cell.has_value()) {
      const std::string name = v1::CellState_Name(cell.state);
      absl::StrAppend(&states, states.empty() ? "" : ",\n", "  ",
                      Quoted(cell.path), ": ",
                      Quoted(name.substr(std::string("CELL_STATE_").size())));
    }
  }
  const auto braces = [](const std::string& body) {
    return body.empty() ? "{}" : absl::StrCat("{\n", body, "\n }");
  };
  const std::string broken = absl::StrJoin(
      report.broken_identities, ", ",
      [](std::string* out, const std::string& path) { *out += Quoted(path); });
  return absl::StrCat(
      "{\n \"document\": ", Quoted(document),
      ",\n \"body\": ", Quoted(report.body), ",\n \"year\": ", report.year,
      ",\n \"template\": ", Quoted(v1::Template_Name(report.template_id)),
      ",\n \"cells\": ", braces(cells), ",\n \"states\": ", braces(states),
      ",\n \"broken_identities\": [", broken,
      "],\n \"fault\": ", report.fault.empty() ? "null" : Quoted(report.fault),
      ",\n \"claims\": [],\n \"notes\": []\n}\n");
}

}  // namespace gongkai::generator
