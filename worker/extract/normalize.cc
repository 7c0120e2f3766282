// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/normalize.h"

#include <cstring>
#include <utility>

#include "worker/extract/utf8.h"
#include "worker/input/utf8.h"

namespace gongkai::extract {
namespace {

// Dropped wherever they stand, beside what the catalogue drops: quotation
// marks, book title marks and the emphasis of Markdown.
constexpr std::u16string_view kDropped = u"\"*#`\u300A\u300B\uFFFD";

// Marks behind the number of a list, which labels print in several ways.
constexpr std::u16string_view kListMarks = u"\u3001\u3002\u00B7";

// Look like an ASCII character; the second is compared.
constexpr std::pair<char16_t, char16_t> kLookAlikes[] = {{u'\u2215', '/'},
                                                         {u'\u2236', ':'}};

// Parenthesised Chinese numbers in one character, from 1.
constexpr char16_t kParenthesisedFirst = 0x3220;
constexpr char16_t kParenthesisedLast = 0x3229;
constexpr std::u16string_view kNumbers =
    u"\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D\u5341";

}  // namespace

Normalizer::Normalizer(const catalog::LabelNormalizer& folding) : map_(kPlane) {
  for (char32_t c = 1; c < kPlane; ++c) {
    const char32_t folded = folding.Fold(c);
    if (folded >= kPlane) continue;
    char16_t to = static_cast<char16_t>(folded);
    if (to >= 'A' && to <= 'Z') to += 'a' - 'A';
    if (kDropped.find(to) != std::u16string_view::npos) to = 0;
    if (kListMarks.find(to) != std::u16string_view::npos) to = '.';
    Map(c, to);
  }
  for (const auto& [from, to] : kLookAlikes) Map(from, to);
  for (char32_t c = kParenthesisedFirst; c <= kParenthesisedLast; ++c) {
    map_[c].size = kParenthesised;
  }
}

void Normalizer::Map(char32_t from, char16_t to) {
  Replacement& replacement = map_[from];
  replacement = Replacement();
  if (to == 0) return;
  char bytes[4] = {};
  replacement.size = static_cast<uint8_t>(input::EncodeUtf8(to, bytes));
  std::memcpy(replacement.bytes, bytes, sizeof(replacement.bytes));
}

std::string_view Normalizer::Normalize(std::string_view text,
                                       std::string* scratch) const {
  // A character grows at most from three bytes to five; a copied replacement
  // writes four.
  const size_t most = 2 * text.size() + sizeof(Replacement);
  if (scratch->size() < most) scratch->resize(most);
  char* out = scratch->data();
  for (size_t at = 0; at < text.size();) {
    const char32_t c = NextCharacter(text, &at);
    if (c >= kPlane) continue;
    const Replacement* replacement = &map_[c];
    if (replacement->size == kParenthesised) {
      *out++ = '(';
      replacement = &map_[NumberOf(c)];
      std::memcpy(out, replacement, sizeof(*replacement));
      out += replacement->size;
      *out++ = ')';
      continue;
    }
    std::memcpy(out, replacement, sizeof(*replacement));
    out += replacement->size;
  }
  return std::string_view(scratch->data(), out - scratch->data());
}

char16_t Normalizer::NumberOf(char32_t parenthesised) {
  return kNumbers[parenthesised - kParenthesisedFirst];
}

}  // namespace gongkai::extract
