// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/gb18030.h
//
// GB18030, the Chinese national encoding, with GBK and GB2312 inside it.

#ifndef GONGKAI_WORKER_INPUT_GB18030_H_
#define GONGKAI_WORKER_INPUT_GB18030_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gongkai::input {

// A character, or a bad sequence (code U+FFFD, `bad`).
struct Gb18030Character {
  char32_t code;
  size_t length;  // in bytes: 1, 2 or 4
  bool bad;
};

// Decodes by tables that are taken from ICU once in a process, on first use.
class Gb18030 {
 public:
  // The tables. Safe to call from any thread.
  static const Gb18030& Get();

  // The character at the front of `bytes`, which is not empty.
  Gb18030Character Decode(std::string_view bytes) const;

  // The character of the two bytes at `p`; 0 if they are none of the two-byte
  // form.
  char16_t TwoBytes(const char* p) const {
    const uint8_t lead = static_cast<uint8_t>(p[0]);
    const uint8_t second = static_cast<uint8_t>(p[1]);
    if (lead < 0x81 || lead == 0xFF || second < 0x40 || second == 0x7F ||
        second == 0xFF) {
      return 0;
    }
    const size_t column = second - (second > 0x7F ? 0x41 : 0x40);
    const char16_t code = two_bytes_[(lead - 0x81) * kTwoByteColumns + column];
    return code == kNone ? 0 : code;
  }

 private:
  // What the tables say where there is no character.
  static constexpr char16_t kNone = 0xFFFD;
  // Two bytes: 0x81 to 0xFE, then 0x40 to 0xFE without 0x7F.
  static constexpr size_t kTwoByteRows = 126;
  static constexpr size_t kTwoByteColumns = 190;
  // Four bytes that stand for the rest of the basic plane, counted through.
  static constexpr size_t kFourByteBasic = 39420;

  Gb18030();

  char16_t two_bytes_[kTwoByteRows * kTwoByteColumns];
  char16_t four_bytes_[kFourByteBasic];
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_GB18030_H_
