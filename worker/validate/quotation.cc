// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Where in a report a match stands.

#include <algorithm>
#include <iterator>

#include "worker/validate/text_scanner.h"

namespace gongkai::validate {
namespace {

// Quotation.text holds at most so many bytes.
constexpr size_t kMaxQuotation = 240;

// At most this many bytes from the front, whole characters.
absl::string_view Shorten(absl::string_view text, size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (text[bytes] & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

}  // namespace

forms::v1::TextArea TextAreaOf(v1::SectionKind kind) {
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
