// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/relation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace gongkai::catalog {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

const Catalog& Builtin() {
  static const Catalog* const catalog = Catalog::Builtin().value().release();
  return *catalog;
}

const Form& Form2019() { return *Builtin().form(v1::TEMPLATE_2019); }
const Form& Form2021() { return *Builtin().form(v1::TEMPLATE_2021); }

absl::StatusOr<Relation> Compile(absl::string_view text) {
  return CompileRelation(text, {}, {&Form2021(), &Form2021(), &Form2021()});
}

std::string ErrorOf(absl::string_view text) {
  return std::string(Compile(text).status().message());
}

TEST(Relation, KnowsEverySign) {
  const std::pair<absl::string_view, Sign> signs[] = {
      {"=", Sign::kEqual},   {"!=", Sign::kNotEqual},
      {"<", Sign::kLess},    {"<=", Sign::kLessOrEqual},
      {">", Sign::kGreater}, {">=", Sign::kGreaterOrEqual}};
  for (const auto& [text, sign] : signs) {
    auto relation = Compile(absl::StrCat("disputes.review.total ", text, " 3"));
    ASSERT_TRUE(relation.ok()) << relation.status();
    EXPECT_EQ(relation->sign, sign);
    EXPECT_EQ(SignText(sign), text);
    ASSERT_THAT(relation->instances, SizeIs(1));
    EXPECT_EQ(relation->instances[0].right_constant, 3);
    EXPECT_THAT(relation->instances[0].right, SizeIs(0));
  }
}

TEST(Relation, HasCoefficientsAndScopes) {
  auto relation = Compile(
      "2*disputes.review.total + 1 <= 3 * previous.disputes.review.total + "
      "children.disputes.review.total");
  ASSERT_TRUE(relation.ok()) << relation.status();
  const RelationInstance& instance = relation->instances[0];
  EXPECT_EQ(instance.left[0].coefficient, 2);
  EXPECT_EQ(instance.left_constant, 1);
  EXPECT_EQ(instance.right[0].coefficient, 3);
  EXPECT_EQ(instance.right[0].scope, Scope::kPrevious);
  EXPECT_EQ(instance.right[1].scope, Scope::kChildren);
  EXPECT_TRUE(relation->Uses(Scope::kCurrent));
  EXPECT_TRUE(relation->Uses(Scope::kPrevious));
  EXPECT_TRUE(relation->Uses(Scope::kChildren));
}

TEST(Relation, CountsInUnitsOfAmountsWhereThereAreAmounts) {
  auto relation = Compile(
      "disclosure.fees.fee_wan <= 2 * disclosure.licence.decisions + 5");
  ASSERT_TRUE(relation.ok()) << relation.status();
  const RelationInstance& instance = relation->instances[0];
  EXPECT_EQ(instance.scale, kAmountScale);
  EXPECT_EQ(instance.left[0].factor, 1);
  EXPECT_EQ(instance.right[0].factor, 2 * kAmountScale);
}

TEST(Relation, FillsInTheStarWhereAllFormsHaveTheCells) {
  auto columns = Compile(
      "requests.carried_in.* = "
      "previous.requests.carried_out.*");
  ASSERT_TRUE(columns.ok()) << columns.status();
  EXPECT_THAT(columns->instances, SizeIs(7));
  EXPECT_EQ(columns->instances.back().star, v1::COLUMN_TOTAL);

  auto rows = Compile("disclosure.*.made <= disclosure.*.valid");
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_THAT(rows->instances, SizeIs(2));

  const std::string total = "total";
  auto without =
      CompileRelation("requests.carried_in.* = previous.requests.carried_out.*",
                      {total}, {&Form2021(), &Form2019(), nullptr});
  ASSERT_TRUE(without.ok()) << without.status();
  EXPECT_THAT(without->instances, SizeIs(6));
}

TEST(Relation, IsNotFoundWhereAFormLacksTheCells) {
  const auto relation =
      CompileRelation("disclosure.*.valid = previous.disclosure.*.valid", {},
                      {&Form2021(), &Form2019(), nullptr});
  EXPECT_TRUE(absl::IsNotFound(relation.status())) << relation.status();
}

TEST(Relation, RefusesWhatIsMalformed) {
  EXPECT_THAT(ErrorOf("disputes.review.total"),
              HasSubstr("must have one sign"));
  EXPECT_THAT(ErrorOf("1 < disputes.review.total < 5"),
              HasSubstr("must have one sign"));
  EXPECT_THAT(ErrorOf("disputes.review.total == 5"),
              HasSubstr("must have one sign"));
  EXPECT_THAT(ErrorOf("disputes.review.total + > 5"),
              HasSubstr("lacks a term beside '+' or a sign"));
  EXPECT_THAT(ErrorOf("1 + 2 = 3"), HasSubstr("names no cell"));
  EXPECT_THAT(ErrorOf("0 * disputes.review.total = 3"),
              HasSubstr("nor a positive integer"));
  EXPECT_THAT(ErrorOf("2 disputes.review.total = 3"),
              HasSubstr("nor a positive integer"));
  EXPECT_THAT(ErrorOf("99999999999999999999 = disputes.review.total"),
              HasSubstr("is no integer"));
  EXPECT_THAT(ErrorOf("next.disputes.review.total = 3"),
              HasSubstr("names the unknown table \"next\""));
  EXPECT_THAT(ErrorOf("requests.*.total = requests.received.*"),
              HasSubstr("has its '*' elsewhere"));
  EXPECT_THAT(ErrorOf("disputes.review.total = disputes.review.total"),
              HasSubstr("already part of it"));
  EXPECT_THAT(std::string(CompileSum("requests.*.total",
                                     {&Form2021(), nullptr, nullptr})
                              .status()
                              .message()),
              HasSubstr("must have none"));
}

}  // namespace
}  // namespace gongkai::catalog
