// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/repair.h
//
// Changes of figures that would make failing equalities hold. Private to
// validate.
//
// A repair of one cell makes every equality that the cell takes part in hold;
// so it breaks none. Where several faults lie apart, each has its own repair:
// the fewest that repair everything between them are chosen. Equalities that no
// such choice repairs may follow from figures that stand in the wrong cells:
// the digits of one number in two, two cells exchanged, a row moved by one.

#ifndef GONGKAI_WORKER_VALIDATE_REPAIR_H_
#define GONGKAI_WORKER_VALIDATE_REPAIR_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "gongkai/v1/finding.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/validate/cell_table.h"

namespace gongkai::validate {

// A sum of cells that should be 0, with what else belongs to it.
struct Constraint {
  std::vector<std::pair<catalog::CellIndex, int64_t>> terms;
  // What it comes to as printed.
  int64_t difference = 0;
  // True if figures of another report belong to it. Such equalities support a
  // repair or speak against it, but do not rule it out: the fault may be there.
  bool beside = false;
};

struct CellRepair {
  struct Change {
    catalog::CellIndex cell;
    int64_t printed;
    int64_t proposed;
  };
  v1::RepairKind kind;
  // In the order of the form.
  std::vector<Change> changes;
  // The failing constraints that it makes hold, in their order.
  std::vector<int> repaired;
  // How many constraints beside the report it would break.
  int broken = 0;
  // How many digits change, are added, are left out or exchange places.
  int digits = 0;
};

struct Repairs {
  std::vector<CellRepair> list;
  // What would repair a constraint: indices into `list`, the smallest first.
  struct Ranking {
    std::vector<int> repairs;
    // True if the first is smaller than all others.
    bool unique = false;
  };
  // By constraint; empty for those that hold.
  std::vector<Ranking> rankings;
};

// Searches for repairs of all failing constraints. Every cell of a constraint
// was read.
Repairs FindRepairs(const catalog::Form& form, const CellTable& cells,
                    const std::vector<Constraint>& constraints);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_REPAIR_H_
