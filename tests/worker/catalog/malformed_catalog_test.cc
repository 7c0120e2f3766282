// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A malformed catalogue is refused, with file and line.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "tests/worker/catalog/small_catalog.h"
#include "worker/catalog/catalog.h"

namespace gongkai::catalog {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(SmallCatalog, Loads) {
  EXPECT_TRUE(LoadText(absl::StrCat(kForm, kRule)).ok())
      << LoadText(absl::StrCat(kForm, kRule));
}

TEST(MalformedCatalog, NamesTheLineOfASyntaxError) {
  EXPECT_THAT(ErrorAfter("first_year: 2021", "first_year 2021"),
              StartsWith("3:14: Expected \":\""));
  EXPECT_THAT(ErrorAfter("first_year: 2021", "firstyear: 2021"),
              AllOf(StartsWith("3:"), HasSubstr("firstyear")));
  EXPECT_THAT(ErrorAfter("COLUMN_NATURAL", "COLUMN_UNNATURAL"),
              AllOf(StartsWith("10:"), HasSubstr("COLUMN_UNNATURAL")));
}

TEST(MalformedCatalog, NamesAFileThatIsNotThere) {
  const absl::Status status =
      Catalog::Load({"/nonexistent/rules.txtpb"}).status();
  EXPECT_TRUE(absl::IsNotFound(status));
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("/nonexistent/rules.txtpb"));
  EXPECT_TRUE(absl::IsNotFound(Catalog::Load({"/"}).status()));
}

TEST(MalformedCatalog, NamesTheFileOfSeveral) {
  const TemporaryFile form(kForm);
  const TemporaryFile rule(
      absl::StrReplaceAll(kRule, {{"SEVERITY_ERROR", "SEVERITY_GRAVE"}}));
  EXPECT_THAT(
      std::string(Catalog::Load({form.name(), rule.name()}).status().message()),
      StartsWith(absl::StrCat(rule.name(), ":3:13: Unknown")));
}

TEST(FurtherFiles, AddRulesToTheBuiltInOnes) {
  const TemporaryFile file(absl::StrReplaceAll(
      kRule, {{"requests.row-sum", "requests.only-natural"}}));
  auto builtin = Catalog::Builtin();
  auto catalog = Catalog::Load({file.name()});
  ASSERT_TRUE(catalog.ok()) << catalog.status();
  EXPECT_EQ((*catalog)->forms().size(), (*builtin)->forms().size());
  EXPECT_EQ((*catalog)->proto().rules_size(),
            (*builtin)->proto().rules_size() + 1);
  EXPECT_NE((*catalog)->version(), (*builtin)->version());
  // A rule of the same id would leave open which of them counts.
  EXPECT_THAT(std::string(LoadText(kRule).message()),
              HasSubstr("the rule is already declared at rules.txtpb:"));
}

TEST(FurtherFiles, SwitchAndGradeRules) {
  const TemporaryFile file(
      "changes { rule_id: \"cells.unit\" off: true }\n"
      "changes { rule_id: \"cells.blank\" severity: SEVERITY_WARNING }\n");
  auto catalog = Catalog::Load({file.name()});
  ASSERT_TRUE(catalog.ok()) << catalog.status();
  for (const forms::v1::Rule& rule : (*catalog)->proto().rules()) {
    if (rule.id() == "cells.unit") {
      EXPECT_TRUE(rule.off());
    }
    if (rule.id() == "cells.blank") {
      EXPECT_FALSE(rule.off());
      EXPECT_EQ(rule.severity(), v1::SEVERITY_WARNING);
    }
  }
}

TEST(MalformedCatalog, NamesTheChangeOfARuleThatIsNotThere) {
  const auto error = [](absl::string_view text) {
    const TemporaryFile file(text);
    const std::string message(Catalog::Load({file.name()}).status().message());
    return absl::StrReplaceAll(message, {{file.name(), "FILE"}});
  };
  EXPECT_EQ(error("changes { rule_id: \"cells.nothing\" off: true }"),
            "FILE:1:11: the catalogue has no rule \"cells.nothing\"");
  EXPECT_EQ(error("changes { rule_id: \"cells.*\" off: true }"),
            "FILE:1:11: a change names one rule, not \"cells.*\"");
  EXPECT_EQ(error("changes { rule_id: \"cells.unit\" }"),
            "FILE:1:1: the change sets neither off nor severity");
  EXPECT_EQ(
      error("changes { rule_id: \"cells.unit\" off: true }\n"
            "changes { rule_id: \"cells.unit\" off: false }"),
      "FILE:2:11: the change of this rule is already declared at FILE:1:11");
}

