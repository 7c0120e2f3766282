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
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "worker/catalog/label.h"
#include "worker/extract/utf8.h"

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

  // Calls visit(code) with a number for each character of Normalize(text), the
  // same for the same character, until it returns false.
  template <typename Visit>
  void ForEachCharacter(std::string_view text, const Visit& visit) const {
    for (size_t at = 0; at < text.size();) {
      const char32_t c = NextCharacter(text, &at);
      if (c >= kPlane) continue;
      const Replacement replacement = map_[c];
      if (replacement.size == kParenthesised) {
        for (const char16_t part :
             {char16_t{'('}, NumberOf(c), char16_t{')'}}) {
          if (!visit(map_[part].Code())) return;
        }
      } else if (replacement.size != 0 && !visit(replacement.Code())) {
        return;
      }
    }
  }
  // The same for a text that is normalised.
  template <typename Visit>
  static void ForEachNormalized(std::string_view text, const Visit& visit) {
    for (size_t at = 0; at < text.size();) {
      const size_t begin = at;
      NextCharacter(text, &at);
      Replacement character = {};
      character.size = static_cast<uint8_t>(
          text.substr(begin, at - begin)
              .copy(character.bytes, sizeof(character.bytes)));
      if (!visit(character.Code())) return;
    }
  }
  static uint32_t CodeOf(char ascii) { return Replacement{{ascii}, 1}.Code(); }

 private:
  // What a character becomes: its UTF-8 and how many bytes that takes, 0 for a
  // character that is dropped. As wide as four bytes, so that it is copied in
  // one move.
  struct Replacement {
    char bytes[3];
    uint8_t size;

    uint32_t Code() const {
      uint32_t code;
      static_assert(sizeof(code) == sizeof(*this));
      std::memcpy(&code, this, sizeof(code));
      return code;
    }
  };

  static constexpr size_t kPlane = 0x10000;
  // The size of parenthesised Chinese numbers in one character.
  static constexpr uint8_t kParenthesised = 0xFF;

  // The number in such a character.
  static char16_t NumberOf(char32_t parenthesised);

  void Map(char32_t from, char16_t to);

  // By code point of the basic plane.
  std::vector<Replacement> map_;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_NORMALIZE_H_
