// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/literal_finder.h"

#include <algorithm>
#include <map>

#include "absl/strings/ascii.h"

namespace gongkai::validate {

int LiteralFinder::Add(absl::string_view literal) {
  const auto known = std::find_if(
      literals_.begin(), literals_.end(),
      [literal](const Literal& known) { return known.text == literal; });
  if (known != literals_.end()) {
    return static_cast<int>(known - literals_.begin());
  }
  literals_.push_back(
      {std::string(literal),
       std::any_of(literal.begin(), literal.end(), [](unsigned char byte) {
         return absl::ascii_isalpha(byte);
       })});
  return static_cast<int>(literals_.size()) - 1;
}

void LiteralFinder::StopAt(absl::string_view character) {
  Mark(character, kStops);
}

void LiteralFinder::Mark(absl::string_view text, uint8_t begins) {
  const unsigned char lead = static_cast<unsigned char>(text[0]);
  leads_[lead] = true;
  leads_[static_cast<unsigned char>(absl::ascii_toupper(lead))] = true;
  if ((lead & 0xF0) == 0xE0 && text.size() >= 3) {
    uint32_t word = 0;
    std::memcpy(&word, text.data(), 3);
    begins_[BeginIndex(word)] |= begins;
  }
}

void LiteralFinder::Build() {
  size_t size = 2;
  for (shift_ = 63; size <= 2 * literals_.size(); size *= 2) --shift_;
  slots_.assign(size, Slot());
  std::map<uint64_t, std::vector<int>> by_key;
  for (size_t i = 0; i < literals_.size(); ++i) {
    const std::string& literal = literals_[i].text;
    const int kind = literal.size() >= 6 ? 0 : literal.size() >= 3 ? 1 : 2;
    const uint64_t key = (HeadOf(literal) | kLowerCase) & kMasks[kind];
    by_key[key].push_back(static_cast<int>(i));
    filter_[FilterIndex(key)] |= static_cast<uint8_t>(1 << kind);
    Mark(literal, kind == 0 ? kBeginsLong : kBeginsShort);
  }
  for (const auto& [key, numbers] : by_key) {
    size_t at = Hash(key) >> shift_;
    while (slots_[at].end != 0) at = (at + 1) & (size - 1);
    slots_[at].key = key;
    slots_[at].begin = static_cast<int>(entries_.size());
    for (int number : numbers) {
      const Entry& entry = entries_.emplace_back(MakeEntry(number));
      const bool exact = entry.mask == ~uint64_t{0};
      slots_[at].go_on |=
          exact ? uint64_t{1} << GoOnIndex(entry.head) : ~uint64_t{0};
    }
    slots_[at].end = static_cast<int>(entries_.size());
  }
}

LiteralFinder::Entry LiteralFinder::MakeEntry(int number) const {
  const Literal& literal = literals_[number];
  Entry entry;
  entry.number = number;
  entry.head = HeadOf(literal.text);
  const size_t size = literal.text.size();
  entry.mask =
      size >= sizeof(uint64_t) ? ~uint64_t{0} : (uint64_t{1} << 8 * size) - 1;
  // Letters may be in either case, of the same place in the alphabet.
  if (literal.has_letters) entry.mask &= ~kLowerCase;
  entry.whole = size <= sizeof(uint64_t) && !literal.has_letters;
  return entry;
}

}  // namespace gongkai::validate
