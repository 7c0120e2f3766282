// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/text_scanner.h"

#include <algorithm>
#include <string>

#include "re2/re2.h"

namespace gongkai::validate {
namespace {

using forms::v1::TextArea;
using forms::v1::TextTest;

// Quotation.text holds at most so many bytes.
constexpr size_t kMaxQuotation = 240;

constexpr absl::string_view kSentenceEnds[] = {"。", "；", "！", "？"};

re2::StringPiece Piece(absl::string_view text) {
  return {text.data(), text.size()};
}
absl::string_view View(re2::StringPiece text) {
  return {text.data(), text.size()};
}

TextArea AreaOf(v1::SectionKind kind) {
  switch (kind) {
    case v1::SECTION_KIND_OVERVIEW:
      return forms::v1::TEXT_AREA_OVERVIEW;
    case v1::SECTION_KIND_DISCLOSURE:
      return forms::v1::TEXT_AREA_DISCLOSURE;
    case v1::SECTION_KIND_REQUESTS:
      return forms::v1::TEXT_AREA_REQUESTS;
    case v1::SECTION_KIND_DISPUTES:
      return forms::v1::TEXT_AREA_DISPUTES;
    case v1::SECTION_KIND_PROBLEMS:
      return forms::v1::TEXT_AREA_PROBLEMS;
    case v1::SECTION_KIND_OTHER_MATTERS:
      return forms::v1::TEXT_AREA_OTHER_MATTERS;
    default:
      return forms::v1::TEXT_AREA_FURTHER;
  }
}

// Where the sentence that begins the text ends.
size_t SentenceEnd(absl::string_view text) {
  size_t end = std::min(text.find('\n'), text.size());
  for (absl::string_view mark : kSentenceEnds) {
    const size_t at = text.substr(0, end).find(mark);
    if (at != absl::string_view::npos) end = at + mark.size();
  }
  return end;
}

// At most this many bytes from the front, whole characters.
absl::string_view Shorten(absl::string_view text, size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (text[bytes] & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

}  // namespace

class TextScanner::Impl {
 public:
  int Add(const TextTest& test) {
    Search search;
    for (int area : test.areas()) search.areas |= 1u << area;
    if (search.areas == 0) {
      search.areas = ~(1u << forms::v1::TEXT_AREA_TITLE);
    }
    for (const std::string& pattern : test.patterns()) {
      search.patterns.push_back(std::make_unique<RE2>(pattern));
    }
    for (const std::string& pattern : test.except()) {
      search.except.push_back(std::make_unique<RE2>(pattern));
    }
    searches_.push_back(std::move(search));
    return static_cast<int>(searches_.size()) - 1;
  }

  void Scan(const v1::Report& report) {
    areas_ = 0;
    for (Search& search : searches_) search.matches.clear();
    ScanText(forms::v1::TEXT_AREA_TITLE, nullptr, report.title());
    ScanText(forms::v1::TEXT_AREA_PREFACE, nullptr, report.preface().text());
    for (const v1::Section& section : report.sections()) {
      ScanText(AreaOf(section.kind()), &section, section.text());
    }
  }

  absl::Span<const TextMatch> matches(int search) const {
    return searches_[search].matches;
  }
  bool HasText(int search) const {
    return (searches_[search].areas & areas_) != 0;
  }

 private:
  struct Search {
    uint32_t areas = 0;
    std::vector<std::unique_ptr<RE2>> patterns;
    std::vector<std::unique_ptr<RE2>> except;
    std::vector<TextMatch> matches;
  };

  void ScanText(TextArea area, const v1::Section* section,
                absl::string_view text) {
    if (text.empty()) return;
    areas_ |= 1u << area;
    for (size_t at = 0; at < text.size();) {
      const size_t end = SentenceEnd(text.substr(at));
      const TextMatch in = {area, section, text, text.substr(at, end), {}, {}};
      for (Search& search : searches_) {
        if ((search.areas >> area & 1) != 0) ScanSentence(in, &search);
      }
      at += std::max<size_t>(end, 1);
    }
  }

  static void ScanSentence(const TextMatch& in, Search* search) {
    std::vector<TextMatch> found;
    for (const auto& pattern : search->patterns) {
      size_t at = 0;
      re2::StringPiece groups[2];
      const int group_count = pattern->NumberOfCapturingGroups() > 0 ? 2 : 1;
      while (at < in.sentence.size() &&
             pattern->Match(Piece(in.sentence), at, in.sentence.size(),
                            RE2::UNANCHORED, groups, group_count) &&
             !groups[0].empty()) {
        TextMatch match = in;
        match.match = View(groups[0]);
        if (group_count > 1) match.group = View(groups[1]);
        found.push_back(match);
        at = match.match.data() + match.match.size() - in.sentence.data();
      }
    }
    if (found.empty()) return;
    for (const auto& except : search->except) {
      if (RE2::PartialMatch(Piece(in.sentence), *except)) return;
    }
    std::sort(found.begin(), found.end(),
              [](const TextMatch& a, const TextMatch& b) {
                return a.match.data() < b.match.data();
              });
    const char* end = nullptr;
    for (const TextMatch& match : found) {
      if (end != nullptr && match.match.data() < end) continue;
      end = match.match.data() + match.match.size();
      search->matches.push_back(match);
    }
  }

  std::vector<Search> searches_;
  uint32_t areas_ = 0;
};

TextScanner::TextScanner() : impl_(std::make_unique<Impl>()) {}
TextScanner::~TextScanner() = default;
int TextScanner::Add(const TextTest& test) { return impl_->Add(test); }
void TextScanner::Scan(const v1::Report& report) { impl_->Scan(report); }
absl::Span<const TextMatch> TextScanner::matches(int search) const {
  return impl_->matches(search);
}
bool TextScanner::HasText(int search) const { return impl_->HasText(search); }

v1::Quotation Quote(const v1::Report& report, const TextMatch& match,
                    absl::string_view part) {
  v1::Quotation quotation;
  const absl::string_view text = Shorten(part, kMaxQuotation);
  quotation.set_text(text.data(), text.size());
  if (match.area == forms::v1::TEXT_AREA_TITLE) {
    if (report.has_title_place()) {
      *quotation.mutable_place() = report.title_place();
    }
    return quotation;
  }
  const v1::Section& section =
      match.section == nullptr ? report.preface() : *match.section;
  const int begin = static_cast<int>(part.data() - match.text.data());
  quotation.set_section(section.kind());
  quotation.set_begin(begin);
  quotation.set_end(begin + static_cast<int>(part.size()));
  const auto after = std::upper_bound(
      section.paragraphs().begin(), section.paragraphs().end(), begin,
      [](int at, const v1::Paragraph& p) { return at < p.begin(); });
  if (after != section.paragraphs().begin()) {
    *quotation.mutable_place() = std::prev(after)->place();
  } else if (section.has_place()) {
    *quotation.mutable_place() = section.place();
  }
  return quotation;
}

}  // namespace gongkai::validate
