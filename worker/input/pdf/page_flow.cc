// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/pdf/page_flow.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "worker/input/characters.h"

namespace gongkai::input::pdf {
namespace {

// Edges of the same column differ by less, in points, from page to page.
constexpr float kSameEdge = 4;
// What stands in this part of the page's height, at the top or the bottom, may
// be its number or its running head.
constexpr float kMarginPart = 0.12f;
float CenterX(const Box& box) { return (box.left + box.right) / 2; }
float CenterY(const Box& box) { return (box.top + box.bottom) / 2; }

// "4", "- 4 -", "第 4 页", "4 / 6", "Page 4": digits and what goes with them.
bool IsPageNumber(std::string_view text) {
  constexpr std::string_view kPage = "Page";
  if (text.substr(0, kPage.size()) == kPage) text.remove_prefix(kPage.size());
  int digits = 0;
  while (!text.empty()) {
    const auto [code, length] = FirstCharacter(text);
    text.remove_prefix(length);
    if (code >= '0' && code <= '9') {
      if (++digits > 8) return false;
    } else if (code != ' ' && code != '-' && code != '/' && code != '~' &&
               code != U'·' && code != U'第' && code != U'页' &&
               code != U'共' && code != U'，' && code != 0x2500 &&
               code != 0xFF0D && (code < 0x2010 || code > 0x2015)) {
      return false;
    }
  }
  return digits > 0;
}

// "1.", "2、", "（三）", "四、" and the like.
bool BeginsWithListMark(std::string_view text) {
  size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
    ++digits;
  }
  if (digits == 0) return BeginsWithOrdinal(text);
  if (digits == text.size()) return false;
  const char32_t mark = FirstCharacter(text.substr(digits)).code;
  return mark == '.' || mark == ')' || mark == U'、' || mark == 0xFF0E ||
         mark == 0xFF09;
}

std::string WithoutDigits(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c < '0' || c > '9') result += c;
  }
  return result;
}

// Which of the edges a place is; -1 if none.
int EdgeAt(const std::vector<float>& edges, float place) {
  for (size_t e = 0; e < edges.size(); ++e) {
    if (std::fabs(edges[e] - place) <= kSameEdge) return static_cast<int>(e);
  }
  return -1;
}

bool HasAllEdges(const std::vector<float>& of, const std::vector<float>& in) {
  return std::all_of(of.begin(), of.end(),
                     [&](float place) { return EdgeAt(in, place) >= 0; });
}

// Puts the columns of the cells, which begin and end at edges of `from`, in
// terms of the edges of `to`, which has all those.
void Renumber(const std::vector<float>& from, const std::vector<float>& to,
              std::vector<FlowCell>* cells) {
  for (FlowCell& cell : *cells) {
    const int begin = EdgeAt(to, from[cell.column]);
    const int end = EdgeAt(to, from[cell.column + cell.column_span]);
    cell.column = begin;
    cell.column_span = end - begin;
  }
}

class PageJoiner {
 public:
  explicit PageJoiner(Flow* flow) : flow_(*flow), text_(flow->text) {}

  void Run() {
    DropFurniture();
    std::vector<FlowItem> kept;
    for (const FlowItem& item : flow_.items) {
      if (item.table >= 0 && !kept.empty() && kept.back().table >= 0 &&
          Join(item.table, &flow_.tables[kept.back().table])) {
        continue;
      }
      kept.push_back(item);
    }
    flow_.items = std::move(kept);
  }

 private:
  void DropFurniture();
  bool Join(int index, FlowTable* table);
  void JoinRows(FlowTable* table, size_t first_next, int boundary, bool open);
  bool IsRepeatedHead(const FlowTable& table, const FlowTable& next,
                      int row) const;
  std::string TextOf(const FlowTable& table, const FlowCell& cell) const;
  bool GoesOn(const FlowCell& above, const FlowCell& below) const;

  Flow& flow_;
  const TextStore& text_;
};