TEST(MalformedCatalog, NamesTheFaultsOfProfiles) {
  const auto error = [](absl::string_view fields) {
    const TemporaryFile file(absl::StrCat(
        "profiles {\n  title: \"题\"\n  title_en: \"t\"\n  ", fields, "\n}"));
    const std::string message(Catalog::Load({file.name()}).status().message());
    return absl::StrReplaceAll(message, {{file.name(), "FILE"}});
  };
  EXPECT_EQ(error("name: \"mine\" enabled_rules: \"cells.*\""), "");
  EXPECT_EQ(error("name: \"mine\" disabled_rules: \"cell.*\""),
            "FILE:4:16: the catalogue has no rule \"cell.*\"");
  EXPECT_EQ(error("name: \"mine\" enabled_rules: \"cells.nothing\""),
            "FILE:4:16: the catalogue has no rule \"cells.nothing\"");
  EXPECT_EQ(error("name: \"mine\" severities { rule_id: \"cells.unit\" }"),
            "FILE:4:16: severity is not set");
  EXPECT_EQ(
      error("name: \"My Own\""),
      "FILE:4:3: the name \"My Own\" is not of lower-case words joined by '-'");
  EXPECT_THAT(error("name: \"strict\""),
              HasSubstr("the profile is already declared at profiles.txtpb:"));
}

TEST(MalformedCatalog, NeedsEveryEnumSet) {
  EXPECT_THAT(ErrorAfter("template: TEMPLATE_2021", ""),
              StartsWith("1:1: the form has no template set"));
  EXPECT_THAT(ErrorAfter("table: TABLE_REQUESTS", ""),
              StartsWith("6:3: table is not set"));
  EXPECT_THAT(ErrorAfter("arrangement: ARRANGEMENT_ROWS", ""),
              StartsWith("6:3: arrangement is not set"));
  EXPECT_THAT(ErrorAfter("column: COLUMN_TOTAL", ""),
              StartsWith("11:7: column is not set"));
  EXPECT_THAT(ErrorAfter("COLUMN_TOTAL kind: VALUE_KIND_COUNT", "COLUMN_TOTAL"),
              StartsWith("11:7: kind is not set"));
  EXPECT_THAT(ErrorAfter("row: ROW_RECEIVED", ""),
              StartsWith("12:7: row is not set"));
  EXPECT_THAT(ErrorAfter("severity: SEVERITY_ERROR", ""),
              HasSubstr("severity is not set"));
}

TEST(MalformedCatalog, NeedsLabels) {
  EXPECT_THAT(ErrorAfter("labels: \"新收\"", ""),
              StartsWith("12:7: labels is not set"));
  EXPECT_THAT(ErrorAfter("labels: \"新收\"", "labels: \"\""),
              StartsWith("12:32: an entry is empty"));
}

TEST(MalformedCatalog, HasEveryRowAndColumnOnce) {
  EXPECT_THAT(ErrorAfter("ROW_OTHER_MISC labels", "ROW_RECEIVED labels"),
              AllOf(StartsWith("13:14: the row is already declared at "),
                    HasSubstr(":12:14")));
  EXPECT_THAT(ErrorAfter("COLUMN_TOTAL kind", "COLUMN_NATURAL kind"),
              StartsWith("11:17: the column is already declared at "));
}

TEST(MalformedCatalog, HasEveryFormTableAndRuleOnce) {
  const std::string once = absl::StrCat(kForm, kRule);
  EXPECT_THAT(std::string(LoadText(absl::StrCat(once, kForm)).message()),
              HasSubstr("the form's template is already declared at "));
  EXPECT_THAT(std::string(LoadText(absl::StrCat(once, kRule)).message()),
              HasSubstr("the rule is already declared at "));
  EXPECT_THAT(
      ErrorAfter("tables {", "tables { table: TABLE_REQUESTS } tables {"),
      HasSubstr("the table is already declared at "));
}

TEST(MalformedCatalog, HasNoTwoRowsOfOneLabel) {
  // They differ only in what normalisation removes.
  EXPECT_THAT(
      ErrorAfter("labels: \"其他\"", "labels: \" 新　收（2023年）\""),
      AllOf(StartsWith("13:"), HasSubstr("the label \" 新　收（2023年）\""),
            HasSubstr(":12:")));
  EXPECT_THAT(ErrorAfter("labels: \"总计\"", "labels: \"自然人\""),
              StartsWith("11:"));
}

TEST(MalformedCatalog, HasNoVariantThatIsAnotherRowsLabel) {
  const std::string text =
      absl::StrCat(kForm, "variants {\n  label: \"新收\"\n",
                   "  variants: [\"新收数\", \"其他\"]\n}\n");
  EXPECT_THAT(std::string(LoadText(text).message()),
              HasSubstr("reads, once normalised, like the label of another"));
}

TEST(MalformedCatalog, HasNoVariantsOfALabelThatIsNowhere) {
  const std::string text =
      absl::StrCat(kForm, "variants { label: \"旧收\" variants: \"收\" }");
  EXPECT_THAT(std::string(LoadText(text).message()),
              AllOf(HasSubstr(":18:12: "), HasSubstr("\"旧收\"")));
}

