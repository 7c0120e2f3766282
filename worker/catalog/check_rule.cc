// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/check_rule.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "google/protobuf/message.h"
#include "re2/re2.h"
#include "worker/catalog/cell_sum.h"
#include "worker/catalog/message_arguments.h"

namespace gongkai::catalog {
namespace {

using forms::v1::Rule;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// "subject.what-is-tested": two or more words of a-z, 0-9 and '-'.
bool IsRuleId(absl::string_view id) {
  size_t words = 1;
  char before = '.';
  for (char c : id) {
    const bool separator = c == '.' || c == '-';
    if (!absl::ascii_islower(c) && !absl::ascii_isdigit(c) && !separator) {
      return false;
    }
    if (separator && (before == '.' || before == '-')) return false;
    if (c == '.') ++words;
    before = c;
  }
  return words >= 2 && before != '.' && before != '-';
}

// Faults if the pattern is no valid RE2.
void CheckPattern(const std::string& pattern, const std::string& place,
                  Faults* faults) {
  const RE2 compiled(pattern, RE2::Quiet);
  if (!compiled.ok()) {
    faults->Fault(place, "the pattern \"", pattern,
                  "\" is not valid: ", compiled.error());
  }
}

// Checks every TextTest in a message and in the messages inside it.
void CheckTextTests(const Message& message, const Locator& at, Faults* faults) {
  using forms::v1::TextTest;
  if (message.GetDescriptor() == TextTest::descriptor()) {
    const auto& test = static_cast<const TextTest&>(message);
    if (test.patterns().empty()) {
      faults->Fault(at.Place(), "patterns is not set");
    }
    for (int i = 0; i < test.patterns_size(); ++i) {
      CheckPattern(test.patterns(i),
                   at.Place(TextTest::kPatternsFieldNumber, i), faults);
    }
    for (int i = 0; i < test.except_size(); ++i) {
      CheckPattern(test.except(i), at.Place(TextTest::kExceptFieldNumber, i),
                   faults);
    }
    return;
  }
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      CheckTextTests(reflection.GetMessage(message, field),
                     at.Nested(field->number()), faults);
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      CheckTextTests(reflection.GetRepeatedMessage(message, field, i),
                     at.Nested(field->number(), i), faults);
    }
  }
}

void CheckCellQuality(const forms::v1::CellQuality& quality, const Locator& at,
                      Faults* faults) {
  using forms::v1::CellQuality;
  if (quality.fault() == forms::v1::CELL_FAULT_UNSPECIFIED) {
    faults->Fault(at.Place(CellQuality::kFaultFieldNumber), "fault is not set");
  }
  if (quality.at_most() != 0 && quality.at_most() < quality.at_least()) {
    faults->Fault(at.Place(CellQuality::kAtMostFieldNumber),
                  "at_most is less than at_least");
  }
}

void CheckSectionCheck(const forms::v1::SectionCheck& check, const Locator& at,
                       Faults* faults) {
  using forms::v1::SectionCheck;
  using forms::v1::SectionFloor;
  if (check.test() == forms::v1::SECTION_TEST_UNSPECIFIED) {
    faults->Fault(at.Place(SectionCheck::kTestFieldNumber), "test is not set");
  }
  const bool content = check.test() == forms::v1::SECTION_TEST_CONTENT;
  if (content == check.floors().empty()) {
    faults->Fault(at.Place(SectionCheck::kFloorsFieldNumber),
                  "floors belong to SECTION_TEST_CONTENT and to no other test");
  }
  for (int i = 0; i < check.floors_size(); ++i) {
    const SectionFloor& floor = check.floors(i);
    const Locator floor_at = at.Nested(SectionCheck::kFloorsFieldNumber, i);
    if (floor.section() == v1::SECTION_KIND_UNSPECIFIED) {
      faults->Fault(floor_at.Place(SectionFloor::kSectionFieldNumber),
                    "section is not set");
    }
    if (floor.min_chinese_characters() <= 0) {
      faults->Fault(
          floor_at.Place(SectionFloor::kMinChineseCharactersFieldNumber),
          "min_chinese_characters is not set");
    }
  }
}

