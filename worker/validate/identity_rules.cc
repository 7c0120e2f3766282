// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/identity_rules.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "proto/cell_path.h"

namespace gongkai::validate {
namespace {

using catalog::CellIndex;
using Cells = absl::Span<const CellIndex>;

// What an identity is about, and what tells its terms apart: the cells of one
// row differ by their columns, those of one column by their rows.
struct Subject {
  bool row;
  bool column;
};

Subject SubjectOf(const catalog::Form& form, Cells cells) {
  const catalog::FormCell& first = form.cells()[cells.front()];
  Subject subject{true, true};
  for (CellIndex cell : cells) {
    const catalog::FormCell& other = form.cells()[cell];
    subject.row &= other.table == first.table && other.row == first.row;
    subject.column &=
        other.table == first.table && other.column == first.column;
  }
  return subject;
}

// The names of cells within a sentence about their subject, in one language.
class TermNames {
 public:
  TermNames(const FormNames& names, Subject subject, bool english)
      : names_(names), subject_(subject), english_(english) {}

  std::string Name(CellIndex cell) const {
    if (subject_.row) return Column(cell);
    if (subject_.column) return Row(cell);
    return english_ ? names_.Path(cell) : names_.CellName(cell);
  }

  std::string SubjectName(CellIndex cell) const {
    if (subject_.row) return Row(cell);
    if (subject_.column) return Column(cell);
    return english_ ? names_.Path(cell) : names_.CellName(cell);
  }

  // "a 1 + b 2 = 3"; the zeros of a long sum together: "a 1 + 其余 3 项 0 = 1".
  std::string Sum(Cells cells, const int64_t* counts, int64_t sum) const {
    // Up to so many terms are written out even if they are zero.
    constexpr size_t kShort = 2;
    std::string text;
    size_t zeros = 0;
    for (CellIndex cell : cells) {
      if (counts[cell] == 0 && cells.size() > kShort) {
        ++zeros;
        continue;
      }
      absl::StrAppend(&text, text.empty() ? "" : " + ", Name(cell), " ",
                      counts[cell]);
    }
    if (zeros == cells.size()) {
      return english_ ? absl::StrCat("all ", zeros, " terms are 0")
                      : absl::StrCat(zeros, " 项均为 0");
    }
    if (zeros > 0) {
      absl::StrAppend(&text, english_ ? " + 0 of " : " + 其余 ", zeros,
                      english_ ? " others" : " 项 0");
    }
    if (cells.size() > 1) absl::StrAppend(&text, " = ", sum);
    return text;
  }

 private:
  // In English, the keys: the last and the middle part of the path.
  std::string Column(CellIndex cell) const {
    if (!english_) return std::string(names_.ColumnName(cell));
    const std::string path = names_.Path(cell);
    return path.substr(path.rfind('.') + 1);
  }
  std::string Row(CellIndex cell) const {
    if (!english_) return std::string(names_.RowName(cell));
    const std::string path = names_.Path(cell);
    const size_t first = path.find('.') + 1;
    return path.substr(first, path.rfind('.') - first);
  }

