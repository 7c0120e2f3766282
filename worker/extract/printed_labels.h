// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/printed_labels.h
//
// The labels letter for letter as the catalogue has them: a report prints most
// of its labels so, and they are told without being normalised and before
// anything else is asked of a piece.

#ifndef GONGKAI_WORKER_EXTRACT_PRINTED_LABELS_H_
#define GONGKAI_WORKER_EXTRACT_PRINTED_LABELS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "worker/extract/labels.h"
#include "worker/extract/value.h"

namespace gongkai::extract {

// Immutable and thread-safe after construction.
class PrintedLabels {
 public:
  // The labels must outlive it. What would be a value or a page number, too, is
  // left out.
  PrintedLabels(const LabelIndex& labels, const ValueParser& values);

  // The label printed so; null if there is none.
  const Label* Find(std::string_view text) const {
    const size_t hash = LabelHash()(text);
    for (size_t slot = hash;; ++slot) {
      const uint32_t entry = slots_[slot & mask_];
      if (entry == kFree) return nullptr;
      const Entry& found = entries_[entry];
      if (found.hash == hash && found.text == text) return found.label;
    }
  }

 private:
  struct Entry {
    size_t hash;
    std::string_view text;
    const Label* label;
  };
  static constexpr uint32_t kFree = ~uint32_t{0};

  std::vector<Entry> entries_;
  // Where each entry stands, at the place of its hash or behind it; most
  // places are free, so that other texts are told by the first look.
  std::vector<uint32_t> slots_;
  size_t mask_ = 0;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_PRINTED_LABELS_H_
