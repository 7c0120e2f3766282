// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/message_arguments.h"

namespace gongkai::catalog {
namespace {

constexpr absl::string_view kIdentity[] = {
    "subject",       "subject_en",  "left_terms",
    "left_terms_en", "right_terms", "right_terms_en",
    "left",          "right",       "difference"};
constexpr absl::string_view kCellQuality[] = {
    "cell", "cell_en", "raw", "unit", "count", "cells", "cells_en"};
constexpr absl::string_view kSectionCheck[] = {"section", "section_en",
                                               "expected", "count", "minimum"};
constexpr absl::string_view kTemplateYear[] = {"year", "found", "found_en",
                                               "required", "required_en"};
constexpr absl::string_view kTitleCheck[] = {"title", "missing", "missing_en"};
constexpr absl::string_view kShare[] = {"part", "whole", "percent", "limit"};
constexpr absl::string_view kPresence[] = {"missing", "missing_en", "count"};
constexpr absl::string_view kPattern[] = {"quote", "sentence", "correction",
                                          "count"};
constexpr absl::string_view kParagraphEnd[] = {"quote", "count"};
constexpr absl::string_view kEnumeration[] = {"quote", "claimed", "named"};
constexpr absl::string_view kClaimCheck[] = {
    "quote", "subject",  "subject_en", "stated",
    "found", "found_en", "expected",   "difference"};
constexpr absl::string_view kDateCheck[] = {
    "quote",    "year",        "found",   "found_en",
    "expected", "expected_en", "missing", "missing_en"};
constexpr absl::string_view kReadingCheck[] = {"note", "note_en", "count"};
constexpr absl::string_view kMisreadCheck[] = {"subject", "subject_en",
                                               "printed", "proposed"};
constexpr absl::string_view kSimilarity[] = {"percent", "other", "year",
                                             "quote", "count"};
constexpr absl::string_view kForeignBody[] = {"quote", "body", "found"};
constexpr absl::string_view kSameBody[] = {"body", "year", "count", "others"};
constexpr absl::string_view kHierarchySum[] = {
    "body", "year",  "children",   "cell", "cell_en",
    "left", "right", "difference", "count"};
constexpr absl::string_view kRepair[] = {"cell", "cell_en", "printed",
                                         "proposed"};
constexpr absl::string_view kCellsNotRead[] = {"title", "title_en", "count",
                                               "cells", "cells_en"};
constexpr absl::string_view kClaimPart[] = {"cell", "cell_en", "stated"};
constexpr absl::string_view kNotFound[] = {"title", "title_en"};
constexpr absl::string_view kPreviousOfOtherYear[] = {"title", "title_en",
                                                      "year", "found"};
constexpr absl::string_view kPreviousOfOtherBody[] = {"title", "title_en",
                                                      "body", "found"};
constexpr absl::string_view kExplanation[] = {
    "cell",     "cell_en", "cells",  "cells_en", "printed",
    "proposed", "count",   "proofs", "proofs_en"};
constexpr absl::string_view kCount[] = {"count"};
constexpr absl::string_view kCounts[] = {"count", "counts", "counts_en"};

}  // namespace

absl::Span<const absl::string_view> ArgumentsOf(
    forms::v1::Rule::KindCase kind) {
  switch (kind) {
    case forms::v1::Rule::kIdentity:
      return kIdentity;
    case forms::v1::Rule::kCellQuality:
      return kCellQuality;
    case forms::v1::Rule::kSectionCheck:
      return kSectionCheck;
    case forms::v1::Rule::kTemplateYear:
      return kTemplateYear;
    case forms::v1::Rule::kTitleCheck:
      return kTitleCheck;
    case forms::v1::Rule::kComparison:
      return kIdentity;
    case forms::v1::Rule::kShare:
      return kShare;
    case forms::v1::Rule::kPresence:
      return kPresence;
    case forms::v1::Rule::kPattern:
    case forms::v1::Rule::kRepetition:
      return kPattern;
    case forms::v1::Rule::kParagraphEnd:
      return kParagraphEnd;
    case forms::v1::Rule::kEnumeration:
      return kEnumeration;
    case forms::v1::Rule::kClaimCheck:
      return kClaimCheck;
    case forms::v1::Rule::kDateCheck:
      return kDateCheck;
    case forms::v1::Rule::kReadingCheck:
      return kReadingCheck;
    case forms::v1::Rule::kMisreadCheck:
      return kMisreadCheck;
    case forms::v1::Rule::kSimilarity:
      return kSimilarity;
    case forms::v1::Rule::kForeignBody:
      return kForeignBody;
    case forms::v1::Rule::kHierarchySum:
      return kHierarchySum;
    case forms::v1::Rule::kSameBody:
      return kSameBody;
    case forms::v1::Rule::KIND_NOT_SET:
      return {};
  }
  return {};
}

absl::Span<const absl::string_view> RepairArguments() { return kRepair; }

absl::Span<const absl::string_view> CellsNotReadArguments() {
  return kCellsNotRead;
}

absl::Span<const absl::string_view> ClaimPartArguments() { return kClaimPart; }

absl::Span<const absl::string_view> NotFoundArguments() { return kNotFound; }

absl::Span<const absl::string_view> PreviousOfOtherYearArguments() {
  return kPreviousOfOtherYear;
}

absl::Span<const absl::string_view> PreviousOfOtherBodyArguments() {
  return kPreviousOfOtherBody;
}

absl::Span<const absl::string_view> ExplanationArguments() {
  return kExplanation;
}

absl::Span<const absl::string_view> CountArguments() { return kCount; }

absl::Span<const absl::string_view> CountsArguments() { return kCounts; }

}  // namespace gongkai::catalog
