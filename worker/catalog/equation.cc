// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/equation.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "proto/cell_path.h"

namespace gongkai::catalog {
namespace {

// The enum value with this key; the unspecified one if there is none.
template <typename Enum>
Enum FromKey(absl::string_view key, int bound) {
  for (int number = 1; number < bound; ++number) {
    const Enum value = static_cast<Enum>(number);
    if (!key.empty() && Key(value) == key) return value;
  }
  return static_cast<Enum>(0);
}

bool IsKeyPrefix(absl::string_view prefix) {
  for (int number = 1; number < v1::Row_ARRAYSIZE; ++number) {
    if (absl::StartsWith(Key(static_cast<v1::Row>(number)), prefix)) {
      return true;
    }
  }
  return false;
}

// What parts of the notation a text may have.
struct Grammar {
  // What errors call the text.
  absl::string_view name;
  bool only_paths;
};
constexpr Grammar kEquation = {"equation", /*only_paths=*/true};
constexpr Grammar kRelation = {"relation", /*only_paths=*/false};
constexpr Grammar kPathSum = {"sum", /*only_paths=*/true};

struct SignWord {
  absl::string_view word;
  Sign sign;
};
// Those that begin with another one come before it.
constexpr SignWord kSigns[] = {
    {"<=", Sign::kLessOrEqual}, {">=", Sign::kGreaterOrEqual},
    {"!=", Sign::kNotEqual},    {"<", Sign::kLess},
    {">", Sign::kGreater},      {"=", Sign::kEqual}};

// Takes "12 *" or "12" from the front of a term. False if the number is none.
bool TakeCoefficient(absl::string_view* text, Term* term) {
  if (text->empty() || !absl::ascii_isdigit(text->front())) return true;
  const size_t digits =
      std::min(text->size(), text->find_first_not_of("0123456789"));
  if (!absl::SimpleAtoi(text->substr(0, digits), &term->coefficient)) {
    return false;
  }
  *text = absl::StripLeadingAsciiWhitespace(text->substr(digits));
  term->constant = text->empty();
  if (term->constant) return true;
  if (term->coefficient == 0 || !absl::ConsumePrefix(text, "*")) return false;
  *text = absl::StripLeadingAsciiWhitespace(*text);
  return true;
}

absl::StatusOr<Term> ParseTerm(absl::string_view text, const Grammar& grammar,
                               Star* star) {
  auto error = [text, &grammar](auto... reason) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", text, "\" in the ", grammar.name, " ", reason...));
  };
  Term term;
  term.text = std::string(text);
  *star = Star::kNone;
  absl::string_view path = text;
  if (!grammar.only_paths) {
    if (!TakeCoefficient(&path, &term)) {
      return error(
          "is no integer, nor a positive integer, '*' and a cell path");
    }
    if (term.constant) return term;
    if (absl::ConsumePrefix(&path, "previous.")) {
      term.scope = Scope::kPrevious;
    } else if (absl::ConsumePrefix(&path, "children.")) {
      term.scope = Scope::kChildren;
    }
  }
  const size_t first = path.find('.');
  const size_t last = path.rfind('.');
  if (first == absl::string_view::npos || first == last) {
    return error(
        "is not a cell path: a path has a table, a row and a column joined by "
        "dots");
  }
  const absl::string_view table = path.substr(0, first);
  const absl::string_view row = path.substr(first + 1, last - first - 1);
  const absl::string_view column = path.substr(last + 1);

  term.table = FromKey<v1::Table>(table, v1::Table_ARRAYSIZE);
  if (term.table == v1::TABLE_UNSPECIFIED) {
    return error("names the unknown table \"", table, "\"");
  }
  if (row == "*") {
    *star = Star::kRow;
  } else if (absl::EndsWith(row, ".**")) {
    term.row_prefix = std::string(absl::StripSuffix(row, "**"));
    if (!IsKeyPrefix(term.row_prefix)) {
      return error("names no row: no key begins with \"", term.row_prefix,
                   "\"");
    }
  } else {
    term.row = FromKey<v1::Row>(row, v1::Row_ARRAYSIZE);
    if (term.row == v1::ROW_UNSPECIFIED) {
      return error("names the unknown row \"", row, "\"");
    }
  }
  if (column == "*") {
    if (*star == Star::kRow) return error("has more than one '*'");
    *star = Star::kColumn;
  } else {
    term.column = FromKey<v1::Column>(column, v1::Column_ARRAYSIZE);
    if (term.column == v1::COLUMN_UNSPECIFIED) {
      return error("names the unknown column \"", column, "\"");
    }
  }
  return term;
}

