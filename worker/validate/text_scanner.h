// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/text_scanner.h
//
// Finds everything that rules look for in the prose of a report. Private to
// validate.
//
//   TextScanner scanner;
//   const int search = scanner.Add(rule.pattern().text());   // while set up
//   scanner.Scan(report);                                    // per report
//   for (const TextMatch& match : scanner.matches(search)) …

#ifndef GONGKAI_WORKER_VALIDATE_TEXT_SCANNER_H_
#define GONGKAI_WORKER_VALIDATE_TEXT_SCANNER_H_

#include <memory>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "gongkai/forms/v1/catalog.pb.h"
#include "gongkai/v1/report.pb.h"
#include "worker/catalog/read_text.h"

namespace gongkai::validate {

struct TextMatch {
  // Which text it stands in, and the section; null for title and preface.
  forms::v1::TextArea area = forms::v1::TEXT_AREA_UNSPECIFIED;
  const v1::Section* section = nullptr;
  // That text; all views point into the report.
  absl::string_view text;
  absl::string_view sentence;
  absl::string_view match;
  // The first group of the pattern, if it has one and it took part.
  absl::string_view group;
};

// Keeps its memory from report to report. Not thread-safe.
class TextScanner {
 public:
  TextScanner();
  ~TextScanner();

  // Takes a search and returns its number, the same for equal tests. The test
  // must be valid (the catalogue checks it). No search can be added once a
  // report was scanned.
  int Add(const forms::v1::TextTest& test);

  // The same for a search of which only Found() and HasText() are asked. It
  // costs less.
  int AddWhether(const forms::v1::TextTest& test);

  // Replaces the matches by those of the report, which must outlive their use.
  // Its text is given if it has been read already.
  void Scan(const v1::Report& report, const catalog::ReadText* text = nullptr);

  // The matches of a search, in the order of the report. Where matches of
  // several patterns overlap, the first one is given, the longest of those that
  // begin together.
  absl::Span<const TextMatch> matches(int search) const;

  // True if the search has any match.
  bool Found(int search) const;

  // True if there may be a match in a sentence for which worth(sentence) is
  // true; cheap beside matches().
  bool MayMatchIn(int search,
                  absl::FunctionRef<bool(absl::string_view)> worth) const;

  // True if the report has any text in the areas of the search.
  bool HasText(int search) const;

  // The text that was scanned.
  const catalog::ReadText& text() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// The area that the sections of a kind are.
forms::v1::TextArea TextAreaOf(v1::SectionKind kind);

// The sentence of the text that the part begins in.
absl::string_view SentenceAround(absl::string_view text,
                                 absl::string_view part);

// The quotation of a part of one of the report's texts, with the place of its
// paragraph. `part` must point into that text.
v1::Quotation Quote(const v1::Report& report, const TextMatch& match,
                    absl::string_view part);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_TEXT_SCANNER_H_
