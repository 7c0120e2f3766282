// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/check_document_rule.h"

#include <string>

#include "absl/strings/match.h"
#include "re2/re2.h"
#include "worker/catalog/required_literals.h"

namespace gongkai::catalog {
namespace {

using forms::v1::DateCheck;
using forms::v1::Enumeration;
using forms::v1::Event;
using forms::v1::ForeignBody;
using forms::v1::ReadingCheck;
using forms::v1::Rule;
using forms::v1::SelfName;
using forms::v1::TextTest;
using google::protobuf::RepeatedPtrField;

// The number of groups that a valid pattern captures. Counted by hand because
// to compile the patterns of dates takes milliseconds, at every start.
int CountGroups(const std::string& pattern) {
  // Nothing built in has these, where brackets mean something else.
  if (absl::StrContains(pattern, "\\Q") || absl::StrContains(pattern, "[:")) {
    return RE2(pattern, RE2::Quiet).NumberOfCapturingGroups();
  }
  int groups = 0;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == '[') {
      i = EndOfClass(pattern, i) - 1;
    } else if (pattern[i] == '(') {
      groups += pattern.compare(i + 1, 1, "?") != 0 ||
                pattern.compare(i + 1, 2, "?P") == 0;
    }
  }
  return groups;
}

// Each pattern must have one group. Patterns that are not valid are another
// fault.
void NeedOneGroup(const RepeatedPtrField<std::string>& patterns,
                  const Locator& at, int field, Faults* faults) {
  for (int i = 0; i < patterns.size(); ++i) {
    if (CountGroups(patterns[i]) != 1 && RE2(patterns[i], RE2::Quiet).ok()) {
      faults->Fault(at.Place(field, i), "the pattern \"", patterns[i],
                    "\" must have one group");
    }
  }
}

void CheckPatterns(const RepeatedPtrField<std::string>& patterns,
                   const Locator& at, int field, Faults* faults) {
  for (int i = 0; i < patterns.size(); ++i) {
    const RE2 compiled(patterns[i], RE2::Quiet);
    if (!compiled.ok()) {
      faults->Fault(at.Place(field, i), "the pattern \"", patterns[i],
                    "\" is not valid: ", compiled.error());
    }
  }
}

template <typename Values>
void NeedSome(const Values& values, const Locator& at, int field,
              absl::string_view what, Faults* faults) {
  if (values.empty()) faults->Fault(at.Place(field), what, " is not set");
}

bool LooksForYears(forms::v1::DateTest test) {
  return test == forms::v1::DATE_TEST_YEARS_AGREE ||
         test == forms::v1::DATE_TEST_WORK_YEAR ||
         test == forms::v1::DATE_TEST_CARRY_YEAR ||
         test == forms::v1::DATE_TEST_PLAN_YEAR;
}

void CheckEvent(const Event& event, const Locator& at, Faults* faults) {
  faults->Need(at, Event::kNameFieldNumber, event.name(), "name");
  if (event.date().year() <= 0 || event.date().month() < 1 ||
      event.date().month() > 12) {
    faults->Fault(at.Place(Event::kDateFieldNumber),
                  "the date needs a year and a month");
  }
  NeedSome(event.text().patterns(), at, Event::kTextFieldNumber, "text",
           faults);
}

void CheckDate(const DateCheck& check, const Locator& at, Faults* faults) {
  if (check.test() == forms::v1::DATE_TEST_UNSPECIFIED) {
    faults->Fault(at.Place(DateCheck::kTestFieldNumber), "test is not set");
  }
  const bool late = check.test() == forms::v1::DATE_TEST_PUBLISHED_LATE;
  const bool day = check.month() >= 1 && check.month() <= 12 &&
                   check.day() >= 1 && check.day() <= 31;
  if (late ? !day : check.month() != 0 || check.day() != 0) {
    faults->Fault(at.Place(DateCheck::kMonthFieldNumber),
                  "month and day belong to DATE_TEST_PUBLISHED_LATE and to no "
                  "other test");
  }
  if (LooksForYears(check.test()) != check.has_text()) {
    faults->Fault(at.Place(DateCheck::kTextFieldNumber),
                  "text belongs to the tests that look for years in the text "
                  "and to no other");
  }
  NeedOneGroup(check.text().patterns(), at.Nested(DateCheck::kTextFieldNumber),
               TextTest::kPatternsFieldNumber, faults);
  const bool events = check.test() == forms::v1::DATE_TEST_EVENTS;
  if (events == check.events().empty()) {
    faults->Fault(at.Place(DateCheck::kEventsFieldNumber),
                  "events belong to DATE_TEST_EVENTS and to no other test");
  }
  for (int i = 0; i < check.events_size(); ++i) {
    CheckEvent(check.events(i), at.Nested(DateCheck::kEventsFieldNumber, i),
               faults);
  }
}