TEST(MalformedCatalog, LetsRowsStandOnlyForRowsOfTheForm) {
  EXPECT_THAT(
      ErrorAfter("stands_for: ROW_OTHER_MISC", "stands_for: ROW_RULES"),
      AllOf(StartsWith("14:"), HasSubstr("stands_for names \"rules\"")));
  // Nor for one that itself stands for others.
  EXPECT_THAT(
      ErrorAfter("stands_for: ROW_OTHER_MISC", "stands_for: ROW_OTHER_ALL"),
      HasSubstr("stands_for names \"other.all\""));
}

TEST(MalformedCatalog, LetsRowsStandForTheSameRowOnlyTogether) {
  EXPECT_THAT(
      ErrorAfter("stands_for: ROW_OTHER_MISC }",
                 "stands_for: ROW_OTHER_MISC }\n rows { row: ROW_PARTIAL "
                 "labels: \"二\" stands_for: ROW_OTHER_MISC "
                 "stands_for: ROW_RECEIVED }"),
      AllOf(StartsWith("15:"), HasSubstr("another row stands for")));
}

TEST(MalformedText, HasCharacterMapsOfEqualLength) {
  EXPECT_EQ(ErrorOfAddition("traditional { from: '國會' to: '国会' }"), "");
  EXPECT_THAT(ErrorOfAddition("traditional { from: '國會' to: '国' }"),
              HasSubstr("to has 1 characters, from has 2"));
  EXPECT_THAT(ErrorOfAddition("traditional { from: '國國' to: '国国' }"),
              HasSubstr("from holds \"國\" twice"));
  EXPECT_THAT(ErrorOfAddition("traditional { from: '國会' to: '会国' }"),
              HasSubstr("\"会\" stands in both"));
}

TEST(MalformedText, HasSectionsOnce) {
  constexpr absl::string_view kSection =
      "sections { kind: SECTION_KIND_OVERVIEW ordinal: 1 titles: '总体情况' "
      "}\n";
  EXPECT_EQ(ErrorOfAddition(kSection), "");
  EXPECT_THAT(ErrorOfAddition(absl::StrCat(kSection, kSection)),
              AllOf(HasSubstr("the section is already"),
                    HasSubstr("the ordinal is already"),
                    HasSubstr("the title \"总体情况\" is already")));
  EXPECT_THAT(ErrorOfAddition("sections { titles: 'x' }"),
              AllOf(HasSubstr("kind is not set"), HasSubstr("ordinal")));
}

TEST(MalformedText, HasAllPhrases) {
  EXPECT_THAT(ErrorOfAddition("phrases { repair: '{cell} {nothing}' }"),
              AllOf(HasSubstr("the unknown argument {nothing}"),
                    HasSubstr("not_found is not set")));
}

TEST(MalformedText, HasASubjectAndKindsOfTitles) {
  EXPECT_EQ(ErrorOfAddition("title_words { subject: 'a' kinds: 'b' }"), "");
  EXPECT_THAT(
      ErrorOfAddition("title_words { authority: 'a' }"),
      AllOf(HasSubstr("subject is not set"), HasSubstr("there are no kinds")));
  EXPECT_THAT(ErrorOfAddition("title_words { subject: 'a' kinds: '' }"),
              HasSubstr("an entry is empty"));
}

TEST(MalformedText, HasNoEmptyOutlineWords) {
  EXPECT_EQ(ErrorOfAddition("outline_words { period: '统计期' }"), "");
  EXPECT_THAT(ErrorOfAddition("outline_words { publication: ['日期', ''] }"),
              HasSubstr("an entry is empty"));
}

TEST(MalformedText, HasNoEmptyWords) {
  EXPECT_THAT(ErrorOfAddition("units: ['元', '']"),
              HasSubstr(":28:1: an entry is empty"));
}

TEST(MalformedCatalog, ListsManyFaultsButNotAll) {
  std::string text(kForm);
  for (int i = 0; i < 40; ++i) text += "units: ''\n";
  EXPECT_THAT(std::string(LoadText(text).message()),
              HasSubstr("and 20 faults more"));
}

TEST(MalformedCatalog, NeedsClassesOfBodiesThatAreKnownAndWhole) {
  EXPECT_THAT(ErrorAfter("title: \"和\"", "title: \"和\" bodies: \"town\""),
              HasSubstr("there is no class of bodies \"town\""));
  const auto error_of = [](absl::string_view body_class) {
    return std::string(
        LoadText(absl::StrCat(kForm, "body_classes { ", body_class, " }"))
            .message());
  };
  EXPECT_THAT(error_of("key: \"Town\" patterns: \"a\" name: \"镇\" "
                       "name_en: \"town\""),
              HasSubstr("is not lower-case words"));
  EXPECT_THAT(error_of("key: \"town\" name: \"镇\" name_en: \"town\""),
              HasSubstr("patterns is not set"));
  EXPECT_THAT(error_of("key: \"town\" patterns: \"(\" name: \"镇\" "
                       "name_en: \"town\""),
              HasSubstr("is not valid"));
}

}  // namespace
}  // namespace gongkai::catalog
