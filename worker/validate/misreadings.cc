// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Figures that stand in the wrong cells.

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "worker/validate/repair_space.h"

namespace gongkai::validate {
namespace {

using catalog::CellIndex;
using catalog::FormRow;
using Line = std::vector<CellIndex>;
using Proposal = std::vector<std::pair<CellIndex, int64_t>>;

// A repair that explains fewer failures than this says nothing: figures can be
// moved about in many ways.
constexpr int kMinRepaired = 2;

// The cells of each printed row, from left to right.
std::vector<Line> PrintedRows(const catalog::Form& form) {
  std::vector<Line> lines;
  const forms::v1::Block* block = nullptr;
  for (const FormRow& row : form.rows()) {
    bool side_by_side = false;
    for (const forms::v1::TableForm& table : form.proto().tables()) {
      if (table.table() == row.table) {
        side_by_side =
            table.arrangement() == forms::v1::ARRANGEMENT_SIDE_BY_SIDE;
      }
    }
    if (!side_by_side || row.block != block) lines.emplace_back();
    block = row.block;
    for (int i = 0; i < row.cell_count; ++i) {
      lines.back().push_back(static_cast<CellIndex>(row.first_cell + i));
    }
  }
  return lines;
}

std::vector<Line> PrintedColumns(const catalog::Form& form) {
  std::map<std::pair<const forms::v1::Block*, int>, Line> columns;
  for (const FormRow& row : form.rows()) {
    for (int i = 0; i < row.cell_count; ++i) {
      columns[{row.block, i}].push_back(
          static_cast<CellIndex>(row.first_cell + i));
    }
  }
  std::vector<Line> lines;
  for (auto& [key, line] : columns) lines.push_back(std::move(line));
  std::sort(lines.begin(), lines.end());
  return lines;
}

// "2" and "0" are 20. None if that is no number a report may hold.
std::optional<int64_t> Joined(int64_t first, int64_t second) {
  if (first <= 0 || second < 0) return std::nullopt;
  int64_t power = 10;
  while (power <= second) power *= 10;
  if (first > kMaxRepairable / power) return std::nullopt;
  return first * power + second;
}

class Misreadings {
 public:
  Misreadings(RepairSpace* space, Repairs* repairs)
      : space_(space),
        repairs_(repairs),
        open_(space->constraints().size()),
        touched_(space->form().cells().size()) {
    for (size_t i = 0; i < open_.size(); ++i) {
      const Constraint& constraint = space->constraints()[i];
      if (constraint.beside || constraint.difference == 0 ||
          !repairs->rankings[i].repairs.empty()) {
        continue;
      }
      open_[i] = true;
      any_open_ = true;
      for (const auto& [cell, coefficient] : constraint.terms) {
        touched_[cell] = true;
      }
    }
  }

  void Run() {
    if (!any_open_) return;
    for (const Line& row : PrintedRows(space_->form())) {
      TryExchanges(row);
      if (std::all_of(
              row.begin(), row.end(),
              [this](CellIndex cell) { return space_->IsRead(cell); }) &&
          row.size() > 2) {
        TryShifts(row);
        TrySplits(row);
      }
    }
    for (const Line& column : PrintedColumns(space_->form())) {
      TryExchanges(column);
    }
    Rank();
  }

 private:
  void TryExchanges(const Line& line) {
    for (size_t i = 0; i < line.size(); ++i) {
      if (!space_->IsRead(line[i])) continue;
      for (size_t j = i + 1; j < line.size(); ++j) {
        if ((!touched_[line[i]] && !touched_[line[j]]) ||
            !space_->IsRead(line[j]) ||
            space_->value(line[i]) == space_->value(line[j])) {
          continue;
        }
        proposal_.clear();
        proposal_.emplace_back(line[i], space_->value(line[j]));
        proposal_.emplace_back(line[j], space_->value(line[i]));
        Try(v1::REPAIR_KIND_DISPLACED);
      }
    }
  }

  // A row that begins one cell too late, its last figure lost; or one too
  // early, its first lost.
  void TryShifts(const Line& row) {
    proposal_.clear();
    for (size_t j = 0; j + 1 < row.size(); ++j) {
      proposal_.emplace_back(row[j], space_->value(row[j + 1]));
    }
    TryWithLost(row.back(), v1::REPAIR_KIND_DISPLACED);
    proposal_.clear();
    for (size_t j = 1; j < row.size(); ++j) {
      proposal_.emplace_back(row[j], space_->value(row[j - 1]));
    }
    TryWithLost(row.front(), v1::REPAIR_KIND_DISPLACED);
  }

