// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/finding.h
//
// Findings as rules make them: what v1::Finding holds, in memory that is kept
// from report to report. Where zeros are left blank, a report has twenty
// findings of thirty cells each; as messages they take longer to make, to write
// and to empty than all rules take to find them.

#ifndef GONGKAI_WORKER_VALIDATE_FINDING_H_
#define GONGKAI_WORKER_VALIDATE_FINDING_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "gongkai/forms/v1/catalog.pb.h"
#include "gongkai/v1/cell.pb.h"
#include "gongkai/v1/finding.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "worker/validate/message_form.h"

namespace gongkai::validate {

// A v1::CellPath of three bytes.
struct CellKey {
  uint8_t table = 0;
  uint8_t row = 0;
  uint8_t column = 0;

  bool operator==(const CellKey&) const = default;
};
static_assert(v1::Table_ARRAYSIZE <= 0x100 && v1::Row_ARRAYSIZE <= 0x100 &&
              v1::Column_ARRAYSIZE <= 0x100);

inline CellKey KeyOf(const v1::CellPath& path) {
  return {static_cast<uint8_t>(path.table()), static_cast<uint8_t>(path.row()),
          static_cast<uint8_t>(path.column())};
}

// An argument of a message by its name, which is a literal; see
// catalog/message_arguments.h.
using MessageArgument = std::pair<absl::string_view, absl::string_view>;

// The fields are those of v1::Finding.
class Finding {
 public:
  Finding() = default;
  Finding(const Finding&) = delete;
  Finding& operator=(const Finding&) = delete;

  // Makes it a finding of the rule that says nothing yet. The rule must outlive
  // it.
  void Reset(const forms::v1::Rule& rule, v1::RuleResult result);

  const forms::v1::Rule& rule() const { return *rule_; }
  v1::RuleResult result() const { return result_; }

  v1::Severity severity() const { return severity_; }
  void set_severity(v1::Severity severity) { severity_ = severity; }

  const std::vector<CellKey>& cells() const { return cells_; }
  void add_cell(CellKey cell) { cells_.push_back(cell); }
  const std::vector<CellKey>& previous_cells() const { return previous_cells_; }
  void add_previous_cell(CellKey cell) { previous_cells_.push_back(cell); }

  const google::protobuf::RepeatedPtrField<v1::Place>& places() const {
    return places_;
  }
  v1::Place* add_places() { return places_.Add(); }

  const google::protobuf::RepeatedPtrField<v1::Quotation>& quotations() const {
    return quotations_;
  }
  v1::Quotation* add_quotations() { return quotations_.Add(); }

  const std::string& left() const { return left_; }
  void set_left(std::string left) { left_ = std::move(left); }
  const std::string& right() const { return right_; }
  void set_right(std::string right) { right_ = std::move(right); }
  const std::string& difference() const { return difference_; }
  void set_difference(std::string difference) {
    difference_ = std::move(difference);
  }
  const std::string& formula() const { return formula_; }
  void set_formula(std::string formula) { formula_ = std::move(formula); }

  // Sets the template, the arguments that it uses, and both rendered messages.
  void SetMessage(absl::string_view message, absl::string_view message_en,
                  absl::Span<const MessageArgument> arguments);
  // The same of messages that were taken apart, whose values are in the order
  // of the names. They must outlive the finding.
  void SetMessage(const MessageForm& message, const MessageForm& message_en,
                  absl::Span<const absl::string_view> values);
  absl::string_view message_template() const { return message_template_; }
  const std::string& message() const { return message_; }
  const std::string& message_en() const { return message_en_; }
  // In the order of their names.
  size_t message_args_size() const { return arguments_.size(); }
  MessageArgument message_arg(size_t i) const {
    const Argument& argument = arguments_[i];
    return {argument.name,
            absl::string_view(message_).substr(argument.begin, argument.size)};
  }

  // Null if there is none.
  const v1::Repair* repair() const {
    return repair_.has_value() ? &*repair_ : nullptr;
  }
  void set_repair(v1::Repair repair) { repair_ = std::move(repair); }

  v1::SectionKind section() const { return section_; }
  void set_section(v1::SectionKind section) { section_ = section; }

  bool assumed_zero() const { return assumed_zero_; }
  void set_assumed_zero(bool assumed) { assumed_zero_ = assumed; }

  // Replaces what the message holds.
  void Write(v1::Finding* out) const;

 private:
  struct Argument {
    absl::string_view name;
    // Where its value stands in message_.
    size_t begin;
    size_t size;
  };

  void AddArgument(absl::string_view name, absl::string_view value);

  const forms::v1::Rule* rule_ = nullptr;
  v1::RuleResult result_ = v1::RULE_RESULT_UNSPECIFIED;
  v1::Severity severity_ = v1::SEVERITY_UNSPECIFIED;
  v1::SectionKind section_ = v1::SECTION_KIND_UNSPECIFIED;
  bool assumed_zero_ = false;
  std::vector<CellKey> cells_;
  std::vector<CellKey> previous_cells_;
  google::protobuf::RepeatedPtrField<v1::Place> places_;
  google::protobuf::RepeatedPtrField<v1::Quotation> quotations_;
  std::string left_;
  std::string right_;
  std::string difference_;
  std::string formula_;
  // May be own_template_.
  absl::string_view message_template_;
  std::string own_template_;
  std::string message_;
  std::string message_en_;
  std::vector<Argument> arguments_;
  std::optional<v1::Repair> repair_;
};

// Findings in the order in which they are told. A finding stays where it is in
// memory while the list has it.
class Findings {
 public:
  int size() const { return static_cast<int>(size_); }
  bool empty() const { return size_ == 0; }
  Finding& operator[](int i) { return *findings_[i]; }
  const Finding& operator[](int i) const { return *findings_[i]; }
  Finding& back() { return *findings_[size_ - 1]; }

  // Forgets them and keeps their memory.
  void Clear() { size_ = 0; }

  Finding* Add(const forms::v1::Rule& rule, v1::RuleResult result);

  // Moves all findings of another list behind those of this.
  void Take(Findings* other);

  // Sorts those from `first` on; equal ones stay in their order. rank(finding)
  // is a number, smaller ones come first.
  template <typename Rank>
  void Sort(int first, const Rank& rank);

  // Adds them to a list of messages.
  void Write(google::protobuf::RepeatedPtrField<v1::Finding>* out) const;

 private:
  // The first size_ are in use.
  std::vector<std::unique_ptr<Finding>> findings_;
  size_t size_ = 0;
};

template <typename Rank>
void Findings::Sort(int first, const Rank& rank) {
  const auto before = [&rank](const auto& a, const auto& b) {
    return rank(*a) < rank(*b);
  };
  const auto begin = findings_.begin() + first;
  const auto end = findings_.begin() + static_cast<ptrdiff_t>(size_);
  if (!std::is_sorted(begin, end, before)) std::stable_sort(begin, end, before);
}

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_FINDING_H_
