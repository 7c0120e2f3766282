// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/normalize.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "worker/extract/utf8.h"
#include "worker/input/utf8.h"

namespace gongkai::extract {
namespace {

constexpr size_t kPlane = 0x10000;

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
// What their Replacement::size says.
constexpr uint8_t kParenthesised = 0xFF;
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

class Normalizer::NormalizedStart {
 public:
  explicit NormalizedStart(int characters) : missing_(characters) {}

  // True when there is no need for more.
  bool Add(const Replacement& character) {
    // Behind a label's first character a note in brackets may begin.
    if (character.size == 1 && character.bytes[0] == '(' && hash_ != kEmpty) {
      hash_ = 0;
      return true;
    }
    uint32_t code;
    static_assert(sizeof(code) == sizeof(character));
    std::memcpy(&code, &character, sizeof(code));
    hash_ = (hash_ ^ code) * kSpread;
    return --missing_ == 0;
  }
  uint64_t Get() const { return hash_; }

 private:
  static constexpr uint64_t kEmpty = 1;
  static constexpr uint64_t kSpread = 0x9E3779B97F4A7C15;

  uint64_t hash_ = kEmpty;
  int missing_;
};

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
      replacement = &map_[kNumbers[c - kParenthesisedFirst]];
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

uint64_t Normalizer::Start(std::string_view text, int characters) const {
  NormalizedStart start(characters);
  for (size_t at = 0; at < text.size();) {
    const char32_t c = NextCharacter(text, &at);
    if (c >= kPlane) continue;
    const Replacement* replacement = &map_[c];
    if (replacement->size == 0) continue;
    if (replacement->size == kParenthesised) {
      if (start.Add(map_['(']) ||
          start.Add(map_[kNumbers[c - kParenthesisedFirst]])) {
        return start.Get();
      }
      replacement = &map_[')'];
    }
    if (start.Add(*replacement)) return start.Get();
  }
  return 0;
}

uint64_t Normalizer::StartOfNormalized(std::string_view text, int characters) {
  NormalizedStart start(characters);
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    NextCharacter(text, &at);
    Replacement character = {};
    character.size = static_cast<uint8_t>(text.copy(
        character.bytes, std::min(at - begin, sizeof(character.bytes)), begin));
    if (start.Add(character)) return start.Get();
  }
  return 0;
}

}  // namespace gongkai::extract
