// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/break_numbers.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace gongkai::generator {
namespace {

constexpr int64_t kApplicants = 6;

class Breaker {
 public:
  Breaker(Form form, int year, BodyKind kind, Random* random, Numbers* numbers,
          InjectedFault* injected)
      : form_(form),
        year_(year),
        kind_(kind),
        random_(*random),
        numbers_(*numbers),
        injected_(*injected) {}

  bool Break(Fault fault) {
    const auto rows = static_cast<int64_t>(RequestRows(form_).size());
    const int64_t processed = rows - 2;
    const int64_t outcome = random_.Between(kFirstOutcome, processed - 1);
    switch (fault) {
      case Fault::kReceivedCell:
        return ChangeRequests(kReceived, random_.Below(kApplicants));
      case Fault::kCarriedInCell:
        return ChangeRequests(kCarriedIn, random_.Below(kApplicants));
      case Fault::kOutcomeCell:
        return ChangeRequests(outcome, random_.Below(kApplicants));
      case Fault::kOutcomeRowTotal:
        return ChangeRequests(outcome, kApplicants);
      case Fault::kProcessedCell:
        return ChangeRequests(processed, random_.Below(kApplicants));
      case Fault::kCarriedOutCell:
        return ChangeRequests(rows - 1, random_.Below(kApplicants));
      case Fault::kDisputesCell:
        return ChangeDisputes(random_.Below(4));
      case Fault::kDisputesTotal:
        return ChangeDisputes(4);
      case Fault::kSplitDigits:
        return SplitDigits();
      case Fault::kExchangedCells:
        return ExchangeCells();
      case Fault::kMuchCarriedOver:
        return CarryMuchOver();
      case Fault::kMuchSettledOtherwise:
        return SettleMuchOtherwise();
      case Fault::kCarryOverBroken:
        return BreakCarryOver();
      case Fault::kStockBroken:
        return BreakStock();
      default:
        return BreakDisclosure(fault);
    }
  }

 private:
  std::string RequestsPath(int64_t row, int64_t column) const {
    return absl::StrCat("requests.", RequestRows(form_)[row].key, ".",
                        RequestColumns()[column].key);
  }

  // A slip of the pen: a little more or less.
  void Change(int64_t* value) {
    int64_t change = random_.Between(1, 3);
    if (*value >= change && random_.Percent(50)) change = -change;
    *value += change;
  }

  bool ChangeRequests(int64_t row, int64_t column) {
    Change(&numbers_.requests[row][column]);
    injected_.cells = {RequestsPath(row, column)};
    return true;
  }

  bool ChangeDisputes(int64_t column) {
    const int64_t group = random_.Below(3);
    Change(&numbers_.disputes[group][column]);
    injected_.cells = {absl::StrCat("disputes.", DisputeGroups()[group].key,
                                    ".", DisputeColumns()[column].key)};
    return true;
  }

  // 23 and 0 become 2 and 3.
  bool SplitDigits() {
    std::vector<std::pair<int64_t, int64_t>> places;
    for (size_t row = 0; row < numbers_.requests.size(); ++row) {
      for (int64_t column = 0; column + 1 < kApplicants; ++column) {
        const auto& values = numbers_.requests[row];
        if (values[column] >= 10 && values[column] < 1000 &&
            values[column] % 10 != 0 && values[column + 1] == 0) {
          places.emplace_back(static_cast<int64_t>(row), column);
        }
      }
    }
    if (places.empty()) return false;
    const auto [row, column] = random_.Pick(places);
    auto& values = numbers_.requests[row];
    values[column + 1] = values[column] % 10;
    values[column] /= 10;
    injected_.cells = {RequestsPath(row, column),
                       RequestsPath(row, column + 1)};
    return true;
  }

  // Two neighbours of an outcome stand in each other's place.
  bool ExchangeCells() {
    std::vector<std::pair<int64_t, int64_t>> places;
    for (size_t row = kFirstOutcome; row + 2 < numbers_.requests.size();
         ++row) {
      for (int64_t column = 0; column + 1 < kApplicants; ++column) {
        const auto& values = numbers_.requests[row];
        if (values[column] != values[column + 1]) {
          places.emplace_back(static_cast<int64_t>(row), column);
        }
      }
    }
    if (places.empty()) return false;
    const auto [row, column] = random_.Pick(places);
    auto& values = numbers_.requests[row];
    std::swap(values[column], values[column + 1]);
    injected_.cells = {RequestsPath(row, column),
                       RequestsPath(row, column + 1)};
    return true;
  }

