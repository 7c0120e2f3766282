// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/formats/summary.h
//
// --format=summary: for people. A line a document, its problems below it, and
// totals at the end.

#ifndef GONGKAI_CLIENT_CLI_FORMATS_SUMMARY_H_
#define GONGKAI_CLIENT_CLI_FORMATS_SUMMARY_H_

#include <string>

#include "client/cli/language.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai::cli {

struct SummaryStyle {
  Language language = Language::kChinese;
  // Use terminal colours.
  bool color = false;
};

// Text of documents and file names without what a terminal would obey.
std::string PrintableText(const std::string& text);

// What the documents of a run came to.
struct Totals {
  int documents = 0;
  // Documents with no finding of severity ERROR.
  int passed = 0;
  // Those of them that were read only in part: they may hide errors.
  int passed_in_part = 0;
  // Documents with some.
  int failed = 0;
  // Documents with an outcome other than OK and PARTIAL.
  int unprocessed = 0;
  // Problems: what several findings are about counts once.
  int errors = 0;
  int warnings = 0;
  // Findings that could not be assessed.
  int not_assessable = 0;

  void Add(const v1::ProcessResponse& response);
};

// Whether the outcome leaves a report to check.
bool IsProcessed(v1::Outcome outcome);

// What the outcome is, for people.
std::string OutcomeText(const v1::ProcessResponse& response, Language language);

std::string FormatSummary(const std::string& document,
                          const v1::ProcessResponse& response,
                          SummaryStyle style);

std::string FormatTotals(const Totals& totals, SummaryStyle style);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_FORMATS_SUMMARY_H_
