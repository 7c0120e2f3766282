// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/cell_rules.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "proto/cell_path.h"

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
  v1::Finding* finding = AddFinding(rule, v1::RULE_RESULT_FAIL, findings);
  for (CellIndex cell : faulty.subspan(0, kMaxFindingCells)) {
    *finding->add_cells() = names.CellPath(cell);
    if (HasPlace(*cells.cell(cell))) {
      *finding->add_places() = PlaceOf(*cells.cell(cell));
    }
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

}  // namespace

void AddCellFindings(const forms::v1::Rule& rule, const CellTable& cells,
                     const FormNames& names, const v1::CheckOptions& options,
                     Findings* findings) {
  const forms::v1::CellQuality& quality = rule.cell_quality();
  std::vector<CellIndex> faulty;
  for (const CellTable::CellFault& fault : cells.faults()) {
    if (fault.fault == quality.fault()) faulty.push_back(fault.cell);
  }
  const int count = static_cast<int>(faulty.size());
  if (count < std::max(1, quality.at_least()) ||
      (quality.at_most() > 0 && count > quality.at_most())) {
    AddIfWanted(rule, v1::RULE_RESULT_PASS, options, findings);
    return;
  }
  if (!quality.each()) {
    AddFailure(rule, faulty, cells, names, findings);
    return;
  }
  for (CellIndex cell : faulty) {
    AddFailure(rule, {cell}, cells, names, findings);
  }
}

}  // namespace gongkai::validate
