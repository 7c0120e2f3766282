// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/process/finding_wire.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "worker/process/wire_writer.h"

namespace gongkai::process {
namespace {

// As protobuf writes maps, whose entries are messages of a key and a value.
void AppendArguments(
    int field, const google::protobuf::Map<std::string, std::string>& arguments,
    WireWriter* out) {
  constexpr int kKey = 1;
  constexpr int kValue = 2;
  absl::InlinedVector<std::pair<const std::string*, const std::string*>, 8>
      sorted;
  for (const auto& [name, value] : arguments) sorted.push_back({&name, &value});
  std::sort(sorted.begin(), sorted.end(),
            [](const auto& a, const auto& b) { return *a.first < *b.first; });
  for (const auto& [name, value] : sorted) {
    const size_t begin = out->Begin(field);
    out->PresentString(kKey, *name);
    out->PresentString(kValue, *value);
    out->End(begin);
  }
}

void AppendFinding(int field, const v1::Finding& finding, WireWriter* out) {
  using F = v1::Finding;
  const size_t begin = out->Begin(field, kLongWidth);
  out->String(F::kRuleIdFieldNumber, finding.rule_id());
  out->Integer(F::kResultFieldNumber, finding.result());
  out->Integer(F::kSeverityFieldNumber, finding.severity());
  for (const v1::CellPath& cell : finding.cells()) {
    AppendPath(F::kCellsFieldNumber, cell, out);
  }
  for (const v1::Place& place : finding.places()) {
    AppendPlace(F::kPlacesFieldNumber, place, out);
  }
  out->String(F::kLeftFieldNumber, finding.left());
  out->String(F::kRightFieldNumber, finding.right());
  out->String(F::kDifferenceFieldNumber, finding.difference());
  out->String(F::kFormulaFieldNumber, finding.formula());
  out->String(F::kMessageTemplateFieldNumber, finding.message_template());
  AppendArguments(F::kMessageArgsFieldNumber, finding.message_args(), out);
  out->String(F::kMessageFieldNumber, finding.message());
  out->String(F::kMessageEnFieldNumber, finding.message_en());
  out->String(F::kLegalBasisFieldNumber, finding.legal_basis());
  if (finding.has_repair()) {
    out->Message(F::kRepairFieldNumber, finding.repair());
  }
  out->Integer(F::kSectionFieldNumber, finding.section());
  for (const v1::Quotation& quotation : finding.quotations()) {
    AppendQuotation(F::kQuotationsFieldNumber, quotation, out);
  }
  for (const v1::CellPath& cell : finding.previous_cells()) {
    AppendPath(F::kPreviousCellsFieldNumber, cell, out);
  }
  out->Integer(F::kAssumedZeroFieldNumber, finding.assumed_zero());
  out->End(begin, kLongWidth);
}

}  // namespace

void AppendFindings(
    int field_number,
    const google::protobuf::RepeatedPtrField<v1::Finding>& findings,
    WireWriter* out) {
  for (const v1::Finding& finding : findings) {
    AppendFinding(field_number, finding, out);
  }
}

void AppendVerdict(int field_number, const v1::Verdict& verdict,
                   WireWriter* out) {
  using V = v1::Verdict;
  using P = v1::Problem;
  const size_t begin = out->Begin(field_number);
  out->String(V::kSummaryFieldNumber, verdict.summary());
  out->String(V::kSummaryEnFieldNumber, verdict.summary_en());
  for (const v1::Problem& problem : verdict.problems()) {
    const size_t problem_begin = out->Begin(V::kProblemsFieldNumber);
    out->Integer(P::kSeverityFieldNumber, problem.severity());
    out->String(P::kMessageFieldNumber, problem.message());
    out->String(P::kMessageEnFieldNumber, problem.message_en());
    if (!problem.findings().empty()) {
      // Numbers of a list are packed.
      const size_t list_begin = out->Begin(P::kFindingsFieldNumber);
      for (const int number : problem.findings()) out->Varint(number);
      out->End(list_begin);
    }
    for (const v1::Repair& repair : problem.repairs()) {
      out->Message(P::kRepairsFieldNumber, repair);
    }
    out->End(problem_begin);
  }
  out->End(begin);
}

}  // namespace gongkai::process
