// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/numbers.h
//
// The numbers of one report, drawn so that every identity of the form holds.

#ifndef GONGKAI_TESTS_GENERATOR_NUMBERS_H_
#define GONGKAI_TESTS_GENERATOR_NUMBERS_H_

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "tests/generator/form.h"
#include "tests/generator/random.h"

namespace gongkai::generator {

// How large a body the report is of.
enum class Scale {
  kZero,   // nothing anywhere, as in most townships
  kSmall,  // single and double digits
  kCity,   // thousands of requests, millions of decisions
};

struct Numbers {
  // By block, row and column of DisclosureBlocks, flattened; amounts are
  // decimals without separators.
  std::vector<std::string> disclosure;
  // By RequestRows; the last of each row is the sum of the others.
  std::vector<std::array<int64_t, 7>> requests;
  // By DisputeGroups; the last of each group is the sum of the others.
  std::array<std::array<int64_t, 5>, 3> disputes = {};
};

Numbers DrawNumbers(Form form, Scale scale, Random* random);

// Changes one cell of the requests or disputes table by a little, so that at
// least one identity fails; `requests_row_allowed` tells by row which requests
// rows may be chosen. Returns the cell's path.
std::string BreakOneCell(Form form,
                         const std::vector<bool>& requests_row_allowed,
                         Random* random, Numbers* numbers);

// Every cell as path and value, in the order of the form.
std::vector<std::pair<std::string, std::string>> AllCells(
    Form form, const Numbers& numbers);

// The identities that do not hold, each named by the path of its total, or of
// the carried-out cell for the balance of a column.
std::vector<std::string> BrokenIdentities(Form form, const Numbers& numbers);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_NUMBERS_H_
