// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/utf8.h
//
// UTF-8 as Unicode defines it: no overlong forms, no surrogates, nothing past
// U+10FFFF.

#ifndef GONGKAI_WORKER_INPUT_UTF8_H_
#define GONGKAI_WORKER_INPUT_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace gongkai::input {

// How many bytes at the front are valid UTF-8: all of them when the result is
// bytes.size().
size_t ValidUtf8Prefix(std::string_view bytes);

// The length, 1 to 3, of the bad sequence at the front of `bytes`, which is
// not empty and begins with no valid character: the bytes to be replaced by
// one U+FFFD, as the Unicode standard recommends.
size_t BadUtf8Length(std::string_view bytes);

// How many bytes the code point, no surrogate, takes.
inline size_t Utf8Length(char32_t code) {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

// Writes the code point, no surrogate, to `out` and returns its length. Four
// bytes of `out` must be writable.
inline size_t EncodeUtf8(char32_t code, char* out) {
  if (code < 0x80) {
    out[0] = static_cast<char>(code);
    return 1;
  }
  if (code < 0x800) {
    out[0] = static_cast<char>(0xC0 | code >> 6);
    out[1] = static_cast<char>(0x80 | (code & 0x3F));
    return 2;
  }
  if (code < 0x10000) {
    out[0] = static_cast<char>(0xE0 | code >> 12);
    out[1] = static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out[2] = static_cast<char>(0x80 | (code & 0x3F));
    return 3;
  }
  out[0] = static_cast<char>(0xF0 | code >> 18);
  out[1] = static_cast<char>(0x80 | (code >> 12 & 0x3F));
  out[2] = static_cast<char>(0x80 | (code >> 6 & 0x3F));
  out[3] = static_cast<char>(0x80 | (code & 0x3F));
  return 4;
}

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_UTF8_H_