  const FormNames& names_;
  const Subject subject_;
  const bool english_;
};

std::string Formula(const FormNames& names, Cells left, Cells right) {
  std::string text;
  for (CellIndex cell : left) {
    absl::StrAppend(&text, text.empty() ? "" : " + ", names.Path(cell));
  }
  absl::string_view sign = " = ";
  for (CellIndex cell : right) {
    absl::StrAppend(&text, sign, names.Path(cell));
    sign = " + ";
  }
  return text;
}

}  // namespace

IdentityRules::IdentityRules(const catalog::Catalog& catalog,
                             const catalog::Form& form)
    : catalog_(&catalog), form_(&form), names_(form), plans_(form) {}

bool IdentityRules::Evaluate(const CellTable& cells) {
  plan_ = &plans_.For(cells);
  repairs_.clear();
  if (validate::Evaluate(*plan_, cells, &results_)) return true;
  for (const forms::v1::TableForm& table : form_->proto().tables()) {
    std::optional<CellRepair> repair =
        FindRepair(*plan_, cells, results_, *form_, table.table());
    if (repair.has_value()) repairs_.push_back(*std::move(repair));
  }
  return false;
}

void IdentityRules::AddFindings(int rule, const CellTable& cells,
                                const v1::CheckOptions& options,
                                Findings* findings) const {
  std::vector<int> not_assessable;
  for (size_t i = 0; i < results_.size(); ++i) {
    if (plan_->identities()[i].rule != rule) continue;
    const int index = static_cast<int>(i);
    if (results_[i].result == v1::RULE_RESULT_NOT_ASSESSABLE) {
      not_assessable.push_back(index);
    } else if (results_[i].result == v1::RULE_RESULT_FAIL ||
               options.include_passed()) {
      AddResult(index, cells, findings);
    }
  }
  if (!not_assessable.empty()) {
    AddNotAssessable(not_assessable, rule, cells, findings);
  }
}

void IdentityRules::AddResult(int index, const CellTable& cells,
                              Findings* findings) const {
  const IdentityPlan::Identity& identity = plan_->identities()[index];
  const IdentityResult& result = results_[index];
  const forms::v1::Rule& rule = catalog_->proto().rules(identity.rule);
  const Cells left = plan_->left(identity);
  const Cells right = plan_->right(identity);

  v1::Finding* finding = AddFinding(rule, result.result, findings);
  for (CellIndex cell : plan_->all(identity)) {
    *finding->add_cells() = names_.CellPath(cell);
    if (HasPlace(*cells.cell(cell))) {
      *finding->add_places() = PlaceOf(*cells.cell(cell));
    }
  }
  finding->set_left(absl::StrCat(result.left));
  finding->set_right(absl::StrCat(result.right));
  finding->set_difference(absl::StrCat(result.difference));
  finding->set_formula(Formula(names_, left, right));
  if (result.result == v1::RULE_RESULT_PASS) return;

  const Subject subject = SubjectOf(*form_, plan_->all(identity));
  const TermNames zh(names_, subject, /*english=*/false);
  const TermNames en(names_, subject, /*english=*/true);
  const int64_t* counts = cells.counts();
  MessageArguments arguments = {
      {"subject", zh.SubjectName(right.front())},
      {"subject_en", en.SubjectName(right.front())},
      {"left_terms", zh.Sum(left, counts, result.left)},
      {"left_terms_en", en.Sum(left, counts, result.left)},
      {"right_terms", zh.Sum(right, counts, result.right)},
      {"right_terms_en", en.Sum(right, counts, result.right)},
      {"left", finding->left()},
      {"right", finding->right()},
      {"difference", finding->difference()}};
  std::string message = rule.message();
  std::string message_en = rule.message_en();
  for (const CellRepair& repair : repairs_) {
    if (std::find(repair.repaired.begin(), repair.repaired.end(), index) ==
        repair.repaired.end()) {
      continue;
    }
    SetRepair(repair, finding);
    const forms::v1::Phrases& phrases = catalog_->proto().phrases();
    message += phrases.repair();
    message_en += phrases.repair_en();
    arguments.emplace_back("cell", names_.CellName(repair.cell));
    arguments.emplace_back("cell_en", names_.Path(repair.cell));
    arguments.emplace_back("printed", absl::StrCat(repair.printed));
    arguments.emplace_back("proposed", absl::StrCat(repair.proposed));
  }
  SetMessage(message, message_en, arguments, finding);
}

void IdentityRules::SetRepair(const CellRepair& repair,
                              v1::Finding* finding) const {
  v1::Repair* proto = finding->mutable_repair();
  *proto->mutable_cell() = names_.CellPath(repair.cell);
  proto->set_printed(repair.printed);
  proto->set_proposed(repair.proposed);
  for (int index : repair.repaired) {
    const IdentityPlan::Identity& identity = plan_->identities()[index];
    proto->add_repairs(
        absl::StrCat(catalog_->proto().rules(identity.rule).id(), " ",
                     names_.Path(plan_->right(identity).front())));
  }
}

void IdentityRules::AddNotAssessable(const std::vector<int>& indices, int rule,
                                     const CellTable& cells,
                                     Findings* findings) const {
  std::vector<bool> listed(form_->cells().size());
  std::vector<CellIndex> unread;
  auto list = [&](CellIndex cell) {
    if (!listed[cell]) unread.push_back(cell);
    listed[cell] = true;
  };
  for (int index : indices) {
    const Cells operands = plan_->all(plan_->identities()[index]);
    const bool all_read =
        std::none_of(operands.begin(), operands.end(),
                     [&](CellIndex cell) { return cells.unread()[cell]; });
    for (CellIndex cell : operands) {
      // Where all were read, their sum is too large.
      if (all_read || cells.unread()[cell]) list(cell);
    }
  }
  const forms::v1::Rule& proto = catalog_->proto().rules(rule);
  v1::Finding* finding =
      AddFinding(proto, v1::RULE_RESULT_NOT_ASSESSABLE, findings);
  for (size_t c = 0; c < std::min(unread.size(), kMaxFindingCells); ++c) {
    *finding->add_cells() = names_.CellPath(unread[c]);
  }
  const forms::v1::Phrases& phrases = catalog_->proto().phrases();
  SetMessage(phrases.cells_not_read(), phrases.cells_not_read_en(),
             {{"title", proto.title()},
              {"title_en", proto.title_en()},
              {"count", absl::StrCat(indices.size())},
              {"cells", names_.ListNames(unread)},
              {"cells_en", names_.ListPaths(unread)}},
             finding);
}

}  // namespace gongkai::validate
