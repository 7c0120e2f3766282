// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/narrative.h"

#include <algorithm>

#include "unicode/utf8.h"

namespace gongkai::validate {
namespace {

// What stands between brackets is a title and no narrative up to this length.
constexpr int kMaxBracketed = 60;

char32_t NextCharacter(absl::string_view text, int32_t* at) {
  UChar32 c;
  U8_NEXT_OR_FFFD(text.data(), *at, static_cast<int32_t>(text.size()), c);
  return static_cast<char32_t>(c);
}

// The common blocks, all of which lie in the basic plane.
bool IsChinese(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
         c == 0x3007;
}

std::u16string ChineseOf(absl::string_view text) {
  std::u16string characters;
  for (int32_t at = 0; at < static_cast<int32_t>(text.size());) {
    const char32_t c = NextCharacter(text, &at);
    if (IsChinese(c)) characters.push_back(static_cast<char16_t>(c));
  }
  return characters;
}

// Where the bracketed text that begins at `at` ends, behind the closing
// bracket; `at` if it is not closed soon enough.
int32_t BracketEnd(absl::string_view text, int32_t at, char32_t closing) {
  int32_t end = at;
  for (int i = 0; i <= kMaxBracketed; ++i) {
    if (end >= static_cast<int32_t>(text.size())) break;
    if (NextCharacter(text, &end) == closing) return end;
  }
  return at;
}

bool IsNarrative(v1::SectionKind kind) {
  return kind == v1::SECTION_KIND_OVERVIEW ||
         kind == v1::SECTION_KIND_PROBLEMS ||
         kind == v1::SECTION_KIND_OTHER_MATTERS;
}

bool Longer(const std::u16string& a, const std::u16string& b) {
  return a.size() != b.size() ? a.size() > b.size() : a < b;
}

}  // namespace

uint64_t GramHash(const std::u16string& characters, size_t at) {
  const char16_t* c = characters.data() + at;
  uint64_t hash = uint64_t{c[0]} | uint64_t{c[1]} << 16 | uint64_t{c[2]} << 32 |
                  uint64_t{c[3]} << 48;
  // The finisher of SplitMix64, once for four characters and once for all.
  for (const uint64_t add : {uint64_t{0}, uint64_t{c[4]}}) {
    hash += add * 0x9e3779b97f4a7c15u;
    hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9u;
    hash = (hash ^ hash >> 27) * 0x94d049bb133111ebu;
    hash ^= hash >> 31;
  }
  return hash;
}

void CollectGrams(const Narrative& narrative, std::vector<uint64_t>* grams) {
  grams->clear();
  for (size_t i = 0; i < narrative.characters.size(); ++i) {
    if (narrative.HasGram(i)) {
      grams->push_back(GramHash(narrative.characters, i));
    }
  }
  std::sort(grams->begin(), grams->end());
  grams->erase(std::unique(grams->begin(), grams->end()), grams->end());
}

NarrativeReader::NarrativeReader(const forms::v1::NarrativeMasks& masks)
    : left_out_(0x10000) {
  for (const std::string& pair : masks.brackets()) {
    int32_t at = 0;
    const char32_t opening = NextCharacter(pair, &at);
    closing_[opening] = NextCharacter(pair, &at);
  }
  for (char16_t c : ChineseOf(masks.characters())) left_out_[c] = true;
  for (const std::string& word : masks.words()) {
    const std::u16string characters = ChineseOf(word);
    words_[characters[0]].push_back(characters);
  }
  for (auto& [first, words] : words_) {
    std::sort(words.begin(), words.end(), Longer);
  }
  for (const std::string& ending : masks.place_endings()) {
    place_endings_.push_back(ChineseOf(ending));
  }
  std::sort(place_endings_.begin(), place_endings_.end(), Longer);
}

NarrativeReader::Words NarrativeReader::NamesOf(absl::string_view body) const {
  Words names;
  const std::u16string name = ChineseOf(body);
  if (name.size() >= 2) names.push_back(name);
  size_t begin = 0;
  for (size_t at = 1; at < name.size(); ++at) {
    for (const std::u16string& ending : place_endings_) {
      if (at == begin || name.compare(at, ending.size(), ending) != 0) continue;
      const size_t end = at + ending.size();
      names.push_back(name.substr(begin, end - begin));
      // One character by itself is a part of other words.
      if (at - begin >= 2) names.push_back(name.substr(begin, at - begin));
      begin = end;
      at = end;
      break;
    }
  }
  if (begin > 0 && name.size() - begin >= 2) {
    names.push_back(name.substr(begin));
  }
  std::sort(names.begin(), names.end(), Longer);
  return names;
}

void NarrativeReader::Read(const v1::Report& report,
                           Narrative* narrative) const {
  narrative->characters.clear();
  narrative->origins.clear();
  narrative->count = 0;
  const Words names = NamesOf(report.body());
  for (int i = 0; i < report.sections_size(); ++i) {
    const v1::Section& section = report.sections(i);
    if (IsNarrative(section.kind())) {
      AddSection(names, section.text(), i, narrative);
    }
  }
}

void NarrativeReader::AddSection(const Words& names, absl::string_view text,
                                 int section, Narrative* narrative) const {
  std::u16string chinese;
  std::vector<int32_t> begins;
  for (int32_t at = 0; at < static_cast<int32_t>(text.size());) {
    const int32_t begin = at;
    const char32_t c = NextCharacter(text, &at);
    if (IsChinese(c)) {
      chinese.push_back(static_cast<char16_t>(c));
      begins.push_back(begin);
    } else if (c >= 0x80) {
      const auto closing = closing_.find(c);
      if (closing != closing_.end()) at = BracketEnd(text, at, closing->second);
    }
  }
  for (size_t at = 0; at < chinese.size();) {
    if (const size_t masked = Masked(names, chinese, at); masked > 0) {
      at += masked;
      continue;
    }
    narrative->characters.push_back(chinese[at]);
    narrative->origins.push_back({section, begins[at]});
    ++narrative->count;
    ++at;
  }
  narrative->characters.push_back(Narrative::kSectionEnd);
  narrative->origins.push_back({section, static_cast<int32_t>(text.size())});
}

size_t NarrativeReader::Masked(const Words& names, const std::u16string& text,
                               size_t at) const {
  for (const std::u16string& name : names) {
    if (text.compare(at, name.size(), name) == 0) return name.size();
  }
  if (const auto words = words_.find(text[at]); words != words_.end()) {
    for (const std::u16string& word : words->second) {
      if (text.compare(at, word.size(), word) == 0) return word.size();
    }
  }
  return left_out_[text[at]] ? 1 : 0;
}

}  // namespace gongkai::validate
