// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/known_texts.h
//
// The pieces of a report that are known letter for letter: labels as the
// catalogue prints them or with the other usual brackets and list marks, and
// marks for what does not apply. Most pieces that are no number are among them,
// and are told without being normalised and before anything else is asked of
// them.

#ifndef GONGKAI_WORKER_EXTRACT_KNOWN_TEXTS_H_
#define GONGKAI_WORKER_EXTRACT_KNOWN_TEXTS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "worker/extract/labels.h"
#include "worker/extract/normalize.h"
#include "worker/extract/value.h"

namespace gongkai::extract {

struct KnownText {
  std::string_view text;
  // Null for a mark for what does not apply.
  const Label* label = nullptr;
};

// Immutable and thread-safe after construction.
class KnownTexts {
 public:
  // The labels and the parser must outlive it. A label that would be a value or
  // a page number, too, is left out.
  KnownTexts(const LabelIndex& labels, const Normalizer& normalizer,
             const ValueParser& values);

  // Null if the text is not known.
  const KnownText* Find(std::string_view text) const {
    const size_t hash = LabelHash()(text);
    for (size_t slot = hash;; ++slot) {
      const uint32_t entry = slots_[slot & mask_];
      if (entry == kFree) return nullptr;
      const Entry& found = entries_[entry];
      if (found.hash == hash && found.known.text == text) return &found.known;
    }
  }

 private:
  struct Entry {
    size_t hash;
    KnownText known;
  };
  static constexpr uint32_t kFree = ~uint32_t{0};

  void AddLabel(std::string_view text, const Label* label,
                const ValueParser& values);
  void Add(const KnownText& known);

  // Spellings that are not in the catalogue.
  std::deque<std::string> spellings_;
  // A spelling that several labels have stands here several times; all are the
  // same label.
  std::vector<Entry> entries_;
  // Where each entry stands, at the place of its hash or behind it; most
  // places are free, so that other texts are told by the first look.
  std::vector<uint32_t> slots_;
  size_t mask_ = 0;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_KNOWN_TEXTS_H_
