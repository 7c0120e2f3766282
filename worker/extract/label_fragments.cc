// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/label_fragments.h"

#include <algorithm>

#include "worker/extract/utf8.h"

namespace gongkai::extract {
namespace {

// The first eight bytes as a number that sorts as they do; in the place of
// missing ones stands `padding`.
uint64_t Key(std::string_view text, uint8_t padding) {
  uint64_t key = 0;
  for (size_t i = 0; i < sizeof(key); ++i) {
    key = key << 8 |
          (i < text.size() ? static_cast<unsigned char>(text[i]) : padding);
  }
  return key;
}

}  // namespace

void LabelFragments::Add(std::string_view label) {
  all_ += label;
  all_ += '\n';
}

void LabelFragments::Build() {
  const std::string_view all = all_;
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i] == '\n' || IsContinuation(all[i])) continue;
    suffixes_.push_back({Key(all.substr(i), 0), static_cast<uint32_t>(i)});
  }
  std::sort(suffixes_.begin(), suffixes_.end(),
            [](const Suffix& a, const Suffix& b) { return a.key < b.key; });
}

bool LabelFragments::Contains(std::string_view text) const {
  if (text.empty()) return false;
  const uint64_t last = Key(text, 0xFF);
  auto it = std::lower_bound(
      suffixes_.begin(), suffixes_.end(), Key(text, 0),
      [](const Suffix& suffix, uint64_t key) { return suffix.key < key; });
  for (; it != suffixes_.end() && it->key <= last; ++it) {
    if (all_.compare(it->begin, text.size(), text) == 0) return true;
  }
  return false;
}

}  // namespace gongkai::extract
