// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Malformed rules about similarity, hierarchies and masks are refused, with
// file and line.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "worker/catalog/catalog.h"

namespace gongkai::catalog {
namespace {

using ::testing::HasSubstr;

constexpr absl::string_view kForm = R"(forms {
  template: TEMPLATE_2021 first_year: 2021 name: "表" name_en: "form"
  tables {
    table: TABLE_REQUESTS
    arrangement: ARRANGEMENT_ROWS
    blocks {
      columns { column: COLUMN_TOTAL kind: VALUE_KIND_COUNT labels: "总计" }
      rows { row: ROW_RECEIVED labels: "新收" }
    }
  }
}
)";

// Loads the form and what is given; the error.
std::string ErrorOf(absl::string_view text) {
  const std::string name =
      absl::StrCat(testing::TempDir(), "similarity-", getpid(), ".txtpb");
  std::ofstream(name, std::ios::binary) << kForm << text;
  const auto catalog = Catalog::Load({name});
  unlink(name.c_str());
  return catalog.ok() ? "" : std::string(catalog.status().message());
}

std::string Rule(absl::string_view kind) {
  return absl::StrCat(
      "rules { id: \"similarity.test\" severity: SEVERITY_ERROR\n"
      "legal_basis: \"法\" title: \"题\" title_en: \"t\" message: \"文\" "
      "message_en: \"m\"\n",
      kind, "}\n");
}

TEST(MalformedSimilarityTest, WholeRulesAreTaken) {
  EXPECT_EQ(ErrorOf(Rule("similarity { of: SIMILARITY_OF_TEXT_WITH_OTHERS "
                         "grades { percent: 80 severity: SEVERITY_ERROR } "
                         "min_characters: 9 }")),
            "");
  EXPECT_EQ(
      ErrorOf(Rule("hierarchy_sum { cells: \"requests.received.total\" }")),
      "");
  EXPECT_EQ(ErrorOf("narrative_masks { brackets: \"《》\" }"), "");
}

TEST(MalformedSimilarityTest, SimilarityNeedsGradesAndAFloor) {
  EXPECT_THAT(ErrorOf(Rule("similarity {}")), HasSubstr("of is not set"));
  const std::string no_grades =
      ErrorOf(Rule("similarity { of: SIMILARITY_OF_TEXT_WITH_OTHERS }"));
  EXPECT_THAT(no_grades, HasSubstr("the rule has no grades"));
  EXPECT_THAT(no_grades, HasSubstr("min_characters is not set"));
  EXPECT_THAT(no_grades, HasSubstr(".txtpb:14:"));
  EXPECT_THAT(
      ErrorOf(Rule("similarity { of: SIMILARITY_OF_FIGURES_WITH_PREVIOUS "
                   "grades { percent: 101 } min_characters: 9 }")),
      testing::AllOf(HasSubstr("percent must be from 1 to 100"),
                     HasSubstr("severity is not set"),
                     HasSubstr("min_figures is not set")));
  EXPECT_THAT(ErrorOf(Rule("similarity { of: SIMILARITY_OF_TEXT_WITH_OTHERS "
                           "grades { percent: 9 severity: SEVERITY_ERROR } "
                           "grades { percent: 9 severity: SEVERITY_INFO } "
                           "min_characters: 9 }")),
              HasSubstr("another grade has the same percent"));
}

TEST(MalformedSimilarityTest, HierarchiesNeedCells) {
  EXPECT_THAT(ErrorOf(Rule("hierarchy_sum {}")), HasSubstr("cells is not set"));
  EXPECT_THAT(ErrorOf(Rule("hierarchy_sum { cells: \"requests.receved\" }")),
              HasSubstr("receved"));
  EXPECT_THAT(ErrorOf(Rule("hierarchy_sum { cells: \"requests.received\" }")),
              HasSubstr("is not a cell path"));
}

TEST(MalformedSimilarityTest, MasksMustBeWhatTheySay) {
  EXPECT_THAT(ErrorOf("narrative_masks { brackets: \"《\" }"),
              HasSubstr("a pair of brackets has two characters"));
  EXPECT_THAT(ErrorOf("narrative_masks { words: \"\" }"),
              HasSubstr("an entry is empty"));
  EXPECT_THAT(ErrorOf("narrative_masks { words: \"abc\" }"),
              HasSubstr("has no Chinese characters"));
}

}  // namespace
}  // namespace gongkai::catalog
