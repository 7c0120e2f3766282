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

#include "worker/catalog/utf8.h"

namespace gongkai::extract {

using catalog::NextCharacter;

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
