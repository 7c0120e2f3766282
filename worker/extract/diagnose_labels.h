// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/diagnose_labels.h
//
// Says where a report's tables are labelled otherwise than the form, although
// their values were read. Private to diagnose.

#ifndef GONGKAI_WORKER_EXTRACT_DIAGNOSE_LABELS_H_
#define GONGKAI_WORKER_EXTRACT_DIAGNOSE_LABELS_H_

#include "absl/types/span.h"
#include "worker/extract/diagnose.h"
#include "worker/extract/report_writer.h"
#include "worker/extract/tokens.h"

namespace gongkai::extract {

// Adds the diagnostics LABEL_VARIANT, HEAD_REPEATED, NOTE_MISSING and
// CELLS_JOINED.
void DiagnoseLabels(const Diagnosis& diagnosis, absl::Span<const Token> tokens,
                    ReportWriter* writer);

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_DIAGNOSE_LABELS_H_
