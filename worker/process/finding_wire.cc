// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/process/finding_wire.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "worker/process/wire_writer.h"

namespace gongkai::process {
namespace {

std::string_view ToStd(absl::string_view text) {
  return {text.data(), text.size()};
}

// Paths of cells. Each is a message of three numbers that take one byte, so
// that its length and fields are one word.
void AppendCells(int field, const std::vector<validate::CellKey>& cells,
                 WireWriter* out) {
  using P = v1::CellPath;
  constexpr uint64_t kFields = 6 | P::kTableFieldNumber << 11 |
                               uint64_t{P::kRowFieldNumber} << 27 |
                               uint64_t{P::kColumnFieldNumber} << 43;
  constexpr size_t kWordBytes = 7;
  static_assert(kVarint == 0 && std::endian::native == std::endian::little);
  static_assert(v1::Table_ARRAYSIZE <= 0x80 && v1::Row_ARRAYSIZE <= 0x80 &&
                v1::Column_ARRAYSIZE <= 0x80);
  char* at = out->Room(cells.size() * (kMaxHeadBytes + sizeof(uint64_t)));
  for (const validate::CellKey cell : cells) {
    const uint64_t word = kFields | uint64_t{cell.table} << 16 |
                          uint64_t{cell.row} << 32 |
                          uint64_t{cell.column} << 48;
    at = PutTag(field, kLengthDelimited, at);
    std::memcpy(at, &word, sizeof(word));
    at += kWordBytes;
  }
  out->Advance(at);
}

// As protobuf writes maps, whose entries are messages of a key and a value.
void AppendArguments(int field, const validate::Finding& finding,
                     WireWriter* out) {
  constexpr int kKey = 1;
  constexpr int kValue = 2;
  for (size_t i = 0; i < finding.message_args_size(); ++i) {
    const auto [name, value] = finding.message_arg(i);
    const size_t begin = out->Begin(field);
    out->PresentString(kKey, ToStd(name));
    out->PresentString(kValue, ToStd(value));
    out->End(begin);
  }
}

void AppendFinding(int field, const validate::Finding& finding,
                   WireWriter* out) {
  using F = v1::Finding;
  const size_t begin = out->Begin(field, kLongWidth);
  out->String(F::kRuleIdFieldNumber, finding.rule().id());
  out->Integer(F::kResultFieldNumber, finding.result());
  out->Integer(F::kSeverityFieldNumber, finding.severity());
  AppendCells(F::kCellsFieldNumber, finding.cells(), out);
  for (const v1::Place& place : finding.places()) {
    AppendPlace(F::kPlacesFieldNumber, place, out);
  }
  out->String(F::kLeftFieldNumber, finding.left());
  out->String(F::kRightFieldNumber, finding.right());
  out->String(F::kDifferenceFieldNumber, finding.difference());
  out->String(F::kFormulaFieldNumber, finding.formula());
  out->String(F::kMessageTemplateFieldNumber,
              ToStd(finding.message_template()));
  AppendArguments(F::kMessageArgsFieldNumber, finding, out);
  out->String(F::kMessageFieldNumber, finding.message());
  out->String(F::kMessageEnFieldNumber, finding.message_en());
  out->String(F::kLegalBasisFieldNumber, finding.rule().legal_basis());
  if (finding.repair() != nullptr) {
    out->Message(F::kRepairFieldNumber, *finding.repair());
  }
  out->Integer(F::kSectionFieldNumber, finding.section());
  for (const v1::Quotation& quotation : finding.quotations()) {
    AppendQuotation(F::kQuotationsFieldNumber, quotation, out);
  }
  AppendCells(F::kPreviousCellsFieldNumber, finding.previous_cells(), out);
  out->Integer(F::kAssumedZeroFieldNumber, finding.assumed_zero());
  out->End(begin, kLongWidth);
}

}  // namespace

void AppendFindings(int field_number, const validate::Findings& findings,
                    WireWriter* out) {
  for (int i = 0; i < findings.size(); ++i) {
    AppendFinding(field_number, findings[i], out);
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
