// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/repair.h
//
// The one changed cell that would make every failing identity of a table hold.
// Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_REPAIR_H_
#define GONGKAI_WORKER_VALIDATE_REPAIR_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "gongkai/v1/cell.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/validate/cell_table.h"
#include "worker/validate/identity_plan.h"

namespace gongkai::validate {

struct CellRepair {
  catalog::CellIndex cell;
  int64_t printed;
  int64_t proposed;
  // The identities that it repairs, as indices into the plan: all that fail
  // in the table.
  std::vector<int> repaired;
};

// The table that an identity belongs to: that of its total.
v1::Table TableOf(const IdentityPlan& plan,
                  const IdentityPlan::Identity& identity,
                  const catalog::Form& form);

// The repair of a table; none if no single cell repairs all that fails, if it
// would break an identity that holds, if a count would become negative, or if
// several cells would do.
std::optional<CellRepair> FindRepair(const IdentityPlan& plan,
                                     const CellTable& cells,
                                     const std::vector<IdentityResult>& results,
                                     const catalog::Form& form,
                                     v1::Table table);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_REPAIR_H_
