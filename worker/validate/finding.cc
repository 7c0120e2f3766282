// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/finding.h"

#include <algorithm>

#include "worker/validate/message.h"

namespace gongkai::validate {
namespace {

v1::CellPath PathOf(CellKey key) {
  v1::CellPath path;
  path.set_table(static_cast<v1::Table>(key.table));
  path.set_row(static_cast<v1::Row>(key.row));
  path.set_column(static_cast<v1::Column>(key.column));
  return path;
}

}  // namespace

void Finding::Reset(const forms::v1::Rule& rule, v1::RuleResult result) {
  rule_ = &rule;
  result_ = result;
  severity_ = rule.severity();
  section_ = v1::SECTION_KIND_UNSPECIFIED;
  assumed_zero_ = false;
  cells_.clear();
  previous_cells_.clear();
  places_.Clear();
  quotations_.Clear();
  left_.clear();
  right_.clear();
  difference_.clear();
  formula_.clear();
  message_template_ = {};
  message_.clear();
  message_en_.clear();
  arguments_.clear();
  repair_.reset();
}

// Appends the value to the message, where the argument is kept.
void Finding::AddArgument(absl::string_view name, absl::string_view value) {
  const auto at =
      std::lower_bound(arguments_.begin(), arguments_.end(), name,
                       [](const Argument& known, absl::string_view wanted) {
                         return known.name < wanted;
                       });
  if (at == arguments_.end() || at->name != name) {
    arguments_.insert(at, {name, message_.size(), value.size()});
  }
  message_.append(value.data(), value.size());
}

void Finding::SetMessage(absl::string_view message,
                         absl::string_view message_en,
                         absl::Span<const MessageArgument> arguments) {
  own_template_.assign(message.data(), message.size());
  message_template_ = own_template_;
  message_.clear();
  message_en_.clear();
  arguments_.clear();
  ForEachPiece(message, arguments,
               [this](absl::string_view text, const MessageArgument* next) {
                 message_.append(text.data(), text.size());
                 if (next != nullptr) AddArgument(next->first, next->second);
               });
  Render(message_en, arguments, &message_en_);
}

void Finding::SetMessage(const MessageForm& message,
                         const MessageForm& message_en,
                         absl::Span<const absl::string_view> values) {
  message_template_ = message.message();
  message_.clear();
  message_en_.clear();
  arguments_.resize(message.used().size());
  for (const MessageForm::Piece& piece : message.pieces()) {
    message_.append(piece.text.data(), piece.text.size());
    if (piece.argument < 0) continue;
    const absl::string_view value = values[piece.argument];
    if (piece.used >= 0) {
      arguments_[piece.used] = {message.used()[piece.used], message_.size(),
                                value.size()};
    }
    message_.append(value.data(), value.size());
  }
  for (const MessageForm::Piece& piece : message_en.pieces()) {
    message_en_.append(piece.text.data(), piece.text.size());
    if (piece.argument < 0) continue;
    const absl::string_view value = values[piece.argument];
    message_en_.append(value.data(), value.size());
  }
}

void Finding::Write(v1::Finding* out) const {
  out->Clear();
  out->set_rule_id(rule_->id());
  out->set_result(result_);
  out->set_severity(severity_);
  for (const CellKey cell : cells_) *out->add_cells() = PathOf(cell);
  *out->mutable_places() = places_;
  out->set_left(left_);
  out->set_right(right_);
  out->set_difference(difference_);
  out->set_formula(formula_);
  out->set_message_template(std::string(message_template_));
  for (size_t i = 0; i < message_args_size(); ++i) {
    const auto [name, value] = message_arg(i);
    (*out->mutable_message_args())[std::string(name)] = std::string(value);
  }
  out->set_message(message_);
  out->set_message_en(message_en_);
  out->set_legal_basis(rule_->legal_basis());
  if (repair_.has_value()) *out->mutable_repair() = *repair_;
  out->set_section(section_);
  *out->mutable_quotations() = quotations_;
  for (const CellKey cell : previous_cells_) {
    *out->add_previous_cells() = PathOf(cell);
  }
  out->set_assumed_zero(assumed_zero_);
}

Finding* Findings::Add(const forms::v1::Rule& rule, v1::RuleResult result) {
  if (size_ == findings_.size()) {
    findings_.push_back(std::make_unique<Finding>());
  }
  Finding* const added = findings_[size_++].get();
  added->Reset(rule, result);
  return added;
}

void Findings::Take(Findings* other) {
  for (size_t i = 0; i < other->size_; ++i) {
    if (size_ == findings_.size()) {
      findings_.push_back(std::make_unique<Finding>());
    }
    findings_[size_++].swap(other->findings_[i]);
  }
  other->Clear();
}

void Findings::Write(
    google::protobuf::RepeatedPtrField<v1::Finding>* out) const {
  out->Reserve(out->size() + size());
  for (size_t i = 0; i < size_; ++i) findings_[i]->Write(out->Add());
}

}  // namespace gongkai::validate
