// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/encode.h"

#include "unicode/ucnv.h"

namespace gongkai::generator {
namespace {

constexpr Encoding kAll[] = {Encoding::kUtf8,       Encoding::kUtf8Bom,
                             Encoding::kGb18030,    Encoding::kUtf16Le,
                             Encoding::kUtf16LeBom, Encoding::kUtf16Be,
                             Encoding::kUtf16BeBom};

std::string Convert(absl::string_view utf8, const char* charset) {
  // GB18030 and UTF-16 take at most 4 bytes for a character.
  std::string out(utf8.size() * 4 + 4, '\0');
  UErrorCode error = U_ZERO_ERROR;
  const int32_t size = ucnv_convert(
      charset, "UTF-8", out.data(), static_cast<int32_t>(out.size()),
      utf8.data(), static_cast<int32_t>(utf8.size()), &error);
  out.resize(U_FAILURE(error) ? 0 : size);
  return out;
}

}  // namespace

absl::Span<const Encoding> AllEncodings() { return kAll; }

absl::string_view EncodingName(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return "utf-8";
    case Encoding::kUtf8Bom:
      return "utf-8-bom";
    case Encoding::kGb18030:
      return "gb18030";
    case Encoding::kUtf16Le:
      return "utf-16le";
    case Encoding::kUtf16LeBom:
      return "utf-16le-bom";
    case Encoding::kUtf16Be:
      return "utf-16be";
    case Encoding::kUtf16BeBom:
      return "utf-16be-bom";
  }
  return "";
}

std::string Encode(absl::string_view utf8, Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return std::string(utf8);
    case Encoding::kUtf8Bom:
      return "\xef\xbb\xbf" + std::string(utf8);
    case Encoding::kGb18030:
      return Convert(utf8, "gb18030");
    case Encoding::kUtf16Le:
      return Convert(utf8, "UTF-16LE");
    case Encoding::kUtf16LeBom:
      return "\xff\xfe" + Convert(utf8, "UTF-16LE");
    case Encoding::kUtf16Be:
      return Convert(utf8, "UTF-16BE");
    case Encoding::kUtf16BeBom:
      return "\xfe\xff" + Convert(utf8, "UTF-16BE");
  }
  return "";
}

}  // namespace gongkai::generator
