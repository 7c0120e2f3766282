// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/printed_rows.h"

#include <algorithm>

namespace gongkai::extract {
namespace {

using catalog::FormRow;

bool StandsFor(const FormRow& a, const FormRow& b) {
  const auto& rows = a.declaration->stands_for();
  return std::find(rows.begin(), rows.end(), b.row) != rows.end();
}

}  // namespace

PrintedRows::PrintedRows(const catalog::Form& form, v1::Table table) {
  static_assert(v1::Row_ARRAYSIZE <= INT8_MAX);
  places_.fill(-1);
  const auto add = [&](const FormRow& row) {
    if (PlaceOf(row.row) >= 0) return;
    places_[row.row] = static_cast<int8_t>(rows_.size());
    rows_.push_back(&row);
  };
  for (const FormRow& own : form.rows()) {
    if (own.table != table || own.beside_form) continue;
    for (const FormRow& other : form.rows()) {
      if (other.table == table && other.beside_form && StandsFor(other, own)) {
        add(other);
      }
    }
    add(own);
  }
  for (int a = 0; a < size(); ++a) {
    if (!rows_[a]->beside_form) continue;
    for (int b = 0; b < size(); ++b) {
      if (StandsFor(*rows_[a], *rows_[b])) stand_ins_.push_back({a, b});
    }
  }
}

}  // namespace gongkai::extract
