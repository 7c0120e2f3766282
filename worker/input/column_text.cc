// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/column_text.h"

#include <algorithm>
#include <bitset>
#include <cstdint>

#include "worker/input/characters.h"

namespace gongkai::input {
namespace {

// A gap between two columns is at least this wide.
constexpr size_t kGapWidth = 2;
// A label's part in a narrow column is no wider than this, a printed page's
// line of running text is.
constexpr size_t kWidestLabel = 54;
// So many lines without numbers may stand between two lines of a table: the
// parts of a label and of its group's label, a page number, a heading.
constexpr size_t kMostLabelLines = 12;
// So many lines of a label stand above or below the numbers.
constexpr size_t kMostOuterLabelLines = 3;
// One line alone is a table from this number of cells on.
constexpr size_t kTellingCells = 4;

std::string_view TextOf(std::string_view text, const TextLine& line) {
  return text.substr(line.begin, line.end - line.begin);
}

// "1." and the like, behind which lists leave a gap.
bool IsListMark(std::string_view token) {
  size_t digits = 0;
  while (digits < token.size() && token[digits] >= '0' &&
         token[digits] <= '9') {
    ++digits;
  }
  const std::string_view mark = token.substr(digits);
  if (digits == 0) return mark == "•" || mark == "·";
  return mark == "." || mark == "、" || mark == "．" || mark == ")" ||
         mark == "）";
}

// Calls `visit(cell)` for the parts of `line` between gaps; it returns false
// to stop.
template <typename Visit>
void ForEachColumn(std::string_view line, const Visit& visit) {
  const char* const end = line.data() + line.size();
  const char* begin = line.data();
  for (const char* p = begin; p < end;) {
    const char* const gap = p;
    size_t width = 0;
    while (p < end) {
      const size_t length = SpaceAt(p, end);
      if (length == 0) break;
      width += length == 3 && Byte(p) == 0xE3 ? 2 : 1;
      p += length;
    }
    if (width >= kGapWidth && gap > begin) {
      const std::string_view cell(begin, gap - begin);
      if (begin != line.data() || !IsListMark(cell)) {
        if (!visit(cell)) return;
        begin = p;
      }
    }
    if (width == 0) ++p;
  }
  if (begin < end) visit(std::string_view(begin, end - begin));
}

// How many numbers, or marks that stand for one, end the text, each behind
// single white space; those that are the whole text count too.
size_t TrailingNumbers(std::string_view text) {
  size_t count = 0;
  while (!text.empty()) {
    const size_t space = text.find_last_of(' ');
    const size_t begin = space == std::string_view::npos ? 0 : space + 1;
    if (!IsNumberLike(text.substr(begin))) break;
    ++count;
    text = Trim(text.substr(0, begin));
  }
  return count;
}

// "- 4 -", as page numbers are printed.
bool IsPageNumber(std::string_view line) {
  return line.size() >= 5 && line.front() == '-' && line.back() == '-' &&
         TrailingNumbers(line) == 3;
}

bool MayEndInNumber(std::string_view line) {
  const uint8_t last = Byte(&line.back());
  if (last < 0x80)
    return (last >= '0' && last <= '9') || last == '-' || last == '/';
  // Full-width digits, and dashes.
  return line.size() >= 3 &&
         (Byte(&line.back() - 2) == 0xEF || Byte(&line.back() - 2) == 0xE2);
}

// Calls `visit(cell)` for each cell of a line of a table.
template <typename Visit>
void ForEachCell(std::string_view line, bool maybe_gap, const Visit& visit) {
  if (IsPageNumber(line)) {
    visit(line);
    return;
  }
  const auto visit_part = [&](std::string_view part) {
    if (!MayEndInNumber(part) || part.find(' ') == std::string_view::npos) {
      visit(part);
      return true;
    }
    size_t numbers = TrailingNumbers(part);
    // The text in front of the numbers, then they.
    std::string_view text = part;
    for (size_t i = 0; i < numbers; ++i) {
      const size_t space = text.find_last_of(' ');
      text = space == std::string_view::npos ? text.substr(0, 0)
                                             : Trim(text.substr(0, space));
    }
    if (!text.empty()) visit(text);
    std::string_view rest =
        part.substr(text.empty() ? 0 : text.end() - part.begin());
    for (; numbers > 0; --numbers) {
      rest = Trim(rest);
      const size_t space = std::min(rest.find(' '), rest.size());
      visit(rest.substr(0, space));
      rest.remove_prefix(space);
    }
    return true;
  };
  if (maybe_gap) {
    ForEachColumn(line, visit_part);
  } else {
    visit_part(line);
  }
}

// May be a part of a label beside, above or below the numbers.
bool MayBeLabel(std::string_view text, const TextLine& line) {
  if (line.kind != LineKind::kText) return false;
  const std::string_view label = TextOf(text, line);
  // A wide character takes two columns and three bytes.
  if (label.size() > kWidestLabel * 3) return false;
  if (label.find("。") != std::string_view::npos) return false;
  return DisplayWidth(label) <= kWidestLabel;
}

bool HasNumber(std::string_view text, const TextLine& line) {
  bool number = false;
  ForEachCell(TextOf(text, line), line.maybe_gap,
              [&](std::string_view cell) { number |= IsNumberLike(cell); });
  return number;
}

bool IsIndented(const TextLine& line) { return line.begin > line.raw_begin; }

// A column of the print, counted both ways.
struct Place {
  int32_t width = 0;       // a wide character takes two columns
  int32_t characters = 0;  // each character takes one
};

Place Advance(Place place, std::string_view passed) {
  while (!passed.empty()) {
    const auto [c, length] = FirstCharacter(passed);
    passed.remove_prefix(length);
    place.width += IsWide(c) ? 2 : 1;
    ++place.characters;
  }
  return place;
}

// Calls `visit(cell, left, right)` for each cell of a line.
template <typename Visit>
void ForEachPlacedCell(std::string_view text, const TextLine& line,
                       const Visit& visit) {
  Place place;
  const char* at = text.data() + line.raw_begin;
  ForEachCell(TextOf(text, line), line.maybe_gap, [&](std::string_view cell) {
    const Place left = Advance(place, std::string_view(at, cell.data() - at));
    place = Advance(left, cell);
    at = cell.data() + cell.size();
    visit(cell, left, place);
  });
}

// In which of the two ways of counting the numbers of the table line up: where
// their right edges stand in fewer columns.
bool CountsCharacters(std::string_view text, const TextLines& lines,
                      const ColumnTable& table) {
  constexpr int32_t kColumns = 512;
  std::bitset<kColumns> width;
  std::bitset<kColumns> characters;
  for (size_t i = table.begin; i < table.end; ++i) {
    ForEachPlacedCell(
        text, lines.lines[i],
        [&](std::string_view cell, const Place&, const Place& right) {
          if (right.width >= kColumns || !IsNumberLike(cell)) return;
          width.set(right.width);
          characters.set(right.characters);
        });
  }
  return characters.count() < width.count();
}

}  // namespace

bool HasColumns(std::string_view text, const TextLine& line) {
  if (line.kind != LineKind::kText) return false;
  const std::string_view all = TextOf(text, line);
  if (!line.maybe_gap) {
    if (!MayEndInNumber(all) || all.find(' ') == std::string_view::npos) {
      return false;
    }
    return TrailingNumbers(all) >= 2 && !IsPageNumber(all);
  }
  if (all.find("。") != std::string_view::npos) return false;
  size_t cells = 0;
  ForEachCell(all, true, [&](std::string_view) { ++cells; });
  return cells >= 2;
}

ColumnTable FindColumnTable(std::string_view text, const TextLines& lines,
                            size_t earliest, size_t first) {
  const std::vector<TextLine>& all = lines.lines;
  size_t last = first;
  size_t with_columns = 1;
  bool last_has_number = HasNumber(text, all[first]);
  bool all_indented = true;
  size_t labels = 0;
  for (size_t i = first + 1; i < all.size(); ++i) {
    if (HasColumns(text, all[i])) {
      const bool has_number = HasNumber(text, all[i]);
      // Short lines between two lines of mere words belong to these only as
      // parts of a heading's cells, which stand inside the print.
      if (labels > 0 && !all_indented && !has_number && !last_has_number) {
        break;
      }
      last = i;
      last_has_number = has_number;
      ++with_columns;
      labels = 0;
      all_indented = true;
    } else if (MayBeLabel(text, all[i]) && labels < kMostLabelLines) {
      ++labels;
      all_indented &= IsIndented(all[i]);
    } else {
      break;
    }
  }
  if (with_columns == 1) {
    size_t cells = 0;
    std::string_view last_cell;
    ForEachCell(TextOf(text, all[first]), all[first].maybe_gap,
                [&](std::string_view cell) {
                  ++cells;
                  last_cell = cell;
                });
    if (cells < kTellingCells && !IsNumberLike(last_cell))
      return {first, first};
  }
  ColumnTable table{first, last + 1};
  while (table.begin > earliest && first - table.begin < kMostOuterLabelLines &&
         !all[table.begin].blank_before && IsIndented(all[table.begin - 1]) &&
         MayBeLabel(text, all[table.begin - 1])) {
    --table.begin;
  }
  while (table.end < all.size() && table.end - last <= kMostOuterLabelLines &&
         !all[table.end].blank_before && IsIndented(all[table.end]) &&
         MayBeLabel(text, all[table.end])) {
    ++table.end;
  }
  return table;
}

void AddColumnTable(const TextLines& lines, const ColumnTable& table,
                    DocumentBuilder* builder) {
  const std::string_view text = builder->text();
  const bool characters = CountsCharacters(text, lines, table);
  builder->BeginBlock(BlockKind::kLines);
  for (size_t i = table.begin; i < table.end && !builder->full(); ++i) {
    builder->BeginRow();
    ForEachPlacedCell(
        text, lines.lines[i],
        [&](std::string_view cell, const Place& left, const Place& right) {
          if (characters) {
            builder->AddPiece(cell, left.characters, right.characters);
          } else {
            builder->AddPiece(cell, left.width, right.width);
          }
        });
  }
  builder->EndBlock();
}

}  // namespace gongkai::input
