// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/sum_text.h"

#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "worker/catalog/message_arguments.h"

namespace gongkai::validate {
namespace {

using catalog::Scope;
using catalog::ScopedOperand;

const FormNames& NamesOf(const ScopeNames& names,
                         const ScopedOperand& operand) {
  return *names[static_cast<int>(operand.scope)];
}

struct NamedArgument {
  absl::string_view name;
  SumArgument bit;
};
constexpr NamedArgument kArguments[] = {{"subject", kSubject},
                                        {"subject_en", kSubjectEn},
                                        {"left_terms", kLeftTerms},
                                        {"left_terms_en", kLeftTermsEn},
                                        {"right_terms", kRightTerms},
                                        {"right_terms_en", kRightTermsEn},
                                        {"left", kLeft},
                                        {"right", kRight},
                                        {"difference", kDifference}};

// What a relation is about, and what tells its terms apart: the cells of one
// row differ by their columns, those of one column by their rows.
struct Shared {
  bool row = true;
  bool column = true;
};

Shared SharedBy(const SumPair& sums, const ScopeNames& names) {
  const CellKey first = NamesOf(names, sums.subject).Key(sums.subject.cell);
  Shared shared;
  for (const SumSide* side : {&sums.left, &sums.right}) {
    for (const ScopedOperand& operand : side->operands) {
      const CellKey other = NamesOf(names, operand).Key(operand.cell);
      const bool same_table = other.table == first.table;
      shared.row &= same_table && other.row == first.row;
      shared.column &= same_table && other.column == first.column;
    }
  }
  return shared;
}

// The names of cells within a sentence about what they share, in one language.
class TermNames {
 public:
  TermNames(const ScopeNames& names, Shared shared, bool english)
      : names_(names), shared_(shared), english_(english) {}

  void AppendName(const ScopedOperand& operand, std::string* text) const {
    if (operand.coefficient != 1) {
      absl::StrAppend(text, operand.coefficient, " × ");
    }
    if (operand.scope == Scope::kPrevious) {
      *text += english_ ? "last year's " : "上年报告的";
    } else if (operand.scope == Scope::kChildren) {
      *text += english_ ? "the bodies' below " : "下级合计的";
    }
    const absl::string_view name = shared_.row      ? Column(operand)
                                   : shared_.column ? Row(operand)
                                                    : Cell(operand);
    text->append(name.data(), name.size());
  }

  std::string SubjectName(const ScopedOperand& operand) const {
    return std::string(shared_.row      ? Row(operand)
                       : shared_.column ? Column(operand)
                                        : Cell(operand));
  }

  // "a 1 + b 2 = 3"; the zeros of a long sum together: "a 1 + 其余 3 项 0 = 1".
  std::string Sum(const SumSide& side, int64_t scale,
                  const ScopeCells& cells) const {
    // Up to so many terms are written out even if they are zero.
    constexpr size_t kShort = 2;
    std::string text;
    size_t zeros = 0;
    for (const ScopedOperand& operand : side.operands) {
      const int64_t count =
          cells[static_cast<int>(operand.scope)]->counts()[operand.cell];
      if (count == 0 && side.operands.size() > kShort) {
        ++zeros;
        continue;
      }
      // Amounts are not multiplied by the scale; counts among them are.
      const int64_t unit = scale / (operand.factor / operand.coefficient);
      if (!text.empty()) text += " + ";
      AppendName(operand, &text);
      absl::StrAppend(&text, " ", ScaledText(count, unit));
    }
    if (zeros > 0 && zeros == side.operands.size()) {
      return english_ ? absl::StrCat("all ", zeros, " terms are 0")
                      : absl::StrCat(zeros, " 项均为 0");
    }
    if (zeros > 0) {
      absl::StrAppend(&text, english_ ? " + 0 of " : " + 其余 ", zeros,
                      english_ ? " others" : " 项 0");
    }
    if (side.constant != 0 || side.operands.empty()) {
      absl::StrAppend(&text, text.empty() ? "" : " + ", side.constant);
    }
    const size_t terms = side.operands.size() + (side.constant != 0 ? 1 : 0);
    const bool multiplied =
        !side.operands.empty() && side.operands.front().coefficient != 1;
    if (terms > 1 || multiplied) {
      absl::StrAppend(&text, " = ", ScaledText(side.sum, scale));
    }
    return text;
  }

