// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/docx.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "tests/generator/docx_package.h"
#include "tests/generator/docx_runs.h"
#include "tests/generator/zip.h"

namespace gongkai::generator {
namespace {

// A cell of the table's true grid.
struct GridCell {
  absl::string_view text;
  int column = 0;
  int span = 1;
  bool covered = false;  // the place below a cell that spans rows
  bool spans_rows = false;
};

using GridRow = std::vector<GridCell>;

// Lines of so many bytes are neither headings nor parts of a title.
constexpr size_t kProse = 120;

// Label columns of the requests table; its rows print fewer where a label
// takes several.
constexpr int kLabelColumns = 3;

// How many more columns of the grid the cell takes than it says. Rows of the
// printed table may be narrower than the grid; a form widens its last label
// then, or, where it has none to widen, its last cell.
int Widened(const PrintedTable& table, const PrintedRow& row, size_t cell,
            int missing) {
  if (missing <= 0) return 0;
  size_t widened = row.cells.size() - 1;
  if (table.kind == TableKind::kRequests) {
    widened = row.depth == 0 ? 0 : row.depth - 1;
  }
  return cell == widened ? missing : 0;
}

std::vector<GridRow> TrueGrid(const PrintedTable& table) {
  const int width =
      table.kind == TableKind::kRequests ? 7 + kLabelColumns : table.width;
  std::vector<GridRow> grid;
  for (const PrintedRow& row : table.rows) {
    int columns = 0;
    for (const PrintedCell& cell : row.cells) columns += cell.span;
    GridRow& out = grid.emplace_back();
    int column = 0;
    for (size_t i = 0; i < row.cells.size(); ++i) {
      const PrintedCell& cell = row.cells[i];
      const int span = cell.span + Widened(table, row, i, width - columns);
      out.push_back({cell.text, column, span, cell.covered, false});
      column += span;
    }
  }
  for (size_t r = grid.size(); r-- > 1;) {
    for (const GridCell& cell : grid[r]) {
      if (!cell.covered) continue;
      for (GridCell& above : grid[r - 1]) {
        above.spans_rows = above.spans_rows || above.column == cell.column;
      }
    }
  }
  return grid;
}

constexpr absl::string_view kOrdinals[] = {"一", "二", "三", "四", "五",
                                           "六", "七", "八", "九", "十"};

class Printer {
 public:
  Printer(DocxKind kind, Random* random)
      : messy_(kind == DocxKind::kMessy),
        random_(*random),
        runs_(messy_, random) {
    if (!messy_) return;
    auto_headings_ = random_.Percent(60);
    by_style_ = random_.Percent(50);
    wrapped_ = random_.Percent(10);
    text_box_ = random_.Percent(20);
  }

  std::string Print(const std::vector<Part>& parts) {
    std::string body;
    for (const Part& part : parts) {
      if (part.table.has_value()) {
        body += Table(*part.table);
      } else {
        body += Line(part.line);
      }
    }
    if (wrapped_) body = InLayoutTable(body);
    return MakeZip(DocxParts(body, auto_headings_, &random_));
  }

 private:
  std::string Line(absl::string_view line) {
    std::string properties;
    if (auto_headings_) TakeNumber(&line, &properties);
    properties += "<w:spacing w:line=\"560\"/>";
    std::string content = runs_.Print(line, "32");
    if (text_box_ && line.size() >= kProse) {
      content += TextBox("主动公开");
      text_box_ = false;
    }
    std::string paragraph = Paragraph(properties, content);
    if (messy_ && random_.Percent(5)) return InContentControl(paragraph);
    if (messy_ && random_.Percent(5)) {
      paragraph += Paragraph(
          "<w:rPr><w:del w:id=\"1\" w:author=\"a\"/></w:rPr>",
          "<w:del w:id=\"2\" w:author=\"a\"><w:r><w:delText>本段删去9件。"
          "</w:delText></w:r></w:del>");
    }
    return paragraph;
  }

  // Where the line begins with the number that automatic numbering would print
  // here, leaves it to that.
  void TakeNumber(absl::string_view* line, std::string* properties) {
    if (section_ < std::size(kOrdinals) &&
        absl::ConsumePrefix(line, absl::StrCat(kOrdinals[section_], "、"))) {
      ++section_;
      item_ = 0;
      *properties += NumberedProperties(0, by_style_);
    } else if (section_ > 0 && item_ < std::size(kOrdinals) &&
               absl::ConsumePrefix(
                   line, absl::StrCat("（", kOrdinals[item_], "）"))) {
      ++item_;
      *properties += NumberedProperties(1, by_style_);
    }
  }

  std::string Paragraph(absl::string_view properties,
                        absl::string_view content) {
    // A style is named before everything else.
    const bool styled = absl::StrContains(properties, "<w:pStyle");
    std::string text = "<w:p><w:pPr>";
    if (!styled) text += "<w:pStyle w:val=\"a\"/>";
    absl::StrAppend(&text, properties, "</w:pPr>", content, "</w:p>");
    return text;
  }

