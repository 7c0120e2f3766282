// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/repair_space.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"

namespace gongkai::validate {

using catalog::CellIndex;

RepairSpace::RepairSpace(const catalog::Form& form, const CellTable& cells,
                         const std::vector<Constraint>& constraints)
    : form_(form),
      cells_(cells),
      constraints_(constraints),
      first_part_(form.cells().size() + 1),
      added_(constraints.size()) {
  for (const Constraint& constraint : constraints) {
    for (const auto& [cell, coefficient] : constraint.terms) {
      ++first_part_[cell + 1];
    }
  }
  for (size_t c = 1; c < first_part_.size(); ++c) {
    first_part_[c] += first_part_[c - 1];
  }
  parts_.resize(first_part_.back());
  std::vector<int> next(first_part_.begin(), first_part_.end() - 1);
  for (size_t i = 0; i < constraints.size(); ++i) {
    for (const auto& [cell, coefficient] : constraints[i].terms) {
      parts_[next[cell]++] = {static_cast<int>(i), coefficient};
    }
  }
}

std::optional<CellRepair> RepairSpace::Try(
    v1::RepairKind kind,
    absl::Span<const std::pair<CellIndex, int64_t>> proposed) {
  concerned_.clear();
  bool possible = true;
  for (const auto& [cell, number] : proposed) {
    possible = possible && IsRead(cell) && number <= kMaxRepairable &&
               number >= -kMaxRepairable &&
               (number >= 0 ||
                form_.cells()[cell].kind == forms::v1::VALUE_KIND_SIGNED_COUNT);
    if (!possible) break;
    const int64_t change = number - value(cell);
    if (change == 0) continue;
    for (const Part& part : parts(cell)) {
      concerned_.push_back(part.constraint);
      added_[part.constraint] += part.coefficient * change;
    }
  }
  std::sort(concerned_.begin(), concerned_.end());
  concerned_.erase(std::unique(concerned_.begin(), concerned_.end()),
                   concerned_.end());
  CellRepair repair{kind, {}, {}};
  for (int index : concerned_) {
    const Constraint& constraint = constraints_[index];
    const bool holds = constraint.difference + added_[index] == 0;
    added_[index] = 0;
    if (!possible) continue;
    if (!holds && !constraint.beside) possible = false;
    if (holds && constraint.difference != 0) {
      repair.repaired.push_back(index);
    }
    if (!holds && constraint.difference == 0) ++repair.broken;
  }
  if (!possible || repair.repaired.empty()) return std::nullopt;
  for (const auto& [cell, number] : proposed) {
    if (number == value(cell)) continue;
    repair.changes.push_back({cell, value(cell), number});
    repair.digits += DigitDistance(value(cell), number);
  }
  std::sort(repair.changes.begin(), repair.changes.end(),
            [](const auto& a, const auto& b) { return a.cell < b.cell; });
  return repair;
}

int64_t RepairSpace::DifferenceWith(
    int constraint,
    absl::Span<const std::pair<CellIndex, int64_t>> proposed) const {
  int64_t difference = constraints_[constraint].difference;
  for (const auto& [cell, number] : proposed) {
    for (const Part& part : parts(cell)) {
      if (part.constraint == constraint) {
        difference += part.coefficient * (number - value(cell));
      }
    }
  }
  return difference;
}

int DigitDistance(int64_t a, int64_t b) {
  const std::string from = absl::StrCat(a);
  const std::string to = absl::StrCat(b);
  // Row i holds the distances of the first i characters of `from`.
  constexpr size_t kMax = 24;
  int distance[kMax][kMax] = {};
  for (size_t i = 0; i <= from.size(); ++i) {
    for (size_t j = 0; j <= to.size(); ++j) {
      int& least = distance[i][j];
      if (i == 0 || j == 0) {
        least = static_cast<int>(i + j);
        continue;
      }
      least = std::min({distance[i - 1][j] + 1, distance[i][j - 1] + 1,
                        distance[i - 1][j - 1] + (from[i - 1] != to[j - 1])});
      if (i > 1 && j > 1 && from[i - 1] == to[j - 2] &&
          from[i - 2] == to[j - 1]) {
        least = std::min(least, distance[i - 2][j - 2] + 1);
      }
    }
  }
  return distance[from.size()][to.size()];
}

}  // namespace gongkai::validate