  // Two neighbours that are one number; what follows stands one cell too far
  // to the right, or stands where it belongs.
  void TrySplits(const Line& row) {
    for (size_t k = 0; k + 1 < row.size(); ++k) {
      const std::optional<int64_t> joined =
          Joined(space_->value(row[k]), space_->value(row[k + 1]));
      if (!joined.has_value() || !touched_[row[k]]) continue;
      proposal_.clear();
      proposal_.emplace_back(row[k], *joined);
      proposal_.emplace_back(row[k + 1], 0);
      Try(v1::REPAIR_KIND_SPLIT_DIGITS);
      if (k + 2 == row.size()) continue;
      proposal_.pop_back();
      for (size_t j = k + 1; j + 1 < row.size(); ++j) {
        proposal_.emplace_back(row[j], space_->value(row[j + 1]));
      }
      TryWithLost(row.back(), v1::REPAIR_KIND_SPLIT_DIGITS);
    }
  }

  // Completes the proposal by what the first constraint of the cell asks for.
  void TryWithLost(CellIndex lost, v1::RepairKind kind) {
    for (const RepairSpace::Part& part : space_->parts(lost)) {
      if (space_->constraints()[part.constraint].beside) continue;
      const int64_t difference =
          space_->DifferenceWith(part.constraint, proposal_);
      if (difference % part.coefficient != 0) return;
      proposal_.emplace_back(
          lost, space_->value(lost) - difference / part.coefficient);
      Try(kind);
      return;
    }
  }

  void Try(v1::RepairKind kind) {
    std::optional<CellRepair> repair = space_->Try(kind, proposal_);
    if (!repair.has_value() || repair->changes.size() < 2 ||
        std::count_if(repair->repaired.begin(), repair->repaired.end(),
                      [this](int constraint) { return open_[constraint]; }) <
            kMinRepaired) {
      return;
    }
    // Two ways of moving figures may come to the same.
    if (std::any_of(found_.begin(), found_.end(),
                    [&repair](const CellRepair& other) {
                      return SameChanges(*repair, other);
                    })) {
      return;
    }
    found_.push_back(*std::move(repair));
  }

  static bool SameChanges(const CellRepair& a, const CellRepair& b) {
    return std::equal(a.changes.begin(), a.changes.end(), b.changes.begin(),
                      b.changes.end(), [](const auto& x, const auto& y) {
                        return x.cell == y.cell && x.proposed == y.proposed;
                      });
  }

  static bool Overlap(const CellRepair& a, const CellRepair& b) {
    return std::find_first_of(a.repaired.begin(), a.repaired.end(),
                              b.repaired.begin(),
                              b.repaired.end()) != a.repaired.end();
  }

  // What explains most by the fewest cells comes first; what explains the same
  // by as few stands beside it.
  void Rank() {
    const auto size = [](const CellRepair& repair) {
      return std::make_pair(-static_cast<int>(repair.repaired.size()),
                            repair.changes.size());
    };
    std::stable_sort(found_.begin(), found_.end(),
                     [&](const CellRepair& a, const CellRepair& b) {
                       return size(a) < size(b);
                     });
    std::vector<bool> done(open_.size());
    for (size_t f = 0; f < found_.size(); ++f) {
      if (std::any_of(found_[f].repaired.begin(), found_[f].repaired.end(),
                      [&done](int constraint) { return done[constraint]; })) {
        continue;
      }
      Repairs::Ranking ranking;
      for (size_t g = f; g < found_.size(); ++g) {
        if (size(found_[g]) != size(found_[f])) break;
        if (!Overlap(found_[f], found_[g])) continue;
        ranking.repairs.push_back(static_cast<int>(repairs_->list.size()));
        repairs_->list.push_back(found_[g]);
      }
      ranking.unique = ranking.repairs.size() == 1;
      for (int constraint : found_[f].repaired) {
        done[constraint] = true;
        if (open_[constraint]) repairs_->rankings[constraint] = ranking;
      }
    }
  }

  RepairSpace* const space_;
  Repairs* const repairs_;
  // By constraint: true if it fails and nothing repairs it yet.
  std::vector<bool> open_;
  bool any_open_ = false;
  // By cell: true if it takes part in an open constraint.
  std::vector<bool> touched_;
  Proposal proposal_;
  std::vector<CellRepair> found_;
};

}  // namespace

void FindMisreadings(RepairSpace* space, Repairs* repairs) {
  Misreadings(space, repairs).Run();
}

}  // namespace gongkai::validate
