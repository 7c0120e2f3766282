// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/form.h
//
// The statutory forms as the generator prints them: keys, labels and the
// variants of labels that public pages show. It is written down here a second
// time, apart from worker/catalog, on purpose: the generator is the oracle of
// the tests and must not share the data that they test.

#ifndef GONGKAI_TESTS_GENERATOR_FORM_H_
#define GONGKAI_TESTS_GENERATOR_FORM_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace gongkai::generator {

// Which tables a report prints.
enum class Form {
  k2019,    // the form for 2019 and 2020: 198 cells
  k2021,    // the form since 2021: 200 cells
  kHybrid,  // the form since 2021 with （六）其他处理 as one row
};

// What a column of the disclosure table holds.
enum class Kind { kCount, kSigned, kAmount };

// A column of a block of the disclosure table.
struct DisclosureColumn {
  absl::string_view key;
  absl::string_view label;
  Kind kind;
};

// A row of a block of the disclosure table.
struct DisclosureRow {
  absl::string_view key;
  absl::string_view label;
};

// A block of the disclosure table: an article's item and its own heads.
struct DisclosureBlock {
  absl::string_view title;
  std::vector<DisclosureColumn> columns;
  std::vector<DisclosureRow> rows;
};

// A row of the requests table. `group` and `subgroup` are the labels that
// span rows and start in this one; empty where they started further up.
struct RequestRow {
  absl::string_view key;
  absl::string_view group;
  absl::string_view subgroup;
  // How many label columns stand left of the numbers: 1 for 一、二、四、, 2 for
  // （一）, 3 for 1.
  int depth;
  absl::string_view label;
};

struct Column {
  absl::string_view key;
  absl::string_view label;
};

// The rows of the requests table by what they count.
inline constexpr int kReceived = 0;
inline constexpr int kCarriedIn = 1;
inline constexpr int kFirstOutcome = 2;

absl::Span<const DisclosureBlock> DisclosureBlocks(Form form);
absl::Span<const RequestRow> RequestRows(Form form);
// The seven columns of the requests table; the last is their sum.
absl::Span<const Column> RequestColumns();
// The three groups of the disputes table.
absl::Span<const Column> DisputeGroups();
// The five columns of each group; the last is their sum.
absl::Span<const Column> DisputeColumns();

// The rows that the 2021 form has and the hybrid does not print.
absl::Span<const RequestRow> RowsReplacedInHybrid();

// The label as the form prints it and as it was seen elsewhere; {year} stands
// for the report's year, a line break for one inside the cell. The first is
// the form's own.
std::vector<std::string> LabelVariants(absl::string_view label);

// The headings of the six sections with the variants seen.
absl::Span<const std::vector<absl::string_view>> SectionHeadings();

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_FORM_H_
