// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/unread_cells.h
//
// What rules say where cells were not read. Where zeros are left blank, a dozen
// rules say it of dozens of cells. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_UNREAD_CELLS_H_
#define GONGKAI_WORKER_VALIDATE_UNREAD_CELLS_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "gongkai/forms/v1/catalog.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/relation.h"
#include "worker/validate/form_names.h"
#include "worker/validate/message.h"
#include "worker/validate/message_form.h"
#include "worker/validate/relation_eval.h"
#include "worker/validate/subject.h"

namespace gongkai::validate {

// The cells that a rule could not read, over all its instances. Keeps its
// memory from rule to rule.
class UnreadCells {
 public:
  // The phrases must outlive this.
  explicit UnreadCells(const forms::v1::Phrases& phrases);

  // Begins anew. What was added before is gone.
  void Clear();

  // True if no instance wants anything.
  bool empty() const { return instances_ == 0; }

  // So many instances more could not be assessed.
  void Count(int instances) { instances_ += instances; }

  // Adds a cell of a report, unless it was added before.
  void Add(catalog::Scope scope, const FormNames& names,
           catalog::CellIndex cell);

  // Adds cells of the report to none that was added before: the first ones that
  // a finding lists, and how many there are besides.
  void AddAll(const FormNames& names,
              absl::Span<const catalog::CellIndex> first, size_t more);

  // Counts the instance and adds its cells that were not read.
  void Add(const catalog::RelationInstance& instance, const Subject& subject,
           const ScopeCells& cells);

  // Adds one finding of NOT_ASSESSABLE about all of them.
  void AddFinding(const forms::v1::Rule& rule, Findings* findings);

 private:
  struct Unread {
    const FormNames* names;
    catalog::Scope scope;
    catalog::CellIndex cell;
  };

  // The names of the first few, and how many there are.
  void List();

  const MessageForm message_;
  const MessageForm message_en_;
  int instances_ = 0;
  // Cells of the report, and how many there are besides; then those of others.
  std::vector<Unread> current_;
  size_t more_ = 0;
  std::vector<Unread> others_;
  // By scope and cell: 1 if it was added.
  std::array<std::vector<uint8_t>, catalog::kScopeCount> added_;
  std::string list_;
  std::string list_en_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_UNREAD_CELLS_H_
