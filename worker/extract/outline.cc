// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/outline.h"

#include <algorithm>
#include <array>
#include <bitset>

#include "absl/strings/string_view.h"
#include "worker/extract/signature.h"
#include "worker/extract/utf8.h"

namespace gongkai::extract {
namespace {

// A longer line is a sentence. In bytes: 40 Chinese characters.
constexpr size_t kLongestHeading = 120;

// Title, preface and page chrome end before this token where no heading does.
constexpr size_t kLongestPreface = 60;

// A legacy report has fewer of the six sections than this.
constexpr int kKnownSections = 3;

bool HasYear(std::string_view text) {
  DateSpan span;
  return FindDate(text, 0, &span);
}

constexpr std::u32string_view kOrdinalDigits = U"一二三四五六七八九十";

// Reads an ordinal such as "四、" or "十." at the start of normalised text and
// moves *at behind it; 0 if there is none.
int ReadOrdinal(std::string_view text, size_t* at) {
  int ordinal = 0;
  size_t next = 0;
  while (next < text.size()) {
    size_t behind = next;
    const char32_t c = NextCharacter(text, &behind);
    const size_t digit = kOrdinalDigits.find(c);
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

// The sentence around these bytes.
std::string_view SentenceAround(std::string_view text, size_t begin,
                                size_t end) {
  constexpr std::string_view kEnd = "。";
  const size_t before = text.substr(0, begin).rfind(kEnd);
  const size_t first =
      before == std::string_view::npos ? 0 : before + kEnd.size();
  return text.substr(first,
                     std::min(text.find(kEnd, end), text.size()) - first);
}

bool IsWholeYear(const PeriodSpan& period) {
  return period.first.year == period.last.year && period.first.month == 1 &&
         period.first.day == 1 && period.last.month == 12 &&
         period.last.day == 31;
}

// A table of contents names the sections before they come: what is named again
// and has nothing behind it is no heading.
void DropContents(std::vector<Heading>* headings) {
  std::bitset<v1::SectionKind_ARRAYSIZE> later;
  int next_token = -1;
  auto kept = headings->end();
  for (auto heading = headings->end(); heading != headings->begin();) {
    --heading;
    const bool empty = heading->token + 1 == next_token;
    const bool again =
        heading->kind != v1::SECTION_KIND_UNSPECIFIED && later[heading->kind];
    next_token = heading->token;
    later.set(heading->kind);
    if (!empty || !again) *--kept = *heading;
  }
  headings->erase(headings->begin(), kept);
}

bool HoldsAny(std::string_view text,
              const google::protobuf::RepeatedPtrField<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return text.find(word) != std::string_view::npos;
  });
}

}  // namespace

OutlineReader::OutlineReader(const forms::v1::Catalog& catalog,
                             const Normalizer& normalizer)
    : normalizer_(normalizer),
      words_(catalog.outline_words()),
      title_reader_(catalog.title_words()),
      signature_reader_(words_) {
  for (const auto& section : catalog.sections()) {
    for (const std::string& title : section.titles()) {
      titles_.push_back(
          {normalizer.Normalize(title), section.kind(), section.ordinal()});
    }
  }
  beginnings_ = kOrdinalDigits;
  for (const Title& title : titles_) {
    exact_titles_[title.text] = &title;
    size_t at = 0;
    const char32_t first = NextCharacter(title.text, &at);
    if (beginnings_.find(first) == std::u32string::npos) beginnings_ += first;
  }
  for (const std::string& mark : catalog.legacy_marks()) {
    legacy_marks_.push_back(normalizer.Normalize(mark));
  }
  for (const auto& body_class : catalog.body_classes()) {
    for (const std::string& pattern : body_class.patterns()) {
      body_patterns_.push_back(std::make_unique<RE2>(pattern));
    }
  }
}

void OutlineReader::Read(absl::Span<const Token> tokens,
                         const TokenIndex& index, Outline* outline) {
  *outline = Outline();
  ReadHeadings(tokens, index, outline);
  ReadTitle(tokens, outline);
  ReadDates(tokens, outline);
  if (outline->body.empty()) ReadQuotedBody(tokens, outline);
  ReadYear(tokens, outline);
}

// Most texts are told from headings by their first character, so that only few
// are normalised as a whole.
bool OutlineReader::MayBeHeading(std::string_view text) {
  size_t behind = 0;
  for (size_t at = 0; at < text.size(); at = behind) {
    NextCharacter(text, &behind);
    const std::string_view first =
        normalizer_.Normalize(text.substr(at, behind - at), &normalized_);
    if (first.empty()) continue;
    size_t begin = 0;
    return beginnings_.find(NextCharacter(first, &begin)) !=
           std::u32string::npos;
  }
  return false;
}

bool OutlineReader::ReadHeading(const Token& token, bool alone,
                                Heading* heading) {
  if (!MayBeHeading(token.text)) return false;
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
                                 const TokenIndex& index, Outline* outline) {
  std::vector<Heading>& headings = outline->headings;
  int known = 0;
  for (const int place : index.texts()) {
    const size_t t = place;
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
  DropContents(&headings);
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
    ReadPeriod(tokens[t].text, outline);
  }
  const int last =
      outline->headings.empty() ? 0 : outline->headings.back().token + 1;
  Signature signature;
  if (signature_reader_.ReadSignature(tokens, last, outline->body,
                                      &signature)) {
    outline->published = signature.date;
    outline->signature = signature.body;
    outline->signature_place = signature.place;
    if (outline->body.empty()) outline->body = std::string(signature.body);
    return;
  }
  const int preface = outline->headings.empty()
                          ? static_cast<int>(end)
                          : outline->headings.front().token;
  signature_reader_.ReadPublication(tokens, preface, &outline->published);
}

// Other periods than the report's own may be told in the overview.
void OutlineReader::ReadPeriod(std::string_view text, Outline* outline) {
  PeriodSpan period;
  for (size_t from = 0; FindPeriod(text.substr(from), &period);) {
    const size_t begin = from + period.begin;
    const size_t end = from + period.end;
    if (IsWholeYear(period) ||
        HoldsAny(SentenceAround(text, begin, end), words_.period())) {
      outline->period = period;
      outline->period_text = text.substr(begin, end - begin);
      return;
    }
    from = end;
  }
}

// A preface such as "现公布青溪县水务局2023年政府信息公开工作年度报告" names
// the body where neither title nor signature does.
void OutlineReader::ReadQuotedBody(absl::Span<const Token> tokens,
                                   Outline* outline) {
  if (outline->headings.empty()) return;
  for (int t = 0; t < outline->headings.front().token; ++t) {
    const std::string_view text = tokens[t].text;
    if (!title_reader_.Mentions(text)) continue;
    for (const std::string& lead : words_.quoted_title()) {
      const size_t at = text.find(lead);
      if (at == std::string_view::npos) continue;
      const std::string body =
          title_reader_.BodyOf(text.substr(at + lead.size()));
      const bool own = std::any_of(
          words_.own().begin(), words_.own().end(),
          [&](const std::string& word) { return body.rfind(word, 0) == 0; });
      if (own || body.size() > kLongestHeading || IsSentence(body)) continue;
      if (std::any_of(body_patterns_.begin(), body_patterns_.end(),
                      [&](const std::unique_ptr<RE2>& pattern) {
                        return RE2::PartialMatch(body, *pattern);
                      })) {
        outline->body = body;
        return;
      }
    }
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