void PageJoiner::DropFurniture() {
  std::vector<FlowItem>& items = flow_.items;
  std::vector<bool> drop(items.size());
  // Running heads of the pages before, without their digits.
  std::vector<std::pair<std::string, float>> heads;
  for (size_t begin = 0; begin < items.size();) {
    size_t end = begin;
    while (end < items.size() && items[end].page == items[begin].page) ++end;
    const Box& page = flow_.margins[items[begin].page - 1];
    const float height = page.bottom - page.top;
    const auto visit = [&](size_t i) {
      if (items[i].table >= 0) return false;
      const Line& line = text_.line(items[i].line);
      const float place = CenterY(line.box) / height;
      if (place > kMarginPart && place < 1 - kMarginPart) return false;
      const std::string text = text_.TextOf(line);
      if (IsPageNumber(text)) {
        drop[i] = true;
        return true;
      }
      std::pair<std::string, float> head(WithoutDigits(text), line.box.top);
      const bool again =
          std::any_of(heads.begin(), heads.end(), [&](const auto& other) {
            return other.first == head.first &&
                   std::fabs(other.second - head.second) < 2;
          });
      drop[i] = again;
      if (!again) heads.push_back(std::move(head));
      return again;
    };
    // The outermost lines on either side, and those next to them if these are
    // furniture.
    size_t front = begin;
    while (front < end && visit(front)) ++front;
    for (size_t i = end; i > front + 1 && visit(i - 1);) --i;
    begin = end;
  }
  size_t kept = 0;
  for (size_t i = 0; i < items.size(); ++i) {
    if (!drop[i]) items[kept++] = items[i];
  }
  items.resize(kept);
}

std::string PageJoiner::TextOf(const FlowTable& table,
                               const FlowCell& cell) const {
  std::string result;
  for (const Line& line : text_.lines(cell.lines)) {
    result += text_.TextOf(line);
  }
  if (cell.continued >= 0) {
    result += TextOf(table, table.cells[cell.continued]);
  }
  return result;
}

// The text of the cell `above` may go on in `below`.
bool PageJoiner::GoesOn(const FlowCell& above, const FlowCell& below) const {
  if (above.lines.empty() || below.lines.empty()) return false;
  const Line& next = text_.line(below.lines.begin);
  return !BeginsWithListMark(text_.TextOf(next)) &&
         text_.MayGoOn(text_.line(above.lines.end - 1), next,
                       above.box.right - above.box.left);
}

// A row of the next page says what the row of the same number of the table
// says.
bool PageJoiner::IsRepeatedHead(const FlowTable& table, const FlowTable& next,
                                int row) const {
  std::vector<std::pair<int, std::string>> texts[2];
  const FlowTable* const tables[] = {&table, &next};
  for (int t = 0; t < 2; ++t) {
    for (const FlowCell& cell : tables[t]->cells) {
      if (cell.row > row) break;
      if (cell.row < row) continue;
      std::string text = TextOf(*tables[t], cell);
      if (!text.empty()) texts[t].emplace_back(cell.column, std::move(text));
    }
  }
  return texts[0] == texts[1] && !texts[0].empty();
}

// Appends the table with the index to `table` if it goes on with it.
bool PageJoiner::Join(int index, FlowTable* table) {
  FlowTable& next = flow_.tables[index];
  if (next.first_page != table->last_page + 1) return false;
  if (std::fabs(next.xs.front() - table->xs.front()) > kSameEdge ||
      std::fabs(next.xs.back() - table->xs.back()) > kSameEdge) {
    return false;
  }
  // A page that has only rows without the finer columns shows fewer edges.
  if (HasAllEdges(next.xs, table->xs)) {
    Renumber(next.xs, table->xs, &next.cells);
  } else if (HasAllEdges(table->xs, next.xs)) {
    Renumber(table->xs, next.xs, &table->cells);
    table->xs = next.xs;
  } else {
    return false;
  }
  int heads = 0;
  while (heads + 1 < next.rows && heads < table->rows &&
         IsRepeatedHead(*table, next, heads)) {
    ++heads;
  }
  const size_t first_next = table->cells.size();
  const int boundary = table->rows;
  for (FlowCell cell : next.cells) {
    const int end = cell.row + cell.row_span - heads;
    if (end <= 0) continue;
    cell.row = std::max(cell.row - heads, 0);
    cell.row_span = end - cell.row;
    cell.row += boundary;
    table->cells.push_back(cell);
  }
  table->rows += next.rows - heads;
  JoinRows(table, first_next, boundary,
           table->open_bottom || (next.open_top && heads == 0));
  table->last_part = first_next;
  table->last_page = next.last_page;
  table->open_bottom = next.open_bottom;
  next = FlowTable();
  return true;
}

