// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/cell_table.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "proto/cell_path.h"
#include "worker/catalog/relation.h"

namespace gongkai::validate {
namespace {

using catalog::CellIndex;
using catalog::FormCell;

// True for a minus sign and a number behind it, as printed.
bool IsNegativeNumber(absl::string_view raw) {
  raw = absl::StripAsciiWhitespace(raw);
  if (!absl::ConsumePrefix(&raw, "-") && !absl::ConsumePrefix(&raw, "－") &&
      !absl::ConsumePrefix(&raw, "−") && !absl::ConsumePrefix(&raw, "–")) {
    return false;
  }
  raw = absl::StripLeadingAsciiWhitespace(raw);
  if (raw.empty() || !absl::ascii_isdigit(raw[0])) return false;
  return raw.find_first_not_of("0123456789.,") == absl::string_view::npos;
}

// For a decimal of the report model: exact digits, perhaps a minus sign.
bool IsNegativeDecimal(absl::string_view decimal) {
  return absl::ConsumePrefix(&decimal, "-") &&
         decimal.find_first_of("123456789") != absl::string_view::npos;
}

// A decimal as digits and, by a smaller *scale, their point. False if it has
// more places than the scale.
bool ReadDecimal(absl::string_view decimal, int64_t* value, int64_t* scale) {
  const bool negative = absl::ConsumePrefix(&decimal, "-");
  const size_t point = std::min(decimal.find('.'), decimal.size());
  const std::string digits =
      absl::StrCat(decimal.substr(0, point),
                   decimal.substr(std::min(decimal.size(), point + 1)));
  if (digits.find_first_not_of("0123456789") != std::string::npos ||
      !absl::SimpleAtoi(digits, value)) {
    return false;
  }
  for (size_t i = point + 1; i < decimal.size(); ++i) {
    if (*scale % 10 != 0) return false;
    *scale /= 10;
  }
  if (negative) *value = -*value;
  return true;
}

// The amount of a cell in units of 1 / kAmountScale. False if it is no exact
// multiple of that, too large or no decimal; nothing is stored then.
bool ReadAmount(absl::string_view decimal, int64_t* amount) {
  int64_t value;
  int64_t scale = catalog::kAmountScale;
  int64_t scaled;
  if (!ReadDecimal(decimal, &value, &scale) ||
      __builtin_mul_overflow(value, scale, &scaled)) {
    return false;
  }
  *amount = scaled;
  return true;
}

bool ReadAmount(const v1::Cell& cell, int64_t* amount) {
  if (cell.has_decimal()) return ReadAmount(cell.decimal(), amount);
  return !__builtin_mul_overflow(cell.count(), catalog::kAmountScale, amount);
}

}  // namespace

void CellTable::Reset(size_t size, bool blank_as_zero) {
  blank_as_zero_ = blank_as_zero;
  states_.assign(size, v1::CELL_STATE_MISSING);
  unread_.assign(size, 1);
  counts_.assign(size, 0);
  magnitudes_ = 0;
  cells_.assign(size, nullptr);
  made_.clear();
  for (std::vector<CellIndex>& faulty : faulty_) faulty.clear();
  read_ = nullptr;
}

void CellTable::Load(const catalog::Form& form, const v1::Report& report,
                     bool blank_as_zero) {
  Reset(form.cells().size(), blank_as_zero);
  Add(form, report.disclosure());
  Add(form, report.requests());
  Add(form, report.disputes());
  // A caller's report may give its cells in any order.
  for (std::vector<CellIndex>& faulty : faulty_) {
    std::sort(faulty.begin(), faulty.end());
  }
  CollectUnread();
}

void CellTable::Load(const catalog::ReadCells& cells, bool blank_as_zero) {
  const absl::Span<const FormCell> form_cells = cells.form()->cells();
  Reset(form_cells.size(), blank_as_zero);
  read_ = &cells;
  // Not read again for each cell, which stores of bytes would ask for.
  uint8_t* const states = states_.data();
  uint8_t* const unread = unread_.data();
  int64_t* const counts = counts_.data();
  const catalog::ReadCell* const read = &cells[0];
  uint64_t magnitudes = 0;
  for (size_t i = 0; i < form_cells.size(); ++i) {
    const catalog::ReadCell& cell = read[i];
    states[i] = cell.state;
    if (cell.state == v1::CELL_STATE_VALUE && cell.decimal < 0 &&
        cell.count >= 0 && cell.unit.empty()) [[likely]] {
      // Nothing can be wrong with it.
      unread[i] = 0;
      counts[i] = cell.count;
      magnitudes |= static_cast<uint64_t>(cell.count);
    } else if (cell.state != v1::CELL_STATE_MISSING) {
      AddRead(form_cells[i], cell, static_cast<CellIndex>(i));
    }
  }
  magnitudes_ |= magnitudes;
  CollectUnread();
}

void CellTable::AddRead(const FormCell& form_cell,
                        const catalog::ReadCell& cell, CellIndex index) {
  int64_t amount;
  switch (cell.state) {
    case v1::CELL_STATE_VALUE:
      if (cell.decimal >= 0 && cell.unit.empty() &&
          form_cell.kind == forms::v1::VALUE_KIND_DECIMAL) {
        const absl::string_view decimal = read_->decimals()[cell.decimal];
        if (!IsNegativeDecimal(decimal) && ReadAmount(decimal, &amount)) {
          Set(index, amount);
          break;
        }
      }
      [[fallthrough]];
    case v1::CELL_STATE_INVALID:
      Make(index);
      Add(form_cell, *cells_[index], index);
      break;
    case v1::CELL_STATE_BLANK:
    case v1::CELL_STATE_NOT_APPLICABLE:
      if (blank_as_zero_) Set(index, 0);
      faulty_[forms::v1::CELL_FAULT_BLANK].push_back(index);
      break;
    default:
      break;
  }
}

void CellTable::CollectUnread() {
  constexpr size_t kWordBits = 64;
  constexpr size_t kStep = sizeof(uint64_t);
  // Gathers the lowest bits of eight bytes in the highest byte.
  constexpr uint64_t kGather = 0x0102040810204080;
  static_assert(std::endian::native == std::endian::little);
  unread_set_.assign((unread_.size() + kWordBits - 1) / kWordBits, 0);
  for (size_t i = 0; i < unread_.size(); i += kStep) {
    uint64_t bytes = 0;
    std::memcpy(&bytes, &unread_[i], std::min(kStep, unread_.size() - i));
    unread_set_[i / kWordBits] |= bytes * kGather >> 56 << i % kWordBits;
  }
}

void CellTable::Make(CellIndex cell) const {
  for (const catalog::FormRow& row : read_->form()->rows()) {
    if (cell < row.first_cell + row.cell_count) {
      if (!read_->Gives(row)) return;
      break;
    }
  }
  v1::Cell& made = made_.emplace_back();
  read_->Write(cell, &made);
  cells_[cell] = &made;
}

void CellTable::AddPlace(CellIndex cell, Finding* finding) const {
  if (read_ != nullptr) {
    const catalog::ReadCell& read = (*read_)[cell];
    if (read.end_byte == 0) return;
    v1::Place* const place = finding->add_places();
    place->set_start_byte(read.start_byte);
    place->set_end_byte(read.end_byte);
  } else if (cells_[cell] != nullptr && HasPlace(*cells_[cell])) {
    *finding->add_places() = PlaceOf(*cells_[cell]);
  }
}

void CellTable::Add(const catalog::Form& form, const v1::ReportTable& table) {
  // Nearly every table gives its cells in the form's order.
  const auto is_cell = [&form](CellIndex index, const v1::Cell& cell) {
    if (static_cast<size_t>(index) >= form.cells().size()) return false;
    const FormCell& form_cell = form.cells()[index];
    return form_cell.row == cell.row() && form_cell.column == cell.column() &&
           form_cell.table == cell.table();
  };
  CellIndex next = 0;
  for (const v1::Cell& cell : table.cells()) {
    const CellIndex index =
        is_cell(next, cell)
            ? next
            : form.Find(cell.table(), cell.row(), cell.column());
    if (index == catalog::kNoCell) continue;
    next = static_cast<CellIndex>(index + 1);
    if (cells_[index] != nullptr) {
      states_[index] = v1::CELL_STATE_AMBIGUOUS;
      unread_[index] = 1;
      counts_[index] = 0;
      continue;
    }
    cells_[index] = &cell;
    Add(form.cells()[index], cell, index);
  }
}

void CellTable::Add(const FormCell& form_cell, const v1::Cell& cell,
                    CellIndex index) {
  // States that this version does not know say nothing about a value.
  states_[index] = v1::CellState_IsValid(cell.state())
                       ? cell.state()
                       : v1::CELL_STATE_UNSPECIFIED;
  const bool amount = form_cell.kind == forms::v1::VALUE_KIND_DECIMAL;
  if (cell.state() == v1::CELL_STATE_VALUE) {
    int64_t value = 0;
    if (cell.has_count() && !amount) {
      Set(index, cell.count());
    } else if (amount && ReadAmount(cell, &value)) {
      Set(index, value);
    }
  } else if (blank_as_zero_ &&
             (cell.state() == v1::CELL_STATE_BLANK ||
              cell.state() == v1::CELL_STATE_NOT_APPLICABLE)) {
    Set(index, 0);
  }
  if (cell.state() != v1::CELL_STATE_VALUE || cell.count() < 0 ||
      cell.has_decimal() || !cell.unit().empty()) {
    NoteFaults(form_cell, cell, index);
  }
}

void CellTable::NoteFaults(const FormCell& form_cell, const v1::Cell& cell,
                           CellIndex index) {
  const bool has_negatives =
      form_cell.kind == forms::v1::VALUE_KIND_SIGNED_COUNT;
  switch (cell.state()) {
    case v1::CELL_STATE_INVALID:
      faulty_[!has_negatives && IsNegativeNumber(cell.raw())
                  ? forms::v1::CELL_FAULT_NEGATIVE
                  : forms::v1::CELL_FAULT_NOT_A_NUMBER]
          .push_back(index);
      break;
    case v1::CELL_STATE_BLANK:
    case v1::CELL_STATE_NOT_APPLICABLE:
      faulty_[forms::v1::CELL_FAULT_BLANK].push_back(index);
      break;
    case v1::CELL_STATE_VALUE:
      if (!has_negatives &&
          (cell.count() < 0 || IsNegativeDecimal(cell.decimal()))) {
        faulty_[forms::v1::CELL_FAULT_NEGATIVE].push_back(index);
      }
      // An amount whose unit the form leaves open may well have one inside.
      if (!cell.unit().empty() &&
          (form_cell.kind != forms::v1::VALUE_KIND_DECIMAL ||
           !form_cell.unit.empty())) {
        faulty_[forms::v1::CELL_FAULT_UNIT].push_back(index);
      }
      break;
    default:
      break;
  }
}

bool CellTable::Printed(const catalog::FormRow& row) const {
  for (int i = 0; i < row.cell_count; ++i) {
    if (states_[row.first_cell + i] != v1::CELL_STATE_MISSING) return true;
  }
  return false;
}

}  // namespace gongkai::validate
