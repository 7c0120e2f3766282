// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/normalize.h
//
// The form in which labels and headings are compared: without white space and
// quotation marks, full-width characters as ASCII, one kind of brackets, one
// kind of list mark, simplified characters.
//
//   Normalizer normalizer(catalog.proto().traditional());
//   normalizer.Normalize("（三） 不予公開")   // "(三)不予公开"

#ifndef GONGKAI_WORKER_EXTRACT_NORMALIZE_H_
#define GONGKAI_WORKER_EXTRACT_NORMALIZE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gongkai/forms/v1/catalog.pb.h"

namespace gongkai::extract {

// Immutable and thread-safe after construction.
class Normalizer {
 public:
  explicit Normalizer(const forms::v1::CharacterMap& traditional);

  // Replaces *out by the normalised text. Bytes that are not UTF-8 are dropped.
  void Normalize(std::string_view text, std::string* out) const;

  std::string Normalize(std::string_view text) const {
    std::string out;
    Normalize(text, &out);
    return out;
  }

 private:
  // By code point of the basic plane: what it becomes; 0 if it is dropped.
  std::vector<char16_t> map_;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_NORMALIZE_H_
