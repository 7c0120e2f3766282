// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/validate.h
//
// Report to Findings: applies the rules of the catalogue. Knows rules and
// nothing of text layout.
//
// An identity fails only where every operand was read from a cell (state VALUE;
// DERIVED is no reading). Blank is not zero: an identity with an operand that
// was not read answers NOT_ASSESSABLE. Where the report prints a row that
// stands for others (RowForm.stands_for) and none of those, it takes their
// place in the sums.
//
// Each failing instance of a rule has its own finding, with all cells and both
// sides. What is not assessable is merged into one finding per rule, which
// lists the cells that were not read and says how many instances they spoil:
// fifty findings about one lost table would say no more. It has no places,
// because what was not read mostly has none. PASS and SKIPPED carry no message.
//
// Rules that need last year's report are SKIPPED where none is given. Nothing
// is asked of a body that the rule is not for.
//
// Finding.repair is set where one repair is smaller than all others: changed
// cells that make every failing identity they take part in hold and break none
// that holds. What last year's report carried over counts for it and against
// it. It is an explanation and no correction: nothing in the report is changed.
//
//   Validator validator(*catalog);
//   validator.Validate(report, options, {}, response.mutable_findings());

#ifndef GONGKAI_WORKER_VALIDATE_VALIDATE_H_
#define GONGKAI_WORKER_VALIDATE_VALIDATE_H_

#include <memory>
#include <optional>
#include <string>

#include "gongkai/v1/finding.pb.h"
#include "gongkai/v1/report.pb.h"
#include "gongkai/v1/report_service.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/read_cells.h"
#include "worker/catalog/read_text.h"
#include "worker/validate/finding.h"

namespace gongkai::validate {

// What a report is checked with.
struct Beside {
  // The cells of the report's tables, which are empty then; null if they stand
  // in the tables.
  const catalog::ReadCells* cells = nullptr;
  // The prose of the report; null if it is yet to be read.
  const catalog::ReadText* text = nullptr;
  // Last year's report of the same body; null if there is none.
  const v1::Report* previous = nullptr;
  // True if last year's report was given and could not be read.
  bool previous_unread = false;
  // The sums of the cells of all bodies below this one, as a report of the same
  // form; null if there are none or one of their reports is not known.
  const v1::Report* children = nullptr;
};

// Why a report cannot be checked as the options ask, for people.
struct Refusal {
  // In Chinese.
  std::string message;
  // In English.
  std::string message_en;
};

// Keeps its working memory from report to report. Not thread-safe.
class Validator {
 public:
  // The catalogue must outlive the validator.
  explicit Validator(const catalog::Catalog& catalog);
  ~Validator();

  // Says why the options cannot be followed: they name a profile or a rule that
  // the catalogue does not have, or no severity. Costs nothing where they name
  // none.
  std::optional<Refusal> Refuse(const v1::CheckOptions& options);

  // Adds the findings: failures gravest first, then what is not assessable;
  // then, if the options ask for them, the rest. Within these groups in the
  // order of the catalogue and of the form. The report may be a caller's own,
  // with cells in any order, missing, twice, or unknown to the form. Options
  // that are refused select nothing: the catalogue's own rules are applied.
  //
  // Fills the verdict, if one is wanted, from the failures; its numbers are
  // indices into `findings`.
  void Validate(const v1::Report& report, const v1::CheckOptions& options,
                const Beside& beside, Findings* findings,
                v1::Verdict* verdict = nullptr);

  // The same with findings as messages.
  void Validate(const v1::Report& report, const v1::CheckOptions& options,
                const Beside& beside,
                google::protobuf::RepeatedPtrField<v1::Finding>* findings,
                v1::Verdict* verdict = nullptr);

  // Applies only the rules that compare cells with last year's and need nothing
  // but cells: for collections, which keep no text. `previous` must be of the
  // year before. Adds failures and what is not assessable, gravest first.
  void ValidateYears(const v1::Report& report, const v1::Report& previous,
                     const v1::CheckOptions& options, Findings* findings);

  // True if the rule, by its place in the catalogue, is for this report and not
  // switched off: for rules that collections apply themselves.
  bool Applies(int rule, const v1::Report& report,
               const v1::CheckOptions& options);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// The rules of the catalogue as ListRules describes them, by id.
v1::ListRulesResponse DescribeRules(const catalog::Catalog& catalog);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_VALIDATE_H_
