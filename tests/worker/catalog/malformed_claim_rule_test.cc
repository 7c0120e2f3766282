// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A malformed rule about claims is refused, with file and line.

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

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr absl::string_view kCatalog = R"(forms {
  template: TEMPLATE_2021
  first_year: 2021
  name: "表"
  name_en: "form"
  tables {
    table: TABLE_REQUESTS
    arrangement: ARRANGEMENT_ROWS
    blocks {
      columns { column: COLUMN_TOTAL kind: VALUE_KIND_COUNT labels: "总计" }
      rows { row: ROW_RECEIVED labels: "新收" }
    }
  }
}
claim_grammar {
  words { key: "received" words: "新收" }
  subjects { key: "requests.received" name: "新收" name_en: "received"
             all_of: "received" }
}
rules {
  id: "text.requests"
  severity: SEVERITY_ERROR
  legal_basis: "表"
  title: "数"
  title_en: "count"
  message: "{stated}"
  message_en: "{found_en}"
  claim_check {
)";

// What is wrong with a rule with these fields of ClaimCheck; each stands on
// line 29.
std::string ErrorOf(absl::string_view fields) {
  const std::string name =
      absl::StrCat(testing::TempDir(), "claim-rule-", getpid(), ".txtpb");
  std::ofstream(name, std::ios::binary) << kCatalog << fields << "\n}}\n";
  const absl::Status status = Catalog::Load({name}).status();
  unlink(name.c_str());
  return std::string(status.message());
}

TEST(MalformedClaimRule, IsNoneIfItIsWhole) {
  EXPECT_THAT(ErrorOf("test: CLAIM_TEST_EQUALS subjects: 'requests.*'"),
              IsEmpty());
  EXPECT_THAT(ErrorOf("test: CLAIM_TEST_ALL zero: 'requests.received.total'"),
              IsEmpty());
}

TEST(MalformedClaimRule, NeedsATest) {
  EXPECT_THAT(ErrorOf("subjects: 'requests.received'"),
              HasSubstr("test is not set"));
}

TEST(MalformedClaimRule, HasWhatItsTestNeeds) {
  EXPECT_THAT(ErrorOf("test: CLAIM_TEST_MULTIPLE"),
              HasSubstr("multiple_of is not set"));
  EXPECT_THAT(ErrorOf("test: CLAIM_TEST_ALL"), HasSubstr("zero is not set"));
  EXPECT_THAT(ErrorOf("test: CLAIM_TEST_SHARES_SUM"),
              HasSubstr("complete is not set"));
  EXPECT_THAT(ErrorOf("test: CLAIM_TEST_SET_SUM "
                      "complete { subjects: 'requests.received' }"),
              HasSubstr("wholes is not set"));
}

TEST(MalformedClaimRule, HasNothingElse) {
  EXPECT_THAT(
      ErrorOf("test: CLAIM_TEST_EQUALS multiple_of: 10"),
      AllOf(HasSubstr(":29:25: "), HasSubstr("does not belong to this test")));
  EXPECT_THAT(ErrorOf("test: CLAIM_TEST_PARTS zero: 'requests.received.total'"),
              HasSubstr("zero does not belong to this test"));
}

TEST(MalformedClaimRule, HasSumsOfCells) {
  EXPECT_THAT(
      ErrorOf("test: CLAIM_TEST_ALL zero: 'requests.nothing.total'"),
      AllOf(HasSubstr(":29:22: "), HasSubstr("the unknown row \"nothing\"")));
  EXPECT_THAT(ErrorOf("test: CLAIM_TEST_ALL zero: 'requests.*.total'"),
              HasSubstr("has a '*'"));
  EXPECT_THAT(
      ErrorOf("test: CLAIM_TEST_EQUALS milder: 'requests.received.total + '"),
      HasSubstr("lacks a cell path"));
  EXPECT_THAT(ErrorOf("test: CLAIM_TEST_SHARE wholes: 'total'"),
              HasSubstr("is not a cell path"));
}

TEST(MalformedClaimRule, NamesSubjectsThatThereAre) {
  EXPECT_THAT(
      ErrorOf("test: CLAIM_TEST_EQUALS subjects: 'requests.taken'"),
      AllOf(HasSubstr(":29:"), HasSubstr("is called \"requests.taken\"")));
  EXPECT_THAT(ErrorOf("test: CLAIM_TEST_EQUALS subjects: 'fees.*'"),
              HasSubstr("is called \"fees.*\""));
  EXPECT_THAT(ErrorOf("test: CLAIM_TEST_SHARES_SUM "
                      "complete { subjects: 'requests.denied' }"),
              HasSubstr("is called \"requests.denied\""));
}

TEST(MalformedClaimRule, HasATolerance) {
  EXPECT_THAT(ErrorOf("test: CLAIM_TEST_SHARE tolerance: '0.05'"), IsEmpty());
  EXPECT_THAT(ErrorOf("test: CLAIM_TEST_SHARE tolerance: '5%'"),
              HasSubstr("no decimal"));
}

TEST(MalformedClaimRule, GradesVerbs) {
  EXPECT_THAT(ErrorOf("test: CLAIM_TEST_EQUALS verbs { verb: '新收' }"),
              HasSubstr("severity is not set"));
  EXPECT_THAT(
      ErrorOf("test: CLAIM_TEST_EQUALS verbs { severity: SEVERITY_ERROR }"),
      HasSubstr("verb is not set"));
}

}  // namespace
}  // namespace gongkai::catalog