// Where the page broke inside a row, its two parts are made one. The break
// shows in that no line closes the row, or else in that every cell has its text
// on one page alone, but for those whose text stops in a full line and goes on
// below.
void PageJoiner::JoinRows(FlowTable* table, size_t first_next, int boundary,
                          bool open) {
  std::vector<FlowCell>& cells = table->cells;
  int broken = 0;
  int whole = 0;
  int filled = 0;
  int labels = 0;
  int alone = 0;  // cells below without one above
  std::vector<std::pair<int, int>> pairs;
  for (size_t b = first_next; b < cells.size(); ++b) {
    if (cells[b].row != boundary) continue;
    const auto end = cells.begin() + first_next;
    const auto above = std::find_if(
        cells.begin() + table->last_part, end, [&](const FlowCell& a) {
          return a.row + a.row_span == boundary &&
                 a.column == cells[b].column &&
                 a.column_span == cells[b].column_span;
        });
    if (above == end) {
      ++alone;
      continue;
    }
    pairs.emplace_back(static_cast<int>(above - cells.begin()),
                       static_cast<int>(b));
    if (cells[b].lines.empty()) continue;
    ++filled;
    const std::string text = text_.TextOf(text_.line(cells[b].lines.begin));
    labels += !IsNumberLike(text);
    if (above->lines.empty()) continue;
    ++(GoesOn(*above, cells[b]) ? broken : whole);
  }
  // Numbers without a label belong to what stands above.
  const bool orphan = filled > 0 && labels == 0;
  const bool split = alone == 0 && !pairs.empty() &&
                     (open || (whole == 0 && (broken > 0 || orphan)));
  for (const auto& [a, b] : pairs) {
    // A cell over several rows may be broken between two of them.
    const bool spans = cells[a].row_span > 1 || cells[b].row_span > 1;
    if (!split && !(spans && GoesOn(cells[a], cells[b]))) continue;
    cells[b].continues = true;
    cells[a].continued = b;
  }
  if (!split) return;
  for (size_t b = first_next; b < cells.size(); ++b) --cells[b].row;
  --table->rows;
}

}  // namespace

void Flow::Clear() {
  text.Clear();
  items.clear();
  tables.clear();
  margins.clear();
}

void AddPage(int number, const PageContent& page, Flow* flow) {
  const std::vector<RuledTable> tables = FindRuledTables(page.rules);
  // The characters by what they stand in: each table's cells, then the page.
  std::vector<size_t> first_cell;
  size_t cells = 0;
  for (const RuledTable& table : tables) {
    first_cell.push_back(cells);
    cells += table.cells.size();
  }
  std::vector<std::pair<uint32_t, const Glyph*>> placed;
  placed.reserve(page.glyphs.size());
  for (const Glyph& glyph : page.glyphs) {
    const float x = CenterX(glyph.box);
    const float y = CenterY(glyph.box);
    size_t place = cells;
    float smallest = 0;
    for (size_t t = 0; t < tables.size(); ++t) {
      const RuledTable& table = tables[t];
      if (!table.Contains(x, y)) continue;
      const float area = (table.box.right - table.box.left) *
                         (table.box.bottom - table.box.top);
      if (place == cells || area < smallest) {
        smallest = area;
        place = first_cell[t] + table.CellAt(x, y);
      }
    }
    placed.emplace_back(static_cast<uint32_t>(place), &glyph);
  }
  std::stable_sort(
      placed.begin(), placed.end(),
      [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const Glyph*> glyphs;
  glyphs.reserve(placed.size());
  for (const auto& [place, glyph] : placed) glyphs.push_back(glyph);
  size_t next = 0;
  const auto add_lines = [&](size_t place) {
    const size_t begin = next;
    while (next < placed.size() && placed[next].first == place) ++next;
    return flow->text.Add(number,
                          absl::MakeSpan(glyphs).subspan(begin, next - begin));
  };

  const size_t first_item = flow->items.size();
  for (size_t t = 0; t < tables.size(); ++t) {
    const RuledTable& ruled = tables[t];
    FlowTable& table = flow->tables.emplace_back();
    table.first_page = table.last_page = number;
    table.xs = ruled.xs;
    table.rows = ruled.rows();
    table.open_top = ruled.open_top;
    table.open_bottom = ruled.open_bottom;
    for (size_t c = 0; c < ruled.cells.size(); ++c) {
      const RuledCell& cell = ruled.cells[c];
      table.cells.push_back({cell.row, cell.column, cell.row_span,
                             cell.column_span, number, cell.box,
                             add_lines(first_cell[t] + c)});
    }
    flow->items.push_back(
        {number, ruled.box.top, static_cast<int>(flow->tables.size()) - 1, 0});
  }
  const LineRange lines = add_lines(cells);
  Box margins{page.width, 0, 0, page.height};
  for (uint32_t line = lines.begin; line < lines.end; ++line) {
    const Box& box = flow->text.line(line).box;
    flow->items.push_back({number, box.top, -1, line});
    margins.left = std::min(margins.left, box.left);
    margins.right = std::max(margins.right, box.right);
  }
  flow->margins.push_back(margins);
  std::stable_sort(
      flow->items.begin() + first_item, flow->items.end(),
      [](const FlowItem& a, const FlowItem& b) { return a.top < b.top; });
}

void JoinPages(Flow* flow) { PageJoiner(flow).Run(); }

}  // namespace gongkai::input::pdf
