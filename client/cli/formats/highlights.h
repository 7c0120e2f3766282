// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/formats/highlights.h
//
// What to look at first after a run over many documents: nobody reads ten
// thousand lines.

#ifndef GONGKAI_CLIENT_CLI_FORMATS_HIGHLIGHTS_H_
#define GONGKAI_CLIENT_CLI_FORMATS_HIGHLIGHTS_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/formats/summary.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai::cli {

// Memory does not grow with the documents. Thread-compatible.
class Highlights {
 public:
  void Add(const std::string& document, const v1::ProcessResponse& response);

  // The documents with most errors, the rules that fail in most documents, and
  // what could not be processed, some lines each; "" after few documents, or
  // if there is nothing to look at.
  std::string Format(SummaryStyle style) const;

 private:
  int documents_ = 0;
  // Errors and the document, most first; of equal ones the first that came.
  std::vector<std::pair<int, std::string>> worst_;
  // In how many documents a rule has failures of severity ERROR.
  std::map<std::string, int> rules_;
  // By outcome how many, and the first of them.
  std::map<v1::Outcome, std::pair<int, std::string>> unprocessed_;
};

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_FORMATS_HIGHLIGHTS_H_
