// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/label.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

namespace gongkai::catalog {
namespace {

std::u32string Decode(absl::string_view text) {
  std::u32string characters;
  characters.reserve(text.size());
  const int32_t size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT_OR_FFFD(text.data(), i, size, c);
    characters.push_back(static_cast<char32_t>(c));
  }
  return characters;
}

std::string Encode(const std::u32string& characters) {
  std::string text;
  text.reserve(characters.size() * 3);
  for (char32_t c : characters) {
    char bytes[U8_MAX_LENGTH];
    int32_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, c);
    text.append(bytes, length);
  }
  return text;
}

// Also the characters that show nothing at all.
bool IsSpace(char32_t c) {
  return c <= U' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
         (c >= 0x205F && c <= 0x2060) || c == 0x3000 || c == 0xFEFF;
}

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

// Brackets and quotes of one kind; every other character is itself.
char32_t FoldPunctuation(char32_t c) {
  switch (c) {
    case U'[':
    case U'【':
    case U'〔':
    case U'﹝':
    case U'﹙':
    case U'〖':
      return U'(';
    case U']':
    case U'】':
    case U'〕':
    case U'﹞':
    case U'﹚':
    case U'〗':
      return U')';
    case U'“':
    case U'”':
    case U'„':
    case U'‟':
    case U'〝':
    case U'〞':
    case U'「':
    case U'」':
    case U'『':
    case U'』':
    case U'‘':
    case U'’':
    case U'\'':
      return U'"';
    default:
      return c;
  }
}

// Where a year in parentheses that begins at `open` ends: "(2023)", "(2023年)",
// "(2023年度)". `open` itself if none begins there.
size_t EndOfYear(const std::u32string& text, size_t open) {
  size_t i = open;
  if (text[i++] != U'(') return open;
  for (int digit = 0; digit < 4; ++digit, ++i) {
    if (i >= text.size() || !IsDigit(text[i])) return open;
  }
  if (i < text.size() && text[i] == U'年') ++i;
  if (i < text.size() && text[i] == U'度') ++i;
  return i < text.size() && text[i] == U')' ? i + 1 : open;
}

}  // namespace

LabelNormalizer::LabelNormalizer(const forms::v1::CharacterMap& traditional) {
  const std::u32string from = Decode(traditional.from());
  const std::u32string to = Decode(traditional.to());
  const size_t size = std::min(from.size(), to.size());
  for (size_t i = 0; i < size; ++i) simplified_[from[i]] = to[i];
}

char32_t LabelNormalizer::Fold(char32_t c) const {
  if (IsSpace(c)) return 0;
  // Full-width forms of ASCII.
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFF01 - U'!';
  c = FoldPunctuation(c);
  if (c < 0x80) return c;
  auto it = simplified_.find(c);
  return it == simplified_.end() ? c : it->second;
}

std::string LabelNormalizer::Normalize(absl::string_view label) const {
  constexpr char32_t kParenthesizedOne = 0x3220;  // ㈠
  constexpr char32_t kOrdinals[] = U"一二三四五六七八九十";
  std::u32string folded;
  for (char32_t c : Decode(label)) {
    if (c >= kParenthesizedOne && c < kParenthesizedOne + 10) {
      folded += {U'(', kOrdinals[c - kParenthesizedOne], U')'};
      continue;
    }
    c = Fold(c);
    if (c == 0) continue;
    if (c == U'、' && !folded.empty() && IsDigit(folded.back())) c = U'.';
    folded.push_back(c);
  }
  std::u32string normal;
  normal.reserve(folded.size());
  for (size_t i = 0; i < folded.size();) {
    const size_t end = EndOfYear(folded, i);
    if (end != i) {
      i = end;
    } else {
      normal.push_back(folded[i++]);
    }
  }
  return Encode(normal);
}

}  // namespace gongkai::catalog
