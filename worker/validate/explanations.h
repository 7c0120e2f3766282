// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/explanations.h
//
// What would explain the failures of one report, and which findings it
// explains. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_EXPLANATIONS_H_
#define GONGKAI_WORKER_VALIDATE_EXPLANATIONS_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "gongkai/v1/finding.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/relation.h"
#include "worker/validate/cell_table.h"
#include "worker/validate/form_names.h"
#include "worker/validate/identity_plan.h"
#include "worker/validate/message.h"
#include "worker/validate/relation_eval.h"
#include "worker/validate/repair.h"

namespace gongkai::validate {

// An equality with cells of last year's report, whose difference as printed is
// known.
struct Equality {
  const forms::v1::Rule* rule;
  const catalog::RelationInstance* instance;
  int64_t difference;
};

// A relation that fails.
struct RelationFailure {
  const forms::v1::Rule* rule;
  const catalog::RelationInstance* instance;
  catalog::Sign sign;
  RelationResult result;
};

// A repair in words.
struct RepairText {
  // The changed cell, the row of all of them, or the cells.
  std::string cells;
  std::string cells_en;
  // The numbers in the order of the form; those of a row from the first that
  // changes to the last.
  std::string printed;
  std::string proposed;
};
RepairText TextOf(const CellRepair& repair, const FormNames& names,
                  const CellTable& cells);

class Explanations {
 public:
  // Both must outlive this.
  Explanations(const catalog::Catalog& catalog, const FormNames& names)
      : catalog_(catalog), names_(names) {}

  // A finding and what would explain it: indices into list(), the smallest
  // first.
  struct Link {
    const Finding* finding;
    std::vector<int> repairs;
    bool unique;
  };

  // Searches for what explains the failures among the identities and the
  // equalities. Once.
  void Search(const catalog::Form& form, const CellTable& cells,
              const IdentityPlan& plan,
              const std::vector<IdentityResult>& results,
              const std::vector<Equality>& equalities);

  // Notes what explains the failure of an identity, an index into the plan, or
  // of a relation. If one explanation is smaller than all others, it becomes
  // the finding's, and if it is a single cell, the message says so.
  void Explain(int identity, Finding* finding, std::string* message,
               std::string* message_en, MessageArguments* arguments);
  void Explain(const RelationFailure& failure, Finding* finding,
               std::string* message, std::string* message_en,
               MessageArguments* arguments);
  // Notes that the finding tells of a repair.
  void Explain(int repair, Finding* finding);

  absl::Span<const CellRepair> list() const { return repairs_.list; }
  // True if the repair is the smallest of something that it explains.
  bool IsBest(int repair) const;
  v1::Repair ProtoOf(int repair) const;
  // The titles of the rules that a repair makes hold, with what each of them
  // is about.
  std::string ProofsOf(int repair, bool english) const;
  absl::Span<const Link> links() const { return links_; }
  const FormNames& names() const { return names_; }
  RepairText TextOf(int repair) const {
    return validate::TextOf(repairs_.list[repair], names_, *cells_);
  }

 private:
  // What a constraint of the search is called.
  struct Name {
    const forms::v1::Rule* rule;
    catalog::CellIndex total;
    // Null for identities.
    const catalog::RelationInstance* instance;
  };

  std::string SharedNameOf(int index, bool english) const;
  void Note(const Repairs::Ranking& ranking, Finding* finding,
            std::string* message, std::string* message_en,
            MessageArguments* arguments);

  const catalog::Catalog& catalog_;
  const FormNames& names_;
  const CellTable* cells_ = nullptr;
  std::vector<Constraint> constraints_;
  std::vector<Name> constraint_names_;
  // By identity: its constraint, or -1.
  std::vector<int> of_identity_;
  Repairs repairs_;
  std::vector<Link> links_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_EXPLANATIONS_H_
