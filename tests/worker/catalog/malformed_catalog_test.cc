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
#include "worker/catalog/catalog.h"

namespace gongkai::catalog {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// A small catalogue that loads. Each test breaks one thing of it.
constexpr absl::string_view kForm = R"(forms {
  template: TEMPLATE_2021
  first_year: 2021
  name: "表"
  name_en: "form"
  tables {
    table: TABLE_REQUESTS
    arrangement: ARRANGEMENT_ROWS
    blocks {
      columns { column: COLUMN_NATURAL kind: VALUE_KIND_COUNT labels: "自然人" }
      columns { column: COLUMN_TOTAL kind: VALUE_KIND_COUNT labels: "总计" }
      rows { row: ROW_RECEIVED labels: "新收" }
      rows { row: ROW_OTHER_MISC labels: "其他" }
      rows { row: ROW_OTHER_ALL labels: "（六）" stands_for: ROW_OTHER_MISC }
    }
  }
}
)";

constexpr absl::string_view kRule = R"(rules {
  id: "requests.row-sum"
  severity: SEVERITY_ERROR
  legal_basis: "表"
  title: "和"
  title_en: "sum"
  message: "{left}"
  message_en: "{right}"
  identity { equation: "requests.*.natural = requests.*.total" }
}
)";

// A file in the test's own directory, removed at the end.
class TemporaryFile {
 public:
  explicit TemporaryFile(absl::string_view text)
      : name_(absl::StrCat(testing::TempDir(), "catalog-", getpid(), "-",
                           ++count_, ".txtpb")) {
    std::ofstream(name_, std::ios::binary) << text;
  }
  ~TemporaryFile() { unlink(name_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& name() const { return name_; }

 private:
  static inline int count_ = 0;
  const std::string name_;
};

absl::Status LoadText(absl::string_view text) {
  const TemporaryFile file(text);
  return Catalog::Load({file.name()}).status();
}

// The error of the small catalogue after a replacement, without the name of
// the file in front.
std::string ErrorAfter(absl::string_view from, absl::string_view to) {
  const std::string good = absl::StrCat(kForm, kRule);
  EXPECT_THAT(good, HasSubstr(std::string(from)));
  const TemporaryFile file(absl::StrReplaceAll(good, {{from, to}}));
  const absl::Status status = Catalog::Load({file.name()}).status();
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  const std::string message(status.message());
  EXPECT_THAT(message, StartsWith(file.name() + ":"));
  return message.substr(std::min(message.size(), file.name().size() + 1));
}

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

std::string ErrorOfEquation(absl::string_view equation) {
  return ErrorAfter("requests.*.natural = requests.*.total", equation);
}

TEST(MalformedEquation, NamesItsLine) {
  const std::string place = "26:14: ";
  EXPECT_THAT(ErrorOfEquation(""), HasSubstr("equation is not set"));
  EXPECT_THAT(ErrorOfEquation("requests.*.natural"),
              StartsWith(place + "the equation has 0 '='"));
  EXPECT_THAT(ErrorOfEquation("requests.*.natural = requests.*.total = "),
              StartsWith(place + "the equation has 2 '='"));
  EXPECT_THAT(ErrorOfEquation("requests.*.natural + = requests.*.total"),
              StartsWith(place + "the equation lacks a cell path"));
  EXPECT_THAT(ErrorOfEquation("natural = requests.*.total"),
              AllOf(StartsWith(place), HasSubstr("is not a cell path")));
}

TEST(MalformedEquation, NamesWhatIsUnknown) {
  EXPECT_THAT(ErrorOfEquation("request.*.natural = requests.*.total"),
              HasSubstr("the unknown table \"request\""));
  EXPECT_THAT(ErrorOfEquation("requests.nothing.natural = requests.*.total"),
              HasSubstr("the unknown row \"nothing\""));
  EXPECT_THAT(ErrorOfEquation("requests.*.none = requests.*.total"),
              HasSubstr("the unknown column \"none\""));
  EXPECT_THAT(ErrorOfEquation("requests.nothing.**.* = requests.received.*"),
              HasSubstr("no key begins with \"nothing.\""));
}

TEST(MalformedEquation, HasItsStarsInOnePlace) {
  EXPECT_THAT(ErrorOfEquation("requests.*.natural = requests.received.*"),
              HasSubstr("has its '*' elsewhere"));
  EXPECT_THAT(ErrorOfEquation("requests.*.natural = requests.received.total"),
              HasSubstr("has its '*' elsewhere"));
  EXPECT_THAT(ErrorOfEquation("requests.*.* = requests.received.total"),
              HasSubstr("has more than one '*'"));
}

TEST(MalformedEquation, NamesCellsOfTheForm) {
  EXPECT_THAT(
      ErrorOfEquation("requests.received.business = requests.received.total"),
      AllOf(StartsWith("26:14: "),
            HasSubstr("TEMPLATE_2021 has no cell requests.received.business"),
            HasSubstr("say so in its templates")));
  EXPECT_THAT(ErrorOfEquation("disclosure.*.natural = disclosure.*.total"),
              HasSubstr("the form has no such table"));
  EXPECT_THAT(ErrorOfEquation("requests.denied.**.* = requests.received.*"),
              HasSubstr("has no row that begins so"));
  EXPECT_THAT(ErrorOfEquation("requests.*.total = requests.*.total"),
              HasSubstr("already part of it"));
}

TEST(MalformedEquation, IsOverCounts) {
  const std::string text = absl::StrReplaceAll(
      absl::StrCat(kForm, kRule), {{"COLUMN_TOTAL kind: VALUE_KIND_COUNT",
                                    "COLUMN_TOTAL kind: VALUE_KIND_DECIMAL"}});
  EXPECT_THAT(std::string(LoadText(text).message()),
              HasSubstr("names an amount"));
}

TEST(MalformedRule, NeedsItsTexts) {
  EXPECT_THAT(ErrorAfter("message: \"{left}\"", ""),
              StartsWith("18:1: message is not set"));
  EXPECT_THAT(ErrorAfter("message_en: \"{right}\"", ""),
              HasSubstr("message_en is not set"));
  EXPECT_THAT(ErrorAfter("legal_basis: \"表\"", ""),
              HasSubstr("legal_basis is not set"));
  EXPECT_THAT(ErrorAfter("title: \"和\"", ""), HasSubstr("title is not set"));
}

TEST(MalformedRule, HasNoUnknownArguments) {
  EXPECT_THAT(
      ErrorAfter("{left}", "{left} {middle}"),
      AllOf(StartsWith("24:3: "), HasSubstr("the unknown argument {middle}"),
            HasSubstr("{left_terms}")));
}

TEST(MalformedRule, HasAnIdOfTheAgreedKind) {
  for (const char* id :
       {"", "balance", "Requests.Balance", "requests.", ".balance",
        "requests..balance", "requests.-sum", "requests.row_sum"}) {
    EXPECT_THAT(ErrorAfter("requests.row-sum", id),
                AllOf(StartsWith("19:3: "), HasSubstr("is not of the kind")))
        << id;
  }
}

TEST(MalformedRule, HasAKind) {
  EXPECT_THAT(ErrorAfter("identity { equation: \"requests.*.natural = "
                         "requests.*.total\" }",
                         ""),
              HasSubstr("the rule has no kind set"));
}

// Replaces the identity of the small catalogue's rule.
std::string ErrorOfKind(absl::string_view kind) {
  const std::string text = absl::StrReplaceAll(
      absl::StrCat(kForm, kRule),
      {{"identity { equation: \"requests.*.natural = requests.*.total\" }",
        kind},
       {"{left}", "x"},
       {"{right}", "x"}});
  return std::string(LoadText(text).message());
}

TEST(MalformedRule, OfCellQualityNamesAFault) {
  EXPECT_EQ(ErrorOfKind("cell_quality { fault: CELL_FAULT_BLANK }"), "");
  EXPECT_THAT(ErrorOfKind("cell_quality { each: true }"),
              HasSubstr(":26:3: fault is not set"));
  EXPECT_THAT(ErrorOfKind("cell_quality { fault: CELL_FAULT_BLANK at_least: 3 "
                          "at_most: 2 }"),
              HasSubstr("at_most is less than at_least"));
}

TEST(MalformedRule, OfSectionsNamesATest) {
  EXPECT_EQ(ErrorOfKind("section_check { test: SECTION_TEST_ORDER }"), "");
  EXPECT_THAT(ErrorOfKind("section_check {}"), HasSubstr("test is not set"));
  EXPECT_THAT(ErrorOfKind("section_check { test: SECTION_TEST_CONTENT }"),
              HasSubstr("floors belong to SECTION_TEST_CONTENT"));
  EXPECT_THAT(ErrorOfKind("section_check { test: SECTION_TEST_CONTENT floors { "
                          "section: SECTION_KIND_OVERVIEW } }"),
              HasSubstr("min_chinese_characters is not set"));
}

TEST(MalformedRule, OfTheTitleNamesItsParts) {
  constexpr absl::string_view kAbsent =
      "absent_message: 'x' absent_message_en: 'x'";
  EXPECT_THAT(ErrorOfKind(absl::StrCat("title_check { ", kAbsent, " }")),
              HasSubstr("the title has no parts"));
  EXPECT_THAT(ErrorOfKind(absl::StrCat("title_check { ", kAbsent,
                                       " parts { name: 'x' name_en: 'x' } }")),
              HasSubstr("either year or any_of"));
  EXPECT_THAT(ErrorOfKind("title_check { parts { name: 'x' name_en: 'x' year: "
                          "true } }"),
              HasSubstr("absent_message is not set"));
}

std::string ErrorOfAddition(absl::string_view addition) {
  return std::string(LoadText(absl::StrCat(kForm, kRule, addition)).message());
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

// The error of a rule of this kind.
std::string ErrorOfDocumentRule(absl::string_view kind) {
  return ErrorOfAddition(
      absl::StrCat("rules { id: 'dates.x' severity: SEVERITY_INFO legal_basis: "
                   "'b' title: 't' title_en: 't' message: 'm' message_en: 'm' ",
                   kind, " }"));
}

TEST(MalformedDateCheck, HasWhatItsTestNeedsAndNothingElse) {
  EXPECT_EQ(ErrorOfDocumentRule("date_check { test: DATE_TEST_PERIOD }"), "");
  EXPECT_THAT(ErrorOfDocumentRule("date_check {}"),
              HasSubstr("test is not set"));
  EXPECT_EQ(ErrorOfDocumentRule(
                "date_check { test: DATE_TEST_PUBLISHED_LATE month: 1 "
                "day: 31 }"),
            "");
  EXPECT_THAT(
      ErrorOfDocumentRule("date_check { test: DATE_TEST_PUBLISHED_LATE }"),
      HasSubstr("month and day belong to"));
  EXPECT_THAT(
      ErrorOfDocumentRule("date_check { test: DATE_TEST_PERIOD month: 1 }"),
      HasSubstr("month and day belong to"));
  EXPECT_THAT(ErrorOfDocumentRule("date_check { test: DATE_TEST_WORK_YEAR }"),
              HasSubstr("text belongs to"));
  EXPECT_THAT(
      ErrorOfDocumentRule("date_check { test: DATE_TEST_WORK_YEAR text { "
                          "patterns: '20年' } }"),
      HasSubstr("must have one group"));
  EXPECT_THAT(ErrorOfDocumentRule("date_check { test: DATE_TEST_EVENTS }"),
              HasSubstr("events belong to"));
  EXPECT_THAT(
      ErrorOfDocumentRule("date_check { test: DATE_TEST_EVENTS events { } }"),
      AllOf(HasSubstr("name is not set"), HasSubstr("a year and a month"),
            HasSubstr("text is not set")));
}

TEST(MalformedReadingCheck, NamesKinds) {
  EXPECT_EQ(
      ErrorOfDocumentRule("reading_check { kinds: DIAGNOSTIC_KIND_ROW_EXTRA }"),
      "");
  EXPECT_THAT(ErrorOfDocumentRule("reading_check { }"),
              HasSubstr("kinds is not set"));
  EXPECT_THAT(ErrorOfDocumentRule(
                  "reading_check { kinds: DIAGNOSTIC_KIND_UNSPECIFIED }"),
              HasSubstr("a kind is not set"));
}

TEST(MalformedEnumeration, HasPatternsSeparatorsAndLeads) {
  EXPECT_EQ(ErrorOfDocumentRule(
                "enumeration { patterns: '(\\\\d)个' separators: '、' "
                "leads: '由' }"),
            "");
  EXPECT_THAT(
      ErrorOfDocumentRule("enumeration { }"),
      AllOf(HasSubstr("patterns is not set"),
            HasSubstr("separators is not set"), HasSubstr("leads is not set")));
  EXPECT_THAT(
      ErrorOfDocumentRule("enumeration { patterns: ['(', '个'] separators: '' "
                          "leads: '由' }"),
      AllOf(HasSubstr("is not valid"), HasSubstr("must have one group"),
            HasSubstr("an entry is empty")));
}

TEST(MalformedForeignBody, SaysWhatIsCompared) {
  EXPECT_EQ(ErrorOfDocumentRule("foreign_body { compared: 'township' }"), "");
  EXPECT_THAT(
      ErrorOfDocumentRule(
          "foreign_body { self_names { text { patterns: '我镇' } } "
          "signature_except: '(' }"),
      AllOf(HasSubstr("compared is not set"), HasSubstr("bodies is not set"),
            HasSubstr("must have one group"), HasSubstr("is not valid")));
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

// The error of the small catalogue with another kind in place of its identity.
std::string ErrorWithKind(absl::string_view kind) {
  return ErrorAfter(
      "identity { equation: \"requests.*.natural = "
      "requests.*.total\" }",
      kind);
}

TEST(MalformedCatalog, RefusesWhatCannotBeLookedForInText) {
  // The message of the small rule has arguments of another kind, too.
  EXPECT_THAT(ErrorWithKind("pattern { text { patterns: \"\\\\d+|\" } }"),
              HasSubstr(":26:20: the pattern \"\\d+|\" holds no literal"));
  EXPECT_THAT(ErrorWithKind("pattern { text { patterns: \"(公\" } }"),
              HasSubstr("is not valid: missing )"));
  EXPECT_THAT(ErrorWithKind("pattern {}"),
              HasSubstr("neither text nor corrections is set"));
  EXPECT_THAT(ErrorWithKind("pattern { corrections { wrong: \"公\" } }"),
              HasSubstr("right is not set"));
  EXPECT_THAT(ErrorWithKind("pattern { corrections { wrong: \"公\" right: "
                            "\"公开\" within: \"开\" } }"),
              HasSubstr("\"开\" does not hold \"公\""));
}

TEST(MalformedCatalog, RefusesRulesAboutTextThatLackTheirBounds) {
  EXPECT_THAT(ErrorWithKind("presence { section: SECTION_KIND_OVERVIEW }"),
              HasSubstr("aspects is not set"));
  EXPECT_THAT(
      ErrorWithKind("presence { tolerated: 1 aspects { name: \"一\" "
                    "name_en: \"one\" } }"),
      AllOf(HasSubstr("section is not set"), HasSubstr("text is not set"),
            HasSubstr("tolerated is not below the number of aspects")));
  EXPECT_THAT(ErrorWithKind("repetition { min_characters: 1 max_characters: 9 "
                            "}"),
              HasSubstr("min_characters is less than 2"));
  EXPECT_THAT(ErrorWithKind("repetition { min_characters: 2 max_characters: "
                            "17 }"),
              HasSubstr("max_characters is not between"));
  EXPECT_THAT(
      ErrorWithKind("paragraph_end { heading: \"(\" }"),
      AllOf(HasSubstr("min_characters is not set"),
            HasSubstr("at_most is not set"), HasSubstr("areas is not set"),
            HasSubstr("is not valid: missing )")));
}

TEST(MalformedCatalog, NamesTheLineOfAMalformedRelation) {
  EXPECT_THAT(ErrorWithKind("comparison { require: \"1\" }"),
              AllOf(StartsWith("26:16: "), HasSubstr("must have one sign")));
  EXPECT_THAT(ErrorWithKind("comparison {}"), HasSubstr("require is not set"));
  EXPECT_THAT(
      ErrorWithKind("comparison { require: \"requests.granted.total > 0\" }"),
      AllOf(StartsWith("26:16: "),
            HasSubstr("has no cell requests.granted.total; if the rule "
                      "is not for TEMPLATE_2021, say so")));
  EXPECT_THAT(
      ErrorWithKind("comparison { require: \"requests.received.total > 0\" "
                    "given: \"requests.received.total\" }"),
      StartsWith("26:55: the relation must have one sign"));
  EXPECT_THAT(
      ErrorWithKind("comparison { require: \"requests.received.total > 0\" "
                    "star_except: \"total\" }"),
      HasSubstr("the relation has no '*'"));
  EXPECT_THAT(
      ErrorWithKind("comparison { require: \"requests.received.total > 0\" } "
                    "when { cells: \"requests.received.total\" }"),
      HasSubstr("must have one sign"));
  EXPECT_THAT(ErrorWithKind("comparison { require: \"requests.received.total "
                            "= previous.requests.received.total\" "
                            "previous_template: TEMPLATE_2019 }"),
              HasSubstr("no such form of last year's report"));
}

TEST(MalformedCatalog, NeedsWholeSharesAndMisreadings) {
  EXPECT_THAT(ErrorWithKind("share { part: \"requests.received.natural\" "
                            "whole: \"requests.received.total\" }"),
              HasSubstr("max_percent is not between 1 and 100"));
  EXPECT_THAT(
      std::string(
          LoadText(absl::StrReplaceAll(
                       absl::StrCat(kForm, kRule),
                       {{"{left}", "{part}"},
                        {"{right}", "{whole}"},
                        {"identity { equation: \"requests.*.natural = "
                         "requests.*.total\" }",
                         "share { part: \"requests.*.natural\" whole: "
                         "\"requests.received.total\" max_percent: 5 }"}}))
              .message()),
      HasSubstr("the sum has a '*' and must have none"));
  EXPECT_THAT(ErrorWithKind("misread_check {}"),
              HasSubstr("misreading is not set"));
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
