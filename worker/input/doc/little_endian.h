// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/doc/little_endian.h
//
// Numbers in bytes that nobody has checked: what lies outside reads as nothing.

#ifndef GONGKAI_WORKER_INPUT_DOC_LITTLE_ENDIAN_H_
#define GONGKAI_WORKER_INPUT_DOC_LITTLE_ENDIAN_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gongkai::input {

// The bytes from `at` on, at most `size` of them; as many as there are.
inline std::string_view Slice(std::string_view bytes, size_t at, size_t size) {
  return at < bytes.size() ? bytes.substr(at, size) : std::string_view();
}

// The numbers at `at`; 0 where not all of their bytes are there.
inline uint8_t U8(std::string_view bytes, size_t at) {
  return at < bytes.size() ? static_cast<uint8_t>(bytes[at]) : 0;
}
inline uint16_t U16(std::string_view bytes, size_t at) {
  const std::string_view b = Slice(bytes, at, 2);
  if (b.size() < 2) return 0;
  return static_cast<uint16_t>(U8(b, 0) | U8(b, 1) << 8);
}
inline uint32_t U32(std::string_view bytes, size_t at) {
  const std::string_view b = Slice(bytes, at, 4);
  if (b.size() < 4) return 0;
  return U16(b, 0) | uint32_t{U16(b, 2)} << 16;
}
inline int16_t I16(std::string_view bytes, size_t at) {
  return static_cast<int16_t>(U16(bytes, at));
}
inline int32_t I32(std::string_view bytes, size_t at) {
  return static_cast<int32_t>(U32(bytes, at));
}

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOC_LITTLE_ENDIAN_H_
