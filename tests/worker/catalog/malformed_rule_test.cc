// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Rules that a catalogue is refused for, each with the line it is named by.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "tests/worker/catalog/small_catalog.h"

namespace gongkai::catalog {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

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

// The text between quotes in a text-format message.
std::string ErrorOfEnumeration(const std::string& pattern) {
  return ErrorOfDocumentRule("enumeration { patterns: '" + pattern +
                             "' separators: '、' leads: '由' }");
}

TEST(MalformedEnumeration, CountsTheGroupsOfPatterns) {
  for (const char* pattern :
       {"[(](个)", "[^](](个)", R"([\\](](个))", R"(\\((个))", "(?:共)(个)",
        "(?P<n>个)", "(?i)(个)", R"(\\Q(\\E(个))", "[[:digit:](](个)"}) {
    EXPECT_EQ(ErrorOfEnumeration(pattern), "") << pattern;
  }
  for (const char* pattern :
       {"个", "(?:个)", "[(]个", "(共)(个)", "((共)个)", R"(\\(个\\))"}) {
    EXPECT_THAT(ErrorOfEnumeration(pattern), HasSubstr("must have one group"))
        << pattern;
  }
}

TEST(MalformedForeignBody, SaysWhatIsCompared) {
  EXPECT_EQ(ErrorOfDocumentRule("foreign_body { compared: 'township' }"), "");
  EXPECT_THAT(
      ErrorOfDocumentRule(
          "foreign_body { self_names { text { patterns: '我镇' } } "
          "signature_except: '(' }"),
      AllOf(HasSubstr("compared is not set"), HasSubstr("bodies is not set"),
            HasSubstr("word is not set"), HasSubstr("is not valid")));
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

}  // namespace
}  // namespace gongkai::catalog
