// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/claim_table.h
//
// The claims of a report made ready for the rules about them: numbers as
// integers, subjects as those of the catalogue, readings as cells. Private to
// validate.
//
//   ClaimTable table(catalog);
//   const int list = table.Add(check.subjects(), check.subjects_except());
//   table.Load(current, previous);                  // per report
//   for (int i : table.list(list)) table.claim(i).value …

#ifndef GONGKAI_WORKER_VALIDATE_CLAIM_TABLE_H_
#define GONGKAI_WORKER_VALIDATE_CLAIM_TABLE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "gongkai/forms/v1/catalog.pb.h"
#include "gongkai/v1/report.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/cell_sum.h"
#include "worker/validate/proved_cells.h"
#include "worker/validate/subject.h"

namespace gongkai::validate {

// A decimal of at most four places, as an integer: 1.5 is 15000.
using Fixed = int64_t;
inline constexpr Fixed kFixedOne = 10000;

// False if the text is no decimal, or too large or too fine for one. Sets
// *places to the places printed.
bool ParseFixed(absl::string_view text, Fixed* value, int* places);

// The shortest decimal.
std::string FixedText(Fixed value);

// A sum of cells over every form of the catalogue, in the order of its forms.
using SumByForm = std::vector<catalog::CellSum>;

// Something that claims count. Of the catalogue's entries with the same key it
// is the first.
struct ClaimSubjectEntry {
  const forms::v1::ClaimSubject* proto = nullptr;
  // The lists that its claims are in.
  std::vector<int> lists;
};

// A claim of the report.
struct ReadClaim {
  const v1::Claim* proto = nullptr;
  // Null if the catalogue has no such subject.
  const ClaimSubjectEntry* subject = nullptr;
  // Where its readings stand; see ClaimTable::readings.
  int first_reading = 0;
  int reading_count = 0;
  Fixed value = 0;
  // The places printed after the point; -1 if the value cannot be compared.
  int places = -1;
  // The first part of its list and the next part of the same list; -1 for none.
  int first_part = -1;
  int next_part = -1;

  // True if it can be held against the tables: the body's own, and exact.
  bool comparable() const {
    return places >= 0 && !proto->approximate() &&
           proto->scope() == v1::CLAIM_SCOPE_OWN;
  }
};

// Keeps its memory from report to report. Not thread-safe.
class ClaimTable {
 public:
  // The catalogue must outlive the table.
  explicit ClaimTable(const catalog::Catalog& catalog);

  using Keys = google::protobuf::RepeatedPtrField<std::string>;
  // Takes a list of claims by the keys of their subjects, as ClaimCheck has
  // them, and returns its number.
  int Add(const Keys& subjects, const Keys& except);

  // A sum of the catalogue over all forms.
  SumByForm Compile(absl::string_view sum) const;

  // Replaces the claims by those of the report; both views must outlive their
  // use. `previous` may be null.
  void Load(const ReportView& current, const ReportView* previous);

  int size() const { return static_cast<int>(claims_.size()); }
  const ReadClaim& claim(int index) const { return claims_[index]; }
  // Indices of the claims of a list, in the order of the report.
  absl::Span<const int> list(int number) const { return lists_[number].claims; }
  // The readings that the claim names; for shares and rates without any, those
  // of its subject.
  absl::Span<const SumByForm* const> readings(const ReadClaim& claim) const {
    return absl::MakeConstSpan(readings_).subspan(claim.first_reading,
                                                  claim.reading_count);
  }
  // The claim that a part or a share names as its whole; -1 for none.
  int WholeOf(int index) const;

  // The cells of the report; and of last year's, if there is one.
  ProvedCells& current() { return current_; }
  ProvedCells& previous() { return previous_; }

  // The sum over the form of the report, or of last year's; empty if it says
  // nothing of that form.
  const catalog::CellSum& Current(const SumByForm& sum) const {
    return sum[current_form_];
  }
  const catalog::CellSum& Previous(const SumByForm& sum) const {
    return sum[previous_form_];
  }

 private:
  struct List {
    Keys subjects;
    Keys except;
    std::vector<int> claims;
  };

  bool Takes(const List& list, absl::string_view subject) const;
  int FormIndex(const catalog::Form* form) const;
  void AddClaim(const v1::Claim& claim);
  void AddReadings(ReadClaim* read);

  const catalog::Catalog* catalog_;
  std::vector<ClaimSubjectEntry> subjects_;
  absl::flat_hash_map<absl::string_view, int> subject_index_;
  // Every reading of the catalogue.
  absl::flat_hash_map<absl::string_view, std::unique_ptr<SumByForm>> sums_;
  std::vector<List> lists_;
  // Of the report at hand.
  std::vector<ReadClaim> claims_;
  std::vector<const SumByForm*> readings_;
  // Readings that the catalogue does not have.
  std::vector<std::unique_ptr<SumByForm>> own_sums_;
  ProvedCells current_;
  ProvedCells previous_;
  int current_form_ = 0;
  int previous_form_ = 0;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_CLAIM_TABLE_H_
