// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/layout.h"

#include <algorithm>
#include <set>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tests/generator/layout_pages.h"

namespace gongkai::generator {
namespace {

struct NamedLayout {
  Layout layout;
  absl::string_view name;
};

constexpr NamedLayout kNames[] = {{Layout::kA, "A"},
                                  {Layout::kB, "B"},
                                  {Layout::kB2, "B2"},
                                  {Layout::kC, "C"},
                                  {Layout::kD, "D"},
                                  {Layout::kE, "E"},
                                  {Layout::kEBlank, "E_blank"},
                                  {Layout::kESlash, "E_slash"},
                                  {Layout::kEDash, "E_dash"},
                                  {Layout::kF, "F"},
                                  {Layout::kG, "G"},
                                  {Layout::kH, "H"},
                                  {Layout::kH2, "H2"},
                                  {Layout::kI, "I"},
                                  {Layout::kJ, "J"},
                                  {Layout::kK, "K"},
                                  {Layout::kM, "M"},
                                  {Layout::kRaw, "raw"},
                                  {Layout::kDocx, "docx"},
                                  {Layout::kDocxMessy, "docx_messy"}};

bool IsDocx(Layout layout) {
  return layout == Layout::kDocx || layout == Layout::kDocxMessy;
}

// The cells that are printed where covered places are not.
std::vector<std::string> Texts(const PrintedRow& row) {
  std::vector<std::string> texts;
  for (const PrintedCell& cell : row.cells) {
    if (!cell.covered) texts.push_back(cell.text);
  }
  return texts;
}

std::string PrintTabLines(const PrintedTable& table) {
  std::string out;
  for (const PrintedRow& row : table.rows) {
    for (const PrintedCell& cell : row.cells) {
      absl::StrAppend(&out, "\t", cell.text, "\n");
    }
    out += "\n";
  }
  return out;
}

std::string PrintTabRows(const PrintedTable& table) {
  std::string out;
  for (const PrintedRow& row : table.rows) {
    std::string line;
    for (const PrintedCell& cell : row.cells) {
      if (&cell != &row.cells.front()) line += "\t";
      absl::StrAppend(&line, cell.text, std::string(cell.span - 1, '\t'));
    }
    absl::StrAppend(&out, line, "\n");
  }
  return out;
}

// The second line of a head is gone from most cells, as one converter does.
std::string CutHead(const std::string& text, bool first) {
  if (first || text.size() != std::string("结果维持").size()) return text;
  for (const char* head : {"结果维持", "结果纠正", "其他结果", "尚未审结"}) {
    if (text == head) return text.substr(0, text.size() / 2);
  }
  return text;
}

std::string PrintPipeCells(const PrintedTable& table, const PrintStyle& style) {
  std::string out;
  for (size_t r = 0; r < table.rows.size(); ++r) {
    const PrintedRow& row = table.rows[r];
    std::vector<std::string> texts = Texts(row);
    if (style.cut_heads && table.kind == TableKind::kDisputes &&
        row.depth == 0) {
      for (size_t i = 0; i < texts.size(); ++i) {
        texts[i] = CutHead(texts[i], r == 1 && i == 0);
      }
    }
    for (const std::string& text : texts) absl::StrAppend(&out, text, " |\n");
    // The grid has a column more than the widest row of B prints.
    size_t filler = 0;
    if (table.kind == TableKind::kRequests) {
      filler = row.depth == 0 ? 10 - texts.size() : row.depth == 3 ? 1 : 2;
    } else {
      filler = static_cast<size_t>(table.width) - texts.size();
    }
    if (filler > 0) absl::StrAppend(&out, std::string(filler, '|'), "\n");
  }
  return out;
}

// Each text on a line, with `before` and `after` around it and `row_start`
// before each row.
std::string PrintCellLines(const PrintedTable& table,
                           absl::string_view row_start,
                           absl::string_view after) {
  std::string out;
  for (const PrintedRow& row : table.rows) {
    absl::StrAppend(&out, row_start);
    for (const std::string& text : Texts(row)) {
      absl::StrAppend(&out, text, "\n", after);
    }
  }
  return out;
}

std::string PrintPipeRows(const PrintedTable& table) {
  std::string out;
  for (const PrintedRow& row : table.rows) {
    absl::StrAppend(&out, absl::StrJoin(Texts(row), " | "), " |\n");
  }
  return out;
}

std::string PrintPipeRuns(const PrintedTable& table, bool blanks_last) {
  std::string out;
  for (const PrintedRow& row : table.rows) {
    std::string line = "|";
    size_t blanks = 0;
    for (const std::string& text : Texts(row)) {
      if (!text.empty()) {
        absl::StrAppend(&line, " ", text, " |");
      } else if (blanks_last) {
        ++blanks;
      } else {
        line += "|";
      }
    }
    if (blanks_last) absl::StrAppend(&line, " ", std::string(blanks, '|'));
    absl::StrAppend(&out, line, "\n");
  }
  return out;
}

std::string PrintMarkdown(const PrintedTable& table) {
  std::string out;
  for (const PrintedRow& row : table.rows) {
    std::vector<std::string> texts = Texts(row);
    texts.resize(std::max<size_t>(texts.size(), table.width));
    absl::StrAppend(&out, "| ", absl::StrJoin(texts, " | "), " |\n");
    if (&row == &table.rows.front()) {
      out += "|";
      for (size_t i = 0; i < texts.size(); ++i) out += "---|";
      out += "\n";
    }
  }
  return out;
}

std::string RemoveRepeatedLines(const std::string& text) {
  std::set<absl::string_view> seen;
  std::string out;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    if (seen.insert(line).second) absl::StrAppend(&out, line, "\n");
  }
  return out;
}

std::string PrintTable(Layout layout, const PrintStyle& style,
                       const PrintedTable& table) {
  switch (layout) {
    case Layout::kA:
      return PrintTabLines(table);
    case Layout::kB:
    case Layout::kB2:
      return PrintTabRows(table);
    case Layout::kC:
      return PrintPipeCells(table, style);
    case Layout::kD:
      return PrintCellLines(table, "", "|\n");
    case Layout::kE:
    case Layout::kEBlank:
    case Layout::kESlash:
    case Layout::kEDash:
      return PrintPipeRows(table);
    case Layout::kF:
      return PrintCellLines(table, "", "\n");
    case Layout::kG:
      return PrintCellLines(table, "|\n", "|\n");
    case Layout::kH:
      return PrintPipeRuns(table, /*blanks_last=*/false);
    case Layout::kH2:
      return PrintPipeRuns(table, /*blanks_last=*/true);
    case Layout::kI:
    case Layout::kK:
      return PrintCellLines(table, "", "");
    case Layout::kJ:
      return PrintWideColumns(table);
    case Layout::kM:
      return PrintMarkdown(table);
    case Layout::kRaw:
      return PrintRawRows(table, style.groups_apart);
    case Layout::kDocx:
    case Layout::kDocxMessy:
      break;
  }
  return "";
}

}  // namespace

