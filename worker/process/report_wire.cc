// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/process/report_wire.h"

#include <string>
#include <string_view>

#include "worker/process/wire_writer.h"

namespace gongkai::process {
namespace {

void AppendCell(const v1::Cell& cell, WireWriter* out) {
  using C = v1::Cell;
  constexpr size_t kFields = 12;
  size_t strings =
      cell.raw().size() + cell.decimal().size() + cell.unit().size();
  // Few cells have any; to ask takes less than to begin to go over them.
  const bool ambiguous = cell.candidates_size() > 0;
  if (ambiguous) {
    for (const std::string& candidate : cell.candidates()) {
      strings += candidate.size() + kMaxHeadBytes;
    }
  }
  if (cell.has_place()) strings += cell.place().ByteSizeLong();
  const size_t begin = out->Begin(v1::ReportTable::kCellsFieldNumber);
  char* at = out->Room(kFields * kMaxHeadBytes + strings);
  at = Put(C::kTableFieldNumber, cell.table(), at);
  at = Put(C::kRowFieldNumber, cell.row(), at);
  at = Put(C::kColumnFieldNumber, cell.column(), at);
  at = Put(C::kStateFieldNumber, cell.state(), at);
  if (cell.has_count()) {
    at = PutPresent(C::kCountFieldNumber, cell.count(), at);
  } else if (cell.has_decimal()) {
    at = PutPresent(C::kDecimalFieldNumber, cell.decimal(), at);
  }
  at = Put(C::kRawFieldNumber, cell.raw(), at);
  at = Put(C::kStartByteFieldNumber, cell.start_byte(), at);
  at = Put(C::kEndByteFieldNumber, cell.end_byte(), at);
  at = Put(C::kUnitFieldNumber, cell.unit(), at);
  if (ambiguous) {
    for (const std::string& candidate : cell.candidates()) {
      at = PutPresent(C::kCandidatesFieldNumber, candidate, at);
    }
  }
  if (cell.has_place()) at = Put(C::kPlaceFieldNumber, cell.place(), at);
  out->Advance(at);
  out->End(begin);
}

// A number that is known to take one byte and not to be 0.
char* PutSmall(int field, int value, char* at) {
  *at++ = static_cast<char>(field << 3 | kVarint);
  *at++ = static_cast<char>(value);
  return at;
}

char* PutPath(const catalog::FormCell& cell, v1::CellState state, char* at) {
  using C = v1::Cell;
  static_assert(v1::Table_ARRAYSIZE <= 0x80 && v1::Row_ARRAYSIZE <= 0x80 &&
                v1::Column_ARRAYSIZE <= 0x80 &&
                v1::CellState_ARRAYSIZE <= 0x80);
  at = PutSmall(C::kTableFieldNumber, cell.table, at);
  at = PutSmall(C::kRowFieldNumber, cell.row, at);
  at = PutSmall(C::kColumnFieldNumber, cell.column, at);
  return PutSmall(C::kStateFieldNumber, state, at);
}

// As AppendCell() below, for a cell with candidates, a decimal or a unit.
void AppendRareCell(const catalog::ReadCells& cells,
                    const catalog::FormCell& form_cell,
                    const catalog::ReadCell& cell, WireWriter* out) {
  using C = v1::Cell;
  constexpr size_t kFields = 11;
  const std::string_view decimal =
      cell.decimal < 0 ? std::string_view() : cells.decimals()[cell.decimal];
  size_t strings = cell.raw.size() + cell.unit.size() + decimal.size();
  if (cell.candidate_count > 0) {
    for (std::string_view candidate : cells.candidates(cell)) {
      strings += candidate.size() + kMaxHeadBytes;
    }
  }
  const size_t begin = out->Begin(v1::ReportTable::kCellsFieldNumber);
  char* at = out->Room(kFields * kMaxHeadBytes + strings);
  at = PutPath(form_cell, cell.state, at);
  if (cell.decimal >= 0) {
    at = PutPresent(C::kDecimalFieldNumber, decimal, at);
  } else if (cell.has_number()) {
    at = PutPresent(C::kCountFieldNumber, cell.count, at);
  }
  at = Put(C::kRawFieldNumber, cell.raw, at);
  at = Put(C::kStartByteFieldNumber, cell.start_byte, at);
  at = Put(C::kEndByteFieldNumber, cell.end_byte, at);
  at = Put(C::kUnitFieldNumber, cell.unit, at);
  if (cell.candidate_count > 0) {
    for (std::string_view candidate : cells.candidates(cell)) {
      at = PutPresent(C::kCandidatesFieldNumber, candidate, at);
    }
  }
  out->Advance(at);
  out->End(begin);
}

// A cell that was not made a message.
void AppendCell(const catalog::ReadCells& cells,
                const catalog::FormCell& form_cell,
                const catalog::ReadCell& cell, WireWriter* out) {
  using C = v1::Cell;
  if (cell.candidate_count > 0 || cell.decimal >= 0 || !cell.unit.empty()) {
    return AppendRareCell(cells, form_cell, cell, out);
  }
  // Path and state, count, places, and the text, which extract keeps below 64
  // bytes: a length of one byte.
  constexpr size_t kMostBytes = 2 + 4 * 2 + 3 * (1 + kMaxVarintBytes) + 2;
  char* const begin = out->Room(kMostBytes + cell.raw.size());
  char* at = PutPath(form_cell, cell.state, begin + 2);
  if (cell.has_number()) {
    at = PutPresent(C::kCountFieldNumber, cell.count, at);
  }
  at = Put(C::kRawFieldNumber, cell.raw, at);
  at = Put(C::kStartByteFieldNumber, int64_t{cell.start_byte}, at);
  at = Put(C::kEndByteFieldNumber, int64_t{cell.end_byte}, at);
  begin[0] = v1::ReportTable::kCellsFieldNumber << 3 | kLengthDelimited;
  begin[1] = static_cast<char>(at - begin - 2);
  out->Advance(at);
}

void AppendCells(const catalog::ReadCells& cells, v1::Table table,
                 WireWriter* out) {
  for (const catalog::FormRow& row : cells.form()->rows()) {
    if (row.table != table || !cells.Gives(row)) continue;
    const catalog::FormCell* form_cell = &cells.form()->cells()[row.first_cell];
    for (const catalog::ReadCell& cell :
         cells.cells().subspan(row.first_cell, row.cell_count)) {
      AppendCell(cells, *form_cell++, cell, out);
    }
  }
}

void AppendTable(int field, const v1::ReportTable& table, v1::Table id,
                 const catalog::ReadCells* cells, WireWriter* out) {
  const size_t begin = out->Begin(field, kLongWidth);
  for (const v1::Cell& cell : table.cells()) AppendCell(cell, out);
  if (cells != nullptr) AppendCells(*cells, id, out);
  if (table.has_place()) {
    AppendPlace(v1::ReportTable::kPlaceFieldNumber, table.place(), out);
  }
  out->End(begin, kLongWidth);
}

void AppendParagraph(int field, const v1::Paragraph& paragraph,
                     WireWriter* out) {
  using P = v1::Paragraph;
  const size_t begin = out->Begin(field);
  out->Integer(P::kBeginFieldNumber, paragraph.begin());
  if (paragraph.has_place()) {
    AppendPlace(P::kPlaceFieldNumber, paragraph.place(), out);
  }
  out->End(begin);
}

void AppendDiagnostic(int field, const v1::Diagnostic& diagnostic,
                      WireWriter* out) {
  using D = v1::Diagnostic;
  const size_t begin = out->Begin(field, kLongWidth);
  out->Integer(D::kKindFieldNumber, diagnostic.kind());
  if (diagnostic.has_path()) {
    AppendPath(D::kPathFieldNumber, diagnostic.path(), out);
  }
  if (diagnostic.has_place()) {
    AppendPlace(D::kPlaceFieldNumber, diagnostic.place(), out);
  }
  out->String(D::kMessageFieldNumber, diagnostic.message());
  out->String(D::kMessageEnFieldNumber, diagnostic.message_en());
  out->End(begin, kLongWidth);
}

void AppendClaim(int field, const v1::Claim& claim, WireWriter* out) {
  using C = v1::Claim;
  const size_t begin = out->Begin(field);
  if (claim.has_quotation()) {
    AppendQuotation(C::kQuotationFieldNumber, claim.quotation(), out);
  }
  out->String(C::kSubjectFieldNumber, claim.subject());
  out->Integer(C::kKindFieldNumber, claim.kind());
  out->String(C::kValueFieldNumber, claim.value());
  out->String(C::kUnitFieldNumber, claim.unit());
  out->String(C::kVerbFieldNumber, claim.verb());
  out->Integer(C::kScopeFieldNumber, claim.scope());
  out->Integer(C::kYearFieldNumber, claim.year());
  out->Integer(C::kApproximateFieldNumber, claim.approximate());
  for (const std::string& reading : claim.readings()) {
    out->PresentString(C::kReadingsFieldNumber, reading);
  }
  out->Integer(C::kWholeFieldNumber, claim.whole());
  out->Integer(C::kOpenListFieldNumber, claim.open_list());
  out->End(begin);
}

void AppendSection(int field, const v1::Section& section, WireWriter* out) {
  using S = v1::Section;
  const size_t begin = out->Begin(field, kLongWidth);
  out->Integer(S::kKindFieldNumber, section.kind());
  out->Integer(S::kOrdinalFieldNumber, section.ordinal());
  out->String(S::kHeadingFieldNumber, section.heading());
  if (section.has_heading_place()) {
    AppendPlace(S::kHeadingPlaceFieldNumber, section.heading_place(), out);
  }
  out->String(S::kTextFieldNumber, section.text());
  if (section.has_place()) {
    AppendPlace(S::kPlaceFieldNumber, section.place(), out);
  }
  for (const v1::Paragraph& paragraph : section.paragraphs()) {
    AppendParagraph(S::kParagraphsFieldNumber, paragraph, out);
  }
  out->End(begin, kLongWidth);
}

}  // namespace

void AppendReport(int field_number, const v1::Report& report,
                  const catalog::ReadCells* cells, WireWriter* out) {
  using R = v1::Report;
  const size_t begin = out->Begin(field_number, kLongWidth);
  out->String(R::kTitleFieldNumber, report.title());
  if (report.has_title_place()) {
    AppendPlace(R::kTitlePlaceFieldNumber, report.title_place(), out);
  }
  out->String(R::kBodyFieldNumber, report.body());
  out->Integer(R::kYearFieldNumber, report.year());
  out->Integer(R::kTemplateFieldNumber, report.template_());
  if (report.has_period()) out->Message(R::kPeriodFieldNumber, report.period());
  if (report.has_publication_date()) {
    out->Message(R::kPublicationDateFieldNumber, report.publication_date());
  }
  for (const v1::Section& section : report.sections()) {
    AppendSection(R::kSectionsFieldNumber, section, out);
  }
  if (report.has_disclosure()) {
    AppendTable(R::kDisclosureFieldNumber, report.disclosure(),
                v1::TABLE_DISCLOSURE, cells, out);
  }
  if (report.has_requests()) {
    AppendTable(R::kRequestsFieldNumber, report.requests(), v1::TABLE_REQUESTS,
                cells, out);
  }
  if (report.has_disputes()) {
    AppendTable(R::kDisputesFieldNumber, report.disputes(), v1::TABLE_DISPUTES,
                cells, out);
  }
  for (const v1::Diagnostic& diagnostic : report.diagnostics()) {
    AppendDiagnostic(R::kDiagnosticsFieldNumber, diagnostic, out);
  }
  if (report.has_preface()) {
    AppendSection(R::kPrefaceFieldNumber, report.preface(), out);
  }
  out->String(R::kSignatureFieldNumber, report.signature());
  if (report.has_signature_place()) {
    AppendPlace(R::kSignaturePlaceFieldNumber, report.signature_place(), out);
  }
  for (const v1::Claim& claim : report.claims()) {
    AppendClaim(R::kClaimsFieldNumber, claim, out);
  }
  out->End(begin, kLongWidth);
}

}  // namespace gongkai::process
