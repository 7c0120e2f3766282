// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/signature.h"

#include <algorithm>

#include "worker/extract/title.h"
#include "worker/extract/utf8.h"

namespace gongkai::extract {
namespace {

// A longer line is a sentence. In bytes: 40 Chinese characters.
constexpr size_t kLongestName = 120;

// A signature of any body stands among so many last tokens, one of the title's
// body among so many: a footer may stand behind it.
constexpr int kLongestSignature = 8;
constexpr int kLongestFooter = 40;

// Names that have so many bytes in common, three Chinese characters, are those
// of one body as far as a footer is concerned.
constexpr size_t kCommonName = 9;

bool ShareName(std::string_view a, std::string_view b) {
  for (size_t at = 0; at + kCommonName <= a.size(); ++at) {
    if (b.find(a.substr(at, kCommonName)) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

// A line that ends in a day; what stands before it is set.
bool EndsInDate(std::string_view text, std::string_view* before,
                CalendarDate* date) {
  DateSpan span;
  if (text.size() > kLongestName || !FindDate(text, 0, &span) ||
      span.date.day == 0 || !TrimSpaces(text.substr(span.end)).empty()) {
    return false;
  }
  *before = TrimSpaces(text.substr(0, span.begin));
  *date = span.date;
  return true;
}

// The text without the marks and spaces that divide a label from its value.
std::string_view TrimDivider(std::string_view text) {
  constexpr std::string_view kColon = "：";
  while (true) {
    text = TrimSpaces(text);
    if (!text.empty() && text.back() == ':') {
      text.remove_suffix(1);
    } else if (text.size() >= kColon.size() &&
               text.substr(text.size() - kColon.size()) == kColon) {
      text.remove_suffix(kColon.size());
    } else {
      return text;
    }
  }
}

// True if the text ends in a Chinese character: what follows goes on with its
// word.
bool EndsInChinese(std::string_view text) {
  if (text.size() < 3) return false;
  size_t at = text.size() - 3;
  return (text[at] & 0xC0) != 0x80 && IsChinese(NextCharacter(text, &at));
}

}  // namespace

bool MayNameBody(const Token& token) {
  return token.kind == TokenKind::kText &&
         token.block_kind != input::BlockKind::kGrid &&
         token.text.size() <= kLongestName && !IsSentence(token.text);
}

SignatureReader::SignatureReader(const forms::v1::OutlineWords& words)
    : labels_(words.publication().begin(), words.publication().end()) {}

bool SignatureReader::ReadSignature(absl::Span<const Token> tokens, int from,
                                    std::string_view title_body,
                                    Signature* signature) const {
  const int count = static_cast<int>(tokens.size());
  const int first = std::max(std::min(from, count), count - kLongestFooter);
  int fallback = -1;
  for (int t = count - 1; t >= std::max(first, 0); --t) {
    const std::string_view text = tokens[t].text;
    std::string_view before;
    if (!EndsInDate(text, &before, &signature->date)) continue;
    if (!before.empty()) {
      // Body and date on one line.
      if (IsSentence(before) || !ShareName(before, title_body)) continue;
      signature->body = before;
      signature->place = text;
      return true;
    }
    if (t > 0 && MayNameBody(tokens[t - 1]) &&
        ShareName(tokens[t - 1].text, title_body)) {
      fallback = t;
      break;
    }
    if (fallback < 0 && t >= count - kLongestSignature) fallback = t;
  }
  if (fallback < 0) return false;
  const Token& line = tokens[fallback];
  std::string_view before;
  EndsInDate(line.text, &before, &signature->date);
  signature->place = line.text;
  if (fallback > 0 && MayNameBody(tokens[fallback - 1])) {
    signature->body = tokens[fallback - 1].text;
    const char* const begin = signature->body.data();
    const char* const end = line.text.data() + line.text.size();
    signature->place = std::string_view(begin, end - begin);
  }
  return true;
}

bool SignatureReader::ReadPublication(absl::Span<const Token> tokens, int end,
                                      CalendarDate* date) const {
  const int count = static_cast<int>(tokens.size());
  size_t best = labels_.size();
  FindPublication(tokens, 0, end, &best, date);
  FindPublication(tokens, std::max(end, count - kLongestSignature), count,
                  &best, date);
  return best < labels_.size();
}

// Takes the date whose label comes first in the list.
void SignatureReader::FindPublication(absl::Span<const Token> tokens, int begin,
                                      int end, size_t* best,
                                      CalendarDate* date) const {
  for (int t = begin; t < end; ++t) {
    const std::string_view text = tokens[t].text;
    DateSpan span;
    for (size_t from = 0; FindDate(text, from, &span); from = span.end) {
      if (span.date.day == 0) continue;
      // In a table the label stands in the cell before.
      std::string_view before = TrimDivider(text.substr(0, span.begin));
      if (before.empty() && t > 0) before = TrimDivider(tokens[t - 1].text);
      const size_t label = LabelAtEnd(before);
      if (label >= *best) continue;
      *best = label;
      *date = span.date;
    }
  }
}

// The first label in which the text ends; their number if there is none.
size_t SignatureReader::LabelAtEnd(std::string_view text) const {
  for (size_t l = 0; l < labels_.size(); ++l) {
    const std::string_view label = labels_[l];
    if (text.size() < label.size()) continue;
    const std::string_view before = text.substr(0, text.size() - label.size());
    if (text.substr(before.size()) == label && !EndsInChinese(before)) return l;
  }
  return labels_.size();
}

}  // namespace gongkai::extract
