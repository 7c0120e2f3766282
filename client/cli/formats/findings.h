// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/formats/findings.h
//
// --format=findings: a line of JSON for each finding that is a failure or
// could not be assessed, gravest first.
//
//   {"document":"a.txt","rule":"requests.balance","result":"FAIL",
//    "severity":"ERROR","cells":["requests.received.natural"],"left":"60",
//    "right":"61","difference":"-1","message":"…"}               (on one line)
//
// left, right and difference are left out where the rule compares no numbers.

#ifndef GONGKAI_CLIENT_CLI_FORMATS_FINDINGS_H_
#define GONGKAI_CLIENT_CLI_FORMATS_FINDINGS_H_

#include <string>

#include "client/cli/language.h"
#include "gongkai/v1/finding.pb.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai::cli {

// Whether the formats for findings show it.
bool IsShown(const v1::Finding& finding);
// Whether it makes the exit status 1.
bool IsError(const v1::Finding& finding);

// Of the failed findings of a response, how many problems there are of each
// severity: what several findings are about counts once.
struct ProblemCounts {
  int errors = 0;
  int warnings = 0;
  int infos = 0;
  // Findings, not problems.
  int not_assessable = 0;
};
ProblemCounts CountProblems(const v1::ProcessResponse& response);

// The message in `language`, or in the other one if that is all there is.
const std::string& MessageOf(const v1::Finding& finding, Language language);

std::string FormatFindings(const std::string& document,
                           const v1::ProcessResponse& response,
                           Language language);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_FORMATS_FINDINGS_H_
