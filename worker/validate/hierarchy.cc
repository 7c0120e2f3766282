// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/hierarchy.h"

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "proto/cell_path.h"
#include "worker/validate/digest.h"
#include "worker/validate/form_names.h"

namespace gongkai::validate {
namespace {

// The counts of a report's cells.
class Counts {
 public:
  Counts(const catalog::Catalog& catalog, const CollectedReport& report)
      : form_(catalog.form(report.template_id)) {
    if (form_ == nullptr) return;
    v1::Report restored;
    RestoreCells(catalog, report.template_id, report.cells, &restored);
    cells_.Load(*form_, restored);
  }

  const catalog::Form* form() const { return form_; }

  // Nothing if the form has no such cell, or it was not read.
  std::optional<int64_t> Get(const v1::CellPath& path) const {
    if (form_ == nullptr) return std::nullopt;
    const catalog::CellIndex cell = form_->Find(path);
    if (cell == catalog::kNoCell || cells_.unread()[cell] != 0) {
      return std::nullopt;
    }
    return cells_.counts()[cell];
  }

 private:
  const catalog::Form* const form_;
  CellTable cells_;
};

}  // namespace

std::vector<Hierarchy> FindHierarchies(const CollectedReports& reports) {
  // By parent: the bodies below, and in each year their first reports.
  std::map<uint32_t, std::set<uint32_t>> bodies;
  std::map<std::pair<uint32_t, int>, std::map<uint32_t, size_t>> children;
  std::set<uint32_t> with_unread;
  for (size_t i = 0; i < reports.size(); ++i) {
    const CollectedReport& report = reports[i];
    if (report.parent == CollectedReport::kNoBody ||
        report.parent == report.body) {
      continue;
    }
    if (report.body == CollectedReport::kNoBody || report.year == 0) {
      with_unread.insert(report.parent);
      continue;
    }
    bodies[report.parent].insert(report.body);
    children[{report.parent, report.year}].emplace(report.body, i);
  }
  std::vector<Hierarchy> hierarchies;
  for (const BodyReports& body : reports.bodies()) {
    int done_year = 0;
    for (size_t at = body.begin; at < body.end; ++at) {
      const CollectedReport& report = reports.ByBody(at);
      const auto below = children.find({report.body, report.year});
      if (below == children.end() || report.year == done_year) continue;
      done_year = report.year;
      Hierarchy& hierarchy = hierarchies.emplace_back();
      hierarchy.parent = reports.IndexByBody(at);
      hierarchy.body_count = bodies[report.body].size();
      hierarchy.incomplete = with_unread.contains(report.body) ||
                             below->second.size() < hierarchy.body_count;
      // In the order of their ids and not of their numbers.
      std::set<size_t> ordered;
      for (const auto& [child, index] : below->second) ordered.insert(index);
      hierarchy.children.assign(ordered.begin(), ordered.end());
    }
  }
  return hierarchies;
}

void CheckHierarchy(const catalog::Catalog& catalog,
                    const forms::v1::Rule& rule,
                    const CollectedReports& reports, const Hierarchy& hierarchy,
                    Findings* findings) {
  const CollectedReport& parent = reports[hierarchy.parent];
  const Counts own(catalog, parent);
  if (hierarchy.incomplete || own.form() == nullptr) {
    AddNotFound(rule, catalog.proto().phrases(), findings);
    return;
  }
  struct Sum {
    v1::CellPath path;
    bool read = true;
    int64_t value = 0;
  };
  std::vector<Sum> sums;
  for (const std::string& text : rule.hierarchy_sum().cells()) {
    const absl::StatusOr<v1::CellPath> path = ParseCellPath(text);
    // The catalogue was checked; the form need not have the cell.
    if (!path.ok() || own.form()->Find(*path) == catalog::kNoCell) continue;
    sums.push_back({*path, own.Get(*path).has_value(), 0});
  }
  for (const size_t child : hierarchy.children) {
    const Counts below(catalog, reports[child]);
    for (Sum& sum : sums) {
      const std::optional<int64_t> count = below.Get(sum.path);
      sum.read = sum.read && count.has_value();
      sum.value += count.value_or(0);
    }
  }
  std::vector<catalog::CellIndex> unread;
  std::vector<const Sum*> unequal;
  for (const Sum& sum : sums) {
    if (!sum.read) {
      unread.push_back(own.form()->Find(sum.path));
    } else if (*own.Get(sum.path) != sum.value) {
      unequal.push_back(&sum);
    }
  }
  if (unequal.empty() && unread.empty()) return;
  const FormNames names(*own.form());
  if (!unequal.empty()) {
    const Sum& first = *unequal.front();
    const int64_t left = *own.Get(first.path);
    Finding* finding = AddFinding(rule, v1::RULE_RESULT_FAIL, findings);
    for (const Sum* sum : unequal) finding->add_cell(KeyOf(sum->path));
    finding->set_left(absl::StrCat(left));
    finding->set_right(absl::StrCat(first.value));
    finding->set_difference(absl::StrCat(left - first.value));
    const catalog::CellIndex cell = own.form()->Find(first.path);
    SetMessage(rule.message(), rule.message_en(),
               {{"body", reports.BodyName(parent)},
                {"year", absl::StrCat(parent.year)},
                {"children", absl::StrCat(hierarchy.children.size())},
                {"cell", names.CellName(cell)},
                {"cell_en", names.Path(cell)},
                {"left", finding->left()},
                {"right", finding->right()},
                {"difference", finding->difference()},
                {"count", absl::StrCat(unequal.size())}},
               finding);
  } else {
    Finding* finding =
        AddFinding(rule, v1::RULE_RESULT_NOT_ASSESSABLE, findings);
    for (const catalog::CellIndex cell : unread) {
      finding->add_cell(names.Key(cell));
    }
    const forms::v1::Phrases& phrases = catalog.proto().phrases();
    SetMessage(phrases.cells_not_read(), phrases.cells_not_read_en(),
               {{"title", rule.title()},
                {"title_en", rule.title_en()},
                {"count", absl::StrCat(unread.size())},
                {"cells", names.ListNames(unread)},
                {"cells_en", names.ListPaths(unread)}},
               finding);
  }
}

}  // namespace gongkai::validate
