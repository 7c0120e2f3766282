// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/report_text.h
//
// What several kinds of rules ask of a report's sections and text. Private to
// validate.

#ifndef GONGKAI_WORKER_VALIDATE_REPORT_TEXT_H_
#define GONGKAI_WORKER_VALIDATE_REPORT_TEXT_H_

#include <algorithm>
#include <string_view>

#include "absl/strings/string_view.h"
#include "gongkai/v1/report.pb.h"

namespace gongkai::validate {

// For Abseil and messages, whose views are not the standard library's.
inline absl::string_view View(std::string_view text) {
  return {text.data(), text.size()};
}

// The first section of the kind; null if there is none. A heading that is
// printed again, on the next page or above a table, is not looked at.
inline const v1::Section* FindSection(const v1::Report& report,
                                      v1::SectionKind kind) {
  for (const v1::Section& section : report.sections()) {
    if (section.kind() == kind) return &section;
  }
  return nullptr;
}

// True if the document was read only in part.
inline bool IsTruncated(const v1::Report& report) {
  return std::any_of(report.diagnostics().begin(), report.diagnostics().end(),
                     [](const v1::Diagnostic& diagnostic) {
                       return diagnostic.kind() ==
                              v1::DIAGNOSTIC_KIND_TRUNCATED;
                     });
}

// The number of characters of a UTF-8 text.
inline int CountCharacters(absl::string_view text) {
  return static_cast<int>(
      std::count_if(text.begin(), text.end(),
                    [](char byte) { return (byte & 0xC0) != 0x80; }));
}

// True if it has at least so many. A text of many bytes is not counted: a
// character takes four at most.
inline bool HasCharacters(absl::string_view text, int count) {
  constexpr size_t kMostBytes = 4;
  return text.size() >= kMostBytes * static_cast<size_t>(std::max(count, 0)) ||
         CountCharacters(text) >= count;
}

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_REPORT_TEXT_H_
