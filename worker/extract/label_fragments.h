// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/label_fragments.h
//
// Whether a text is a part of some label: narrow columns break labels over
// lines and cells anywhere.

#ifndef GONGKAI_WORKER_EXTRACT_LABEL_FRAGMENTS_H_
#define GONGKAI_WORKER_EXTRACT_LABEL_FRAGMENTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gongkai::extract {

// Add() the labels, then Build() once; immutable and thread-safe from then on.
class LabelFragments {
 public:
  void Add(std::string_view label);
  void Build();

  // True if the text, whole characters, is a part of some label. An empty text
  // is none.
  bool Contains(std::string_view text) const;

 private:
  // What begins at some character of a label, by its first eight bytes as a
  // number.
  struct Suffix {
    uint64_t key;
    uint32_t begin;
  };

  // All labels, one per line.
  std::string all_;
  // In ascending order.
  std::vector<Suffix> suffixes_;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_LABEL_FRAGMENTS_H_
