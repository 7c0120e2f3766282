// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/expect.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "proto/cell_path.h"

namespace gongkai::generator {
namespace {

constexpr size_t kMaxNotes = 8;

enum class Verdict { kRight, kWrong, kUnread, kOtherState };

std::string ValueText(const v1::Cell& cell) {
  switch (cell.value_case()) {
    case v1::Cell::kCount:
      return absl::StrCat(cell.count());
    case v1::Cell::kDecimal:
      return cell.decimal();
    case v1::Cell::VALUE_NOT_SET:
      return "";
  }
  return "";
}

// Drops the zeros that end a fraction: 12.50 is 12.5 and 3.0 is 3.
std::string Canonical(std::string number) {
  if (number.find('.') == std::string::npos) return number;
  while (number.back() == '0') number.pop_back();
  if (number.back() == '.') number.pop_back();
  return number;
}

Verdict JudgeValue(const v1::Cell& cell, const TrueCell& truth, Layout layout) {
  const bool equal =
      !truth.meant.empty() && Canonical(ValueText(cell)) == truth.meant;
  if (cell.state() == v1::CELL_STATE_DERIVED) {
    if (!truth.meant.empty() && !equal) return Verdict::kWrong;
    if (truth.has_value()) return Verdict::kUnread;
    const bool may_derive = truth.state == v1::CELL_STATE_MISSING ||
                            truth.state == v1::CELL_STATE_AMBIGUOUS;
    return equal && may_derive ? Verdict::kRight : Verdict::kOtherState;
  }
  if (truth.has_value()) return equal ? Verdict::kRight : Verdict::kWrong;
  if (truth.state == v1::CELL_STATE_AMBIGUOUS) {
    // A blank cell that moved is not a printed zero.
    const bool printed = layout != Layout::kH2 || truth.meant != "0";
    return equal && printed ? Verdict::kRight : Verdict::kWrong;
  }
  return Verdict::kWrong;
}

Verdict Judge(const v1::Cell& cell, const TrueCell& truth, Layout layout) {
  const bool claimed = cell.state() == v1::CELL_STATE_VALUE ||
                       cell.state() == v1::CELL_STATE_DERIVED;
  if (claimed) return JudgeValue(cell, truth, layout);
  // A value beside a state that has none would mislead whoever reads it.
  if (cell.value_case() != v1::Cell::VALUE_NOT_SET) return Verdict::kWrong;
  if (truth.has_value()) return Verdict::kUnread;
  if (truth.state == v1::CELL_STATE_AMBIGUOUS || cell.state() == truth.state) {
    return Verdict::kRight;
  }
  return Verdict::kOtherState;
}

class Comparer {
 public:
  Comparer(const v1::Report& report, const GeneratedReport& truth)
      : truth_(truth) {
    for (const v1::ReportTable* table :
         {&report.disclosure(), &report.requests(), &report.disputes()}) {
      for (const v1::Cell& cell : table->cells()) AddCell(cell);
    }
    for (const TrueCell& cell : truth.cells) JudgeCell(cell);
    for (const auto& [path, cell] : cells_) {
      const bool claimed = cell->value_case() != v1::Cell::VALUE_NOT_SET;
      Count(claimed ? Verdict::kWrong : Verdict::kOtherState,
            absl::StrCat(path, ": not a cell of this report"));
    }
    result_.template_right = report.template_() == truth.template_id;
    result_.year_right = report.year() == truth.year;
    result_.body_right = report.body() == truth.body;
  }

  Comparison result() const { return result_; }

 private:
  void AddCell(const v1::Cell& cell) {
    const std::string path = CellPathText(cell);
    if (!cells_.emplace(path, &cell).second) {
      Count(Verdict::kWrong, absl::StrCat(path, ": given twice"));
    }
  }

  void JudgeCell(const TrueCell& cell) {
    auto it = cells_.find(cell.path);
    if (it == cells_.end()) {
      Count(cell.has_value() ? Verdict::kUnread : Verdict::kOtherState,
            absl::StrCat(cell.path, ": not in the answer"));
      return;
    }
    const v1::Cell& answer = *it->second;
    Count(Judge(answer, cell, truth_.options.layout),
          absl::StrCat(cell.path, ": truly ", v1::CellState_Name(cell.state),
                       " ", cell.meant, ", answered ",
                       v1::CellState_Name(answer.state()), " ",
                       ValueText(answer), " \"", answer.raw(), "\""));
    cells_.erase(it);
  }

  void Count(Verdict verdict, std::string note) {
    switch (verdict) {
      case Verdict::kRight:
        ++result_.right;
        return;
      case Verdict::kWrong:
        ++result_.wrong;
        note = "WRONG " + note;
        break;
      case Verdict::kUnread:
        ++result_.unread;
        break;
      case Verdict::kOtherState:
        ++result_.other_state;
        break;
    }
    if (verdict == Verdict::kWrong) {
      result_.notes.insert(result_.notes.begin(), std::move(note));
    } else if (result_.notes.size() < kMaxNotes) {
      result_.notes.push_back(std::move(note));
    }
  }

  const GeneratedReport& truth_;
  std::map<std::string, const v1::Cell*> cells_;
  Comparison result_;
};

}  // namespace

std::string Comparison::Summary() const {
  std::string text = absl::StrCat(right, " right, ", wrong, " wrong, ", unread,
                                  " unread, ", other_state, " in other states");
  if (!template_right) text += ", wrong template";
  if (!year_right) text += ", wrong year";
  for (const std::string& note : notes) absl::StrAppend(&text, "\n  ", note);
  return text;
}

Comparison Compare(const v1::Report& report, const GeneratedReport& truth) {
  return Comparer(report, truth).result();
}

bool IsReadable(Layout layout) {
  return layout != Layout::kH2 && layout != Layout::kI;
}

}  // namespace gongkai::generator
