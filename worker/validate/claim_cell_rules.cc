// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Counts in prose, against the cells that count the same.

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "worker/validate/claim_rules.h"

namespace gongkai::validate {
namespace {

using catalog::CellIndex;
using catalog::CellSum;
using catalog::kNoCell;

// How a count agrees with its readings.
struct Comparison {
  // True if a reading says something of this form.
  bool any = false;
  bool equal = false;
  bool unread = false;
  // True if all readings are 0.
  bool all_zero = true;
};

Comparison Compare(const ReadClaim& claim, ClaimTable* claims) {
  Comparison result;
  for (const SumByForm* reading : claims->readings(claim)) {
    const CellSum& sum = claims->Current(*reading);
    if (sum.empty()) continue;
    const SumValue found = claims->current().Sum(sum);
    result.any = true;
    if (!found.read) {
      result.unread = true;
      continue;
    }
    result.all_zero = result.all_zero && found.value == 0;
    result.equal = result.equal || found.value * kFixedOne == claim.value;
  }
  return result;
}

// The one cell in the rows of these cells that holds the number; kNoCell if
// there is none, or several.
CellIndex FindPart(const ReportView& view, absl::Span<const CellIndex> cells,
                   Fixed number, ProvedCells* values) {
  if (number <= 0) return kNoCell;
  CellIndex part = kNoCell;
  for (const catalog::FormRow& row : view.form->rows()) {
    const CellIndex end = row.first_cell + row.cell_count;
    if (std::none_of(cells.begin(), cells.end(), [&](CellIndex cell) {
          return cell >= row.first_cell && cell < end;
        })) {
      continue;
    }
    for (CellIndex cell = row.first_cell; cell < end; ++cell) {
      int64_t value = 0;
      if (!values->Get(cell, &value) || value * kFixedOne != number) continue;
      if (part != kNoCell) return kNoCell;
      part = cell;
    }
  }
  return part;
}

// Counts that do not agree with the tables.
class EqualsChecker : public ClaimChecker {
 public:
  EqualsChecker(const forms::v1::Rule& rule, const Engine& engine)
      : ClaimChecker(rule, engine),
        milder_(CompileSums(engine.claims, rule.claim_check().milder())) {}

 private:
  void Run(const Subject& subject) override {
    for (int index : Claims(subject)) {
      const ReadClaim& claim = subject.claims.claim(index);
      if (!IsCount(subject, index)) continue;
      const Comparison found = Compare(claim, &subject.claims);
      if (!found.any) continue;
      if (found.equal) {
        Holds();
      } else if (found.unread) {
        AddUnread(claim, subject);
      } else if (Counts(claim, found)) {
        AddFault(index, subject);
      } else if (check().zeros() == forms::v1::ZERO_CONTRAST_ONLY) {
        Holds();
      }
    }
  }

  // A part of a list has cells of its own, or none: "40 applications, of these
  // 30 by letter" does not count applications twice.
  static bool IsCount(const Subject& subject, int index) {
    const ReadClaim& claim = subject.claims.claim(index);
    if (!claim.comparable() || claim.proto->readings().empty() ||
        (claim.proto->kind() != v1::CLAIM_KIND_COUNT &&
         claim.proto->kind() != v1::CLAIM_KIND_NONE)) {
      return false;
    }
    const int whole = subject.claims.WholeOf(index);
    return whole < 0 || subject.claims.claim(whole).proto->subject() !=
                            claim.proto->subject();
  }

  // True if a claim that disagrees is this rule's business.
  bool Counts(const ReadClaim& claim, const Comparison& found) const {
    if (check().zeros() == forms::v1::ZERO_CONTRAST_UNSPECIFIED) return true;
    const bool contrast = claim.value == 0 || found.all_zero;
    return contrast == (check().zeros() == forms::v1::ZERO_CONTRAST_ONLY);
  }

  void AddUnread(const ReadClaim& claim, const Subject& subject) {
    for (const SumByForm* reading : subject.claims.readings(claim)) {
      Unread(subject, subject.claims.Current(*reading));
    }
    CountUnread();
  }

  void AddFault(int index, const Subject& subject) {
    ClaimTable& claims = subject.claims;
    const ReadClaim& claim = claims.claim(index);
    const FormNames& names = *subject.current.names;
    ClaimFault fault;
    fault.claims.push_back(index);
    fault.stated = claim.value;
    fault.unit = UnitOf(*claim.proto);
    bool first = true;
    for (const SumByForm* reading : claims.readings(claim)) {
      const CellSum& sum = claims.Current(*reading);
      if (sum.empty()) continue;
      const SumValue found = claims.current().Sum(sum);
      const std::vector<CellIndex> cells = claims.current().CellsOf(sum);
      const Fixed value = found.value * kFixedOne;
      if (first || std::abs(value - fault.stated) <
                       std::abs(fault.expected - fault.stated)) {
        fault.expected = value;
        fault.formula = absl::StrCat(FixedText(fault.stated), " = ",
                                     SumFormula(cells, names));
      }
      if (!first) fault.found.Append("，或", ", or ");
      const Told told = TellSum(cells, names, &claims.current());
      fault.found.Append(told.zh, told.en);
      fault.proved = fault.proved || found.proved;
      for (CellIndex cell : cells) {
        if (std::find(fault.cells.begin(), fault.cells.end(), cell) ==
            fault.cells.end()) {
          fault.cells.push_back(cell);
        }
      }
      first = false;
    }
    fault.part =
        FindPart(subject.current, fault.cells, fault.stated, &claims.current());
    fault.severity = SeverityOf(claim, subject);
    Fails(subject, std::move(fault));
  }

  v1::Severity SeverityOf(const ReadClaim& claim,
                          const Subject& subject) const {
    const auto verb = std::find_if(
        check().verbs().begin(), check().verbs().end(),
        [&](const auto& v) { return v.verb() == claim.proto->verb(); });
    if (verb == check().verbs().end()) return v1::SEVERITY_UNSPECIFIED;
    for (int other : Claims(subject)) {
      const ReadClaim& stated = subject.claims.claim(other);
      if (IsCount(subject, other) && stated.value != claim.value &&
          stated.proto->subject() == claim.proto->subject()) {
        return v1::SEVERITY_UNSPECIFIED;
      }
    }
    for (const SumByForm& sum : milder_) {
      const CellSum& cells = subject.claims.Current(sum);
      if (cells.empty()) continue;
      const SumValue found = subject.claims.current().Sum(cells);
      if (!found.read || found.value * kFixedOne == claim.value) {
        return v1::SEVERITY_UNSPECIFIED;
      }
    }
    return verb->severity();
  }

  const std::vector<SumByForm> milder_;
};

}  // namespace

std::unique_ptr<Checker> MakeClaimEqualsChecker(const forms::v1::Rule& rule,
                                                const Engine& engine) {
  return std::make_unique<EqualsChecker>(rule, engine);
}

}  // namespace gongkai::validate
