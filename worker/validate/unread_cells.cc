// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/unread_cells.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "worker/catalog/message_arguments.h"

namespace gongkai::validate {
namespace {

using catalog::Scope;

// More than these are a nuisance in a sentence.
constexpr size_t kMaxListed = 5;

void Append(absl::string_view text, std::string* list) {
  list->append(text.data(), text.size());
}

}  // namespace

UnreadCells::UnreadCells(const forms::v1::Phrases& phrases)
    : message_(phrases.cells_not_read(), catalog::CellsNotReadArguments()),
      message_en_(phrases.cells_not_read_en(),
                  catalog::CellsNotReadArguments()) {}

void UnreadCells::Clear() {
  instances_ = 0;
  for (const auto* unread : {&current_, &others_}) {
    for (const Unread& one : *unread) {
      added_[static_cast<int>(one.scope)][one.cell] = 0;
    }
  }
  current_.clear();
  others_.clear();
  more_ = 0;
}

void UnreadCells::Add(Scope scope, const FormNames& names,
                      catalog::CellIndex cell) {
  std::vector<uint8_t>& added = added_[static_cast<int>(scope)];
  if (added.size() < names.size()) added.resize(names.size());
  if (added[cell] != 0) return;
  added[cell] = 1;
  (scope == Scope::kCurrent ? current_ : others_)
      .push_back({&names, scope, cell});
}

void UnreadCells::AddAll(const FormNames& names,
                         absl::Span<const catalog::CellIndex> first,
                         size_t more) {
  for (catalog::CellIndex cell : first) Add(Scope::kCurrent, names, cell);
  more_ = more;
}

void UnreadCells::Add(const catalog::RelationInstance& instance,
                      const Subject& subject, const ScopeCells& cells) {
  ++instances_;
  const ScopeNames names = NamesOf(subject);
  for (const auto* side : {&instance.left, &instance.right}) {
    for (const catalog::ScopedOperand& operand : *side) {
      const int scope = static_cast<int>(operand.scope);
      if (cells[scope]->unread()[operand.cell] == 0) continue;
      Add(operand.scope, *names[scope], operand.cell);
    }
  }
}

void UnreadCells::List() {
  list_.clear();
  list_en_.clear();
  size_t listed = 0;
  for (const auto* unread : {&current_, &others_}) {
    for (const Unread& one : *unread) {
      if (listed == kMaxListed) break;
      if (listed++ > 0) {
        Append("、", &list_);
        Append(", ", &list_en_);
      }
      if (one.scope == Scope::kPrevious) {
        Append("上年报告的", &list_);
        Append("last year's ", &list_en_);
      }
      Append(one.names->CellName(one.cell), &list_);
      Append(one.names->Path(one.cell), &list_en_);
    }
  }
  const size_t all = current_.size() + more_ + others_.size();
  if (all > kMaxListed) {
    absl::StrAppend(&list_, "等 ", all, " 个");
    absl::StrAppend(&list_en_, " and ", all - kMaxListed, " more");
  }
}

void UnreadCells::AddFinding(const forms::v1::Rule& rule, Findings* findings) {
  Finding* const finding =
      validate::AddFinding(rule, v1::RULE_RESULT_NOT_ASSESSABLE, findings);
  for (size_t i = 0; i < std::min(current_.size(), kMaxFindingCells); ++i) {
    finding->add_cell(current_[i].names->Key(current_[i].cell));
  }
  for (const Unread& one : others_) {
    if (one.scope != Scope::kPrevious ||
        finding->previous_cells().size() == kMaxFindingCells) {
      continue;
    }
    finding->add_previous_cell(one.names->Key(one.cell));
  }
  List();
  const std::string count = absl::StrCat(instances_);
  // In the order of catalog::CellsNotReadArguments.
  const absl::string_view values[] = {rule.title(), rule.title_en(), count,
                                      list_, list_en_};
  finding->SetMessage(message_, message_en_, values);
}

}  // namespace gongkai::validate
