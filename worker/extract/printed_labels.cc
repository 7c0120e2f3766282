// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/printed_labels.h"

#include <bit>

#include "worker/input/characters.h"

namespace gongkai::extract {
namespace {

// So many places there are for each entry, at least.
constexpr size_t kSlotsPerEntry = 4;

}  // namespace

PrintedLabels::PrintedLabels(const LabelIndex& labels,
                             const ValueParser& values) {
  for (const auto& [text, label] : labels.printed()) {
    if (values.Parse(text).kind != Value::Kind::kText ||
        input::IsPageNumber(text)) {
      continue;
    }
    entries_.push_back({LabelHash()(text), text, label});
  }
  slots_.assign(std::bit_ceil(kSlotsPerEntry * (entries_.size() + 1)), kFree);
  mask_ = slots_.size() - 1;
  for (uint32_t entry = 0; entry < entries_.size(); ++entry) {
    size_t slot = entries_[entry].hash;
    while (slots_[slot & mask_] != kFree) ++slot;
    slots_[slot & mask_] = entry;
  }
}

}  // namespace gongkai::extract
