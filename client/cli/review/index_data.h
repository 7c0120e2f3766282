// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/review/index_data.h
//
// The data of a review's index: JSON for page/index.js, written document by
// document, so that memory does not grow with them.
//
//   {"language":"zh","rows":[[…],…],"rules":[[id,title,title_en],…]}
//
// A row is an array: 10,000 of them are read in a few milliseconds. Its fields
// are in the order of IndexField in index_data.cc and of kField in index.js.

#ifndef GONGKAI_CLIENT_CLI_REVIEW_INDEX_DATA_H_
#define GONGKAI_CLIENT_CLI_REVIEW_INDEX_DATA_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "client/cli/export/tables.h"
#include "client/cli/language.h"
#include "client/cli/review/report_data.h"

namespace gongkai::cli::review {

// Thread-compatible.
class IndexData {
 public:
  // `rules` outlives this.
  IndexData(const Rules* rules, Language language)
      : rules_(*rules), language_(language) {}

  // The parts of the data, to be written one after the other: Begin once, Row
  // for each document, End once. `page` is the file of the document's page.
  std::string Begin() const;
  std::string Row(const ExportedDocument& document, const std::string& page);
  std::string End() const;

 private:
  const Rules& rules_;
  const Language language_;
  bool first_ = true;
  // Rules that fail somewhere, by their number in rows.
  std::vector<std::string> failing_;
  absl::flat_hash_map<std::string, int> numbers_;
};

}  // namespace gongkai::cli::review

#endif  // GONGKAI_CLIENT_CLI_REVIEW_INDEX_DATA_H_