// Parses "a + b + …", one side of a text. The stars of all its paths are in
// the same place; `star` is what the paths before them have.
absl::Status ParseSide(absl::string_view text, const Grammar& grammar,
                       std::optional<Star>* star, std::vector<Term>* side) {
  for (absl::string_view part : absl::StrSplit(text, '+')) {
    part = absl::StripAsciiWhitespace(part);
    if (part.empty()) {
      return absl::InvalidArgumentError(absl::StrCat(
          "the ", grammar.name,
          grammar.only_paths ? " lacks a cell path beside '+' or '='"
                             : " lacks a term beside '+' or a sign"));
    }
    Star own = Star::kNone;
    absl::StatusOr<Term> term = ParseTerm(part, grammar, &own);
    if (!term.ok()) return term.status();
    if (!term->constant) {
      if (star->value_or(own) != own) {
        return absl::InvalidArgumentError(absl::StrCat(
            "\"", part, "\" in the ", grammar.name,
            " has its '*' elsewhere than the paths before it: all have it in "
            "the same place or none has it"));
      }
      *star = own;
    }
    side->push_back(*std::move(term));
  }
  return absl::OkStatus();
}

absl::StatusOr<Equation> ParseSides(absl::string_view left,
                                    absl::string_view right, Sign sign,
                                    const Grammar& grammar) {
  Equation equation;
  equation.sign = sign;
  std::optional<Star> star;
  absl::Status status = ParseSide(left, grammar, &star, &equation.left);
  if (status.ok() && right.data() != nullptr) {
    status = ParseSide(right, grammar, &star, &equation.right);
  }
  if (!status.ok()) return status;
  if (!star.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat("the ", grammar.name, " names no cell"));
  }
  equation.star = *star;
  return equation;
}

}  // namespace

const Term* Equation::FirstPath() const {
  for (const std::vector<Term>* side : {&left, &right}) {
    for (const Term& term : *side) {
      if (!term.constant) return &term;
    }
  }
  return nullptr;
}

absl::StatusOr<Equation> ParseEquation(absl::string_view text) {
  const std::vector<absl::string_view> sides = absl::StrSplit(text, '=');
  if (sides.size() != 2) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the equation has ", sides.size() - 1, " '=' and must have one"));
  }
  return ParseSides(sides[0], sides[1], Sign::kEqual, kEquation);
}

absl::StatusOr<Equation> ParseRelation(absl::string_view text) {
  const size_t first = text.find_first_of("<>!=");
  if (first != absl::string_view::npos) {
    for (const SignWord& sign : kSigns) {
      absl::string_view right = text.substr(first);
      if (!absl::ConsumePrefix(&right, sign.word)) continue;
      if (right.find_first_of("<>!=") != absl::string_view::npos) break;
      return ParseSides(text.substr(0, first), right, sign.sign, kRelation);
    }
  }
  return absl::InvalidArgumentError(
      "the relation must have one sign of = <= >= < > !=");
}

absl::StatusOr<Equation> ParseSum(absl::string_view text) {
  return ParseSides(text, absl::string_view(), Sign::kEqual, kRelation);
}

absl::string_view SignText(Sign sign) {
  for (const SignWord& word : kSigns) {
    if (word.sign == sign) return word.word;
  }
  return "";
}

absl::StatusOr<std::vector<Term>> ParsePathSum(absl::string_view text) {
  absl::StatusOr<Equation> sum =
      ParseSides(text, absl::string_view(), Sign::kEqual, kPathSum);
  if (!sum.ok()) return sum.status();
  if (sum->star != Star::kNone) {
    return absl::InvalidArgumentError(
        absl::StrCat("the sum \"", text, "\" has a '*'"));
  }
  return std::move(sum->left);
}

}  // namespace gongkai::catalog
