// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/doc/properties.h"

#include <algorithm>

#include "worker/input/doc/little_endian.h"
#include "worker/input/doc/sprm.h"

namespace gongkai::input {
namespace {

constexpr size_t kPageSize = 512;
// A page's number has 22 bits; the others mean nothing.
constexpr uint32_t kPageNumber = 0x3FFFFF;

// Most bytes of properties that stand in the data stream. A wide row takes
// about 1 KB there, a document's rows together some hundred.
constexpr uint64_t kMaxElsewhere = uint64_t{16} << 20;

// The last of `count` + 1 ascending numbers at the front of `places` that is
// not above `place`; `count` if none is, or if even the last is not above.
// Numbers in disorder give any such result.
size_t Interval(std::string_view places, size_t count, uint32_t place) {
  if (count == 0 || place < U32(places, 0)) return count;
  size_t low = 0;
  size_t high = count;
  while (high - low > 1) {
    const size_t middle = (low + high) / 2;
    (U32(places, 4 * middle) <= place ? low : high) = middle;
  }
  return place < U32(places, 4 * (low + 1)) ? low : count;
}

}  // namespace

Properties::Run Properties::FindRun(std::string_view pages, Kind kind,
                                    uint32_t place) const {
  // Without properties: the character alone.
  const Run none = {place, place + 1, {}};
  // n + 1 places, then the numbers of n pages.
  const size_t page_count = pages.size() < 4 ? 0 : (pages.size() - 4) / 8;
  const size_t entry = Interval(pages, page_count, place);
  if (entry >= page_count) return none;
  const uint32_t number =
      U32(pages, 4 * (page_count + 1) + 4 * entry) & kPageNumber;
  const std::string_view page =
      Slice(word_.main, size_t{number} * kPageSize, kPageSize);
  if (page.size() < kPageSize) return none;
  // n + 1 places, n offsets (of paragraphs with 12 bytes behind each), and in
  // the last byte n. Offsets count two bytes.
  const size_t count = U8(page, kPageSize - 1);
  const size_t run = Interval(page, count, place);
  if (run >= count) return none;
  const size_t stride = kind == Kind::kParagraphs ? 13 : 1;
  Run found = {U32(page, 4 * run), U32(page, 4 * (run + 1)), {}};
  size_t at = size_t{2} * U8(page, 4 * (count + 1) + stride * run);
  if (at == 0) return found;
  size_t size = U8(page, at++);
  if (kind == Kind::kParagraphs) {
    // In words and one byte less, or in the next byte in words; a style's
    // number comes first.
    size = size == 0 ? size_t{2} * U8(page, at++) : 2 * size - 1;
    if (size < 2) return found;
    at += 2;
    size -= 2;
  }
  found.group = Slice(page, at, size);
  return found;
}

CharacterRun Properties::CharactersAt(uint32_t place,
                                      std::string_view modifiers) const {
  const Run found = FindRun(word_.character_pages, Kind::kCharacters, place);
  CharacterRun run;
  run.begin = found.begin;
  run.end = found.end;
  bool deleted = false;
  const auto apply = [&](uint16_t sprm, std::string_view operand) {
    switch (sprm) {
      case kCharacterDeleted:
        deleted = IsSet(operand);
        break;
      case kCharacterHidden:
        run.hidden = IsSet(operand);
        break;
      case kCharacterSpecial:
        run.special = IsSet(operand);
        break;
      case kCharacterSymbol:
        run.symbol = U16(operand, 2);
        break;
    }
  };
  ForEachSprm(found.group, apply);
  ForEachSprm(modifiers, apply);
  run.hidden = run.hidden || deleted;
  return run;
}

bool Properties::MarkAt(uint32_t place, std::string_view modifiers,
                        ParagraphMark* mark) {
  bool in_table = false;
  bool ends_inner_row = false;
  int64_t depth = 0;
  uint32_t elsewhere = 0;
  bool has_elsewhere = false;
  *mark = ParagraphMark();
  const auto apply = [&](uint16_t sprm, std::string_view operand) {
    switch (sprm) {
      case kParagraphInTable:
        in_table = IsSet(operand);
        break;
      case kParagraphDepth:
        depth = I32(operand, 0);
        break;
      case kParagraphDepthMore:
        depth += I32(operand, 0);
        break;
      case kParagraphEndsRow:
        mark->ends_row = IsSet(operand);
        break;
      case kParagraphEndsInnerRow:
        ends_inner_row = IsSet(operand);
        break;
      case kParagraphEndsInnerCell:
        mark->ends_cell = IsSet(operand);
        break;
      case kParagraphList:
        mark->list = I16(operand, 0);
        break;
      case kParagraphListLevel:
        mark->list_level = U8(operand, 0);
        break;
      case kParagraphElsewhere:
      case kParagraphElsewhere2:
        elsewhere = U32(operand, 0);
        has_elsewhere = true;
        break;
      default:
        mark->shape.Apply(sprm, operand);
    }
  };
  ForEachSprm(FindRun(word_.paragraph_pages, Kind::kParagraphs, place).group,
              apply);
  if (has_elsewhere) {
    // A group there that refers elsewhere again is not followed.
    const std::string_view more =
        Slice(word_.data, size_t{elsewhere} + 2, U16(word_.data, elsewhere));
    elsewhere_ += more.size();
    if (elsewhere_ > kMaxElsewhere) return false;
    ForEachSprm(more, apply);
  }
  ForEachSprm(modifiers, apply);
  if (depth <= 0) depth = in_table ? 1 : 0;
  mark->depth = static_cast<int>(std::min<int64_t>(depth, kMaxTableDepth));
  mark->ends_row = mark->ends_row || ends_inner_row;
  return true;
}

}  // namespace gongkai::input
