// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/normalize.h
//
// The form in which the pieces of a document are compared with labels and
// headings: as the catalogue folds characters (worker/catalog/label.h), and
// besides without quotation marks and emphasis, with one kind of list mark and
// in lower case. A table by code point, because every short piece of every
// document goes through it.
//
//   Normalizer normalizer(catalog.normalizer());
//   normalizer.Normalize("（三） 不予公開")   // "(三)不予公开"

#ifndef GONGKAI_WORKER_EXTRACT_NORMALIZE_H_
#define GONGKAI_WORKER_EXTRACT_NORMALIZE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "worker/catalog/label.h"

namespace gongkai::extract {

// Immutable and thread-safe after construction.
class Normalizer {
 public:
  explicit Normalizer(const catalog::LabelNormalizer& folding);

  // The normalised text, a view into *scratch that is valid until scratch is
  // used again. Bytes that are not UTF-8 are dropped.
  std::string_view Normalize(std::string_view text, std::string* scratch) const;

  std::string Normalize(std::string_view text) const {
    std::string scratch;
    return std::string(Normalize(text, &scratch));
  }

  // So many characters at the beginning of Normalize(text) as a hash, to tell
  // texts that begin differently; 0 where there are fewer, or one of them, not
  // the first, is an opening bracket: there a label may have a note.
  uint64_t Start(std::string_view text, int characters) const;
  // The same of a text that is normalised.
  static uint64_t StartOfNormalized(std::string_view text, int characters);

 private:
  // What a character becomes: its UTF-8 and how many bytes that takes, 0 for a
  // character that is dropped. As wide as four bytes, so that it is copied in
  // one move.
  struct Replacement {
    char bytes[3];
    uint8_t size;
  };

  class NormalizedStart;

  void Map(char32_t from, char16_t to);

  // By code point of the basic plane.
  std::vector<Replacement> map_;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_NORMALIZE_H_
