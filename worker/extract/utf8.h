// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/utf8.h
//
// Walking over text that is known to be valid UTF-8 (a Document's text is). To
// write UTF-8, see worker/input/utf8.h.

#ifndef GONGKAI_WORKER_EXTRACT_UTF8_H_
#define GONGKAI_WORKER_EXTRACT_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gongkai::extract {

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

// True for Chinese characters of the common blocks.
inline bool IsChinese(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF);
}

inline bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// The longest prefix of at most `bytes` bytes that cuts no character.
inline std::string_view Prefix(std::string_view text, size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && IsContinuation(text[bytes])) --bytes;
  return text.substr(0, bytes);
}

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_UTF8_H_