  // Adds to a row's natural persons and to its total, so that all identities
  // go on holding if that is done on both sides.
  void AddTo(absl::string_view key, int64_t more) {
    const auto rows = RequestRows(form_);
    size_t row = 0;
    while (rows[row].key != key) ++row;
    numbers_.requests[row].front() += more;
    numbers_.requests[row].back() += more;
  }

  bool CarryMuchOver() {
    const int64_t more =
        numbers_.requests[RequestRows(form_).size() - 2][6] + 9;
    AddTo("received", more);
    AddTo("carried_out", more);
    injected_.cells = {"requests.carried_out.total"};
    return true;
  }

  bool SettleMuchOtherwise() {
    if (form_ != Form::k2021) return false;
    const int64_t more =
        numbers_.requests[RequestRows(form_).size() - 2][6] + 9;
    AddTo("received", more);
    AddTo("other.misc", more);
    AddTo("processed", more);
    injected_.cells = {"requests.other.misc.total"};
    return true;
  }

  // More is carried in than was carried out a year before; the form's own
  // identities hold.
  bool BreakCarryOver() {
    const int64_t more = random_.Between(1, 5);
    if (year_ < 2020 || numbers_.requests[kReceived].front() <= more) {
      return false;
    }
    AddTo("received", -more);
    AddTo("carried_in", more);
    injected_.cells = {"requests.carried_in.natural",
                       "requests.carried_in.total"};
    return true;
  }

  bool BreakStock() {
    const int64_t more = random_.Between(3, 40);
    if (year_ >= 2022) {
      return Set("normative.valid", Value("normative.valid") + more);
    }
    return year_ == 2020 &&
           Set("licence.items_prev", Value("licence.items_prev") + more);
  }

  // The cell of the disclosure table; null if the form has none such.
  std::string* Disclosure(absl::string_view wanted) {
    size_t next = 0;
    for (const DisclosureBlock& block : DisclosureBlocks(form_)) {
      for (const DisclosureRow& row : block.rows) {
        for (const DisclosureColumn& column : block.columns) {
          std::string* const cell = &numbers_.disclosure[next++];
          if (absl::StrCat(row.key, ".", column.key) == wanted) return cell;
        }
      }
    }
    return nullptr;
  }

  int64_t Value(absl::string_view path) {
    int64_t value = 0;
    const std::string* cell = Disclosure(path);
    if (cell != nullptr) (void)absl::SimpleAtoi(*cell, &value);
    return value;
  }

  // False if the form has no such cell.
  bool Set(absl::string_view path, int64_t value) {
    std::string* const cell = Disclosure(path);
    if (cell == nullptr) return false;
    *cell = absl::StrCat(value);
    injected_.cells.push_back(absl::StrCat("disclosure.", path));
    return true;
  }

  bool BreakDisclosure(Fault fault) {
    switch (fault) {
      case Fault::kMoreMadeThanValid:
        return Set("normative.made", Value("normative.valid") +
                                         Value("normative.repealed") +
                                         random_.Between(1, 20));
      case Fault::kMorePublishedThanInAll:
        return Set("normative.published",
                   Value("normative.published_total") + random_.Between(1, 20));
      case Fault::kNegativeStock:
        return Set("penalty.delta",
                   -Value("penalty.items_prev") - random_.Between(1, 9));
      case Fault::kDecisionsWithoutItems:
        return Set("licence.items_prev", 0) && Set("licence.delta", 0) &&
               Set("licence.decisions", random_.Between(1, 90));
      case Fault::kRulesOfATownship:
        if (kind_ != BodyKind::kTownship) return false;
        return Set("rules.valid", 6) || Set("rules.published_total", 6);
      case Fault::kProjectsWithoutAmount:
        return Set("procurement.projects", random_.Between(1, 30)) &&
               Set("procurement.amount", 0);
      case Fault::kFeesInYuan:
        if (kind_ == BodyKind::kCity) return false;
        return Set("fees.fee_wan", random_.Between(2'000'000, 9'000'000));
      default:
        return false;
    }
  }

