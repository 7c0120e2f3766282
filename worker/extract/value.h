// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/value.h
//
// The text of a value cell: a number in one of the ways in which reports print
// them, a mark for "not applicable", or something else.
//
//   ValueParser parser(catalog.proto());
//   parser.Parse("1,234件")   // kNumber, 1234, unit "件"
//   parser.Parse("—")         // kNotApplicable

#ifndef GONGKAI_WORKER_EXTRACT_VALUE_H_
#define GONGKAI_WORKER_EXTRACT_VALUE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "gongkai/forms/v1/catalog.pb.h"

namespace gongkai::extract {

struct Value {
  enum class Kind : uint8_t { kBlank, kNumber, kNotApplicable, kText };

  Kind kind = Kind::kBlank;
  // For kNumber: the number is digits / 10^scale. At most 18 digits.
  int64_t digits = 0;
  int8_t scale = 0;
  // The unit behind the number, a view into the text; empty if none.
  std::string_view unit;
};

// Immutable and thread-safe after construction.
class ValueParser {
 public:
  explicit ValueParser(const forms::v1::Catalog& catalog);

  // The text must have no white space around it.
  Value Parse(std::string_view text) const {
    Value value;
    if (text.empty()) return value;
    value.digits = PlainNumber(text);
    if (value.digits >= 0) {
      value.kind = Value::Kind::kNumber;
      return value;
    }
    return ParseOther(text);
  }

  // What stands for a value that does not apply.
  const absl::flat_hash_set<std::string>& not_applicable() const {
    return not_applicable_;
  }

  // The number of a text that is nothing but 1 to 18 ASCII digits, as most
  // values are; -1 for others.
  static int64_t PlainNumber(std::string_view text) {
    if (text.empty() || text.size() > kMaxDigits) return -1;
    int64_t number = 0;
    for (const char c : text) {
      const unsigned digit = static_cast<unsigned char>(c) - unsigned{'0'};
      if (digit > 9) return -1;
      number = number * 10 + digit;
    }
    return number;
  }

 private:
  // Any number of so many digits fits an int64.
  static constexpr int kMaxDigits = 18;

  struct Scan;

  Value ParseOther(std::string_view text) const;

  absl::flat_hash_set<std::string> not_applicable_;
  size_t longest_word_ = 3;  // the longest of them, or a character for zero
  // Longest first, so that a unit is not cut by a shorter one.
  std::vector<std::string> units_;
};

// The number as an exact decimal without superfluous zeros behind the point:
// 961716 with scale 1 is "96171.6".
std::string DecimalText(int64_t digits, int scale);

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_VALUE_H_
