// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/literal_finder.h"

#include <algorithm>

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

void LiteralFinder::Build() {
  size_t size = 2;
  for (shift_ = 63; size <= 2 * literals_.size(); size *= 2) --shift_;
  slots_.assign(size, Slot());
  for (size_t i = 0; i < literals_.size(); ++i) {
    const std::string& literal = literals_[i].text;
    const int kind = literal.size() >= 6 ? 0 : literal.size() >= 3 ? 1 : 2;
    const uint64_t key =
        Load(literal.data(), literal.data() + literal.size()) & kMasks[kind];
    filter_[FilterIndex(key)] |= static_cast<uint8_t>(1 << kind);
    size_t at = Hash(key) >> shift_;
    while (!slots_[at].literals.empty() && slots_[at].key != key) {
      at = (at + 1) & (size - 1);
    }
    slots_[at].key = key;
    slots_[at].literals.push_back(static_cast<int>(i));
  }
}

}  // namespace gongkai::validate
