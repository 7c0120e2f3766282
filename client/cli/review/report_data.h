// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/review/report_data.h
//
// The data of a report's page: JSON for page/report.js. Cells are named by
// their dotted paths; offsets are bytes of UTF-8.

#ifndef GONGKAI_CLIENT_CLI_REVIEW_REPORT_DATA_H_
#define GONGKAI_CLIENT_CLI_REVIEW_REPORT_DATA_H_

#include <map>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "client/cli/export/tables.h"
#include "client/cli/language.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai::cli::review {

// What the service says of its rules.
using Rules = absl::flat_hash_map<std::string, v1::Rule>;
Rules RulesOf(const v1::ListRulesResponse& response);

// Immutable and thread-safe.
class ReportData {
 public:
  // `rules` outlives this.
  ReportData(const v1::ListTemplatesResponse& templates, const Rules* rules,
             Language language);

  // Everything that the page shows of a document.
  std::string Json(const ExportedDocument& document) const;

 private:
  const Rules& rules_;
  const Language language_;
  // The layouts as JSON; that of a form that is not known is not there.
  std::map<v1::Template, std::string> forms_;
};

}  // namespace gongkai::cli::review

#endif  // GONGKAI_CLIENT_CLI_REVIEW_REPORT_DATA_H_
