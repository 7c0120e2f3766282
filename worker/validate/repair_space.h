// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/repair_space.h
//
// What the searches for repairs share. Private to the searches.

#ifndef GONGKAI_WORKER_VALIDATE_REPAIR_SPACE_H_
#define GONGKAI_WORKER_VALIDATE_REPAIR_SPACE_H_

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "worker/catalog/catalog.h"
#include "worker/validate/cell_table.h"
#include "worker/validate/repair.h"

namespace gongkai::validate {

// Figures and differences beyond this are left out of account: no report has
// such, and sums of them stay within an int64.
inline constexpr int64_t kMaxRepairable = int64_t{1} << 50;

class RepairSpace {
 public:
  struct Part {
    int constraint;
    int64_t coefficient;
  };

  // All must outlive this.
  RepairSpace(const catalog::Form& form, const CellTable& cells,
              const std::vector<Constraint>& constraints);

  const catalog::Form& form() const { return form_; }
  const std::vector<Constraint>& constraints() const { return constraints_; }

  // The constraints that the cell takes part in.
  absl::Span<const Part> parts(catalog::CellIndex cell) const {
    return absl::MakeConstSpan(parts_).subspan(
        first_part_[cell], first_part_[cell + 1] - first_part_[cell]);
  }

  bool IsRead(catalog::CellIndex cell) const {
    return cells_.unread()[cell] == 0 &&
           form_.cells()[cell].kind != forms::v1::VALUE_KIND_DECIMAL &&
           value(cell) <= kMaxRepairable && value(cell) >= -kMaxRepairable;
  }
  int64_t value(catalog::CellIndex cell) const { return cells_.counts()[cell]; }

  // The repair that puts these numbers into these cells. None if nothing
  // changes, if a number does not belong into its cell, if a constraint of the
  // report itself would not hold then, or if none is repaired.
  std::optional<CellRepair> Try(
      v1::RepairKind kind,
      absl::Span<const std::pair<catalog::CellIndex, int64_t>> proposed);

  // What the constraint would come to if these numbers were in these cells.
  int64_t DifferenceWith(
      int constraint,
      absl::Span<const std::pair<catalog::CellIndex, int64_t>> proposed) const;

 private:
  const catalog::Form& form_;
  const CellTable& cells_;
  const std::vector<Constraint>& constraints_;
  // The parts of a cell are [first_part_[cell], first_part_[cell + 1]).
  std::vector<int> first_part_;
  std::vector<Part> parts_;
  // Of Try: what is added to each constraint, and those that are concerned.
  std::vector<int64_t> added_;
  std::vector<int> concerned_;
};

// The fewest digits to change, add, leave out or exchange with their
// neighbours to make one number of the other.
int DigitDistance(int64_t a, int64_t b);

// Adds repairs that put figures back into their cells for constraints that
// have none yet, and ranks them.
void FindMisreadings(RepairSpace* space, Repairs* repairs);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_REPAIR_SPACE_H_
