// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/literal_finder.h"

#include <algorithm>
#include <map>

#include "absl/strings/ascii.h"
#include "worker/catalog/read_text.h"

namespace gongkai::validate {
namespace {

using catalog::PairFilter;

// The character in both cases, if it has two.
std::u16string Cases(char16_t c) {
  std::u16string cases(1, c);
  if (c >= 'a' && c <= 'z') cases.push_back(static_cast<char16_t>(c & ~0x20));
  return cases;
}

}  // namespace

int LiteralFinder::Add(absl::string_view literal) {
  const auto known = std::find(literals_.begin(), literals_.end(), literal);
  if (known != literals_.end()) {
    return static_cast<int>(known - literals_.begin());
  }
  literals_.emplace_back(literal);
  return static_cast<int>(literals_.size()) - 1;
}

void LiteralFinder::StopAt(char16_t c) { AddOne(c).stops = true; }

LiteralFinder::One& LiteralFinder::AddOne(char16_t c) {
  uint16_t& number = one_by_character_[c];
  if (number == 0) {
    number = static_cast<uint16_t>(ones_.size());
    ones_.emplace_back();
    filter_.Add({&c, 1}, PairFilter::kSecond);
  }
  return ones_[number];
}

void LiteralFinder::Build() {
  std::map<uint32_t, std::vector<int>> by_key;
  std::vector<std::u16string> texts;
  for (size_t i = 0; i < literals_.size(); ++i) {
    const int number = static_cast<int>(i);
    const std::u16string& text =
        texts.emplace_back(catalog::Utf16Of(literals_[i]));
    for (const char16_t first : Cases(text[0])) {
      if (text.size() == 1) {
        AddOne(first).literal = number;
        continue;
      }
      for (const char16_t second : Cases(text[1])) {
        const char16_t pair[] = {first, second};
        filter_.Add({pair, 2}, PairFilter::kFirst);
        by_key[KeyOf(pair)].push_back(number);
      }
    }
  }
  size_t size = 2;
  for (shift_ = 31; size <= 8 * by_key.size(); size *= 2) --shift_;
  slots_.assign(size, Slot());
  ranges_.assign(size, Range());
  for (const auto& [key, numbers] : by_key) {
    size_t at = Hash(key) >> shift_;
    while (slots_[at].key != 0) {
      slots_[at].crowded = true;
      at = (at + 1) & (size - 1);
    }
    Slot& slot = slots_[at];
    slot.key = key;
    ranges_[at].begin = entries_.size();
    for (const int number : numbers) {
      const std::u16string& text = texts[number];
      Entry& entry = entries_.emplace_back();
      entry.number = number;
      entry.begin = static_cast<uint32_t>(characters_.size());
      entry.size = static_cast<uint32_t>(text.size()) - 2;
      characters_.append(text, 2);
      if (entry.size == 0) {
        slot.go_on = ~uint64_t{0};
        continue;
      }
      entry.third = text[2];
      for (const char16_t third : Cases(text[2])) {
        entry.third_case |= third ^ text[2];
        slot.go_on |= uint64_t{1} << (third % kBits);
      }
    }
    ranges_[at].end = entries_.size();
  }
}

}  // namespace gongkai::validate
