// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/read_text.h
//
// The prose of a report as UTF-16: how the rooms hand its characters to each
// other. Claims, literals and repeated words are all looked for character by
// character; to decode UTF-8 takes longer than any of these searches, so it is
// done once.
//
//   ReadText text;
//   text.Read(report);
//   const CodedText overview = text.section(0);
//   overview.codes[3];                                // its fourth character
//   overview.Part(3, 5);                              // two of them, as UTF-8

#ifndef GONGKAI_WORKER_CATALOG_READ_TEXT_H_
#define GONGKAI_WORKER_CATALOG_READ_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gongkai/v1/report.pb.h"

namespace gongkai::catalog {

// A text and its characters: units of UTF-16, so that one beyond the basic
// plane counts as two. Views into the report and into a ReadText.
struct CodedText {
  std::string_view text;
  // Behind the last one stands a zero; kPadding more characters can be read
  // there and before the first one.
  const char16_t* codes = nullptr;
  // Where each begins in the text, and where the last one ends.
  const uint32_t* begins = nullptr;
  size_t size = 0;

  static constexpr size_t kPadding = 72;

  // The characters [begin, end) as they stand in the text.
  std::string_view Part(size_t begin, size_t end) const {
    return {text.data() + begins[begin], begins[end] - begins[begin]};
  }

  // The next such character in [at, end); `end` if there is none.
  size_t Next(char16_t c, size_t at, size_t end) const;

  // The first character, from `from` on, that begins at or behind the byte;
  // `size` if there is none. The nearer, the sooner it is found.
  size_t Find(size_t byte, size_t from = 0) const;
};

// A text by itself, such as a word to look for.
std::u16string Utf16Of(std::string_view text);

// Keeps its memory from report to report, unless it is much.
class ReadText {
 public:
  // Forgets the text.
  void Clear();

  // Replaces the text by that of the report, which must outlive its use.
  void Read(const v1::Report& report);

  CodedText title() const { return TextOf(0); }
  CodedText preface() const { return TextOf(1); }
  // By its place in the report.
  CodedText section(int index) const { return TextOf(2 + index); }

 private:
  struct Range {
    std::string_view text;
    // Of codes_ and begins_.
    size_t begin = 0;
    size_t size = 0;
  };

  CodedText TextOf(size_t index) const {
    const Range& range = ranges_[index];
    return {range.text, codes_.data() + range.begin,
            begins_.data() + range.begin, range.size};
  }

  void Append(std::string_view text);
  void Grow();

  std::vector<Range> ranges_;
  // Those of all texts behind each other. The vectors are as large as they ever
  // had to be; so many elements are in use.
  size_t size_ = CodedText::kPadding;
  std::vector<char16_t> codes_;
  std::vector<uint32_t> begins_;
};

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_READ_TEXT_H_
