// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/json.h
//
// Writes JSON objects of strings and integers, one a line, for the formats of
// which there are hundreds of lines a document. Thread-compatible.
//
//   std::string out;
//   JsonLine(&out).Text("document", path).Number("value", 12);
//   // {"document":"a.txt","value":12}\n

#ifndef GONGKAI_CLIENT_CLI_JSON_H_
#define GONGKAI_CLIENT_CLI_JSON_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gongkai::cli {

// Appends `text` as a JSON string with its quotes. Bytes that are no UTF-8
// become U+FFFD, so that the line is always valid JSON.
void AppendJsonString(std::string_view text, std::string* out);

// An object, complete when the JsonLine goes out of scope. Keys are ASCII
// without need of escaping.
class JsonLine {
 public:
  explicit JsonLine(std::string* out) : out_(*out) {}
  ~JsonLine() { out_ += first_ ? "{}\n" : "}\n"; }

  JsonLine(const JsonLine&) = delete;
  JsonLine& operator=(const JsonLine&) = delete;

  JsonLine& Text(std::string_view key, std::string_view value);
  JsonLine& Number(std::string_view key, int64_t value);
  JsonLine& Texts(std::string_view key, const std::vector<std::string>& values);
  // `value` is JSON already, such as AppendJsonString wrote.
  JsonLine& Raw(std::string_view key, std::string_view value);

 private:
  void Key(std::string_view key);

  std::string& out_;
  bool first_ = true;
};

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_JSON_H_
