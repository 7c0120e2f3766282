// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/known_texts.h"

#include <bit>

#include "worker/input/characters.h"

namespace gongkai::extract {
namespace {

// So many places there are for each entry, at least.
constexpr size_t kSlotsPerEntry = 4;

}  // namespace

KnownTexts::KnownTexts(const LabelIndex& labels, const ValueParser& values) {
  for (const auto& [text, label] : labels.printed()) {
    if (values.Parse(text).kind == Value::Kind::kText &&
        !input::IsPageNumber(text)) {
      Add({text, label});
    }
  }
  for (const std::string& word : values.not_applicable()) Add({word, nullptr});
  slots_.assign(std::bit_ceil(kSlotsPerEntry * (entries_.size() + 1)), kFree);
  mask_ = slots_.size() - 1;
  for (uint32_t entry = 0; entry < entries_.size(); ++entry) {
    size_t slot = entries_[entry].hash;
    while (slots_[slot & mask_] != kFree) ++slot;
    slots_[slot & mask_] = entry;
  }
}

void KnownTexts::Add(const KnownText& known) {
  entries_.push_back({LabelHash()(known.text), known});
}

}  // namespace gongkai::extract