void CheckReading(const ReadingCheck& check, const Locator& at,
                  Faults* faults) {
  NeedSome(check.kinds(), at, ReadingCheck::kKindsFieldNumber, "kinds", faults);
  for (int i = 0; i < check.kinds_size(); ++i) {
    if (check.kinds(i) == v1::DIAGNOSTIC_KIND_UNSPECIFIED) {
      faults->Fault(at.Place(ReadingCheck::kKindsFieldNumber, i),
                    "a kind is not set");
    }
  }
}

void CheckEnumeration(const Enumeration& check, const Locator& at,
                      Faults* faults) {
  NeedSome(check.patterns(), at, Enumeration::kPatternsFieldNumber, "patterns",
           faults);
  CheckPatterns(check.patterns(), at, Enumeration::kPatternsFieldNumber,
                faults);
  NeedOneGroup(check.patterns(), at, Enumeration::kPatternsFieldNumber, faults);
  NeedSome(check.separators(), at, Enumeration::kSeparatorsFieldNumber,
           "separators", faults);
  NeedSome(check.leads(), at, Enumeration::kLeadsFieldNumber, "leads", faults);
  faults->CheckWords(at, Enumeration::kSeparatorsFieldNumber,
                     check.separators());
  faults->CheckWords(at, Enumeration::kLeadsFieldNumber, check.leads());
  faults->CheckWords(at, Enumeration::kJoinedFieldNumber, check.joined());
}

void CheckForeignBody(const ForeignBody& check, const Locator& at,
                      Faults* faults) {
  NeedSome(check.compared(), at, ForeignBody::kComparedFieldNumber, "compared",
           faults);
  faults->CheckWords(at, ForeignBody::kGenericFieldNumber, check.generic());
  faults->CheckWords(at, ForeignBody::kPlaceEndsFieldNumber,
                     check.place_ends());
  CheckPatterns(check.signature_except(), at,
                ForeignBody::kSignatureExceptFieldNumber, faults);
  NeedOneGroup(check.text().patterns(),
               at.Nested(ForeignBody::kTextFieldNumber),
               TextTest::kPatternsFieldNumber, faults);
  for (int i = 0; i < check.self_names_size(); ++i) {
    const SelfName& name = check.self_names(i);
    const Locator name_at = at.Nested(ForeignBody::kSelfNamesFieldNumber, i);
    NeedSome(name.text().patterns(), name_at, SelfName::kTextFieldNumber,
             "text", faults);
    NeedSome(name.bodies(), name_at, SelfName::kBodiesFieldNumber, "bodies",
             faults);
    NeedSome(name.word(), name_at, SelfName::kWordFieldNumber, "word", faults);
  }
}

}  // namespace

void CheckDocumentRule(const Rule& rule, const Locator& at, Faults* faults) {
  switch (rule.kind_case()) {
    case Rule::kDateCheck:
      CheckDate(rule.date_check(), at.Nested(Rule::kDateCheckFieldNumber),
                faults);
      return;
    case Rule::kReadingCheck:
      CheckReading(rule.reading_check(),
                   at.Nested(Rule::kReadingCheckFieldNumber), faults);
      return;
    case Rule::kEnumeration:
      CheckEnumeration(rule.enumeration(),
                       at.Nested(Rule::kEnumerationFieldNumber), faults);
      return;
    case Rule::kForeignBody:
      CheckForeignBody(rule.foreign_body(),
                       at.Nested(Rule::kForeignBodyFieldNumber), faults);
      return;
    default:
      return;
  }
}

}  // namespace gongkai::catalog
