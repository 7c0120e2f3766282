// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/html/html_blocks.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "worker/input/characters.h"
#include "worker/input/html/html_entities.h"
#include "worker/input/html/html_table.h"
#include "worker/input/utf8.h"

namespace gongkai::input {
namespace {

using Kind = HtmlNode::Kind;

// A page with less text than this beside its links (a hundred Chinese
// characters) has nothing that its menus could hide.
constexpr size_t kEnoughText = 300;

// A line is hardly more than links if one has so many times the words of the
// rest; several are a menu or the way to the page with as many words.
constexpr size_t kLinkShare = 2;
constexpr size_t kLinkShareOfSeveral = 1;

// A paragraph of the content, not a caption or a line of the page's foot: forty
// Chinese characters.
constexpr size_t kProse = 120;

// A title shorter than this (six characters) says nothing of the page.
constexpr size_t kShortestTitle = 18;

// A cell over the whole row with more text than this (a hundred characters) is
// a part of the page and not of the table.
constexpr size_t kLongestWholeRow = 300;

// Covered places and columns that cannot be seen are free, up to so many times
// the pieces that a document may have.
constexpr int64_t kPlacesPerPiece = 32;

std::string_view TextOf(const HtmlPage& page, const HtmlNode& node) {
  return page.text().substr(node.begin, node.end - node.begin);
}

// White space and entities for it alone.
bool IsBlank(const HtmlPage& page, const HtmlNode& node) {
  std::string_view text = Trim(TextOf(page, node));
  while (!text.empty() && text.front() == '&') {
    const HtmlEntity entity = ReadHtmlEntity(text);
    char bytes[4] = {};
    if (entity.length == 0 ||
        SpaceAt(bytes, bytes + EncodeUtf8(entity.code, bytes)) == 0) {
      return false;
    }
    text = Trim(text.substr(entity.length));
  }
  return text.empty();
}

// Chinese characters alone: what is left of a text however it is printed.
void AppendNotAscii(std::string_view text, std::string* out) {
  std::copy_if(text.begin(), text.end(), std::back_inserter(*out),
               [](char c) { return static_cast<uint8_t>(c) >= 0x80; });
}

// The longest part of a page's title; the others name the site.
std::string_view LongestPart(std::string_view title) {
  constexpr std::string_view kMarks = "-_|";
  std::string_view longest;
  while (!title.empty()) {
    const size_t mark = std::min(title.find_first_of(kMarks), title.size());
    if (mark > longest.size()) longest = title.substr(0, mark);
    title.remove_prefix(std::min(title.size(), mark + 1));
  }
  return longest;
}

}  // namespace

HtmlContent HtmlBlocks::Add() {
  Survey();
  AddTitle();
  AddFlow(page_.first(), 0, Location());
  builder_.EndBlock();
  return content_;
}

void HtmlBlocks::Survey() {
  size_t text = 0;
  for (uint32_t n = page_.first(); n != 0; n = page_[n].next) {
    const HtmlNode& node = page_[n];
    if (node.kind != Kind::kText ||
        (node.flags & (HtmlNode::kLink | HtmlNode::kChrome)) != 0) {
      continue;
    }
    text += MeasureHtmlText(TextOf(page_, node)).not_ascii;
    if (text >= kEnoughText) break;
  }
  leaves_out_ = text >= kEnoughText;
}

// Pages show their title in the text; where they do not, the one in their head
// is all there is. Digits are not compared: a title that was left over from
// last year's page must not stand beside this year's.
void HtmlBlocks::AddTitle() {
  const std::string_view part = LongestPart(page_.title());
  std::string title;
  AppendNotAscii(part, &title);
  if (title.size() < kShortestTitle) return;
  std::string shown;
  for (uint32_t n = page_.first(); n != 0; n = page_[n].next) {
    const HtmlNode& node = page_[n];
    if (node.kind != Kind::kText || (node.flags & HtmlNode::kChrome) != 0 ||
        (leaves_out_ && (node.flags & HtmlNode::kLink) != 0)) {
      continue;
    }
    AppendNotAscii(TextOf(page_, node), &shown);
  }
  if (shown.find(title) != std::string::npos) return;
  const size_t begin = part.data() - page_.text().data();
  builder_.BeginBlock(BlockKind::kParagraph);
  builder_.BeginRow();
  builder_.BeginLocation(Location());
  writer_.Begin();
  writer_.Add(begin, begin + part.size());
  writer_.AddPiece(begin + part.size());
  builder_.EndBlock();
}

void HtmlBlocks::AddFlow(uint32_t n, uint32_t end, const Location& cell) {
  uint32_t paragraph = n;
  while (n != end && !builder_.full()) {
    const HtmlNode& node = page_[n];
    switch (node.kind) {
      case Kind::kText:
        n = node.next;
        continue;
      case Kind::kTable:
        AddParagraph(paragraph, n, cell);
        AddTable(n);
        n = node.pair;
        break;
      case Kind::kPicture:
        AddParagraph(paragraph, n, cell);
        CountPicture(node.flags);
        break;
      default:
        AddParagraph(paragraph, n, cell);
        break;
    }
    n = page_[n].next;
    paragraph = n;
  }
  AddParagraph(paragraph, n, cell);
}

void HtmlBlocks::CountPicture(uint8_t flags) {
  if ((flags & (HtmlNode::kLink | HtmlNode::kChrome)) != 0) return;
  ++content_.pictures;
  ++pictures_since_prose_;
}

void HtmlBlocks::AddParagraph(uint32_t n, uint32_t end, const Location& cell) {
  size_t words = 0;
  size_t link_words = 0;
  int links = 0;
  uint8_t some = 0;
  uint8_t all = 0xFF;
  uint32_t last = 0;
  bool blank = true;
  for (uint32_t i = n; i != end; i = page_[i].next) {
    const HtmlTextSize size = MeasureHtmlText(TextOf(page_, page_[i]));
    const uint8_t flags = page_[i].flags;
    const bool link = (flags & HtmlNode::kLink) != 0;
    // A date beside a link says as little as its number.
    (link ? link_words : words) += link ? size.words : size.not_ascii;
    links += link && (last == 0 || (page_[last].flags & HtmlNode::kLink) == 0);
    blank = blank && IsBlank(page_, page_[i]);
    some |= flags;
    all &= flags;
    last = i;
  }
  if (blank) return;
  const size_t share = links > 1 ? kLinkShareOfSeveral : kLinkShare;
  // A sentence may be made of the names of laws, and each be a link.
  const bool hardly_more_than_links =
      links > 0 && words * share <= link_words &&
      (some & HtmlNode::kHeading) == 0 &&
      !EndsSentence(Trim(TextOf(page_, page_[last])));
  const bool chrome = (all & HtmlNode::kChrome) != 0;
  Location location = cell;
  if (cell.table == 0) location.paragraph = ++paragraphs_;
  if (leaves_out_ && (hardly_more_than_links || chrome)) return;

  builder_.BeginBlock(BlockKind::kParagraph);
  builder_.BeginRow();
  builder_.BeginLocation(location);
  const size_t before = builder_.text_size();
  writer_.Begin();
  for (uint32_t i = n; i != end; i = page_[i].next) {
    writer_.Add(page_[i].begin, page_[i].end);
  }
  place_ = page_[last].end;
  writer_.AddPiece(place_);
  builder_.EndBlock();

  const size_t bytes = builder_.text_size() - before;
  content_.text_bytes += words;
  content_.longest_paragraph = std::max(content_.longest_paragraph, words);
  if (bytes < kProse) return;
  for (; in_prose_ && pictures_since_prose_ > 0; --pictures_since_prose_) {
    builder_.AddPicture();
  }
  in_prose_ = true;
  pictures_since_prose_ = 0;
}

void HtmlBlocks::AddTable(uint32_t n) {
  HtmlTable table;
  Location location;
  location.table = static_cast<int32_t>(page_[n].begin);
  if (!table.Read(page_, n, builder_.max_pieces() * kPlacesPerPiece)) {
    builder_.SetFull();
    return;
  }
  const absl::Span<const HtmlCell> cells = table.cells();
  for (size_t i = 0; i < cells.size() && !builder_.full();) {
    const uint32_t row = cells[i].row;
    location.row = static_cast<int32_t>(row) + 1;
    const bool prose =
        cells[i].whole_row && cells[i].text_bytes > kLongestWholeRow;
    if (table.is_layout() || prose) {
      location.column = static_cast<int32_t>(cells[i].column) + 1;
      builder_.EndBlock();
      AddFlow(page_[cells[i].node].next, page_[cells[i].node].pair, location);
      ++i;
      continue;
    }
    if (!builder_.in_block())
      builder_.BeginBlock(BlockKind::kGrid, /*placed=*/true);
    builder_.BeginRow();
    for (uint32_t column = 0; column < table.columns() && !builder_.full();
         ++column) {
      location.column = static_cast<int32_t>(column) + 1;
      const bool begins =
          i < cells.size() && cells[i].row == row && cells[i].column == column;
      AddPiece(begins ? cells[i].node : 0, location);
      if (!begins && !builder_.full()) builder_.MarkCovered();
      i += begins;
    }
    content_.cells += table.columns();
  }
  builder_.EndBlock();
}

void HtmlBlocks::AddPiece(uint32_t n, const Location& location) {
  builder_.BeginLocation(location);
  writer_.Begin();
  if (n == 0) return writer_.AddPiece(place_);
  const uint32_t end = page_[n].pair;
  for (uint32_t i = page_[n].next; i != end; i = page_[i].next) {
    const HtmlNode& node = page_[i];
    switch (node.kind) {
      case Kind::kText:
        writer_.Add(node.begin, node.end);
        place_ = node.end;
        break;
      case Kind::kPicture:
        break;
      default:
        // Also the rows and cells of a table inside.
        writer_.EndLine(place_);
        break;
    }
  }
  place_ = page_[end].begin;
  writer_.AddPiece(place_);
}

}  // namespace gongkai::input
