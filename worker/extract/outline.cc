// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/outline.h"

#include <algorithm>
#include <array>

#include "absl/strings/string_view.h"
#include "worker/extract/utf8.h"

namespace gongkai::extract {
namespace {

// A longer line is a sentence. In bytes: 40 Chinese characters.
constexpr size_t kLongestHeading = 120;

// Title, preface and page chrome end before this token where no heading does.
constexpr size_t kLongestPreface = 60;

// The signature stands among the last tokens.
constexpr int kLongestSignature = 8;

// A legacy report has fewer of the six sections than this.
constexpr int kKnownSections = 3;

bool HasYear(std::string_view text) {
  DateSpan span;
  return FindDate(text, 0, &span);
}

// A short line before a title or a date. In a table it would be the head of
// another cell.
bool MayNameBody(const Token& token) {
  return token.kind == TokenKind::kText &&
         token.block_kind != input::BlockKind::kGrid &&
         token.text.size() <= kLongestHeading && !IsSentence(token.text);
}

// Reads an ordinal such as "四、" or "十." at the start of normalised text and
// moves *at behind it; 0 if there is none.
int ReadOrdinal(std::string_view text, size_t* at) {
  constexpr std::u32string_view kDigits = U"一二三四五六七八九十";
  int ordinal = 0;
  size_t next = 0;
  while (next < text.size()) {
    size_t behind = next;
    const char32_t c = NextCharacter(text, &behind);
    const size_t digit = kDigits.find(c);
    if (digit == std::u32string_view::npos) break;
    const int value = static_cast<int>(digit) + 1;
    ordinal = value == 10 ? std::max(ordinal, 1) * 10 : ordinal + value;
    next = behind;
    if (ordinal > 99) return 0;
  }
  if (ordinal == 0 || next >= text.size()) return 0;
  if (text[next] != '.' && text[next] != ',' && text[next] != ':') return 0;
  *at = next + 1;
  return ordinal;
}

bool IsDateLine(std::string_view text, CalendarDate* date) {
  DateSpan span;
  if (!FindDate(text, 0, &span) || span.date.day == 0) return false;
  if (span.begin != 0 || !TrimSpaces(text.substr(span.end)).empty())
    return false;
  *date = span.date;
  return true;
}

}  // namespace

OutlineReader::OutlineReader(const forms::v1::Catalog& catalog,
                             const Normalizer& normalizer)
    : normalizer_(normalizer), title_reader_(catalog.title_words()) {
  for (const auto& section : catalog.sections()) {
    for (const std::string& title : section.titles()) {
      titles_.push_back(
          {normalizer.Normalize(title), section.kind(), section.ordinal()});
    }
  }
  for (const Title& title : titles_) exact_titles_[title.text] = &title;
  for (const std::string& mark : catalog.legacy_marks()) {
    legacy_marks_.push_back(normalizer.Normalize(mark));
  }
}

void OutlineReader::Read(absl::Span<const Token> tokens, Outline* outline) {
  *outline = Outline();
  ReadHeadings(tokens, outline);
  ReadTitle(tokens, outline);
  ReadDates(tokens, outline);
  ReadYear(tokens, outline);
}

bool OutlineReader::ReadHeading(const Token& token, bool alone,
                                Heading* heading) {
  const std::string_view text = normalizer_.Normalize(token.text, &normalized_);
  size_t at = 0;
  heading->ordinal = ReadOrdinal(text, &at);
  const std::string_view words = text.substr(at);
  if (words.empty()) return false;
  const auto exact =
      exact_titles_.find(absl::string_view(words.data(), words.size()));
  if (exact != exact_titles_.end()) {
    heading->kind = exact->second->kind;
    return heading->ordinal > 0 || alone;
  }
  if (heading->ordinal == 0 || !alone || IsSentence(token.text)) return false;
  for (const Title& title : titles_) {
    const bool whole = words.find(title.text) != std::string_view::npos;
    const bool part = title.text.compare(0, words.size(), words) == 0;
    if ((whole || part) && (title.ordinal == heading->ordinal ||
                            std::min(title.text.size(), words.size()) >= 24)) {
      heading->kind = title.kind;
      return true;
    }
  }
  heading->kind = v1::SECTION_KIND_UNSPECIFIED;
  return token.block_kind == input::BlockKind::kParagraph;
}

void OutlineReader::ReadHeadings(absl::Span<const Token> tokens,
                                 Outline* outline) {
  std::vector<Heading>& headings = outline->headings;
  int known = 0;
  for (size_t t = 0; t < tokens.size(); ++t) {
    const Token& token = tokens[t];
    if (token.kind != TokenKind::kText || token.text.size() > kLongestHeading) {
      continue;
    }
    const bool alone =
        (t == 0 || tokens[t - 1].row != token.row) &&
        (t + 1 == tokens.size() || tokens[t + 1].row != token.row);
    if (!alone && token.block_kind != input::BlockKind::kCells) continue;
    Heading heading;
    if (!ReadHeading(token, alone, &heading)) continue;
    heading.token = static_cast<int>(t);
    known += heading.kind != v1::SECTION_KIND_UNSPECIFIED;
    headings.push_back(heading);
  }
  // Lines numbered like sections but none of the six are points within one,
  // unless the report is of another kind altogether.
  if (known >= kKnownSections) {
    headings.erase(std::remove_if(headings.begin(), headings.end(),
                                  [](const Heading& heading) {
                                    return heading.kind ==
                                           v1::SECTION_KIND_UNSPECIFIED;
                                  }),
                   headings.end());
  }
  // A table of contents names the sections before they come.
  for (size_t h = 0; h + 1 < headings.size();) {
    const bool empty = headings[h + 1].token == headings[h].token + 1;
    const bool again = std::any_of(
        headings.begin() + h + 1, headings.end(), [&](const Heading& later) {
          return later.kind == headings[h].kind &&
                 later.kind != v1::SECTION_KIND_UNSPECIFIED;
        });
    if (empty && again) {
      headings.erase(headings.begin() + h);
    } else {
      ++h;
    }
  }
  for (size_t h = 0; h < headings.size(); ++h) {
    headings[h].end = h + 1 < headings.size() ? headings[h + 1].token
                                              : static_cast<int>(tokens.size());
  }
}

void OutlineReader::ReadTitle(absl::Span<const Token> tokens,
                              Outline* outline) {
  const size_t end = outline->headings.empty()
                         ? std::min(tokens.size(), kLongestPreface)
                         : static_cast<size_t>(outline->headings.front().token);
  // News and notices mention annual reports, too.
  const bool has_sections =
      std::any_of(outline->headings.begin(), outline->headings.end(),
                  [](const Heading& heading) {
                    return heading.kind != v1::SECTION_KIND_UNSPECIFIED;
                  });
  bool dated = false;
  for (size_t t = 0; t < end; ++t) {
    const Token& token = tokens[t];
    if (token.kind != TokenKind::kText && token.kind != TokenKind::kProse) {
      continue;
    }
    if (!title_reader_.Mentions(token.text)) continue;
    const bool is_title = title_reader_.IsTitle(token.text);
    if (has_sections || (is_title && title_reader_.EndsInReport(token.text))) {
      outline->says_annual_report = true;
    }
    if (dated || !is_title) continue;
    // The lines before it belong to the title if it does not name the body.
    std::vector<std::string_view> title = {token.text};
    std::string body = title_reader_.BodyOf(token.text);
    if (body.empty() && t > 0 && MayNameBody(tokens[t - 1])) {
      title.insert(title.begin(), tokens[t - 1].text);
      body = title_reader_.BodyOf(std::string(tokens[t - 1].text) +
                                  std::string(token.text));
    }
    // The first is the title; but the name of a site's column, without a year,
    // may stand before it.
    const bool has_year = std::any_of(title.begin(), title.end(), HasYear);
    if (!outline->title.empty() &&
        !(has_year && title_reader_.EndsInReport(token.text))) {
      continue;
    }
    outline->title = std::move(title);
    outline->body = std::move(body);
    dated = has_year;
  }
}

void OutlineReader::ReadDates(absl::Span<const Token> tokens,
                              Outline* outline) {
  const size_t end = outline->headings.empty()
                         ? std::min(tokens.size(), kLongestPreface)
                         : static_cast<size_t>(outline->headings.front().end);
  for (size_t t = 0; t < end && outline->period_text.empty(); ++t) {
    if (tokens[t].kind != TokenKind::kText &&
        tokens[t].kind != TokenKind::kProse) {
      continue;
    }
    if (FindPeriod(tokens[t].text, &outline->period)) {
      outline->period_text = tokens[t].text.substr(
          outline->period.begin, outline->period.end - outline->period.begin);
    }
  }
  const int count = static_cast<int>(tokens.size());
  for (int t = count - 1; t >= std::max(0, count - kLongestSignature); --t) {
    if (!IsDateLine(tokens[t].text, &outline->published)) continue;
    outline->signature_place = tokens[t].text;
    if (t > 0 && MayNameBody(tokens[t - 1])) {
      outline->signature = tokens[t - 1].text;
      const char* const begin = outline->signature.data();
      const char* const end = tokens[t].text.data() + tokens[t].text.size();
      outline->signature_place = std::string_view(begin, end - begin);
      if (outline->body.empty())
        outline->body = std::string(tokens[t - 1].text);
    }
    return;
  }
}

void OutlineReader::ReadYear(absl::Span<const Token> tokens, Outline* outline) {
  DateSpan span;
  for (std::string_view line : outline->title) {
    if (FindDate(line, 0, &span)) {
      outline->year = span.date.year;
      return;
    }
  }
  if (!outline->period_text.empty()) {
    outline->year = outline->period.last.year;
    return;
  }
  // The year that the preface and the first section name most often; of
  // several, the first named.
  std::array<int, 100> count{};
  int best = -1;
  const size_t end = outline->headings.empty()
                         ? std::min(tokens.size(), kLongestPreface)
                         : static_cast<size_t>(outline->headings.front().end);
  std::array<int, 100> order{};
  int seen = 0;
  for (size_t t = 0; t < end; ++t) {
    if (tokens[t].kind != TokenKind::kText &&
        tokens[t].kind != TokenKind::kProse) {
      continue;
    }
    size_t from = 0;
    while (FindDate(tokens[t].text, from, &span)) {
      from = span.end;
      if (span.date.day != 0) continue;
      const int y = span.date.year - 2000;
      if (count[y]++ == 0) order[y] = ++seen;
      if (best < 0 || count[y] > count[best] ||
          (count[y] == count[best] && order[y] < order[best])) {
        best = y;
      }
    }
  }
  if (best >= 0) outline->year = 2000 + best;
}

int OutlineReader::CountLegacyMarks(absl::Span<const Token> tokens,
                                    const Outline& outline) {
  const size_t preface =
      outline.headings.empty()
          ? std::min(tokens.size(), kLongestPreface)
          : static_cast<size_t>(outline.headings.front().token);
  std::string text;
  for (size_t t = 0; t < preface; ++t) {
    text += normalizer_.Normalize(tokens[t].text, &normalized_);
    text += '\n';
  }
  for (const Heading& heading : outline.headings) {
    text += normalizer_.Normalize(tokens[heading.token].text, &normalized_);
    text += '\n';
  }
  return static_cast<int>(std::count_if(
      legacy_marks_.begin(), legacy_marks_.end(), [&](const std::string& mark) {
        return text.find(mark) != std::string::npos;
      }));
}

}  // namespace gongkai::extract