void CheckTitle(const forms::v1::TitleCheck& check, const Locator& at,
                Faults* faults) {
  using forms::v1::TitleCheck;
  using forms::v1::TitlePart;
  if (check.parts().empty())
    faults->Fault(at.Place(), "the title has no parts");
  faults->Need(at, TitleCheck::kAbsentMessageFieldNumber,
               check.absent_message(), "absent_message");
  faults->Need(at, TitleCheck::kAbsentMessageEnFieldNumber,
               check.absent_message_en(), "absent_message_en");
  for (int i = 0; i < check.parts_size(); ++i) {
    const TitlePart& part = check.parts(i);
    const Locator part_at = at.Nested(TitleCheck::kPartsFieldNumber, i);
    faults->Need(part_at, TitlePart::kNameFieldNumber, part.name(), "name");
    faults->Need(part_at, TitlePart::kNameEnFieldNumber, part.name_en(),
                 "name_en");
    faults->CheckWords(part_at, TitlePart::kAnyOfFieldNumber, part.any_of());
    if (part.year() != part.any_of().empty()) {
      faults->Fault(part_at.Place(), "a part has either year or any_of set");
    }
  }
}

void CheckSum(const std::string& sum, const std::string& place,
              Faults* faults) {
  const absl::Status status = CheckCellSum(sum);
  if (!status.ok()) faults->Fault(place, status.message());
}

template <typename Sums>
void CheckSums(const Sums& sums, int field, const Locator& at, Faults* faults) {
  for (int i = 0; i < sums.size(); ++i) {
    CheckSum(sums[i], at.Place(field, i), faults);
  }
}

// Faults if a field is set that the test has no use for, or not set although it
// needs it.
void CheckUse(bool set, bool used, const std::string& place,
              absl::string_view field, Faults* faults) {
  if (set != used) {
    faults->Fault(place, field,
                  used ? " is not set" : " does not belong to this test");
  }
}

void CheckClaimCheck(const forms::v1::ClaimCheck& check, const Locator& at,
                     Faults* faults) {
  using forms::v1::ClaimCheck;
  const forms::v1::ClaimTest test = check.test();
  if (test == forms::v1::CLAIM_TEST_UNSPECIFIED) {
    faults->Fault(at.Place(ClaimCheck::kTestFieldNumber), "test is not set");
  }
  const std::string& tolerance = check.tolerance();
  if (!tolerance.empty() &&
      !RE2::FullMatch(tolerance, "[0-9]{1,6}(\\.[0-9]{1,4})?")) {
    faults->Fault(at.Place(ClaimCheck::kToleranceFieldNumber), "tolerance \"",
                  tolerance, "\" is no decimal of at most four places");
  }
  CheckUse(check.multiple_of() > 0, test == forms::v1::CLAIM_TEST_MULTIPLE,
           at.Place(ClaimCheck::kMultipleOfFieldNumber), "multiple_of", faults);
  CheckUse(!check.zero().empty(), test == forms::v1::CLAIM_TEST_ALL,
           at.Place(ClaimCheck::kZeroFieldNumber), "zero", faults);
  CheckUse(!check.complete().empty(),
           test == forms::v1::CLAIM_TEST_SET_SUM ||
               test == forms::v1::CLAIM_TEST_SHARES_SUM,
           at.Place(ClaimCheck::kCompleteFieldNumber), "complete", faults);
  if (test == forms::v1::CLAIM_TEST_SET_SUM && check.wholes().empty()) {
    faults->Fault(at.Place(ClaimCheck::kWholesFieldNumber),
                  "wholes is not set");
  }
  if (!check.zero().empty()) {
    CheckSum(check.zero(), at.Place(ClaimCheck::kZeroFieldNumber), faults);
  }
  for (int i = 0; i < check.zero_of_size(); ++i) {
    CheckSum(check.zero_of(i).zero(),
             at.Nested(ClaimCheck::kZeroOfFieldNumber, i)
                 .Place(forms::v1::ZeroOf::kZeroFieldNumber),
             faults);
  }
  CheckSums(check.milder(), ClaimCheck::kMilderFieldNumber, at, faults);
  CheckSums(check.wholes(), ClaimCheck::kWholesFieldNumber, at, faults);
  for (int i = 0; i < check.verbs_size(); ++i) {
    const Locator verb_at = at.Nested(ClaimCheck::kVerbsFieldNumber, i);
    faults->Need(verb_at, forms::v1::VerbSeverity::kVerbFieldNumber,
                 check.verbs(i).verb(), "verb");
    if (check.verbs(i).severity() == v1::SEVERITY_UNSPECIFIED) {
      faults->Fault(
          verb_at.Place(forms::v1::VerbSeverity::kSeverityFieldNumber),
          "severity is not set");
    }
  }
}

