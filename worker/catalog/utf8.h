// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/utf8.h
//
// Walks over the characters of text that is known to be valid UTF-8, or nearly
// so. What is valid, and how to write UTF-8: worker/input/utf8.h.

#ifndef GONGKAI_WORKER_CATALOG_UTF8_H_
#define GONGKAI_WORKER_CATALOG_UTF8_H_

#include <cstddef>
#include <string_view>

namespace gongkai::catalog {

// Decodes the character at text[*at] and moves *at behind it. A byte that
// starts no character, or one cut off, counts as U+FFFD of one byte.
inline char32_t NextCharacter(std::string_view text, size_t* at) {
  const unsigned char* const p =
      reinterpret_cast<const unsigned char*>(text.data()) + *at;
  const size_t left = text.size() - *at;
  const unsigned char lead = *p;
  if (lead < 0x80) {
    *at += 1;
    return lead;
  }
  // Nearly all of a Chinese text.
  if ((lead & 0xF0) == 0xE0 && left >= 3) [[likely]] {
    *at += 3;
    return (lead & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
  }
  if (lead >= 0xC0 && lead < 0xE0 && left >= 2) {
    *at += 2;
    return (lead & 0x1F) << 6 | (p[1] & 0x3F);
  }
  if (lead >= 0xF0 && left >= 4) {
    *at += 4;
    return (lead & 0x07) << 18 | (p[1] & 0x3F) << 12 | (p[2] & 0x3F) << 6 |
           (p[3] & 0x3F);
  }
  *at += 1;
  return 0xFFFD;
}

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_UTF8_H_
