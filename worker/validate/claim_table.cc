// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/claim_table.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace gongkai::validate {
namespace {

constexpr int kPlaces = 4;

// Digits before the point; larger numbers are no counts.
constexpr size_t kMaxDigits = 13;

bool Matches(const ClaimTable::Keys& keys, absl::string_view subject) {
  return std::any_of(
      keys.begin(), keys.end(), [subject](absl::string_view key) {
        return absl::ConsumeSuffix(&key, "*") ? absl::StartsWith(subject, key)
                                              : subject == key;
      });
}

}  // namespace

bool ParseFixed(absl::string_view text, Fixed* value, int* places) {
  const bool negative = absl::ConsumePrefix(&text, "-");
  const size_t point = std::min(text.find('.'), text.size());
  const absl::string_view fraction =
      point < text.size() ? text.substr(point + 1) : absl::string_view();
  if (point == 0 || point > kMaxDigits ||
      fraction.size() > static_cast<size_t>(kPlaces) ||
      (point < text.size() && fraction.empty())) {
    return false;
  }
  Fixed number = 0;
  for (size_t i = 0; i < point + kPlaces; ++i) {
    // The point is passed over; places that are not printed are 0.
    const size_t at = i < point ? i : i + 1;
    const char digit = at < text.size() ? text[at] : '0';
    if (!absl::ascii_isdigit(digit)) return false;
    number = number * 10 + (digit - '0');
  }
  *value = negative ? -number : number;
  *places = static_cast<int>(fraction.size());
  return true;
}

std::string FixedText(Fixed value) {
  const Fixed size = value < 0 ? -value : value;
  std::string text = absl::StrCat(value < 0 ? "-" : "", size / kFixedOne, ".",
                                  absl::Dec(size % kFixedOne, absl::kZeroPad4));
  text.resize(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

ClaimTable::ClaimTable(const catalog::Catalog& catalog) : catalog_(&catalog) {
  const auto& subjects = catalog.proto().claim_grammar().subjects();
  for (const forms::v1::ClaimSubject& subject : subjects) {
    for (const std::string& reading : subject.readings()) {
      std::unique_ptr<SumByForm>& sum = sums_[reading];
      if (sum == nullptr) sum = std::make_unique<SumByForm>(Compile(reading));
    }
    if (subject_index_
            .try_emplace(subject.key(), static_cast<int>(subjects_.size()))
            .second) {
      subjects_.push_back({&subject, {}});
    }
  }
}

SumByForm ClaimTable::Compile(absl::string_view sum) const {
  SumByForm by_form;
  for (const catalog::Form& form : catalog_->forms()) {
    by_form.push_back(catalog::CompileCellSum(sum, form));
  }
  // For reports without a form.
  by_form.emplace_back();
  return by_form;
}

int ClaimTable::Add(const Keys& subjects, const Keys& except) {
  const int number = static_cast<int>(lists_.size());
  const List& list = lists_.emplace_back(List{subjects, except, {}});
  for (ClaimSubjectEntry& entry : subjects_) {
    if (Takes(list, entry.proto->key())) entry.lists.push_back(number);
  }
  return number;
}

bool ClaimTable::Takes(const List& list, absl::string_view subject) const {
  return (list.subjects.empty() || Matches(list.subjects, subject)) &&
         !Matches(list.except, subject);
}

int ClaimTable::FormIndex(const catalog::Form* form) const {
  return static_cast<int>(form == nullptr ? catalog_->forms().size()
                                          : form - catalog_->forms().data());
}

void ClaimTable::Load(const ReportView& current, const ReportView* previous) {
  claims_.clear();
  readings_.clear();
  own_sums_.clear();
  for (List& list : lists_) list.claims.clear();
  current_.Load(current);
  current_form_ = FormIndex(current.form);
  previous_form_ = FormIndex(nullptr);
  if (previous != nullptr) {
    previous_.Load(*previous);
    previous_form_ = FormIndex(previous->form);
  }
  for (const v1::Claim& claim : current.report->claims()) AddClaim(claim);
  // From the back, so that the parts of a list are linked in their order.
  for (int i = size() - 1; i >= 0; --i) {
    const int whole = WholeOf(i);
    if (whole < 0) continue;
    claims_[i].next_part = claims_[whole].first_part;
    claims_[whole].first_part = i;
  }
}

void ClaimTable::AddClaim(const v1::Claim& claim) {
  const int index = size();
  ReadClaim& read = claims_.emplace_back();
  read.proto = &claim;
  if (!ParseFixed(claim.value(), &read.value, &read.places)) read.places = -1;
  const auto known = subject_index_.find(claim.subject());
  if (known != subject_index_.end()) {
    read.subject = &subjects_[known->second];
    for (int list : read.subject->lists) lists_[list].claims.push_back(index);
  } else {
    // A caller's own, or a part of a list.
    for (List& list : lists_) {
      if (Takes(list, claim.subject())) list.claims.push_back(index);
    }
  }
  AddReadings(&read);
}

void ClaimTable::AddReadings(ReadClaim* read) {
  const v1::Claim& claim = *read->proto;
  const bool of_subject = claim.readings().empty() &&
                          read->subject != nullptr &&
                          (claim.kind() == v1::CLAIM_KIND_SHARE ||
                           claim.kind() == v1::CLAIM_KIND_GROWTH);
  read->first_reading = static_cast<int>(readings_.size());
  for (const std::string& reading :
       of_subject ? read->subject->proto->readings() : claim.readings()) {
    const auto known = sums_.find(reading);
    if (known != sums_.end()) {
      readings_.push_back(known->second.get());
    } else {
      readings_.push_back(
          own_sums_.emplace_back(new SumByForm(Compile(reading))).get());
    }
  }
  read->reading_count =
      static_cast<int>(readings_.size()) - read->first_reading;
}

int ClaimTable::WholeOf(int index) const {
  const int whole = claims_[index].proto->whole() - 1;
  return whole >= 0 && whole < size() && whole != index ? whole : -1;
}

}  // namespace gongkai::validate
