// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/layout.h
//
// Prints a report's parts as text, in the shapes that public pages and the
// usual converters give to the statutory tables.

#ifndef GONGKAI_TESTS_GENERATOR_LAYOUT_H_
#define GONGKAI_TESTS_GENERATOR_LAYOUT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tests/generator/random.h"

namespace gongkai::generator {

enum class Layout {
  kA,       // a cell per line behind a tab, a blank line after each row
  kB,       // a row per line, tabs between cells
  kB2,      // as B, some rows without their last column
  kC,       // a cell and a pipe per line, filler lines of pipes
  kD,       // a cell line, then a line with a lone pipe
  kE,       // a row per line, pipes between cells
  kEBlank,  // as E, zeros left blank
  kESlash,  // as E, zeros printed as '/'
  kEDash,   // as E, zeros printed as '-'
  kF,       // a cell per line, empty lines between
  kG,       // a lone pipe line before every cell
  kH,       // rows with pipes, zeros blank, runs of pipes
  kH2,      // as H, the blank cells moved to the end of their row
  kI,       // a cell per line, every repeated line removed
  kJ,       // columns of a wide-blank print, long labels around their numbers
  kK,       // everything on one line
  kM,       // Markdown tables
  kRaw,     // rows as PDF text gives them, single spaces between cells
  // Word files; see docx.h.
  kDocx,       // as Word writes them
  kDocxMessy,  // as many hands leave them
};

// The layouts of plain text.
absl::Span<const Layout> AllLayouts();
absl::Span<const Layout> DocxLayouts();

// The layout's short name: A, B2, E_blank, raw, docx_messy.
absl::string_view LayoutName(Layout layout);

// How names of its files end: .txt, .docx.
absl::string_view FileExtension(Layout layout);

// Errors: InvalidArgument, listing the names there are.
absl::StatusOr<Layout> ParseLayout(absl::string_view name);

// True for layouts whose converter puts ASCII punctuation for Chinese.
bool PrintsHalfWidth(Layout layout);

// True where a blank cell still takes its place.
bool IsPositional(Layout layout);

struct PrintedCell {
  std::string text;
  // How many columns of the grid it takes.
  int span = 1;
  // The place below a cell that spans rows; text is empty.
  bool covered = false;
  bool value = false;
};

enum class TableKind { kDisclosure, kRequests, kDisputes };

struct PrintedRow {
  std::vector<PrintedCell> cells;
  // How many label columns stand before the values; 0 for heads and titles.
  int depth = 0;
};

struct PrintedTable {
  TableKind kind = TableKind::kDisclosure;
  // Columns of the grid.
  int width = 0;
  std::vector<PrintedRow> rows;
};

// A line of running text or a table.
struct Part {
  std::string line;
  std::optional<PrintedTable> table;
};

struct PrintStyle {
  // Running text is broken into lines of a page's width (J and raw).
  bool wrap_prose = false;
  // Page numbers stand between rows and lines (J and raw).
  bool page_numbers = false;
  // Rows of C: the form's own heads lose their second line, as seen.
  bool cut_heads = false;
  // Labels that span rows stand on lines of their own (raw).
  bool groups_apart = false;
};

// The document's text with '\n' line ends, before punctuation is narrowed.
// For layouts of plain text.
std::string Print(Layout layout, const PrintStyle& style,
                  const std::vector<Part>& parts, Random* random);

// Replaces Chinese commas, colons, semicolons and brackets by ASCII ones.
std::string NarrowPunctuation(absl::string_view text);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_LAYOUT_H_
