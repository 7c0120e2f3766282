// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/internal/utf8.h
//
// Telling and repairing UTF-8: protobuf strings and JSON hold nothing else,
// file names hold anything. Thread-safe.

#ifndef GONGKAI_CLIENT_INTERNAL_UTF8_H_
#define GONGKAI_CLIENT_INTERNAL_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace gongkai::internal {

// The length of the well-formed character (RFC 3629) that `text` begins with;
// 0 if it begins with none.
size_t Utf8CharacterLength(std::string_view text);

bool IsUtf8(std::string_view text);

// `text` with every byte that belongs to no character replaced by U+FFFD.
std::string ToUtf8(std::string_view text);

}  // namespace gongkai::internal

#endif  // GONGKAI_CLIENT_INTERNAL_UTF8_H_
