// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/hierarchy.h
//
// The report of a body against those of the bodies below it. Private to
// validate.

#ifndef GONGKAI_WORKER_VALIDATE_HIERARCHY_H_
#define GONGKAI_WORKER_VALIDATE_HIERARCHY_H_

#include <cstddef>
#include <string>
#include <vector>

#include "worker/catalog/catalog.h"
#include "worker/validate/collected_reports.h"
#include "worker/validate/message.h"

namespace gongkai::validate {

// A report with those below it of the same year.
struct Hierarchy {
  // Indices into the reports; of a body with several reports the first.
  size_t parent = 0;
  std::vector<size_t> children;
  // Bodies below, as far as the collection knows.
  size_t body_count = 0;
  // Reports of the year are missing or could not be read.
  bool incomplete = false;
};

// Every report of a body that others name as their parent in its year. The
// bodies below are those that do so in any year.
std::vector<Hierarchy> FindHierarchies(const CollectedReports& reports);

// Applies a rule with a HierarchySum.
void CheckHierarchy(const catalog::Catalog& catalog,
                    const forms::v1::Rule& rule,
                    const CollectedReports& reports, const Hierarchy& hierarchy,
                    Findings* findings);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_HIERARCHY_H_
