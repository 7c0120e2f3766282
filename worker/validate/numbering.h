// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/numbering.h
//
// Headings below the top level that are numbered as if they were of it. Private
// to validate.

#ifndef GONGKAI_WORKER_VALIDATE_NUMBERING_H_
#define GONGKAI_WORKER_VALIDATE_NUMBERING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gongkai/v1/report.pb.h"
#include "worker/catalog/catalog.h"

namespace gongkai::validate {

class Numbering {
 public:
  explicit Numbering(const catalog::Catalog& catalog);

  // Where the top-level numbering starts again from the first of the known
  // sections up to the last one: headings of sections that the catalogue does
  // not know, and lines of prose. Labels of tables, which the form numbers in
  // the same way, are not meant. Empty unless the known sections are numbered.
  std::vector<v1::Quotation> Restarts(const v1::Report& report) const;

 private:
  bool IsKnown(const v1::Section& section) const;
  // True if the line begins with the first ordinal and with no table's label.
  bool Restarts(absl::string_view line) const;

  const catalog::Catalog& catalog_;
  // The kinds of sections that the catalogue knows, as a set.
  uint64_t known_ = 0;
  // Labels of the forms that begin with the first ordinal, normalised.
  std::vector<std::string> labels_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_NUMBERING_H_
