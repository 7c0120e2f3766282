// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/diagnose.h
//
// Says what was not read of a report's tables, and judges from it how the
// reading ended.

#ifndef GONGKAI_WORKER_EXTRACT_DIAGNOSE_H_
#define GONGKAI_WORKER_EXTRACT_DIAGNOSE_H_

#include <cstdint>

#include "absl/types/span.h"
#include "worker/extract/binding.h"
#include "worker/extract/extract.h"
#include "worker/extract/labels.h"
#include "worker/extract/readings.h"
#include "worker/extract/report_writer.h"
#include "worker/extract/token_index.h"
#include "worker/extract/tokens.h"
#include "worker/input/document.h"

namespace gongkai::extract {

// How the reading of the tables went.
struct Diagnosis {
  const Readings* readings = nullptr;
  const TokenIndex* index = nullptr;
  absl::Span<const BoundRow> disclosure;
  absl::Span<const BoundRow> requests;
  RowOutcome disputes = RowOutcome::kMissing;
  // The document holds more than one report.
  bool several_reports = false;
  // The non-empty cells of rows were moved to the front.
  bool compacted = false;
  // Where the tables stand, and the first token of the section of requests.
  const TableRanges* ranges = nullptr;
  int requests_section = 0;
  // The form's bit in the masks of labels.
  uint8_t form = 0;
  const LabelIndex* labels = nullptr;
  Tokenizer* tokenizer = nullptr;
};

// Adds the diagnostics and returns OK, or PARTIAL with a sentence that sums
// them up.
Extraction Diagnose(const Diagnosis& diagnosis, const input::Document& document,
                    absl::Span<const Token> tokens, ReportWriter* writer);

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_DIAGNOSE_H_
