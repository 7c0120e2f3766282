// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/faults.h
//
// Faults that are put into reports which are otherwise without fault, one each:
// what a careful reviewer must find.

#ifndef GONGKAI_TESTS_GENERATOR_FAULTS_H_
#define GONGKAI_TESTS_GENERATOR_FAULTS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace gongkai::generator {

enum class Fault {
  // Arithmetic of the tables: one cell is off by a little.
  kReceivedCell,
  kCarriedInCell,
  kOutcomeCell,
  kOutcomeRowTotal,
  kProcessedCell,
  kCarriedOutCell,
  kDisputesCell,
  kDisputesTotal,
  // Figures that were torn apart or put elsewhere.
  kSplitDigits,
  kExchangedCells,
  // What single cells hold.
  kWordInCell,
  kNegativeCell,
  kUnitInCell,
  kManyBlankCells,
  kColumnLost,
  // Figures that make no sense together.
  kMoreMadeThanValid,
  kMorePublishedThanInAll,
  kNegativeStock,
  kDecisionsWithoutItems,
  kRulesOfATownship,
  kProjectsWithoutAmount,
  kFeesInYuan,
  kMuchCarriedOver,
  kMuchSettledOtherwise,
  // The document's structure.
  kSectionMissing,
  kSectionsExchanged,
  kOrdinalWrong,
  kProblemsEmpty,
  kWrongForm,
  kTitleWithoutYear,
  kAspectMissing,
  kPartsMiscounted,
  kNumberingRestarted,
  kPrefaceOfOldReports,
  kTableMissing,
  kRowMissing,
  // Text against tables.
  kTextReceived,
  kTextCarriedIn,
  kTextCarriedOut,
  kTextProcessed,
  kTextOutcome,
  kTextNatural,
  kTextOrganisations,
  kTextAllDone,
  kTextNoneReceived,
  kTextReviews,
  kTextLawsuits,
  kTextAllUpheld,
  kTextDocuments,
  kTextDecisions,
  kTextParts,
  kTextShare,
  kTextNumberLost,
  // Against the report of the year before.
  kCarryOverBroken,
  kStockBroken,
  kTextGrowth,
  // Fees.
  kFeeNotOfTens,
  kFeePartsOff,
  kFeesNotStated,
  kNoNoticesYetUnpaid,
  // Years and dates.
  kPeriodCutShort,
  kYearsDisagree,
  kWorkOfAnotherYear,
  kCarriedToWrongYear,
  kPublishedEarly,
  kPublishedLate,
  kEventOfTheFuture,
  kPlanForThePast,
  kSignatureMissing,
  // Wording.
  kWrongDecree,
  kOldArticle,
  kKnownError,
  kRepeatedWord,
  kDashForOne,
  kResidue,
  kForeignBody,
};

// All of them, in their order.
absl::Span<const Fault> AllFaults();

// "text-received".
absl::string_view FaultName(Fault fault);

// Errors: InvalidArgument, listing the names there are.
absl::StatusOr<Fault> ParseFault(absl::string_view name);

// The rules of which at least one must find it: ids, or the beginning of an id
// followed by '*'.
absl::Span<const absl::string_view> RulesFor(Fault fault);

// True if it shows only beside the report of the year before.
bool NeedsYearBefore(Fault fault);

// What was put into a report.
struct InjectedFault {
  Fault fault = Fault::kReceivedCell;
  // The paths of the cells that were changed; empty if none was.
  std::vector<std::string> cells;
  // The sentence that is wrong, as printed; empty if none is.
  std::string sentence;
  // What a message may name instead: a heading, a date.
  std::string mark;
};

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_FAULTS_H_
