// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/outline.h
//
// What a report says of itself around its tables: title, body, year, period,
// dates, and its top-level sections.

#ifndef GONGKAI_WORKER_EXTRACT_OUTLINE_H_
#define GONGKAI_WORKER_EXTRACT_OUTLINE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "gongkai/forms/v1/catalog.pb.h"
#include "gongkai/v1/report.pb.h"
#include "re2/re2.h"
#include "worker/extract/dates.h"
#include "worker/extract/normalize.h"
#include "worker/extract/signature.h"
#include "worker/extract/title.h"
#include "worker/extract/token_index.h"
#include "worker/extract/tokens.h"

namespace gongkai::extract {

// A top-level heading.
struct Heading {
  v1::SectionKind kind = v1::SECTION_KIND_UNSPECIFIED;
  // The printed ordinal; 0 if there is none.
  int ordinal = 0;
  // Its token, and one past the last token of the section.
  int token = 0;
  int end = 0;
};

struct Outline {
  // The lines of the title, in order; views into the document's text.
  std::vector<std::string_view> title;
  std::string body;
  int year = 0;
  // The stated period, and the text that states it; the text is empty if none
  // does.
  PeriodSpan period;
  std::string_view period_text;
  // The date of the signature, or else the one that the page prints.
  CalendarDate published;
  // The body that signs, and where it and the date stand; empty if there is no
  // such line.
  std::string_view signature;
  std::string_view signature_place;
  std::vector<Heading> headings;
  // True if the title, or the text before the first section, says that this is
  // an annual report on open government information.
  bool says_annual_report = false;
};

// Keeps its memory between documents. Not thread-safe.
class OutlineReader {
 public:
  // Both must outlive it.
  OutlineReader(const forms::v1::Catalog& catalog,
                const Normalizer& normalizer);

  // Replaces *outline by that of the document.
  void Read(absl::Span<const Token> tokens, const TokenIndex& index,
            Outline* outline);

  // How many phrases of the forms before 2019 stand in the headings and before
  // the first of them.
  int CountLegacyMarks(absl::Span<const Token> tokens, const Outline& outline);

 private:
  struct Title {
    std::string text;  // normalised
    v1::SectionKind kind;
    int ordinal;
  };

  bool MayBeHeading(std::string_view text);
  bool ReadHeading(const Token& token, bool alone, Heading* heading);
  void ReadHeadings(absl::Span<const Token> tokens, const TokenIndex& index,
                    Outline* outline);
  void ReadTitle(absl::Span<const Token> tokens, Outline* outline);
  void ReadYear(absl::Span<const Token> tokens, Outline* outline);
  void ReadDates(absl::Span<const Token> tokens, Outline* outline);
  void ReadPeriod(std::string_view text, Outline* outline);
  void ReadQuotedBody(absl::Span<const Token> tokens, Outline* outline);

  const Normalizer& normalizer_;
  const forms::v1::OutlineWords& words_;
  const TitleReader title_reader_;
  const SignatureReader signature_reader_;
  // A name of any class of bodies holds one of these.
  std::vector<std::unique_ptr<RE2>> body_patterns_;
  absl::flat_hash_map<std::string, const Title*> exact_titles_;
  std::vector<Title> titles_;
  // The characters with which a normalised heading may begin.
  std::u32string beginnings_;
  std::vector<std::string> legacy_marks_;
  std::string normalized_;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_OUTLINE_H_
