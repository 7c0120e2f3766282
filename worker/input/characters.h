// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/characters.h
//
// What the text readers ask of the characters of a valid UTF-8 text.

#ifndef GONGKAI_WORKER_INPUT_CHARACTERS_H_
#define GONGKAI_WORKER_INPUT_CHARACTERS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gongkai::input {

inline uint8_t Byte(const char* p) { return static_cast<uint8_t>(*p); }

// The bytes with which white space characters begin and end: most characters
// are told from them by one look.
struct SpaceBytes {
  bool first[256] = {};
  bool last[256] = {};
  constexpr SpaceBytes() {
    for (int c = 0; c <= 0x20; ++c) first[c] = last[c] = true;
    for (const int c : {0xC2, 0xE2, 0xE3, 0xEF}) first[c] = true;
    for (const int c : {0x80, 0x8B, 0xA0, 0xBF}) last[c] = true;
  }
};
inline constexpr SpaceBytes kSpaceBytes;

// The length of the white space character at `p`, which may be invisible
// (ASCII up to the space, U+00A0, U+200B, U+3000, U+FEFF); 0 for another.
inline size_t SpaceAt(const char* p, const char* end) {
  const uint8_t c = Byte(p);
  if (!kSpaceBytes.first[c]) return 0;
  if (c <= 0x20) return 1;
  if (c == 0xC2) return end - p >= 2 && Byte(p + 1) == 0xA0 ? 2 : 0;
  if (end - p < 3) return 0;
  const uint8_t second = Byte(p + 1);
  const uint8_t third = Byte(p + 2);
  if (c == 0xE3) return second == 0x80 && third == 0x80 ? 3 : 0;
  if (c == 0xE2) return second == 0x80 && third == 0x8B ? 3 : 0;
  return second == 0xBB && third == 0xBF ? 3 : 0;
}

// The same for the character that ends before `p`.
inline size_t SpaceBefore(const char* begin, const char* p) {
  const uint8_t last = Byte(p - 1);
  if (!kSpaceBytes.last[last]) return 0;
  if (last <= 0x20) return 1;
  if (last == 0xA0) return p - begin >= 2 && Byte(p - 2) == 0xC2 ? 2 : 0;
  return p - begin >= 3 && SpaceAt(p - 3, p) == 3 ? 3 : 0;
}

// Trim() of parts with more than it looks at.
std::string_view TrimAll(std::string_view part);

// A part of a text without the white space around it. Of white space alone,
// the empty part at its beginning is left.
inline std::string_view Trim(std::string_view part) {
  // One space on either side, as a rule.
  const char* begin = part.data();
  const char* end = begin + part.size();
  if (begin < end && Byte(begin) <= 0x20) ++begin;
  if (begin < end && Byte(end - 1) <= 0x20) --end;
  if (begin < end && !kSpaceBytes.first[Byte(begin)] &&
      !kSpaceBytes.last[Byte(end - 1)]) {
    return std::string_view(begin, end - begin);
  }
  return TrimAll(part);
}

// The character at the front of a text that is not empty.
struct Character {
  char32_t code;
  size_t length;
};
inline Character FirstCharacter(std::string_view text) {
  const char* p = text.data();
  const uint8_t c = Byte(p);
  if (c < 0x80) return {c, 1};
  if (c < 0xE0) return {char32_t{c & 0x1Fu} << 6 | (Byte(p + 1) & 0x3Fu), 2};
  if (c < 0xF0) {
    return {char32_t{c & 0x0Fu} << 12 | (Byte(p + 1) & 0x3Fu) << 6 |
                (Byte(p + 2) & 0x3Fu),
            3};
  }
  return {char32_t{c & 0x07u} << 18 | (Byte(p + 1) & 0x3Fu) << 12 |
              (Byte(p + 2) & 0x3Fu) << 6 | (Byte(p + 3) & 0x3Fu),
          4};
}

// Takes two columns of a fixed-width print (East Asian wide or full-width).
inline bool IsWide(char32_t c) {
  if (c < 0x1100) return false;
  return c <= 0x115F || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F) ||
         (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFD);
}

// A number or one of the marks that stand for none in a table: digits (ASCII
// or full-width) with a sign, decimals, thousands separators; a slash, a dash.
bool IsNumberLike(std::string_view token);

// A page number as prints and converters leave it: "- 4 -", "-4-" with any
// dash, a page's "Page 9 -" or its Chinese. Bare digits are not one: they may
// be a value.
bool IsPageNumber(std::string_view text);

// The text ends as a sentence, or a part of it that makes a line, does:
// 。；！？
inline bool EndsSentence(std::string_view text) {
  if (text.size() < 3) return false;
  const char* const last = &text.back() - 2;
  if (Byte(last) == 0xE3)
    return Byte(last + 1) == 0x80 && Byte(last + 2) == 0x82;
  if (Byte(last) != 0xEF || Byte(last + 1) != 0xBC) return false;
  const uint8_t third = Byte(last + 2);
  return third == 0x9B || third == 0x81 || third == 0x9F;
}

// The text ends as a sentence or its part does: 。；，：！？ or the ASCII
// marks.
bool EndsLikeSentence(std::string_view text);

// The text begins with an ordinal as headings do: 三、 or （三） or (三).
bool BeginsWithOrdinal(std::string_view text);

// How many columns the text takes, a wide character counting two.
size_t DisplayWidth(std::string_view text);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_CHARACTERS_H_
