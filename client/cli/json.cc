// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/json.h"

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "client/internal/utf8.h"

namespace gongkai::cli {
namespace {

constexpr char kHex[] = "0123456789abcdef";

// A character that stands for itself in a JSON string and is one byte long.
bool IsPlain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\';
}

// How many bytes from the first on stand for themselves.
size_t UnescapedPrefix(std::string_view text) {
  size_t end = 0;
  while (end < text.size()) {
    if (IsPlain(text[end])) {
      ++end;
      continue;
    }
    const size_t length = internal::Utf8CharacterLength(text.substr(end));
    if (length < 2) break;
    end += length;
  }
  return end;
}

void AppendEscaped(char c, std::string* out) {
  switch (c) {
    case '"':
      *out += "\\\"";
      return;
    case '\\':
      *out += "\\\\";
      return;
    case '\n':
      *out += "\\n";
      return;
    case '\r':
      *out += "\\r";
      return;
    case '\t':
      *out += "\\t";
      return;
    default:
      *out += "\\u00";
      *out += kHex[static_cast<unsigned char>(c) >> 4];
      *out += kHex[static_cast<unsigned char>(c) & 15];
  }
}

}  // namespace

void AppendJsonString(std::string_view text, std::string* out) {
  *out += '"';
  while (!text.empty()) {
    const size_t unescaped = UnescapedPrefix(text);
    out->append(text.substr(0, unescaped));
    text.remove_prefix(unescaped);
    if (text.empty()) break;
    if (internal::Utf8CharacterLength(text) == 1) {
      AppendEscaped(text[0], out);
    } else {
      *out += "\\ufffd";
    }
    text.remove_prefix(1);
  }
  *out += '"';
}

void JsonLine::Key(std::string_view key) {
  out_ += first_ ? '{' : ',';
  first_ = false;
  out_ += '"';
  out_ += key;
  out_ += "\":";
}

JsonLine& JsonLine::Text(std::string_view key, std::string_view value) {
  Key(key);
  AppendJsonString(value, &out_);
  return *this;
}

JsonLine& JsonLine::Number(std::string_view key, int64_t value) {
  Key(key);
  absl::StrAppend(&out_, value);
  return *this;
}

JsonLine& JsonLine::Texts(std::string_view key,
                          const std::vector<std::string>& values) {
  Key(key);
  out_ += '[';
  for (size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out_ += ',';
    AppendJsonString(values[i], &out_);
  }
  out_ += ']';
  return *this;
}

JsonLine& JsonLine::Raw(std::string_view key, std::string_view value) {
  Key(key);
  out_ += value;
  return *this;
}

}  // namespace gongkai::cli
