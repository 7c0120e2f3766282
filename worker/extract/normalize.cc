// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/normalize.h"

#include <cstring>
#include <utility>

#include "worker/extract/utf8.h"

namespace gongkai::extract {
namespace {

constexpr size_t kPlane = 0x10000;

// Dropped wherever they stand: white space, quotation marks, book title marks,
// emphasis of Markdown, and characters without width.
constexpr std::u16string_view kDropped =
    u" \t\n\r\f\v\u00A0\u2002\u2003\u2009\u200B\u200C\u200D\u2060\u3000\uFEFF"
    u"\"'"
    u"\uFF02\uFFFD\u2018\u2019\u201C\u201D\u300C\u300D\u300E\u300F\u300A\u300B*"
    u"#`";

// Written in several ways; the second is compared.
constexpr std::pair<char16_t, char16_t> kUnified[] = {
    {u'\u3001', '.'},  // enumeration comma, as in a list mark
    {u'\u3002', '.'}, {u'\u00B7', '.'}, {u'\u3010', '('}, {u'\u3011', ')'},
    {u'\u3014', '('}, {u'\u3015', ')'}, {u'[', '('},      {u']', ')'},
    {u'\u3016', '('}, {u'\u3017', ')'}, {u'\uFE59', '('}, {u'\uFE5A', ')'},
    {u'\u2215', '/'}, {u'\u2236', ':'}, {u'\uFF3B', '('}, {u'\uFF3D', ')'},
};

// Full-width forms of ASCII and their distance from it.
constexpr char16_t kFullWidthFirst = 0xFF01;
constexpr char16_t kFullWidthLast = 0xFF5E;
constexpr char16_t kFullWidthDistance = 0xFEE0;

// Parenthesised Chinese numbers in one character, from 1.
constexpr char16_t kParenthesisedFirst = 0x3220;
constexpr char16_t kParenthesisedLast = 0x3229;
constexpr std::u16string_view kNumbers =
    u"\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D\u5341";

}  // namespace

Normalizer::Normalizer(const forms::v1::CharacterMap& traditional)
    : map_(kPlane) {
  for (size_t c = 1; c < kPlane; ++c) Map(c, static_cast<char16_t>(c));
  for (char16_t c = kFullWidthFirst; c <= kFullWidthLast; ++c) {
    Map(c, c - kFullWidthDistance);
  }
  for (const auto& [from, to] : kUnified) Map(from, to);
  for (char16_t c = 'A'; c <= 'Z'; ++c) Map(c, c - 'A' + 'a');
  for (char16_t c : kDropped) Map(c, 0);
  size_t from_at = 0;
  size_t to_at = 0;
  while (from_at < traditional.from().size() &&
         to_at < traditional.to().size()) {
    const char32_t from = NextCharacter(traditional.from(), &from_at);
    const char32_t to = NextCharacter(traditional.to(), &to_at);
    if (from < kPlane && to < kPlane) Map(from, static_cast<char16_t>(to));
  }
}

void Normalizer::Map(char32_t from, char16_t to) {
  Replacement& replacement = map_[from];
  replacement = Replacement();
  if (to == 0) return;
  std::string bytes;
  AppendCharacter(to, &bytes);
  std::memcpy(replacement.bytes, bytes.data(), bytes.size());
  replacement.size = static_cast<uint8_t>(bytes.size());
}

std::string_view Normalizer::Normalize(std::string_view text,
                                       std::string* scratch) const {
  // A character grows at most from three bytes to five; a copied replacement
  // writes four.
  const size_t most = 2 * text.size() + sizeof(Replacement);
  if (scratch->size() < most) scratch->resize(most);
  char* out = scratch->data();
  size_t at = 0;
  while (at < text.size()) {
    const char32_t c = NextCharacter(text, &at);
    if (c >= kPlane) continue;
    if (c >= kParenthesisedFirst && c <= kParenthesisedLast) {
      *out++ = '(';
      const Replacement& number = map_[kNumbers[c - kParenthesisedFirst]];
      std::memcpy(out, &number, sizeof(number));
      out += number.size;
      *out++ = ')';
      continue;
    }
    const Replacement& replacement = map_[c];
    std::memcpy(out, &replacement, sizeof(replacement));
    out += replacement.size;
  }
  return std::string_view(scratch->data(), out - scratch->data());
}

}  // namespace gongkai::extract
