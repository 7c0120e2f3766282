// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/faults.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace gongkai::generator {
namespace {

using Rules = std::vector<absl::string_view>;

struct Entry {
  Fault fault;
  absl::string_view name;
  Rules rules;
};

const Rules kSums = {"requests.balance", "requests.processed-sum",
                     "requests.row-sum"};

// In the order of the enum.
const std::vector<Entry>& Entries() {
  static const auto* const entries = new std::vector<Entry>{
      {Fault::kReceivedCell, "received-cell", kSums},
      {Fault::kCarriedInCell, "carried-in-cell", kSums},
      {Fault::kOutcomeCell, "outcome-cell", kSums},
      {Fault::kOutcomeRowTotal, "outcome-row-total", kSums},
      {Fault::kProcessedCell, "processed-cell", kSums},
      {Fault::kCarriedOutCell, "carried-out-cell", kSums},
      {Fault::kDisputesCell, "disputes-cell", {"disputes.group-sum"}},
      {Fault::kDisputesTotal, "disputes-total", {"disputes.group-sum"}},
      {Fault::kSplitDigits,
       "split-digits",
       {"cells.split-digits", "requests.*"}},
      {Fault::kExchangedCells,
       "exchanged-cells",
       {"cells.displaced", "requests.*"}},
      {Fault::kWordInCell, "word-in-cell", {"cells.not-a-number"}},
      {Fault::kNegativeCell, "negative-cell", {"cells.negative"}},
      {Fault::kUnitInCell, "unit-in-cell", {"cells.unit"}},
      {Fault::kManyBlankCells, "many-blank-cells", {"cells.many-blank"}},
      {Fault::kColumnLost, "column-lost", {"cells.column-lost"}},
      {Fault::kMoreMadeThanValid, "more-made-than-valid", {"disclosure.*"}},
      {Fault::kMorePublishedThanInAll,
       "more-published-than-in-all",
       {"disclosure.*"}},
      {Fault::kNegativeStock, "negative-stock", {"disclosure.*"}},
      {Fault::kDecisionsWithoutItems,
       "decisions-without-items",
       {"disclosure.*"}},
      {Fault::kRulesOfATownship, "rules-of-a-township", {"disclosure.*"}},
      {Fault::kProjectsWithoutAmount,
       "projects-without-amount",
       {"disclosure.*"}},
      {Fault::kFeesInYuan, "fees-in-yuan", {"disclosure.*"}},
      {Fault::kMuchCarriedOver, "much-carried-over", {"requests.*"}},
      {Fault::kMuchSettledOtherwise, "much-settled-otherwise", {"requests.*"}},
      {Fault::kSectionMissing,
       "section-missing",
       {"structure.section-missing"}},
      {Fault::kSectionsExchanged,
       "sections-exchanged",
       {"structure.section-order"}},
      {Fault::kOrdinalWrong, "ordinal-wrong", {"structure.section-ordinal"}},
      {Fault::kProblemsEmpty, "problems-empty", {"structure.section-empty"}},
      {Fault::kWrongForm, "wrong-form", {"structure.template-year"}},
      {Fault::kTitleWithoutYear, "title-without-year", {"structure.title"}},
      {Fault::kAspectMissing, "aspect-missing", {"structure.overview-aspects"}},
      {Fault::kPartsMiscounted, "parts-miscounted", {"structure.parts"}},
      {Fault::kNumberingRestarted,
       "numbering-restarted",
       {"structure.numbering-restart", "structure.section-ordinal"}},
      {Fault::kPrefaceOfOldReports,
       "preface-of-old-reports",
       {"structure.legacy-preface"}},
      {Fault::kTableMissing, "table-missing", {"cells.table-missing"}},
      {Fault::kRowMissing, "row-missing", {"cells.row-missing"}},
      {Fault::kTextReceived, "text-received", {"text.requests"}},
      {Fault::kTextCarriedIn, "text-carried-in", {"text.carry"}},
      {Fault::kTextCarriedOut, "text-carried-out", {"text.carry"}},
      {Fault::kTextProcessed, "text-processed", {"text.requests"}},
      {Fault::kTextOutcome, "text-outcome", {"text.outcomes*"}},
      {Fault::kTextNatural, "text-natural", {"text.applicants"}},
      {Fault::kTextOrganisations, "text-organisations", {"text.applicants"}},
      {Fault::kTextAllDone, "text-all-done", {"text.all-done"}},
      {Fault::kTextNoneReceived,
       "text-none-received",
       {"text.none-received", "text.requests"}},
      {Fault::kTextReviews, "text-reviews", {"text.reviews"}},
      {Fault::kTextLawsuits, "text-lawsuits", {"text.lawsuits"}},
      {Fault::kTextAllUpheld, "text-all-upheld", {"text.all-upheld"}},
      {Fault::kTextDocuments, "text-documents", {"text.documents"}},
      {Fault::kTextDecisions, "text-decisions", {"text.decisions"}},
      {Fault::kTextParts, "text-parts", {"text.parts"}},
      {Fault::kTextShare, "text-share", {"text.share"}},
      {Fault::kTextNumberLost, "text-number-lost", {"text.number-lost"}},
      {Fault::kCarryOverBroken, "carry-over-broken", {"years.*"}},
      {Fault::kStockBroken, "stock-broken", {"years.*", "disclosure.*"}},
      {Fault::kTextGrowth, "text-growth", {"text.growth"}},
      {Fault::kFeeNotOfTens, "fee-not-of-tens", {"fees.multiple-of-ten"}},
      {Fault::kFeePartsOff, "fee-parts-off", {"fees.parts", "text.parts"}},
      {Fault::kFeesNotStated,
       "fees-not-stated",
       {"fees.stated*", "fees.nothing-to-report"}},
      {Fault::kNoNoticesYetUnpaid,
       "no-notices-yet-unpaid",
       {"fees.unpaid-notices"}},
      {Fault::kPeriodCutShort, "period-cut-short", {"dates.period"}},
      {Fault::kYearsDisagree,
       "years-disagree",
       {"dates.years-agree", "dates.period"}},
      {Fault::kWorkOfAnotherYear, "work-of-another-year", {"dates.work-year"}},
      {Fault::kCarriedToWrongYear,
       "carried-to-wrong-year",
       {"dates.carry-year"}},
      {Fault::kPublishedEarly, "published-early", {"dates.published-early"}},
      {Fault::kPublishedLate, "published-late", {"dates.published-late*"}},
      {Fault::kEventOfTheFuture, "event-of-the-future", {"dates.anachronism"}},
      {Fault::kPlanForThePast, "plan-for-the-past", {"dates.plan-year"}},
      {Fault::kSignatureMissing, "signature-missing", {"dates.signature"}},
      {Fault::kWrongDecree, "wrong-decree", {"wording.former-regulations"}},
      {Fault::kOldArticle, "old-article", {"wording.old-article"}},
      {Fault::kKnownError, "known-error", {"wording.known-error*"}},
      {Fault::kRepeatedWord, "repeated-word", {"wording.repeated-word"}},
      {Fault::kDashForOne, "dash-for-one", {"wording.dash-for-one"}},
      {Fault::kResidue, "residue", {"wording.residue"}},
      {Fault::kForeignBody, "foreign-body", {"structure.foreign-body"}}};
  return *entries;
}

const Entry& EntryOf(Fault fault) {
  return Entries()[static_cast<size_t>(fault)];
}

}  // namespace

absl::Span<const Fault> AllFaults() {
  static const auto* const faults = [] {
    auto* all = new std::vector<Fault>;
    for (const Entry& entry : Entries()) all->push_back(entry.fault);
    return all;
  }();
  return *faults;
}

absl::string_view FaultName(Fault fault) { return EntryOf(fault).name; }

absl::StatusOr<Fault> ParseFault(absl::string_view name) {
  std::string known;
  for (const Entry& entry : Entries()) {
    if (entry.name == name) return entry.fault;
    absl::StrAppend(&known, known.empty() ? "" : ", ", entry.name);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("unknown fault \"", name, "\"; known are: ", known));
}

bool NeedsYearBefore(Fault fault) {
  return fault == Fault::kCarryOverBroken || fault == Fault::kStockBroken ||
         fault == Fault::kTextGrowth;
}

absl::Span<const absl::string_view> RulesFor(Fault fault) {
  return EntryOf(fault).rules;
}

}  // namespace gongkai::generator