// Faults at names of subjects that no key is, or begins with.
template <typename Names>
void CheckSubjectNames(const Names& names, int field, const Locator& at,
                       const std::set<std::string>& keys, Faults* faults) {
  for (int i = 0; i < names.size(); ++i) {
    absl::string_view name = names[i];
    const bool prefix = absl::ConsumeSuffix(&name, "*");
    const auto key = keys.lower_bound(std::string(name));
    if (key == keys.end() ||
        (prefix ? !absl::StartsWith(*key, name) : *key != name)) {
      faults->Fault(at.Place(field, i), "no subject of claims is called \"",
                    names[i], "\"");
    }
  }
}

}  // namespace

void CheckClaimSubjects(const Rule& rule, const Locator& at,
                        const std::set<std::string>& keys, Faults* faults) {
  using forms::v1::ClaimCheck;
  const ClaimCheck& check = rule.claim_check();
  const Locator check_at = at.Nested(Rule::kClaimCheckFieldNumber);
  CheckSubjectNames(check.subjects(), ClaimCheck::kSubjectsFieldNumber,
                    check_at, keys, faults);
  CheckSubjectNames(check.subjects_except(),
                    ClaimCheck::kSubjectsExceptFieldNumber, check_at, keys,
                    faults);
  CheckSubjectNames(check.unless_stated(), ClaimCheck::kUnlessStatedFieldNumber,
                    check_at, keys, faults);
  for (int i = 0; i < check.zero_of_size(); ++i) {
    CheckSubjectNames(
        check.zero_of(i).subjects(), forms::v1::ZeroOf::kSubjectsFieldNumber,
        check_at.Nested(ClaimCheck::kZeroOfFieldNumber, i), keys, faults);
  }
  for (int i = 0; i < check.complete_size(); ++i) {
    CheckSubjectNames(
        check.complete(i).subjects(), forms::v1::ClaimSet::kSubjectsFieldNumber,
        check_at.Nested(ClaimCheck::kCompleteFieldNumber, i), keys, faults);
  }
}

void CheckRule(const Rule& rule, const Locator& at, Faults* faults) {
  if (!IsRuleId(rule.id())) {
    faults->Fault(at.Place(Rule::kIdFieldNumber), "the id \"", rule.id(),
                  "\" is not of the kind \"subject.what-is-tested\"");
  }
  if (rule.severity() == v1::SEVERITY_UNSPECIFIED) {
    faults->Fault(at.Place(Rule::kSeverityFieldNumber), "severity is not set");
  }
  faults->Need(at, Rule::kLegalBasisFieldNumber, rule.legal_basis(),
               "legal_basis");
  faults->Need(at, Rule::kTitleFieldNumber, rule.title(), "title");
  faults->Need(at, Rule::kTitleEnFieldNumber, rule.title_en(), "title_en");
  const auto arguments = ArgumentsOf(rule.kind_case());
  faults->CheckMessage(at, Rule::kMessageFieldNumber, "message", rule.message(),
                       arguments);
  faults->CheckMessage(at, Rule::kMessageEnFieldNumber, "message_en",
                       rule.message_en(), arguments);
  CheckTextTests(rule, at, faults);
  switch (rule.kind_case()) {
    case Rule::kIdentity:
      faults->Need(at.Nested(Rule::kIdentityFieldNumber),
                   forms::v1::Identity::kEquationFieldNumber,
                   rule.identity().equation(), "equation");
      break;
    case Rule::kCellQuality:
      CheckCellQuality(rule.cell_quality(),
                       at.Nested(Rule::kCellQualityFieldNumber), faults);
      break;
    case Rule::kSectionCheck:
      CheckSectionCheck(rule.section_check(),
                        at.Nested(Rule::kSectionCheckFieldNumber), faults);
      break;
    case Rule::kTemplateYear:
      break;
    case Rule::kTitleCheck:
      CheckTitle(rule.title_check(), at.Nested(Rule::kTitleCheckFieldNumber),
                 faults);
      break;
    case Rule::kClaimCheck:
      CheckClaimCheck(rule.claim_check(),
                      at.Nested(Rule::kClaimCheckFieldNumber), faults);
      break;
    case Rule::KIND_NOT_SET:
      faults->Fault(at.Place(), "the rule has no kind set");
      break;
    default:
      break;
  }
}

}  // namespace gongkai::catalog
