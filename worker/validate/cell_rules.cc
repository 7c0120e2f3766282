// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "worker/validate/checker.h"

namespace gongkai::validate {
namespace {

using catalog::CellIndex;

// The text of the cell; a caller's report may have a value without it.
std::string RawText(const v1::Cell& cell) {
  if (!cell.raw().empty()) return cell.raw();
  return cell.has_decimal() ? cell.decimal() : absl::StrCat(cell.count());
}

void AddFailure(const forms::v1::Rule& rule, absl::Span<const CellIndex> faulty,
                const CellTable& cells, const FormNames& names,
                Findings* findings) {
  Finding* finding = AddFinding(rule, v1::RULE_RESULT_FAIL, findings);
  for (CellIndex cell : faulty.subspan(0, kMaxFindingCells)) {
    finding->add_cell(names.Key(cell));
    cells.AddPlace(cell, finding);
  }
  const v1::Cell& first = *cells.cell(faulty.front());
  SetMessage(rule.message(), rule.message_en(),
             {{"cell", names.CellName(faulty.front())},
              {"cell_en", names.Path(faulty.front())},
              {"raw", RawText(first)},
              {"unit", first.unit()},
              {"count", absl::StrCat(faulty.size())},
              {"cells", names.ListNames(faulty)},
              {"cells_en", names.ListPaths(faulty)}},
             finding);
}

class CellQualityChecker : public Checker {
 public:
  CellQualityChecker(const forms::v1::Rule& rule,
                     const forms::v1::Phrases& phrases)
      : rule_(rule), phrases_(phrases) {}

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    if (subject.current.form == nullptr) {
      AddNotFound(rule_, phrases_, findings);
      return v1::RULE_RESULT_NOT_ASSESSABLE;
    }
    const CellTable& cells = subject.current.cells;
    const FormNames& names = *subject.current.names;
    const forms::v1::CellQuality& quality = rule_.cell_quality();
    const std::vector<CellIndex>& faulty = cells.faulty(quality.fault());
    const int count = static_cast<int>(faulty.size());
    if (count < std::max(1, quality.at_least()) ||
        (quality.at_most() > 0 && count > quality.at_most())) {
      return v1::RULE_RESULT_PASS;
    }
    if (!quality.each()) {
      AddFailure(rule_, faulty, cells, names, findings);
    } else {
      for (CellIndex cell : faulty) {
        AddFailure(rule_, {cell}, cells, names, findings);
      }
    }
    return v1::RULE_RESULT_FAIL;
  }

 private:
  const forms::v1::Rule& rule_;
  const forms::v1::Phrases& phrases_;
};

}  // namespace

std::unique_ptr<Checker> MakeCellQualityChecker(const forms::v1::Rule& rule,
                                                const Engine& engine) {
  return std::make_unique<CellQualityChecker>(rule,
                                              engine.catalog.proto().phrases());
}

}  // namespace gongkai::validate
