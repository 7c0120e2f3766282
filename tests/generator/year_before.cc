// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/year_before.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace gongkai::generator {
namespace {

constexpr int kTotal = 6;

// What is carried out becomes what the next year carries in; the rest of the
// column follows.
void CarryInto(const Numbers& next, Form form, Numbers* numbers) {
  const size_t rows = RequestRows(form).size();
  auto& received = numbers->requests[kReceived];
  const auto& carried_in = numbers->requests[kCarriedIn];
  auto& granted = numbers->requests[kFirstOutcome];
  auto& processed = numbers->requests[rows - 2];
  auto& carried_out = numbers->requests[rows - 1];
  for (int column = 0; column < kTotal; ++column) {
    carried_out[column] = next.requests[kCarriedIn][column];
    // Nobody asks why little was carried over.
    const int64_t wanted = carried_out[column] * 6;
    if (processed[column] < wanted) {
      granted[column] += wanted - processed[column];
      processed[column] = wanted;
    }
    received[column] =
        processed[column] + carried_out[column] - carried_in[column];
  }
  for (auto& row : numbers->requests) {
    row[kTotal] = std::accumulate(row.begin(), row.end() - 1, int64_t{0});
  }
}

int64_t Value(const std::string& text) {
  int64_t value = 0;
  return absl::SimpleAtoi(text, &value) ? value : 0;
}

// Every cell of the disclosure table by "row.column".
template <typename Each>
void ForEachCell(Form form, Each&& each) {
  size_t next = 0;
  for (const DisclosureBlock& block : DisclosureBlocks(form)) {
    for (const DisclosureRow& row : block.rows) {
      for (const DisclosureColumn& column : block.columns) {
        each(row.key, column.key, next++);
      }
    }
  }
}

// Stocks within one form: what is there now was there before, but for what was
// added and taken away.
void ContinueStocks(Form form, const Numbers& next, Numbers* numbers) {
  const Facts now(form, next);
  ForEachCell(form, [&](absl::string_view row, absl::string_view column,
                        size_t index) {
    std::string& cell = numbers->disclosure[index];
    const auto of_now = [&](absl::string_view key) {
      return now(absl::StrCat("disclosure.", row, ".", key));
    };
    if (column == "valid") {
      cell =
          absl::StrCat(of_now("valid") - of_now("made") + of_now("repealed"));
    } else if (column == "items_prev") {
      cell = absl::StrCat(of_now("items_prev"));
    } else if (column == "delta") {
      cell = "0";
    } else if (column == "published_total") {
      cell = absl::StrCat(of_now("published_total") - of_now("published"));
    }
  });
  // No more was made or published than there is.
  const Facts before(form, *numbers);
  ForEachCell(
      form, [&](absl::string_view row, absl::string_view column, size_t index) {
        std::string& cell = numbers->disclosure[index];
        const auto stock = [&](absl::string_view key) {
          return before(absl::StrCat("disclosure.", row, ".", key));
        };
        if (column == "made") {
          cell = absl::StrCat(std::min(Value(cell), stock("valid")));
        } else if (column == "published") {
          cell = absl::StrCat(std::min(Value(cell), stock("published_total")));
        } else if (column == "decisions" && form == Form::k2019 &&
                   stock("items_prev") == 0) {
          cell = "0";
        }
      });
}

}  // namespace

Form FormOfYear(int year) { return year <= 2020 ? Form::k2019 : Form::k2021; }

Numbers NumbersBefore(Form form, const Numbers& numbers, Form form_before,
                      Scale scale, BodyKind kind, Random* random) {
  Numbers before = DrawNumbers(form_before, scale, random);
  MakePlausible(form_before, kind, &before);
  CarryInto(numbers, form_before, &before);
  if (form == form_before) ContinueStocks(form, numbers, &before);
  return before;
}

}  // namespace gongkai::generator