 private:
  absl::string_view Cell(const ScopedOperand& operand) const {
    const FormNames& names = NamesOf(names_, operand);
    return english_ ? names.Path(operand.cell) : names.CellName(operand.cell);
  }
  // In English, the keys: the last and the middle part of the path.
  absl::string_view Column(const ScopedOperand& operand) const {
    const FormNames& names = NamesOf(names_, operand);
    if (!english_) return names.ColumnName(operand.cell);
    const absl::string_view path = names.Path(operand.cell);
    return path.substr(path.rfind('.') + 1);
  }
  absl::string_view Row(const ScopedOperand& operand) const {
    const FormNames& names = NamesOf(names_, operand);
    if (!english_) return names.RowName(operand.cell);
    const absl::string_view path = names.Path(operand.cell);
    const size_t first = path.find('.') + 1;
    return path.substr(first, path.rfind('.') - first);
  }

  const ScopeNames& names_;
  const Shared shared_;
  const bool english_;
};

void AppendSide(const SumSide& side, const ScopeNames& names,
                std::string* text) {
  absl::string_view plus;
  for (const ScopedOperand& operand : side.operands) {
    absl::StrAppend(text, plus);
    plus = " + ";
    if (operand.coefficient != 1) {
      absl::StrAppend(text, operand.coefficient, " * ");
    }
    if (operand.scope == Scope::kPrevious) *text += "previous.";
    if (operand.scope == Scope::kChildren) *text += "children.";
    *text += NamesOf(names, operand).Path(operand.cell);
  }
  if (side.constant != 0 || side.operands.empty()) {
    absl::StrAppend(text, plus, side.constant);
  }
}

}  // namespace

uint32_t SumArgumentsOf(absl::string_view message,
                        absl::string_view message_en) {
  uint32_t wanted = 0;
  for (const absl::string_view text : {message, message_en}) {
    catalog::ForEachArgument(text, [&wanted](absl::string_view name) {
      for (const NamedArgument& argument : kArguments) {
        if (argument.name == name) wanted |= argument.bit;
      }
    });
  }
  return wanted;
}

MessageArguments SumArguments(const SumPair& sums, const ScopeNames& names,
                              const ScopeCells& cells, uint32_t wanted) {
  const Shared shared = SharedBy(sums, names);
  const TermNames zh(names, shared, /*english=*/false);
  const TermNames en(names, shared, /*english=*/true);
  const auto value = [&](SumArgument argument) {
    switch (argument) {
      case kSubject:
        return zh.SubjectName(sums.subject);
      case kSubjectEn:
        return en.SubjectName(sums.subject);
      case kLeftTerms:
        return zh.Sum(sums.left, sums.scale, cells);
      case kLeftTermsEn:
        return en.Sum(sums.left, sums.scale, cells);
      case kRightTerms:
        return zh.Sum(sums.right, sums.scale, cells);
      case kRightTermsEn:
        return en.Sum(sums.right, sums.scale, cells);
      case kLeft:
        return ScaledText(sums.left.sum, sums.scale);
      case kRight:
        return ScaledText(sums.right.sum, sums.scale);
      case kDifference:
        return ScaledText(sums.left.sum - sums.right.sum, sums.scale);
    }
    return std::string();
  };
  MessageArguments arguments;
  arguments.reserve(std::size(kArguments));
  for (const NamedArgument& argument : kArguments) {
    if ((wanted & argument.bit) == 0) continue;
    arguments.emplace_back(argument.name, value(argument.bit));
  }
  return arguments;
}

std::string FormulaText(const SumPair& sums, absl::string_view sign,
                        const ScopeNames& names) {
  std::string text;
  AppendSide(sums.left, names, &text);
  absl::StrAppend(&text, " ", sign, " ");
  AppendSide(sums.right, names, &text);
  return text;
}

}  // namespace gongkai::validate
