// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/identity_plan.h
//
// The identities of a form as they apply to one report, flattened for speed,
// and their results. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_IDENTITY_PLAN_H_
#define GONGKAI_WORKER_VALIDATE_IDENTITY_PLAN_H_

#include <cstdint>
#include <map>
#include <vector>

#include "absl/types/span.h"
#include "gongkai/v1/finding.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/validate/cell_table.h"

namespace gongkai::validate {

// The identities that apply, with rows that are printed in place of others
// already in their place.
class IdentityPlan {
 public:
  struct Identity {
    // The rule; an index into Catalog::proto().rules().
    int rule;
    // Offsets into the operands: left side, right side, end.
    int left;
    int right;
    int end;
  };

  absl::Span<const Identity> identities() const { return identities_; }
  absl::Span<const catalog::CellIndex> left(const Identity& identity) const {
    return Operands(identity.left, identity.right);
  }
  absl::Span<const catalog::CellIndex> right(const Identity& identity) const {
    return Operands(identity.right, identity.end);
  }
  absl::Span<const catalog::CellIndex> all(const Identity& identity) const {
    return Operands(identity.left, identity.end);
  }

 private:
  friend class IdentityPlans;

  absl::Span<const catalog::CellIndex> Operands(int begin, int end) const {
    return absl::MakeConstSpan(operands_).subspan(begin, end - begin);
  }

  std::vector<Identity> identities_;
  std::vector<catalog::CellIndex> operands_;
};

// The plans of one form. Which one a report needs depends on the rows beside
// the form that it prints; nearly all reports need the first.
class IdentityPlans {
 public:
  // The form must outlive this.
  explicit IdentityPlans(const catalog::Form& form);

  const catalog::Form& form() const { return *form_; }

  // The plan for these cells. Valid as long as this object.
  const IdentityPlan& For(const CellTable& cells);

 private:
  // Rows beside the form, and the rows of the form in whose place they are
  // printed together.
  struct Substitution {
    std::vector<const catalog::FormRow*> beside;
    std::vector<const catalog::FormRow*> own;
  };
  // Bit sets over rows beside the form and over substitutions.
  struct Key {
    uint32_t printed = 0;
    uint32_t substituted = 0;
    auto operator<=>(const Key&) const = default;
  };

  IdentityPlan Build(const Key& key) const;

  const catalog::Form* form_;
  std::vector<const catalog::FormRow*> beside_;
  std::vector<Substitution> substitutions_;
  // By row of the form: the substitution that it is an own row of, or -1.
  std::vector<int> substitution_of_row_;
  std::map<Key, IdentityPlan> plans_;
};

// The result of one identity.
struct IdentityResult {
  // PASS, FAIL or NOT_ASSESSABLE.
  v1::RuleResult result;
  // Set for PASS and FAIL; difference is left minus right.
  int64_t left = 0;
  int64_t right = 0;
  int64_t difference = 0;
};

// Replaces *results by one result per identity. True if all of them
// pass.
bool Evaluate(const IdentityPlan& plan, const CellTable& cells,
              std::vector<IdentityResult>* results);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_IDENTITY_PLAN_H_
