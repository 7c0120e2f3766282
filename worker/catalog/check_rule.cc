// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/check_rule.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "google/protobuf/message.h"
#include "re2/re2.h"
#include "worker/catalog/check_claim_rule.h"
#include "worker/catalog/check_document_rule.h"
#include "worker/catalog/check_similarity.h"
#include "worker/catalog/message_arguments.h"
#include "worker/catalog/required_literals.h"

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

// Checks every TextTest in a message and in the messages inside it.
void CheckTextTests(const Message& message, const Locator& at,
                    bool needs_patterns, Faults* faults) {
  using forms::v1::TextTest;
  if (message.GetDescriptor() == TextTest::descriptor()) {
    const auto& test = static_cast<const TextTest&>(message);
    if (test.patterns().empty() && needs_patterns) {
      faults->Fault(at.Place(), "patterns is not set");
    }
    for (int i = 0; i < test.patterns_size(); ++i) {
      const std::string place = at.Place(TextTest::kPatternsFieldNumber, i);
      if (CheckPattern(test.patterns(i), place, faults) &&
          RequiredLiterals(test.patterns(i)).empty()) {
        faults->Fault(place, "the pattern \"", test.patterns(i),
                      "\" holds no literal that every match has");
      }
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
                     at.Nested(field->number()), needs_patterns, faults);
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      CheckTextTests(reflection.GetRepeatedMessage(message, field, i),
                     at.Nested(field->number(), i), needs_patterns, faults);
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

void CheckPresence(const forms::v1::Presence& presence, const Locator& at,
                   Faults* faults) {
  using forms::v1::Aspect;
  using forms::v1::Presence;
  if (presence.aspects().empty()) {
    faults->Fault(at.Place(), "aspects is not set");
  }
  if (presence.section() == v1::SECTION_KIND_UNSPECIFIED) {
    faults->Fault(at.Place(), "section is not set");
  }
  for (int i = 0; i < presence.aspects_size(); ++i) {
    const Aspect& aspect = presence.aspects(i);
    const Locator aspect_at = at.Nested(Presence::kAspectsFieldNumber, i);
    faults->Need(aspect_at, Aspect::kNameFieldNumber, aspect.name(), "name");
    faults->Need(aspect_at, Aspect::kNameEnFieldNumber, aspect.name_en(),
                 "name_en");
    if (!aspect.has_text()) {
      faults->Fault(aspect_at.Place(), "text is not set");
    }
  }
  if (presence.tolerated() < 0 ||
      presence.tolerated() >= std::max(presence.aspects_size(), 1)) {
    faults->Fault(at.Place(Presence::kToleratedFieldNumber),
                  "tolerated is not below the number of aspects");
  }
}

void CheckTextPattern(const forms::v1::Pattern& pattern, const Locator& at,
                      Faults* faults) {
  using forms::v1::Correction;
  using forms::v1::Pattern;
  if (pattern.text().patterns().empty() && pattern.corrections().empty()) {
    faults->Fault(at.Place(), "neither text nor corrections is set");
  }
  for (int i = 0; i < pattern.corrections_size(); ++i) {
    const Correction& correction = pattern.corrections(i);
    const Locator correction_at =
        at.Nested(Pattern::kCorrectionsFieldNumber, i);
    faults->Need(correction_at, Correction::kWrongFieldNumber,
                 correction.wrong(), "wrong");
    faults->Need(correction_at, Correction::kRightFieldNumber,
                 correction.right(), "right");
    if (correction.wrong() == correction.right()) {
      faults->Fault(correction_at.Place(), "wrong and right are the same");
    }
    for (int w = 0; w < correction.within_size(); ++w) {
      if (absl::StrContains(correction.within(w), correction.wrong())) continue;
      faults->Fault(correction_at.Place(Correction::kWithinFieldNumber, w),
                    "\"", correction.within(w), "\" does not hold \"",
                    correction.wrong(), "\"");
    }
  }
}

void CheckRepetition(const forms::v1::Repetition& repetition, const Locator& at,
                     Faults* faults) {
  using forms::v1::Repetition;
  if (repetition.min_characters() < 2) {
    faults->Fault(at.Place(Repetition::kMinCharactersFieldNumber),
                  "min_characters is less than 2");
  }
  if (repetition.max_characters() < repetition.min_characters() ||
      repetition.max_characters() > 16) {
    faults->Fault(at.Place(Repetition::kMaxCharactersFieldNumber),
                  "max_characters is not between min_characters and 16");
  }
}

void CheckParagraphEnd(const forms::v1::ParagraphEnd& end, const Locator& at,
                       Faults* faults) {
  using forms::v1::ParagraphEnd;
  if (end.min_characters() <= 0) {
    faults->Fault(at.Place(ParagraphEnd::kMinCharactersFieldNumber),
                  "min_characters is not set");
  }
  if (end.at_most() <= 0) {
    faults->Fault(at.Place(ParagraphEnd::kAtMostFieldNumber),
                  "at_most is not set");
  }
  if (end.areas().empty()) {
    faults->Fault(at.Place(ParagraphEnd::kAreasFieldNumber),
                  "areas is not set");
  }
  const std::string place = at.Place(ParagraphEnd::kHeadingFieldNumber);
  faults->Need(at, ParagraphEnd::kHeadingFieldNumber, end.heading(), "heading");
  CheckPattern(end.heading(), place, faults);
}

void CheckComparison(const forms::v1::Comparison& comparison, const Locator& at,
                     Faults* faults) {
  using forms::v1::Comparison;
  faults->Need(at, Comparison::kRequireFieldNumber, comparison.require(),
               "require");
  if (comparison.any_previous_template() &&
      comparison.previous_template() != v1::TEMPLATE_UNSPECIFIED) {
    faults->Fault(at.Place(Comparison::kPreviousTemplateFieldNumber),
                  "previous_template and any_previous_template are both set");
  }
  if (comparison.at_least() < 0) {
    faults->Fault(at.Place(Comparison::kAtLeastFieldNumber),
                  "at_least is negative");
  }
  if (comparison.factor() < 0) {
    faults->Fault(at.Place(Comparison::kFactorFieldNumber),
                  "factor is negative");
  }
}

void CheckShare(const forms::v1::Share& share, const Locator& at,
                Faults* faults) {
  using forms::v1::Share;
  faults->Need(at, Share::kPartFieldNumber, share.part(), "part");
  faults->Need(at, Share::kWholeFieldNumber, share.whole(), "whole");
  if (share.max_percent() < 1 || share.max_percent() > 100) {
    faults->Fault(at.Place(Share::kMaxPercentFieldNumber),
                  "max_percent is not between 1 and 100");
  }
  if (share.over() < 0) {
    faults->Fault(at.Place(Share::kOverFieldNumber), "over is negative");
  }
}

}  // namespace

bool CheckPattern(const std::string& pattern, const std::string& place,
                  Faults* faults) {
  const RE2 compiled(pattern, RE2::Quiet);
  if (!compiled.ok()) {
    faults->Fault(place, "the pattern \"", pattern,
                  "\" is not valid: ", compiled.error());
  }
  return compiled.ok();
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
  // Corrections may take the place of patterns.
  if (!at.built_in()) {
    CheckTextTests(rule, at, rule.pattern().corrections().empty(), faults);
  }
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
    case Rule::kPresence:
      CheckPresence(rule.presence(), at.Nested(Rule::kPresenceFieldNumber),
                    faults);
      break;
    case Rule::kPattern:
      CheckTextPattern(rule.pattern(), at.Nested(Rule::kPatternFieldNumber),
                       faults);
      break;
    case Rule::kRepetition:
      CheckRepetition(rule.repetition(),
                      at.Nested(Rule::kRepetitionFieldNumber), faults);
      break;
    case Rule::kParagraphEnd:
      CheckParagraphEnd(rule.paragraph_end(),
                        at.Nested(Rule::kParagraphEndFieldNumber), faults);
      break;
    case Rule::kDateCheck:
    case Rule::kReadingCheck:
    case Rule::kEnumeration:
    case Rule::kForeignBody:
      CheckDocumentRule(rule, at, faults);
      break;
    case Rule::kSimilarity:
      CheckSimilarity(rule.similarity(),
                      at.Nested(Rule::kSimilarityFieldNumber), faults);
      break;
    case Rule::kHierarchySum:
      CheckHierarchySum(rule.hierarchy_sum(),
                        at.Nested(Rule::kHierarchySumFieldNumber), faults);
      break;
    case Rule::kComparison:
      CheckComparison(rule.comparison(),
                      at.Nested(Rule::kComparisonFieldNumber), faults);
      break;
    case Rule::kShare:
      CheckShare(rule.share(), at.Nested(Rule::kShareFieldNumber), faults);
      break;
    case Rule::kMisreadCheck:
      if (rule.misread_check().misreading() ==
          forms::v1::MISREADING_UNSPECIFIED) {
        faults->Fault(
            at.Nested(Rule::kMisreadCheckFieldNumber)
                .Place(forms::v1::MisreadCheck::kMisreadingFieldNumber),
            "misreading is not set");
      }
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
