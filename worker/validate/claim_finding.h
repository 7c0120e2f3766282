// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/claim_finding.h
//
// What rules about claims say. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_CLAIM_FINDING_H_
#define GONGKAI_WORKER_VALIDATE_CLAIM_FINDING_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "gongkai/forms/v1/catalog.pb.h"
#include "gongkai/v1/finding.pb.h"
#include "worker/validate/claim_table.h"
#include "worker/validate/message.h"
#include "worker/validate/subject.h"

namespace gongkai::validate {

// A number as messages print it, in Chinese and in English.
struct Told {
  std::string zh;
  std::string en;

  void Append(absl::string_view both) { Append(both, both); }
  void Append(absl::string_view more_zh, absl::string_view more_en);
};

// What is wrong with a claim.
struct ClaimFault {
  // The claim, and others that say the same or take part.
  std::vector<int> claims;
  // What it states, and the right value nearest to it.
  Fixed stated = 0;
  Fixed expected = 0;
  // Follows numbers in messages.
  absl::string_view unit;
  // How the right value comes about.
  Told found;
  std::string formula;
  // Cells that take part, of this report and of last year's.
  std::vector<catalog::CellIndex> cells;
  std::vector<catalog::CellIndex> previous_cells;
  // True if a cell was proved and not read.
  bool proved = false;
  // A single cell that holds the stated number; kNoCell for none.
  catalog::CellIndex part = catalog::kNoCell;
  // For a graver or milder failure than the rule's; not set for that.
  v1::Severity severity = v1::SEVERITY_UNSPECIFIED;
};

// Adds FAIL.
void AddClaimFault(const forms::v1::Rule& rule,
                   const forms::v1::Phrases& phrases, const Subject& subject,
                   const ClaimFault& fault, Findings* findings);

// "a 1 + b 2 = 3", zeros of longer sums left out.
Told TellSum(absl::Span<const catalog::CellIndex> cells, const FormNames& names,
             ProvedCells* values);

// The paths of the cells, joined by '+'.
std::string SumFormula(absl::Span<const catalog::CellIndex> cells,
                       const FormNames& names);

// What the number of a claim is counted in.
absl::string_view UnitOf(const v1::Claim& claim);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_CLAIM_FINDING_H_
