// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/column_text.h"

#include <algorithm>
#include <bitset>
#include <cstring>

#include "worker/input/characters.h"

namespace gongkai::input {
namespace {

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

bool IsIndented(const TextLine& line) { return line.begin > line.raw_begin; }

}  // namespace

// What the cells of a line show.
struct ColumnReader::LineFacts {
  bool columns = false;
  size_t cells = 0;
  bool number = false;       // some cell is a number
  bool last_number = false;  // the last cell is
};

// A column of the print, counted both ways.
struct ColumnReader::Place {
  int32_t width = 0;       // a wide character takes two columns
  int32_t characters = 0;  // each character takes one
};

// In which of the two ways of counting the numbers of the table line up: where
// their right edges stand in fewer columns.
class ColumnReader::Alignment {
 public:
  void Add(const Place& right) {
    if (right.width >= kColumns) return;
    width_.set(right.width);
    characters_.set(right.characters);
  }
  bool CountsCharacters() const { return characters_.count() < width_.count(); }

 private:
  static constexpr int32_t kColumns = 512;
  std::bitset<kColumns> width_;
  std::bitset<kColumns> characters_;
};

ColumnReader::ColumnReader(const TextLines& lines, DocumentBuilder* builder)
    : lines_(lines.lines()),
      text_(builder->text()),
      builder_(*builder),
      most_cells_(std::max(static_cast<size_t>(builder->max_pieces()) + 1,
                           kTellingCells)) {}

std::string_view ColumnReader::TextOf(const TextLine& line) const {
  return text_.substr(line.begin, line.end - line.begin);
}

// May be a part of a label beside, above or below the numbers.
bool ColumnReader::MayBeLabel(const TextLine& line) const {
  if (line.kind != LineKind::kText) return false;
  const std::string_view label = TextOf(line);
  // A wide character takes two columns and three bytes.
  if (label.size() > kWidestLabel * 3) return false;
  if (label.find("。") != std::string_view::npos) return false;
  return DisplayWidth(label) <= kWidestLabel;
}

// Adds the cells of the line behind those that are cut. Of lines that can be
// no part of a table there are none.
ColumnReader::LineFacts ColumnReader::CutNextLine() {
  LineFacts facts;
  const TextLine& line = lines_[first_line_ + first_cells_.size()];
  const size_t first = cells_.size();
  first_cells_.push_back(static_cast<uint32_t>(first));
  if (line.kind != LineKind::kText) return facts;
  const std::string_view all = TextOf(line);
  if (!MayHaveCells(text_, line)) {
    cells_.push_back({line.begin, line.end, IsNumberLike(all)});
    return facts;
  }
  if (line.maybe_gap && all.find("。") != std::string_view::npos) return facts;
  AppendCells(text_, line, most_cells_, &cells_);
  facts.cells = cells_.size() - first;
  const size_t numbers =
      std::count_if(cells_.begin() + first, cells_.end(),
                    [](const ColumnCell& cell) { return cell.number; });
  facts.number = numbers > 0;
  facts.last_number = facts.cells > 0 && cells_.back().number;
  // One number behind a space is no column yet.
  facts.columns = line.maybe_gap ? facts.cells >= 2 : numbers >= 2;
  return facts;
}

ColumnTable ColumnReader::Find(size_t earliest, size_t first) {
  cells_.clear();
  first_cells_.clear();
  first_line_ = first;
  const LineFacts first_facts = CutNextLine();
  if (!first_facts.columns) return {first, first};
  size_t last = first;
  bool last_has_number = first_facts.number;
  bool all_indented = true;
  size_t labels = 0;
  for (size_t i = first + 1; i < lines_.size(); ++i) {
    const LineFacts facts = CutNextLine();
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
    } else if (labels < kMostLabelLines && MayBeLabel(lines_[i])) {
      ++labels;
      all_indented &= IsIndented(lines_[i]);
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
         !lines_[table.begin].blank_before &&
         IsIndented(lines_[table.begin - 1]) &&
         MayBeLabel(lines_[table.begin - 1])) {
    --table.begin;
  }
  while (table.end < lines_.size() &&
         table.end - last <= kMostOuterLabelLines &&
         !lines_[table.end].blank_before && IsIndented(lines_[table.end]) &&
         MayBeLabel(lines_[table.end])) {
    ++table.end;
  }
  return table;
}

// Cut already, but for the few lines around those that were looked at.
absl::Span<const ColumnCell> ColumnReader::CellsOf(size_t line) {
  if (line >= first_line_ && line - first_line_ + 1 < first_cells_.size()) {
    const uint32_t* const cut = &first_cells_[line - first_line_];
    return absl::MakeConstSpan(cells_).subspan(cut[0], cut[1] - cut[0]);
  }
  const size_t first = cells_.size();
  AppendCells(text_, lines_[line], most_cells_, &cells_);
  return absl::MakeConstSpan(cells_).subspan(first);
}

ColumnReader::Place ColumnReader::Advance(Place place, const char* p,
                                          const char* end) {
  // Gaps, eight blanks at a time.
  for (uint64_t bytes; end - p >= 8; p += 8) {
    std::memcpy(&bytes, p, sizeof(bytes));
    if ((bytes & 0x8080808080808080) != 0) break;
    place.width += 8;
    place.characters += 8;
  }
  while (p < end) {
    const uint8_t lead = Byte(p);
    ++place.characters;
    if (lead < 0x80) {
      ++p;
      ++place.width;
    } else if (lead >= 0xE4 && lead <= 0xE9) {
      // U+4000 to U+9FFF.
      p += 3;
      place.width += 2;
    } else {
      const auto [c, length] = FirstCharacter(std::string_view(p, end - p));
      p += length;
      place.width += IsWide(c) ? 2 : 1;
    }
  }
  return place;
}

void ColumnReader::Add(const ColumnTable& table) {
  // Where the cells of the last line end.
  first_cells_.push_back(static_cast<uint32_t>(cells_.size()));
  const size_t first_piece = builder_.piece_count();
  Alignment alignment;
  // Of each piece, in characters.
  std::vector<std::pair<int32_t, int32_t>> edges;
  edges.reserve(cells_.size());
  builder_.BeginBlock(BlockKind::kLines);
  for (size_t i = table.begin; i < table.end && !builder_.full(); ++i) {
    builder_.BeginRow();
    Place place;
    const char* at = text_.data() + lines_[i].raw_begin;
    for (const ColumnCell& cell : CellsOf(i)) {
      const char* const begin = text_.data() + cell.begin;
      const char* const end = text_.data() + cell.end;
      const Place left = Advance(place, at, begin);
      place = Advance(left, begin, end);
      at = end;
      builder_.AddPiece(Trim(std::string_view(begin, end - begin)), left.width,
                        place.width);
      edges.emplace_back(left.characters, place.characters);
      if (cell.number) alignment.Add(place);
    }
  }
  builder_.EndBlock();
  if (builder_.full() || !alignment.CountsCharacters()) return;
  Piece* piece = builder_.pieces(first_piece);
  for (const auto& [left, right] : edges) {
    piece->left = left;
    piece->right = right;
    ++piece;
  }
}

}  // namespace gongkai::input
