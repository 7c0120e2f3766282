// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/known_words.h"

#include <algorithm>
#include <numeric>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace gongkai::cli {
namespace {

// Words that are further apart than this are not taken for slips of the pen.
constexpr int kMaxSlips = 3;

// The edit distance of two words.
int Distance(std::string_view a, std::string_view b) {
  std::vector<int> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (size_t i = 0; i < a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i) + 1;
    for (size_t j = 0; j < b.size(); ++j) {
      const int above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] != b[j])});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

absl::Status UnknownWord(const std::string& what, const std::string& word,
                         const std::vector<std::string>& known,
                         Language language) {
  const std::string* nearest = nullptr;
  int least = kMaxSlips + 1;
  for (const std::string& one : known) {
    const int distance = Distance(word, one);
    if (distance < least) {
      least = distance;
      nearest = &one;
    }
  }
  const bool english = language == Language::kEnglish;
  return absl::InvalidArgumentError(absl::StrCat(
      english ? "unknown " : "未知的", what, english ? " \"" : "“", word,
      english ? "\"; " : "”，",
      nearest != nullptr ? (english ? "did you mean " : "是不是想用 ")
                         : (english ? "known are: " : "可用的有："),
      nearest != nullptr ? *nearest : absl::StrJoin(known, ", "),
      nearest != nullptr ? (english ? "?" : "？") : ""));
}

}  // namespace gongkai::cli
