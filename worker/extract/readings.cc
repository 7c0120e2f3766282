// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/readings.h"

#include <algorithm>
#include <vector>

#include "worker/extract/utf8.h"

namespace gongkai::extract {
namespace {

using catalog::CellIndex;
using catalog::FormIdentity;
using catalog::FormRow;
using catalog::Operand;

// Kept per ambiguous row; more would not help a person to decide.
constexpr size_t kMaxCandidates = 16;

}  // namespace

void Readings::Reset(const catalog::Form& form, catalog::ReadCells* cells) {
  cells->Reset(form);
  form_ = &form;
  read_ = cells;
  cells_ = cells->cells();
}

void Readings::SetRare(CellIndex cell, const Value& value) {
  Reading& reading = cells_[cell];
  switch (value.kind) {
    case Value::Kind::kBlank:
      reading.state = v1::CELL_STATE_BLANK;
      return;
    case Value::Kind::kNotApplicable:
      reading.state = v1::CELL_STATE_NOT_APPLICABLE;
      return;
    case Value::Kind::kText:
      reading.state = v1::CELL_STATE_INVALID;
      return;
    case Value::Kind::kNumber:
      break;
  }
  const forms::v1::ValueKind kind = form_->cells()[cell].kind;
  const bool right_kind =
      (kind == forms::v1::VALUE_KIND_DECIMAL || value.scale == 0) &&
      (kind == forms::v1::VALUE_KIND_SIGNED_COUNT || value.digits >= 0);
  reading.state = right_kind ? v1::CELL_STATE_VALUE : v1::CELL_STATE_INVALID;
  reading.count = value.digits;
  reading.scale = value.scale;
}

void Readings::SetAmbiguous(const FormRow& row,
                            absl::Span<const std::string_view> candidates) {
  std::vector<std::string_view>& kept = read_->candidates();
  const int32_t first = static_cast<int32_t>(kept.size());
  for (std::string_view candidate : candidates.subspan(0, kMaxCandidates)) {
    if (!candidate.empty()) kept.push_back(Prefix(candidate, kMaxRawBytes));
  }
  for (CellIndex i = 0; i < row.cell_count; ++i) {
    Reading& reading = cells_[row.first_cell + i];
    reading = Reading();
    reading.state = v1::CELL_STATE_AMBIGUOUS;
    reading.first_candidate = first;
    reading.candidate_count = static_cast<int16_t>(kept.size() - first);
  }
}

Readings::Number Readings::NumberOf(CellIndex cell, bool with_derived) const {
  const Reading& reading = cells_[cell];
  const bool known =
      reading.scale == 0 &&
      (reading.state == v1::CELL_STATE_VALUE ||
       (with_derived && reading.state == v1::CELL_STATE_DERIVED));
  return {known, reading.count};
}

Standing Readings::Stand(const FormIdentity& identity,
                         bool with_derived) const {
  Standing standing;
  CellIndex counted = catalog::kNoCell;  // the last stand-in that was counted
  const auto add = [&](CellIndex cell, bool left) {
    const Number number = NumberOf(cell, with_derived);
    if (!number.known) {
      ++standing.unknown;
      standing.unknown_cell = cell;
      standing.unknown_left = left;
    } else if (__builtin_add_overflow(standing.difference,
                                      left ? number.value : -number.value,
                                      &standing.difference)) {
      standing.unknown += 2;  // beyond int64: neither holds nor can be solved
    }
  };
  const auto add_side = [&](const std::vector<Operand>& side, bool left) {
    for (const Operand& operand : side) {
      // Nearly all: no other cell stands in for one that is there.
      const Reading& reading = cells_.data()[operand.cell];
      if (reading.state == v1::CELL_STATE_VALUE && reading.scale == 0) {
        if (__builtin_add_overflow(standing.difference,
                                   left ? reading.count : -reading.count,
                                   &standing.difference)) {
          standing.unknown += 2;  // beyond int64
        }
        continue;
      }
      bool stood_in = false;
      if (cells_[operand.cell].state == v1::CELL_STATE_MISSING &&
          !cells_[operand.cell].lost) {
        for (CellIndex cell : operand.stand_ins) {
          if (cells_[cell].state == v1::CELL_STATE_MISSING &&
              !cells_[cell].lost) {
            continue;
          }
          stood_in = true;
          if (cell > counted) {
            add(cell, left);
            counted = cell;
          }
        }
      }
      if (!stood_in) add(operand.cell, left);
    }
  };
  add_side(identity.left, true);
  add_side(identity.right, false);
  return standing;
}

bool Readings::IsProved(const FormRow& row) const {
  return std::any_of(row.proofs.begin(), row.proofs.end(), [&](int identity) {
    return Stand(form_->identities()[identity]).Holds();
  });
}

void Readings::Derive() {
  struct Solution {
    CellIndex cell;
    int64_t value;
  };
  std::vector<Solution> solutions;
  std::vector<const FormIdentity*> incomplete;
  const bool any_lost =
      std::any_of(cells_.begin(), cells_.end(),
                  [](const Reading& reading) { return reading.lost; });
  if (!any_lost) return;
  for (const FormIdentity& identity : form_->identities()) {
    if (!identity.proves) continue;
    const Standing standing = Stand(identity);
    if (standing.unknown == 0) continue;
    incomplete.push_back(&identity);
    if (standing.unknown == 1 && cells_[standing.unknown_cell].lost) {
      solutions.push_back({standing.unknown_cell, standing.Solution()});
    }
  }
  const auto undo = [&](CellIndex cell) {
    cells_[cell].state = v1::CELL_STATE_MISSING;
    cells_[cell].count = 0;
  };
  std::vector<CellIndex> contested;
  for (const Solution& solution : solutions) {
    Reading& reading = cells_[solution.cell];
    const bool differs = reading.state == v1::CELL_STATE_DERIVED &&
                         reading.count != solution.value;
    if (differs || solution.value < 0) contested.push_back(solution.cell);
    reading.state = v1::CELL_STATE_DERIVED;
    reading.count = solution.value;
  }
  for (CellIndex cell : contested) undo(cell);
  // What the derived cells complete must hold; else nothing is proved.
  const bool contradicted = std::any_of(
      incomplete.begin(), incomplete.end(), [&](const FormIdentity* identity) {
        return Stand(*identity, /*with_derived=*/true).Fails();
      });
  if (!contradicted) return;
  for (const Solution& solution : solutions) undo(solution.cell);
}

}  // namespace gongkai::extract
