// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/claim_finding.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace gongkai::validate {
namespace {

using catalog::CellIndex;

// Sums of at most so many cells are written out with their zeros; longer ones
// show so many terms.
constexpr size_t kShortSum = 2;
constexpr size_t kMaxTerms = 6;

void AddQuotations(const ClaimTable& claims, const ClaimFault& fault,
                   Finding* finding) {
  const v1::Quotation* last = nullptr;
  for (int index : fault.claims) {
    const v1::Quotation& quotation = claims.claim(index).proto->quotation();
    // Several claims may stand in one clause.
    const bool same = last != nullptr && last->begin() == quotation.begin() &&
                      last->end() == quotation.end() &&
                      last->section() == quotation.section();
    last = &quotation;
    if (same) continue;
    *finding->add_quotations() = quotation;
    if (quotation.has_place()) *finding->add_places() = quotation.place();
  }
}

void AddCells(const ReportView& view, absl::Span<const CellIndex> cells,
              Finding* finding) {
  for (CellIndex index : cells.subspan(0, kMaxFindingCells)) {
    finding->add_cell(view.names->Key(index));
    view.cells.AddPlace(index, finding);
  }
}

}  // namespace

void Told::Append(absl::string_view more_zh, absl::string_view more_en) {
  absl::StrAppend(&zh, more_zh);
  absl::StrAppend(&en, more_en);
}

absl::string_view UnitOf(const v1::Claim& claim) {
  switch (claim.kind()) {
    case v1::CLAIM_KIND_SHARE:
    case v1::CLAIM_KIND_GROWTH:
      return "%";
    case v1::CLAIM_KIND_AMOUNT:
      return "元";
    default:
      return "";
  }
}

Told TellSum(absl::Span<const CellIndex> cells, const FormNames& names,
             ProvedCells* values) {
  Told told;
  int64_t sum = 0;
  size_t terms = 0;
  for (CellIndex cell : cells) {
    int64_t value = 0;
    values->Get(cell, &value);
    sum += value;
    if ((value == 0 && cells.size() > kShortSum) || ++terms > kMaxTerms) {
      continue;
    }
    if (terms > 1) told.Append(" + ");
    told.Append(names.CellName(cell), names.Path(cell));
    told.Append(absl::StrCat(" ", value));
  }
  if (terms > kMaxTerms) told.Append(" + …");
  if (terms == 0) {
    told.Append(absl::StrCat(names.CellName(cells.front()), " 等 ",
                             cells.size(), " 格均为 0"),
                absl::StrCat("all ", cells.size(), " cells are 0"));
  } else if (cells.size() > 1) {
    told.Append(absl::StrCat(" = ", sum));
  }
  return told;
}

std::string SumFormula(absl::Span<const CellIndex> cells,
                       const FormNames& names) {
  std::string text;
  for (CellIndex cell : cells) {
    absl::StrAppend(&text, text.empty() ? "" : " + ", names.Path(cell));
  }
  return text;
}

void AddClaimFault(const forms::v1::Rule& rule,
                   const forms::v1::Phrases& phrases, const Subject& subject,
                   const ClaimFault& fault, Findings* findings) {
  Finding* finding = AddFinding(rule, v1::RULE_RESULT_FAIL, findings);
  if (fault.severity != v1::SEVERITY_UNSPECIFIED) {
    finding->set_severity(fault.severity);
  }
  AddQuotations(subject.claims, fault, finding);
  AddCells(subject.current, fault.cells, finding);
  for (CellIndex cell : fault.previous_cells) {
    finding->add_previous_cell(subject.previous->names->Key(cell));
  }
  finding->set_left(FixedText(fault.stated));
  finding->set_right(FixedText(fault.expected));
  finding->set_difference(FixedText(fault.stated - fault.expected));
  finding->set_formula(fault.formula);
  finding->set_assumed_zero(fault.proved);

  const ReadClaim& claim = subject.claims.claim(fault.claims.front());
  const forms::v1::ClaimSubject* what =
      claim.subject == nullptr ? nullptr : claim.subject->proto;
  MessageArguments arguments = {
      {"quote", claim.proto->quotation().text()},
      {"subject", what == nullptr ? claim.proto->subject() : what->name()},
      {"subject_en",
       what == nullptr ? claim.proto->subject() : what->name_en()},
      {"stated", absl::StrCat(finding->left(), fault.unit)},
      {"found", fault.found.zh},
      {"found_en", fault.found.en},
      {"expected", absl::StrCat(finding->right(), fault.unit)},
      {"difference", absl::StrCat(finding->difference(), fault.unit)}};
  std::string message = rule.message();
  std::string message_en = rule.message_en();
  if (fault.part != catalog::kNoCell) {
    message += phrases.claim_part();
    message_en += phrases.claim_part_en();
    arguments.emplace_back("cell", subject.current.names->CellName(fault.part));
    arguments.emplace_back("cell_en", subject.current.names->Path(fault.part));
  }
  if (fault.proved) {
    message += phrases.blanks_proved();
    message_en += phrases.blanks_proved_en();
  }
  SetMessage(message, message_en, arguments, finding);
}

}  // namespace gongkai::validate
