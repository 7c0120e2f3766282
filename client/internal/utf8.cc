// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/internal/utf8.h"

namespace gongkai::internal {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool IsIn(unsigned char byte, unsigned char low, unsigned char high) {
  return low <= byte && byte <= high;
}

}  // namespace

size_t Utf8CharacterLength(std::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [&](size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const size_t length = IsIn(lead, 0xC2, 0xDF)   ? 2
                        : IsIn(lead, 0xE0, 0xEF) ? 3
                        : IsIn(lead, 0xF0, 0xF4) ? 4
                                                 : 0;
  if (length == 0 || text.size() < length) return 0;
  // The second byte is narrower after some leads: no overlong forms, no
  // surrogates, nothing above U+10FFFF.
  const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (!IsIn(byte(1), low, high)) return 0;
  for (size_t i = 2; i < length; ++i) {
    if (!IsIn(byte(i), 0x80, 0xBF)) return 0;
  }
  return length;
}

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const size_t length = Utf8CharacterLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string ToUtf8(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const size_t length = Utf8CharacterLength(text);
    result.append(length == 0 ? kReplacement : text.substr(0, length));
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return result;
}

}  // namespace gongkai::internal
