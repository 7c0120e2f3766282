// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/repair.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <tuple>

#include "worker/validate/repair_space.h"

namespace gongkai::validate {
namespace {

using catalog::CellIndex;

// What must be put into the cell so that all constraints of the report itself
// that it takes part in hold; none if that cannot be.
std::optional<int64_t> ProposalFor(const RepairSpace& space, CellIndex cell) {
  std::optional<int64_t> change;
  // Constraints beside the report decide only where it has none itself.
  for (const bool beside : {false, true}) {
    for (const RepairSpace::Part& part : space.parts(cell)) {
      const Constraint& constraint = space.constraints()[part.constraint];
      if (constraint.beside != beside) continue;
      if (constraint.difference == 0 && !beside) return std::nullopt;
      if (constraint.difference % part.coefficient != 0) return std::nullopt;
      const int64_t needed = -constraint.difference / part.coefficient;
      if (change.value_or(needed) != needed && !beside) return std::nullopt;
      if (!change.has_value() && needed != 0) change = needed;
    }
    if (change.has_value()) return space.value(cell) + *change;
  }
  return std::nullopt;
}

// The choice, among repairs of one cell, of those that repair a set of
// constraints between them, each constraint once.
class Covers {
 public:
  Covers(const Repairs& repairs, const std::vector<Constraint>& constraints)
      : repairs_(repairs), of_constraint_(constraints.size()) {
    for (size_t r = 0; r < repairs.list.size(); ++r) {
      for (int constraint : repairs.list[r].repaired) {
        if (constraints[constraint].beside) continue;
        of_constraint_[constraint].push_back(static_cast<int>(r));
      }
    }
  }

  const std::vector<int>& OfConstraint(int constraint) const {
    return of_constraint_[constraint];
  }

  // Ranks the repairs of a set of constraints that belong together. False if
  // no choice repairs all.
  bool Rank(const std::vector<int>& constraints,
            std::vector<Repairs::Ranking>* rankings) {
    covers_.clear();
    chosen_.clear();
    steps_ = 0;
    fewest_ = constraints.size();
    left_ = constraints;
    Choose();
    if (covers_.empty() || steps_ >= kMaxSteps) return false;
    for (int constraint : constraints) {
      Repairs::Ranking& ranking = (*rankings)[constraint];
      std::vector<std::pair<Cost, int>> ranked;
      for (const std::vector<int>& cover : covers_) {
        const Cost cost = CostOf(cover);
        if (std::get<0>(cost) > fewest_) continue;
        for (int repair : cover) {
          if (Repaired(repair, constraint)) ranked.emplace_back(cost, repair);
        }
      }
      std::sort(ranked.begin(), ranked.end());
      for (const auto& [cost, repair] : ranked) {
        if (std::find(ranking.repairs.begin(), ranking.repairs.end(), repair) ==
            ranking.repairs.end()) {
          ranking.repairs.push_back(repair);
        }
      }
      ranking.unique =
          std::none_of(ranked.begin(), ranked.end(), [&](const auto& other) {
            return other.first == ranked.front().first &&
                   other.second != ranked.front().second;
          });
    }
    return true;
  }

 private:
  // Cells, constraints beside that it breaks, those that it does not repair,
  // digits: the smaller, the better.
  using Cost = std::tuple<size_t, int, int, int>;

  // More choices than this are not looked at: the report is beyond repair.
  static constexpr int kMaxSteps = 2000;
  static constexpr size_t kMaxCovers = 64;

  bool Repaired(int repair, int constraint) const {
    const std::vector<int>& repaired = repairs_.list[repair].repaired;
    return std::binary_search(repaired.begin(), repaired.end(), constraint);
  }

  Cost CostOf(const std::vector<int>& cover) const {
    Cost cost = {cover.size(), 0, 0, 0};
    for (int repair : cover) {
      std::get<1>(cost) += repairs_.list[repair].broken;
      std::get<2>(cost) -=
          static_cast<int>(repairs_.list[repair].repaired.size());
      std::get<3>(cost) += repairs_.list[repair].digits;
    }
    return cost;
  }

  void Choose() {
    if (++steps_ >= kMaxSteps || chosen_.size() > fewest_) return;
    if (left_.empty()) {
      fewest_ = chosen_.size();
      if (covers_.size() < kMaxCovers) covers_.push_back(chosen_);
      return;
    }
    if (chosen_.size() == fewest_) return;
    for (int repair : of_constraint_[left_.front()]) {
      const std::vector<int> before = left_;
      size_t own = 0;
      for (int constraint : repairs_.list[repair].repaired) {
        const auto found = std::find(left_.begin(), left_.end(), constraint);
        if (found != left_.end()) left_.erase(found);
        own += OfConstraint(constraint).empty() ? 0 : 1;
      }
      // It must not repair what another one has repaired already.
      if (before.size() - left_.size() == own) {
        chosen_.push_back(repair);
        Choose();
        chosen_.pop_back();
      }
      left_ = before;
    }
  }