absl::Span<const Layout> AllLayouts() {
  static const auto* const layouts = [] {
    auto* all = new std::vector<Layout>;
    for (const NamedLayout& named : kNames) {
      if (!IsDocx(named.layout)) all->push_back(named.layout);
    }
    return all;
  }();
  return *layouts;
}

absl::Span<const Layout> DocxLayouts() {
  static constexpr Layout kLayouts[] = {Layout::kDocx, Layout::kDocxMessy};
  return kLayouts;
}

absl::string_view LayoutName(Layout layout) {
  for (const NamedLayout& named : kNames) {
    if (named.layout == layout) return named.name;
  }
  return "";
}

absl::string_view FileExtension(Layout layout) {
  return IsDocx(layout) ? ".docx" : ".txt";
}

absl::StatusOr<Layout> ParseLayout(absl::string_view name) {
  for (const NamedLayout& named : kNames) {
    if (named.name == name) return named.layout;
  }
  std::string names;
  for (const NamedLayout& named : kNames) {
    absl::StrAppend(&names, names.empty() ? "" : ", ", named.name);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("\"", name, "\" is not a layout; the layouts are ", names));
}

bool PrintsHalfWidth(Layout layout) {
  switch (layout) {
    case Layout::kC:
    case Layout::kD:
    case Layout::kE:
    case Layout::kEBlank:
    case Layout::kESlash:
    case Layout::kEDash:
    case Layout::kG:
    case Layout::kH:
    case Layout::kH2:
      return true;
    default:
      return false;
  }
}

bool IsPositional(Layout layout) {
  switch (layout) {
    case Layout::kA:
    case Layout::kB:
    case Layout::kE:
    case Layout::kEBlank:
    case Layout::kESlash:
    case Layout::kEDash:
    case Layout::kH:
    case Layout::kM:
    case Layout::kDocx:
    case Layout::kDocxMessy:
      return true;
    default:
      return false;
  }
}

std::string NarrowPunctuation(absl::string_view text) {
  return absl::StrReplaceAll(
      text, {{"，", ","}, {"：", ":"}, {"；", ";"}, {"（", "("}, {"）", ")"}});
}

std::string Print(Layout layout, const PrintStyle& style,
                  const std::vector<Part>& parts, Random* random) {
  std::string out;
  for (const Part& part : parts) {
    if (part.table.has_value()) {
      out += PrintTable(layout, style, *part.table);
    } else if (style.wrap_prose) {
      out += WrapLine(part.line);
    } else {
      absl::StrAppend(&out, part.line, "\n");
    }
  }
  if (style.page_numbers) out = InsertPageNumbers(out, random);
  if (layout == Layout::kI) out = RemoveRepeatedLines(out);
  if (layout == Layout::kK) {
    std::vector<absl::string_view> lines =
        absl::StrSplit(out, '\n', absl::SkipWhitespace());
    out = absl::StrJoin(lines, " ") + "\n";
  }
  return out;
}

}  // namespace gongkai::generator
