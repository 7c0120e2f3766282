// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/label.h
//
// The form of a label in which labels are compared. Two labels are the same if
// they differ only in white space, character width, the kind of brackets or
// quotes, traditional characters, a stop after an ordinal, or a year in
// parentheses.
//
//   LabelNormalizer normalizer(catalog.traditional());
//   normalizer.Normalize("本年 (2023) 制發件數")    // "本年制发件数"
//   normalizer.Normalize("1、属于国家秘密")          // "1.属于国家秘密"

#ifndef GONGKAI_WORKER_CATALOG_LABEL_H_
#define GONGKAI_WORKER_CATALOG_LABEL_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "gongkai/forms/v1/catalog.pb.h"

namespace gongkai::catalog {

// Immutable and thread-safe.
class LabelNormalizer {
 public:
  // Knows no traditional characters.
  LabelNormalizer() = default;
  // Strings of unequal length are used up to the end of the shorter one.
  explicit LabelNormalizer(const forms::v1::CharacterMap& traditional);

  // The character that stands for c in a normalised label; 0 if none does.
  char32_t Fold(char32_t c) const;

  // The normalised label. Bytes that are not UTF-8 become U+FFFD.
  std::string Normalize(absl::string_view label) const;

 private:
  absl::flat_hash_map<char32_t, char32_t> simplified_;
};

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_LABEL_H_