  const Repairs& repairs_;
  std::vector<std::vector<int>> of_constraint_;
  std::vector<std::vector<int>> covers_;
  std::vector<int> chosen_;
  std::vector<int> left_;
  size_t fewest_ = 0;
  int steps_ = 0;
};

// Groups of constraints that repairs have in common.
std::vector<std::vector<int>> Components(const Repairs& repairs,
                                         const Covers& covers, int count) {
  std::vector<int> parent(count);
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&parent](int i) {
    while (parent[i] != i) i = parent[i];
    return i;
  };
  for (const CellRepair& repair : repairs.list) {
    int first = -1;
    for (int constraint : repair.repaired) {
      if (covers.OfConstraint(constraint).empty()) continue;
      if (first < 0) first = constraint;
      parent[root(constraint)] = root(first);
    }
  }
  std::vector<std::vector<int>> by_root(count);
  for (int i = 0; i < count; ++i) {
    if (!covers.OfConstraint(i).empty()) by_root[root(i)].push_back(i);
  }
  by_root.erase(std::remove_if(by_root.begin(), by_root.end(),
                               [](const auto& group) { return group.empty(); }),
                by_root.end());
  return by_root;
}

// What repairs a constraint beside the report: what was chosen for those of
// the report itself, or else the repairs of cells that take part in no such.
void RankBeside(int constraint, const std::vector<Constraint>& constraints,
                Repairs* repairs) {
  Repairs::Ranking& ranking = repairs->rankings[constraint];
  const auto& list = repairs->list;
  for (const Repairs::Ranking& other : repairs->rankings) {
    if (other.repairs.empty() || !other.unique) continue;
    const int best = other.repairs.front();
    if (std::binary_search(list[best].repaired.begin(),
                           list[best].repaired.end(), constraint)) {
      ranking = {{best}, true};
      return;
    }
  }
  for (size_t r = 0; r < list.size(); ++r) {
    const bool only_beside =
        std::all_of(list[r].repaired.begin(), list[r].repaired.end(),
                    [&](int repaired) { return constraints[repaired].beside; });
    if (only_beside && std::binary_search(list[r].repaired.begin(),
                                          list[r].repaired.end(), constraint)) {
      ranking.repairs.push_back(static_cast<int>(r));
    }
  }
  const auto size = [&list](int repair) {
    return std::make_pair(list[repair].broken, list[repair].digits);
  };
  std::stable_sort(ranking.repairs.begin(), ranking.repairs.end(),
                   [&](int a, int b) { return size(a) < size(b); });
  ranking.unique = ranking.repairs.size() == 1 ||
                   (ranking.repairs.size() > 1 &&
                    size(ranking.repairs[0]) < size(ranking.repairs[1]));
}

}  // namespace

Repairs FindRepairs(const catalog::Form& form, const CellTable& cells,
                    const std::vector<Constraint>& constraints) {
  RepairSpace space(form, cells, constraints);
  Repairs repairs;
  repairs.rankings.resize(constraints.size());
  std::vector<bool> tried(form.cells().size());
  for (const Constraint& constraint : constraints) {
    if (constraint.difference == 0) continue;
    for (const auto& [cell, coefficient] : constraint.terms) {
      if (tried[cell] || !space.IsRead(cell)) continue;
      tried[cell] = true;
      const std::optional<int64_t> proposal = ProposalFor(space, cell);
      if (!proposal.has_value()) continue;
      auto repair = space.Try(v1::REPAIR_KIND_ONE_CELL, {{{cell, *proposal}}});
      if (repair.has_value()) repairs.list.push_back(*std::move(repair));
    }
  }
  Covers covers(repairs, constraints);
  for (const std::vector<int>& group :
       Components(repairs, covers, static_cast<int>(constraints.size()))) {
    covers.Rank(group, &repairs.rankings);
  }
  FindMisreadings(&space, &repairs);
  for (size_t i = 0; i < constraints.size(); ++i) {
    if (constraints[i].beside && constraints[i].difference != 0) {
      RankBeside(static_cast<int>(i), constraints, &repairs);
    }
  }
  return repairs;
}

}  // namespace gongkai::validate
