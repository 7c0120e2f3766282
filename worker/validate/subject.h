// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/subject.h
//
// What a rule looks at. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_SUBJECT_H_
#define GONGKAI_WORKER_VALIDATE_SUBJECT_H_

#include <vector>

#include "gongkai/v1/report.pb.h"
#include "gongkai/v1/report_service.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/validate/cell_table.h"
#include "worker/validate/form_names.h"

namespace gongkai::validate {

class ClaimTable;
class Explanations;
class TextScanner;

// A report with its cells laid out over its form.
struct ReportView {
  const v1::Report* report = nullptr;
  // Null if the report has no form that the catalogue knows; the cells are
  // empty then.
  const catalog::Form* form = nullptr;
  const FormNames* names = nullptr;
  CellTable cells;
};

// The report that is checked, with what rules may need beside it. Valid during
// one check.
struct Subject {
  const ReportView& current;
  // Last year's report; null if none was given, or none that could be read.
  const ReportView* previous;
  // True if last year's report was given and could not be read.
  bool previous_unread;
  // Has scanned the report's text.
  const TextScanner& text;
  // Holds the report's claims; proves blank cells when it is asked.
  ClaimTable& claims;
  const v1::CheckOptions& options;
  // The classes that the name of the report's body falls in (BodyClasses).
  uint64_t body_classes = 0;
  // The sums of the reports of all bodies below this one; null if there are
  // none, or if they are not known.
  const ReportView* children = nullptr;
  // What would explain the failures of identities; null if all of them hold.
  Explanations* explanations = nullptr;

  const v1::Report& report() const { return *current.report; }
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_SUBJECT_H_
