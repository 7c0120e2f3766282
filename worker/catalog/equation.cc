// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/equation.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
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

absl::StatusOr<Term> ParseTerm(absl::string_view text, Star* star) {
  auto error = [text](auto... reason) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", text, "\" in the equation ", reason...));
  };
  const size_t first = text.find('.');
  const size_t last = text.rfind('.');
  if (first == absl::string_view::npos || first == last) {
    return error(
        "is not a cell path: a path has a table, a row and a column joined by "
        "dots");
  }
  Term term;
  term.text = std::string(text);
  const absl::string_view table = text.substr(0, first);
  const absl::string_view row = text.substr(first + 1, last - first - 1);
  const absl::string_view column = text.substr(last + 1);

  term.table = FromKey<v1::Table>(table, v1::Table_ARRAYSIZE);
  if (term.table == v1::TABLE_UNSPECIFIED) {
    return error("names the unknown table \"", table, "\"");
  }
  *star = Star::kNone;
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

}  // namespace

absl::StatusOr<Equation> ParseEquation(absl::string_view text) {
  const std::vector<absl::string_view> sides = absl::StrSplit(text, '=');
  if (sides.size() != 2) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the equation has ", sides.size() - 1, " '=' and must have one"));
  }
  Equation equation;
  std::optional<Star> star;
  for (size_t side = 0; side < 2; ++side) {
    for (absl::string_view path : absl::StrSplit(sides[side], '+')) {
      path = absl::StripAsciiWhitespace(path);
      if (path.empty()) {
        return absl::InvalidArgumentError(
            "the equation lacks a cell path beside '+' or '='");
      }
      Star own = Star::kNone;
      absl::StatusOr<Term> term = ParseTerm(path, &own);
      if (!term.ok()) return term.status();
      if (star.has_value() && *star != own) {
        return absl::InvalidArgumentError(absl::StrCat(
            "\"", path, "\" in the equation has its '*' elsewhere than the ",
            "paths before it: all have it in the same place or none has it"));
      }
      star = own;
      (side == 0 ? equation.left : equation.right).push_back(*std::move(term));
    }
  }
  equation.star = *star;
  return equation;
}

absl::StatusOr<std::vector<Term>> ParseSum(absl::string_view text) {
  std::vector<Term> terms;
  for (absl::string_view path : absl::StrSplit(text, '+')) {
    path = absl::StripAsciiWhitespace(path);
    if (path.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("the sum \"", text, "\" lacks a cell path beside '+'"));
    }
    Star star = Star::kNone;
    absl::StatusOr<Term> term = ParseTerm(path, &star);
    if (!term.ok()) return term.status();
    if (star != Star::kNone) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", path, "\" in a sum has a '*'"));
    }
    terms.push_back(*std::move(term));
  }
  return terms;
}

}  // namespace gongkai::catalog
