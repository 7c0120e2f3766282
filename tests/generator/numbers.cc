// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/numbers.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"

namespace gongkai::generator {
namespace {

constexpr int kApplicants = 6;  // the columns before the sum
constexpr int kResults = 4;

// A count of the order of `size`: small values are the most frequent.
int64_t Draw(int64_t size, Random* random) {
  if (size <= 0) return 0;
  int64_t limit = size;
  for (int64_t n = random->Below(4); n > 0; --n) limit = limit / 4 + 1;
  return random->Below(limit + 1);
}

std::string DrawAmount(Scale scale, Random* random) {
  if (scale == Scale::kZero) return "0";
  const int64_t whole = Draw(scale == Scale::kCity ? 900'000 : 900, random);
  const int digits = static_cast<int>(random->Below(5));
  if (digits == 0) return absl::StrCat(whole);
  std::string text = absl::StrCat(whole, ".");
  for (int i = 0; i + 1 < digits; ++i) {
    absl::StrAppend(&text, random->Below(10));
  }
  // The last digit is not 0, so that the decimal has one spelling.
  absl::StrAppend(&text, random->Between(1, 9));
  return text;
}

// The reports of real bodies keep these: made documents are in force, what is
// published is part of what is published in all, items never go below zero.
void DrawDisclosureRow(const DisclosureBlock& block, const DisclosureRow& row,
                       Scale scale, Random* random,
                       std::vector<std::string>* values) {
  const bool rules = row.key == "rules";
  const int64_t documents = scale == Scale::kZero   ? 0
                            : scale == Scale::kCity ? (rules ? 12 : 600)
                            : rules                 ? 0
                                                    : 9;
  const int64_t decisions = scale == Scale::kZero   ? 0
                            : scale == Scale::kCity ? 12'000'000
                                                    : 300;
  const int64_t items = scale == Scale::kZero   ? 0
                        : scale == Scale::kCity ? 900
                                                : 30;
  int64_t first = 0;
  for (const DisclosureColumn& column : block.columns) {
    int64_t value = 0;
    if (column.kind == Kind::kAmount) {
      // No project, no amount.
      values->push_back(column.key == "amount" && first == 0
                            ? "0"
                            : DrawAmount(scale, random));
      continue;
    }
    if (column.key == "delta") {
      value = random->Percent(50) ? -Draw(first, random) : Draw(items, random);
    } else if (column.key == "decisions") {
      value = Draw(decisions, random);
    } else if (column.key == "items_prev" || column.key == "projects") {
      value = Draw(items, random);
    } else if (column.key == "valid" || column.key == "published_total") {
      value = first + Draw(documents * 4, random);
    } else {
      value = Draw(documents, random);
    }
    // The largest so far, so that what is counted over all years is not less.
    first = std::max(first, value);
    values->push_back(absl::StrCat(value));
  }
}

template <size_t n>
void SumUp(std::array<int64_t, n>* row) {
  row->back() = std::accumulate(row->begin(), row->end() - 1, int64_t{0});
}

}  // namespace

Numbers DrawNumbers(Form form, Scale scale, Random* random) {
  Numbers numbers;
  for (const DisclosureBlock& block : DisclosureBlocks(form)) {
    for (const DisclosureRow& row : block.rows) {
      DrawDisclosureRow(block, row, scale, random, &numbers.disclosure);
    }
  }

  const auto rows = RequestRows(form);
  numbers.requests.resize(rows.size());
  if (scale == Scale::kZero) return numbers;
  const size_t processed = rows.size() - 2;
  const size_t carried_out = rows.size() - 1;
  const bool city = scale == Scale::kCity;
  for (int column = 0; column < kApplicants; ++column) {
    // Natural persons ask most; research institutions hardly ever.
    const int64_t size = column == 0   ? (city ? 5000 : 12)
                         : column == 1 ? (city ? 120 : 2)
                                       : (city ? 20 : 0);
    int64_t sum = 0;
    for (size_t row = kFirstOutcome; row < processed; ++row) {
      const bool often = row < kFirstOutcome + 2 || row == kFirstOutcome + 10;
      const int64_t value =
          random->Percent(often ? 80 : 35)
              ? Draw(often ? size : size / (city ? 10 : 4), random)
              : 0;
      numbers.requests[row][column] = value;
      sum += value;
    }
    const int64_t carried = random->Percent(60) ? Draw(size / 6, random) : 0;
    const int64_t all = sum + carried;
    const int64_t carried_in =
        random->Percent(60) ? std::min(all, Draw(size / 6, random)) : 0;
    numbers.requests[processed][column] = sum;
    numbers.requests[carried_out][column] = carried;
    numbers.requests[kCarriedIn][column] = carried_in;
    numbers.requests[kReceived][column] = all - carried_in;
  }
  for (auto& row : numbers.requests) SumUp(&row);
  for (auto& group : numbers.disputes) {
    for (int i = 0; i < kResults; ++i) {
      group[i] =
          random->Percent(city ? 85 : 15) ? Draw(city ? 400 : 3, random) : 0;
    }
    SumUp(&group);
  }
  return numbers;
}

std::string BreakOneCell(Form form,
                         const std::vector<bool>& requests_row_allowed,
                         Random* random, Numbers* numbers) {
  int64_t* cell = nullptr;
  std::string path;
  const bool in_disputes = random->Percent(15);
  if (in_disputes) {
    const int64_t group = random->Below(3);
    const int64_t column = random->Below(5);
    cell = &numbers->disputes[group][column];
    path = absl::StrCat("disputes.", DisputeGroups()[group].key, ".",
                        DisputeColumns()[column].key);
  } else {
    size_t row = 0;
    do {
      row = random->Below(static_cast<int64_t>(numbers->requests.size()));
    } while (!requests_row_allowed[row]);
    const int64_t column = random->Below(7);
    cell = &numbers->requests[row][column];
    path = absl::StrCat("requests.", RequestRows(form)[row].key, ".",
                        RequestColumns()[column].key);
  }
  int64_t change = random->Between(1, 3);
  if (*cell >= change && random->Percent(50)) change = -change;
  *cell += change;
  return path;
}

std::vector<std::pair<std::string, std::string>> AllCells(
    Form form, const Numbers& numbers) {
  std::vector<std::pair<std::string, std::string>> cells;
  size_t next = 0;
  for (const DisclosureBlock& block : DisclosureBlocks(form)) {
    for (const DisclosureRow& row : block.rows) {
      for (const DisclosureColumn& column : block.columns) {
        cells.emplace_back(
            absl::StrCat("disclosure.", row.key, ".", column.key),
            numbers.disclosure[next++]);
      }
    }
  }
  const auto rows = RequestRows(form);
  for (size_t row = 0; row < rows.size(); ++row) {
    for (size_t column = 0; column < 7; ++column) {
      cells.emplace_back(absl::StrCat("requests.", rows[row].key, ".",
                                      RequestColumns()[column].key),
                         absl::StrCat(numbers.requests[row][column]));
    }
  }
  for (size_t group = 0; group < 3; ++group) {
    for (size_t column = 0; column < 5; ++column) {
      cells.emplace_back(absl::StrCat("disputes.", DisputeGroups()[group].key,
                                      ".", DisputeColumns()[column].key),
                         absl::StrCat(numbers.disputes[group][column]));
    }
  }
  return cells;
}

std::vector<std::string> BrokenIdentities(Form form, const Numbers& numbers) {
  std::vector<std::string> broken;
  const auto rows = RequestRows(form);
  const size_t processed = rows.size() - 2;
  const size_t carried_out = rows.size() - 1;
  for (size_t row = 0; row < rows.size(); ++row) {
    const auto& values = numbers.requests[row];
    if (std::accumulate(values.begin(), values.end() - 1, int64_t{0}) !=
        values.back()) {
      broken.push_back(absl::StrCat("requests.", rows[row].key, ".total"));
    }
  }
  for (size_t column = 0; column < 7; ++column) {
    const auto key = RequestColumns()[column].key;
    int64_t sum = 0;
    for (size_t row = kFirstOutcome; row < processed; ++row) {
      sum += numbers.requests[row][column];
    }
    if (sum != numbers.requests[processed][column]) {
      broken.push_back(absl::StrCat("requests.processed.", key));
    }
    if (numbers.requests[kReceived][column] +
            numbers.requests[kCarriedIn][column] !=
        numbers.requests[processed][column] +
            numbers.requests[carried_out][column]) {
      broken.push_back(absl::StrCat("requests.carried_out.", key));
    }
  }
  for (size_t group = 0; group < 3; ++group) {
    const auto& values = numbers.disputes[group];
    if (std::accumulate(values.begin(), values.end() - 1, int64_t{0}) !=
        values.back()) {
      broken.push_back(
          absl::StrCat("disputes.", DisputeGroups()[group].key, ".total"));
    }
  }
  return broken;
}

}  // namespace gongkai::generator
