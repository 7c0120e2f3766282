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
  // Those of one rule, an index into Catalog::proto().rules(), in their order;
  // indices into identities().
  absl::Span<const int> of_rule(int rule) const {
    return static_cast<size_t>(rule) < of_rule_.size()
               ? absl::MakeConstSpan(of_rule_[rule])
               : absl::Span<const int>();
  }
  // All operands of the rule's identities, each where it first takes part.
  absl::Span<const catalog::CellIndex> operands_of_rule(int rule) const {
    return operands_of_rule_[rule];
  }
  absl::Span<const uint64_t> operand_set_of_rule(int rule) const {
    return {sets_of_rule_.data() + static_cast<size_t>(rule) * set_words_,
            set_words_};
  }
  // The operands of an identity as a set like CellTable::unread_set().
  absl::Span<const uint64_t> operand_set(size_t identity) const {
    return {sets_.data() + identity * set_words_, set_words_};
  }
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
    return {operands_.data() + begin, static_cast<size_t>(end - begin)};
  }

  std::vector<Identity> identities_;
  std::vector<catalog::CellIndex> operands_;
  std::vector<std::vector<int>> of_rule_;
  std::vector<std::vector<catalog::CellIndex>> operands_of_rule_;
  size_t set_words_ = 0;
  std::vector<uint64_t> sets_;
  std::vector<uint64_t> sets_of_rule_;
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
  // Fills what a plan has beside its identities.
  void Index(IdentityPlan* plan) const;

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
  // True if it is not assessable though all operands were read.
  bool too_large = false;
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
