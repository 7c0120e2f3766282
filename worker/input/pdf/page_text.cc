// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/pdf/page_text.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "worker/input/characters.h"
#include "worker/input/utf8.h"

namespace gongkai::input::pdf {
namespace {

// All in parts of the font's size. Characters whose base lines are further
// apart stand in different lines; lines that touch are 1 apart.
constexpr float kSameBase = 0.45f;
// A space in small print takes a quarter; Chinese characters that are spread
// to fill a line stand up to a half apart.
constexpr float kWordGap = 0.2f;
constexpr float kWideWordGap = 0.6f;
// Bold print that a font lacks is made by drawing a character twice.
constexpr float kSamePlace = 0.2f;

// Between a cell's border and its text, in points, as word processors have it.
constexpr float kCellPadding = 6;
// So many characters' room is none: digits are broken wherever the line ends,
// Chinese marks stay with the character before them.
constexpr float kRoomForDigit = 1.2f;
constexpr float kRoomForCharacter = 2.2f;

// The text consists of digits, points and thousands separators.
bool IsNumberPart(std::string_view text) {
  while (!text.empty()) {
    const auto [code, length] = FirstCharacter(text);
    const bool number = (code >= '0' && code <= '9') || code == '.' ||
                        code == ',' || (code >= 0xFF10 && code <= 0xFF19) ||
                        code == 0xFF0C || code == 0xFF0E;
    if (!number) return false;
    text.remove_prefix(length);
  }
  return true;
}

size_t CountCharacters(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (c & 0xC0) != 0x80; });
}

bool IsNarrow(const Glyph& glyph) { return glyph.code < 0x80; }

void Extend(const Box& by, Box* box) {
  box->left = std::min(box->left, by.left);
  box->top = std::min(box->top, by.top);
  box->right = std::max(box->right, by.right);
  box->bottom = std::max(box->bottom, by.bottom);
}

}  // namespace

void TextStore::Clear() {
  text_.clear();
  words_.clear();
  lines_.clear();
}

LineRange TextStore::Add(int page, absl::Span<const Glyph*> glyphs) {
  LineRange range;
  range.begin = static_cast<uint32_t>(lines_.size());
  // Stable, so that what stands in the same place keeps the file's order.
  std::stable_sort(
      glyphs.begin(), glyphs.end(),
      [](const Glyph* a, const Glyph* b) { return a->base < b->base; });
  for (size_t begin = 0; begin < glyphs.size();) {
    const Glyph& first = *glyphs[begin];
    size_t end = begin + 1;
    while (end < glyphs.size() &&
           glyphs[end]->base - first.base <=
               kSameBase * std::min(first.size, glyphs[end]->size)) {
      ++end;
    }
    AddLine(page, glyphs.subspan(begin, end - begin));
    begin = end;
  }
  range.end = static_cast<uint32_t>(lines_.size());
  return range;
}

void TextStore::AddLine(int page, absl::Span<const Glyph*> glyphs) {
  std::stable_sort(
      glyphs.begin(), glyphs.end(),
      [](const Glyph* a, const Glyph* b) { return a->box.left < b->box.left; });
  Line line;
  line.page = page;
  line.left = glyphs[0]->box.left;
  line.first_word = static_cast<uint32_t>(words_.size());
  const Glyph* before = nullptr;
  for (const Glyph* glyph : glyphs) {
    line.right = std::max(line.right, glyph->box.right);
    if (glyph->code == U' ') continue;
    if (before == nullptr) {
      line.box = glyph->box;
      line.size = glyph->size;
    }
    if (before != nullptr && glyph->code == before->code &&
        glyph->box.left - before->box.left < kSamePlace * glyph->size) {
      continue;
    }
    const float size =
        before == nullptr ? 0 : std::min(glyph->size, before->size);
    const bool narrow =
        before != nullptr && IsNarrow(*glyph) && IsNarrow(*before);
    if (before == nullptr || glyph->box.left - before->box.right >
                                 size * (narrow ? kWordGap : kWideWordGap)) {
      words_.push_back({static_cast<uint32_t>(text_.size()), 0, glyph->box});
    }
    std::array<char, 4> utf8;
    text_.append(utf8.data(), EncodeUtf8(glyph->code, utf8.data()));
    Word& word = words_.back();
    word.text_end = static_cast<uint32_t>(text_.size());
    Extend(glyph->box, &word.box);
    Extend(glyph->box, &line.box);
    before = glyph;
  }
  if (before == nullptr) return;
  line.word_count = static_cast<uint32_t>(words_.size()) - line.first_word;
  lines_.push_back(line);
}

std::string TextStore::TextOf(const Line& line) const {
  std::string result;
  for (const Word& word : words(line)) {
    if (!result.empty()) result += ' ';
    result += text(word);
  }
  return result;
}

bool TextStore::MayGoOn(const Line& line, const Line& next, float width) const {
  const Word& first = words(next).front();
  const bool number = line.word_count == 1 && next.word_count == 1 &&
                      IsNumberPart(text(words(line).front())) &&
                      IsNumberPart(text(first));
  if (!number && IsNumberLike(text(first))) return false;
  const float character = (first.box.right - first.box.left) /
                          static_cast<float>(CountCharacters(text(first)));
  const float room = width - 2 * kCellPadding - (line.right - line.left);
  return room < character * (number ? kRoomForDigit : kRoomForCharacter);
}

}  // namespace gongkai::input::pdf