  std::string InContentControl(absl::string_view content) {
    return absl::StrCat("<w:sdt><w:sdtPr><w:id w:val=\"", random_.Below(99999),
                        "\"/></w:sdtPr><w:sdtContent>", content,
                        "</w:sdtContent></w:sdt>");
  }

  // The same text twice: as Word draws it, and for programs that cannot.
  static std::string TextBox(absl::string_view text) {
    const std::string content =
        absl::StrCat("<w:txbxContent><w:p><w:r><w:t>", text,
                     "</w:t></w:r></w:p></w:txbxContent>");
    return absl::StrCat(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>"
        "<wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>",
        content,
        "</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>",
        content,
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
        "</w:r>");
  }

  std::string InLayoutTable(absl::string_view body) {
    return absl::StrCat(
        "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr>"
        "<w:tblGrid><w:gridCol w:w=\"9000\"/></w:tblGrid><w:tr><w:tc><w:tcPr>"
        "<w:tcW w:w=\"9000\" w:type=\"dxa\"/></w:tcPr>",
        body, "<w:p/></w:tc></w:tr></w:tbl><w:p/>");
  }

  std::string Table(const PrintedTable& table) {
    const std::vector<GridRow> grid = TrueGrid(table);
    int width = 0;
    for (const GridCell& cell : grid.front()) width += cell.span;
    std::string text =
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"t\"/><w:tblW w:w=\"5000\" "
        "w:type=\"pct\"/><w:tblBorders>";
    for (const absl::string_view side :
         {"top", "left", "bottom", "right", "insideH", "insideV"}) {
      absl::StrAppend(&text, "<w:", side,
                      " w:val=\"single\" w:sz=\"4\" w:space=\"0\" "
                      "w:color=\"auto\"/>");
    }
    text += "</w:tblBorders></w:tblPr><w:tblGrid>";
    const int cell_width = 9000 / width;
    for (int c = 0; c < width; ++c) {
      absl::StrAppend(&text, "<w:gridCol w:w=\"", cell_width, "\"/>");
    }
    text += "</w:tblGrid>";
    for (const GridRow& row : grid) text += Row(row, cell_width);
    return text + "</w:tbl>";
  }

  std::string Row(const GridRow& row, int cell_width) {
    std::string text;
    if (messy_ && random_.Percent(4)) {
      // A row that was deleted, its change still tracked.
      text +=
          "<w:tr><w:trPr><w:del w:id=\"3\" w:author=\"a\"/></w:trPr><w:tc>"
          "<w:p><w:del w:id=\"4\" w:author=\"a\"><w:r><w:delText>77"
          "</w:delText></w:r></w:del></w:p></w:tc></w:tr>";
    }
    std::string cells;
    for (const GridCell& cell : row) {
      std::string printed = Cell(cell, cell_width);
      if (messy_ && random_.Percent(3)) printed = InContentControl(printed);
      cells += printed;
    }
    std::string printed = absl::StrCat(
        "<w:tr><w:trPr><w:trHeight w:val=\"340\"/><w:jc w:val=\"center\"/>"
        "</w:trPr>",
        cells, "</w:tr>");
    if (messy_ && random_.Percent(3)) printed = InContentControl(printed);
    return text + printed;
  }

  std::string Cell(const GridCell& cell, int cell_width) {
    std::string text =
        absl::StrCat("<w:tc><w:tcPr><w:tcW w:w=\"", cell.span * cell_width,
                     "\" w:type=\"dxa\"/>");
    if (cell.span > 1) {
      absl::StrAppend(&text, "<w:gridSpan w:val=\"", cell.span, "\"/>");
    }
    if (cell.covered) {
      text += "<w:vMerge/>";
    } else if (cell.spans_rows) {
      text += "<w:vMerge w:val=\"restart\"/>";
    }
    text += "<w:vAlign w:val=\"center\"/></w:tcPr>";
    // A break in a cell is one inside its paragraph or between two.
    std::vector<absl::string_view> paragraphs = {cell.text};
    if (random_.Percent(50)) paragraphs = absl::StrSplit(cell.text, '\n');
    for (absl::string_view paragraph : paragraphs) {
      text +=
          Paragraph("<w:jc w:val=\"center\"/>", runs_.Print(paragraph, "21"));
    }
    return text + "</w:tc>";
  }

  const bool messy_;
  Random& random_;
  RunPrinter runs_;
  bool auto_headings_ = false;
  bool by_style_ = false;  // a style carries the numbering
  bool wrapped_ = false;   // a table of one cell holds everything
  bool text_box_ = false;  // the first paragraph of prose has one
  // How many sections, and items of the last one, are numbered so far.
  size_t section_ = 0;
  size_t item_ = 0;
};

}  // namespace

std::string PrintDocx(DocxKind kind, const std::vector<Part>& parts,
                      Random* random) {
  return Printer(kind, random).Print(parts);
}

}  // namespace gongkai::generator
