// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/column_text.h"

#include <algorithm>
#include <bitset>
#include <cstdint>

#include "absl/types/span.h"
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

// What the cells of a line, of kind kText, show.
struct LineFacts {
  bool columns = false;
  size_t cells = 0;
  bool number = false;       // some cell is a number
  bool last_number = false;  // the last cell is
};

LineFacts FactsOf(std::string_view text, const TextLine& line) {
  LineFacts facts;
  if (line.kind != LineKind::kText) return facts;
  if (!MayHaveColumns(text, line)) return facts;
  const std::string_view all = TextOf(text, line);
  if (line.maybe_gap && all.find("。") != std::string_view::npos) return facts;
  size_t numbers = 0;
  ForEachCell(all, line.maybe_gap, [&](std::string_view cell) {
    ++facts.cells;
    facts.last_number = IsNumberLike(cell);
    numbers += facts.last_number;
  });
  facts.number = numbers > 0;
  // One number behind a space is no column yet.
  facts.columns = line.maybe_gap ? facts.cells >= 2 : numbers >= 2;
  return facts;
}

bool IsIndented(const TextLine& line) { return line.begin > line.raw_begin; }

// A column of the print, counted both ways.
struct Place {
  int32_t width = 0;       // a wide character takes two columns
  int32_t characters = 0;  // each character takes one
};

Place Advance(Place place, std::string_view passed) {
  while (!passed.empty()) {
    if (Byte(passed.data()) < 0x80) {
      passed.remove_prefix(1);
      ++place.width;
      ++place.characters;
      continue;
    }
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
class Alignment {
 public:
  void Add(std::string_view cell, const Place& right) {
    if (right.width >= kColumns || !IsNumberLike(cell)) return;
    width_.set(right.width);
    characters_.set(right.characters);
  }
  bool CountsCharacters() const { return characters_.count() < width_.count(); }

 private:
  static constexpr int32_t kColumns = 512;
  std::bitset<kColumns> width_;
  std::bitset<kColumns> characters_;
};

}  // namespace

bool HasColumns(std::string_view text, const TextLine& line) {
  return FactsOf(text, line).columns;
}

ColumnTable FindColumnTable(std::string_view text, const TextLines& lines,
                            size_t earliest, size_t first) {
  const absl::Span<const TextLine> all = lines.lines();
  const LineFacts first_facts = FactsOf(text, all[first]);
  size_t last = first;
  bool last_has_number = first_facts.number;
  bool all_indented = true;
  size_t labels = 0;
  for (size_t i = first + 1; i < all.size(); ++i) {
    const LineFacts facts = FactsOf(text, all[i]);
    if (facts.columns) {
      // Short lines between two lines of mere words belong to these only as
      // parts of a heading's cells, which stand inside the print.
      if (labels > 0 && !all_indented && !facts.number && !last_has_number) {
        break;
      }
      last = i;
      last_has_number = facts.number;
      labels = 0;
      all_indented = true;
    } else if (labels < kMostLabelLines && MayBeLabel(text, all[i])) {
      ++labels;
      all_indented &= IsIndented(all[i]);
    } else {
      break;
    }
  }
  if (last == first && first_facts.cells < kTellingCells &&
      !first_facts.last_number) {
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
  const size_t first_piece = builder->piece_count();
  Alignment alignment;
  builder->BeginBlock(BlockKind::kLines);
  for (size_t i = table.begin; i < table.end && !builder->full(); ++i) {
    builder->BeginRow();
    ForEachPlacedCell(
        text, lines.lines()[i],
        [&](std::string_view cell, const Place& left, const Place& right) {
          builder->AddPiece(Trim(cell), left.width, right.width);
          alignment.Add(cell, right);
        });
  }
  builder->EndBlock();
  if (builder->full() || !alignment.CountsCharacters()) return;
  Piece* piece = builder->pieces(first_piece);
  for (size_t i = table.begin; i < table.end; ++i) {
    ForEachPlacedCell(
        text, lines.lines()[i],
        [&](std::string_view, const Place& left, const Place& right) {
          piece->left = left.characters;
          piece->right = right.characters;
          ++piece;
        });
  }
}

}  // namespace gongkai::input