  const Form form_;
  const int year_;
  const BodyKind kind_;
  Random& random_;
  Numbers& numbers_;
  InjectedFault& injected_;
};

// The printed value cells of the requests table in the order of the truth.
struct PrintedValue {
  PrintedCell* printed;
  TrueCell* truth;
};

std::vector<PrintedValue> RequestValues(Tables* tables) {
  const auto first = std::find_if(tables->cells.begin(), tables->cells.end(),
                                  [](const TrueCell& cell) {
                                    return cell.path.rfind("requests.", 0) == 0;
                                  });
  auto truth = first;
  std::vector<PrintedValue> values;
  for (PrintedRow& row : tables->requests.rows) {
    for (PrintedCell& cell : row.cells) {
      if (cell.value) values.push_back({&cell, &*truth++});
    }
  }
  return values;
}

}  // namespace

bool BreakNumbers(Fault fault, Form form, int year, BodyKind kind,
                  Random* random, Numbers* numbers, InjectedFault* injected) {
  return Breaker(form, year, kind, random, numbers, injected).Break(fault);
}

bool BreakCells(Fault fault, Random* random, Tables* tables,
                InjectedFault* injected) {
  std::vector<PrintedValue> values = RequestValues(tables);
  const auto put = [injected](const PrintedValue& value, std::string text,
                              v1::CellState state) {
    value.printed->text = std::move(text);
    value.truth->state = state;
    injected->cells.push_back(value.truth->path);
    return true;
  };
  const PrintedValue& any = random->Pick(values);
  switch (fault) {
    case Fault::kWordInCell:
      return put(any, "若干", v1::CELL_STATE_INVALID);
    case Fault::kNegativeCell:
      return put(any, absl::StrCat("-", random->Between(1, 20)),
                 v1::CELL_STATE_INVALID);
    case Fault::kUnitInCell:
      return put(any, any.printed->text + "件", v1::CELL_STATE_VALUE);
    case Fault::kManyBlankCells: {
      const int64_t count = random->Between(14, 30);
      const int64_t first =
          random->Below(static_cast<int64_t>(values.size()) - count);
      for (int64_t i = first; i < first + count; ++i) {
        // The totals are filled in, so that no row is empty.
        if (i % (kApplicants + 1) == kApplicants) continue;
        put(values[i], "", v1::CELL_STATE_BLANK);
      }
      return true;
    }
    case Fault::kColumnLost: {
      // As where a page of the table was cut off at its right side.
      const size_t rows = tables->requests.rows.size();
      for (size_t i = rows - 9; i < rows; ++i) {
        tables->requests.rows[i].cells.pop_back();
      }
      for (TrueCell& cell : tables->cells) {
        const bool printed =
            std::any_of(values.begin() + 7 * (values.size() / 7 - 9),
                        values.end(), [&cell](const PrintedValue& value) {
                          return value.truth == &cell;
                        });
        if (printed && cell.path.ends_with(".total")) {
          cell.state = v1::CELL_STATE_MISSING;
        }
      }
      return true;
    }
    case Fault::kTableMissing: {
      tables->disputes = {};
      for (TrueCell& cell : tables->cells) {
        if (cell.path.rfind("disputes.", 0) == 0) {
          cell.state = v1::CELL_STATE_MISSING;
        }
      }
      return true;
    }
    case Fault::kRowMissing: {
      const std::string row = "requests.denied.admin_query.";
      for (TrueCell& cell : tables->cells) {
        if (cell.path.rfind(row, 0) == 0) cell.state = v1::CELL_STATE_MISSING;
      }
      auto& rows = tables->requests.rows;
      const auto last = std::find_if(
          values.begin(), values.end(), [&row](const PrintedValue& value) {
            return value.truth->path.rfind(row, 0) == 0;
          });
      const PrintedCell* const gone = last->printed;
      rows.erase(std::find_if(rows.begin(), rows.end(), [gone](const auto& r) {
        return !r.cells.empty() && gone >= &r.cells.front() &&
               gone <= &r.cells.back();
      }));
      injected->mark = "行政查询事项";
      return true;
    }
    default:
      return false;
  }
}

}  // namespace gongkai::generator
