// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/facts.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace gongkai::generator {
namespace {

constexpr int kTotal = 6;

// The row of the requests table with this key; -1 if the form has none.
int RowOf(Form form, absl::string_view key) {
  const auto rows = RequestRows(form);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].key == key) return static_cast<int>(i);
  }
  return -1;
}

// Requests that were settled as "other" become granted, but for a sixth.
void GrantOthers(Form form, absl::string_view key, Numbers* numbers) {
  const int row = RowOf(form, key);
  if (row < 0) return;
  auto& others = numbers->requests[row];
  auto& granted = numbers->requests[RowOf(form, "granted")];
  for (int column = 0; column < kTotal; ++column) {
    granted[column] += others[column] - others[column] / 6;
    others[column] /= 6;
  }
}

void LimitCarriedOver(Form form, Numbers* numbers) {
  auto& received = numbers->requests[RowOf(form, "received")];
  auto& carried_in = numbers->requests[RowOf(form, "carried_in")];
  const auto& processed = numbers->requests[RowOf(form, "processed")];
  auto& carried_out = numbers->requests[RowOf(form, "carried_out")];
  for (int column = 0; column < kTotal; ++column) {
    carried_out[column] = std::min(carried_out[column], processed[column] / 6);
    const int64_t all = processed[column] + carried_out[column];
    carried_in[column] = std::min(carried_in[column], all / 4);
    received[column] = all - carried_in[column];
  }
}

// The cells of a row of the disclosure table, by column.
using Row = std::map<std::string, std::string*, std::less<>>;

int64_t Value(const std::string& text) {
  int64_t value = 0;
  (void)absl::SimpleAtoi(text, &value);
  return value;
}

void FixDisclosureRow(absl::string_view key, BodyKind kind, const Row& row) {
  const auto set = [&row](absl::string_view column, int64_t value) {
    *row.find(column)->second = absl::StrCat(value);
  };
  const auto get = [&row](absl::string_view column) {
    const auto found = row.find(column);
    return found == row.end() ? int64_t{0} : Value(*found->second);
  };
  if (key == "rules" && kind != BodyKind::kCity) {
    for (const auto& [column, text] : row) *text = "0";
  }
  if (row.contains("published")) {
    set("published", std::min(get("published"), get("produced")));
  }
  if (row.contains("made")) set("valid", std::max(get("valid"), get("made")));
  if (row.contains("delta")) {
    if (get("decisions") > 0 && get("items_prev") + get("delta") < 1) {
      set("items_prev",
          get("items_prev") + 7 - std::min(get("delta"), int64_t{0}));
    }
  }
  if (row.contains("projects")) {
    const bool none = get("projects") == 0;
    if (none) *row.find("amount")->second = "0";
    if (!none && *row.find("amount")->second == "0") {
      *row.find("amount")->second = "36.5";
    }
  }
}

}  // namespace

BodyKind KindOf(const Body& body) {
  if (absl::EndsWith(body.name, "市人民政府")) return BodyKind::kCity;
  if (absl::EndsWith(body.name, "县人民政府")) return BodyKind::kCounty;
  if (absl::EndsWith(body.name, "局") || absl::EndsWith(body.name, "委员会")) {
    return BodyKind::kDepartment;
  }
  return BodyKind::kTownship;
}

Facts::Facts(Form form, const Numbers& numbers) {
  for (const auto& [path, value] : AllCells(form, numbers)) {
    cells_[path] = Value(value);
  }
}

int64_t Facts::operator()(absl::string_view path) const {
  const auto found = cells_.find(path);
  return found == cells_.end() ? 0 : found->second;
}

int64_t Facts::Requests(absl::string_view row_or_group) const {
  const std::string begin = absl::StrCat("requests.", row_or_group);
  int64_t sum = 0;
  for (const auto& [path, value] : cells_) {
    const bool of_row = path == absl::StrCat(begin, ".total");
    const bool of_group = absl::EndsWith(begin, ".") &&
                          absl::StartsWith(path, begin) &&
                          absl::EndsWith(path, ".total");
    if (of_row || of_group) sum += value;
  }
  return sum;
}

void MakePlausible(Form form, BodyKind kind, Numbers* numbers) {
  size_t next = 0;
  for (const DisclosureBlock& block : DisclosureBlocks(form)) {
    for (const DisclosureRow& row : block.rows) {
      Row cells;
      for (const DisclosureColumn& column : block.columns) {
        cells[std::string(column.key)] = &numbers->disclosure[next++];
      }
      FixDisclosureRow(row.key, kind, cells);
    }
  }
  GrantOthers(form, "other.misc", numbers);
  GrantOthers(form, "other.all", numbers);
  LimitCarriedOver(form, numbers);
  for (auto& row : numbers->requests) {
    row[kTotal] = std::accumulate(row.begin(), row.end() - 1, int64_t{0});
  }
}

}  // namespace gongkai::generator
