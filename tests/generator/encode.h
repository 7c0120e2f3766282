// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/encode.h
//
// The encodings that documents come in.

#ifndef GONGKAI_TESTS_GENERATOR_ENCODE_H_
#define GONGKAI_TESTS_GENERATOR_ENCODE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace gongkai::generator {

enum class Encoding {
  kUtf8,
  kUtf8Bom,
  kGb18030,
  kUtf16Le,
  kUtf16LeBom,
  kUtf16Be,
  kUtf16BeBom,
};

absl::Span<const Encoding> AllEncodings();
absl::string_view EncodingName(Encoding encoding);

// The UTF-8 text in the encoding.
std::string Encode(absl::string_view utf8, Encoding encoding);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_ENCODE_H_
