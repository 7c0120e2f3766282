// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "proto/cell_path.h"
#include "worker/validate/checker.h"
#include "worker/validate/numbering.h"
#include "worker/validate/report_text.h"

namespace gongkai::validate {
namespace {

using forms::v1::SectionTitle;

// 1 to 99 in Chinese numerals.
std::string ChineseOrdinal(int ordinal) {
  static constexpr const char* kDigits[] = {"",   "一", "二", "三", "四",
                                            "五", "六", "七", "八", "九"};
  const int tens = ordinal / 10 % 10;
  std::string text;
  if (tens > 1) text = kDigits[tens];
  if (tens > 0) text += "十";
  return text + kDigits[ordinal % 10];
}

std::string ExpectedHeading(const SectionTitle& title) {
  return absl::StrCat(ChineseOrdinal(title.ordinal()), "、", title.titles(0));
}

// The heading with its ordinal, which readers may have kept apart from it.
std::string PrintedHeading(const v1::Section& section) {
  const std::string ordinal = ChineseOrdinal(section.ordinal());
  if (section.ordinal() == 0 || absl::StartsWith(section.heading(), ordinal) ||
      absl::StartsWith(section.heading(), absl::StrCat(section.ordinal()))) {
    return section.heading();
  }
  return absl::StrCat(ordinal, "、", section.heading());
}

// The number of Chinese characters, counted up to the limit.
int CountChinese(absl::string_view text, int limit) {
  int count = 0;
  const int32_t size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size && count < limit;) {
    // Nearly all: the first bytes of characters from U+4000 to U+9FFF.
    const auto first = static_cast<unsigned char>(text[i]);
    if (first >= 0xE4 && first <= 0xE9 && size - i >= 3) {
      ++count;
      i += 3;
      continue;
    }
    UChar32 c;
    U8_NEXT_OR_FFFD(text.data(), i, size, c);
    count += (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
             (c >= 0x20000 && c <= 0x3FFFF);
  }
  return count;
}

// A report has six, and seldom more.
using SectionList = absl::InlinedVector<const v1::Section*, 8>;

// What the rules about sections look at.
class Sections {
 public:
  explicit Sections(const catalog::Catalog& catalog)
      : titles_(catalog.proto().sections()) {
    for (const SectionTitle& title : titles_) {
      if (by_kind_[title.kind()] == nullptr) by_kind_[title.kind()] = &title;
    }
  }

  // Replaces what was known of another report, which must outlive the use of
  // this.
  void Load(const v1::Report& report) {
    report_ = &report;
    truncated_ = IsTruncated(report);
    known_.clear();
    std::array<bool, v1::SectionKind_ARRAYSIZE> found = {};
    for (const v1::Section& section : report.sections()) {
      if (TitleOf(section.kind()) == nullptr || found[section.kind()]) continue;
      found[section.kind()] = true;
      known_.push_back(&section);
    }
  }

  bool truncated() const { return truncated_; }
  bool any() const { return !report_->sections().empty(); }
  const auto& titles() const { return titles_; }

  const v1::Section* Find(v1::SectionKind kind) const {
    return FindSection(*report_, kind);
  }

  const SectionTitle* TitleOf(v1::SectionKind kind) const {
    return static_cast<unsigned>(kind) < by_kind_.size() ? by_kind_[kind]
                                                         : nullptr;
  }

  // The first section of each kind that the catalogue has, in the order of the
  // report.
  const SectionList& Known() const { return known_; }

  // True if the text behind this section was cut off.
  bool CutOff(const v1::Section& section) const {
    return truncated_ && &section == &*report_->sections().rbegin();
  }

 private:
  const google::protobuf::RepeatedPtrField<SectionTitle>& titles_;
  std::array<const SectionTitle*, v1::SectionKind_ARRAYSIZE> by_kind_ = {};
  const v1::Report* report_ = nullptr;
  bool truncated_ = false;
  SectionList known_;
};

void AddPlace(const v1::Section& section, Finding* finding) {
  if (section.has_heading_place()) {
    *finding->add_places() = section.heading_place();
  }
}

// "一、总体情况 → 三、…"
std::string ListHeadings(const SectionList& sections,
                         absl::string_view separator) {
  std::string list;
  for (const v1::Section* section : sections) {
    absl::StrAppend(&list, list.empty() ? "" : separator,
                    PrintedHeading(*section));
  }
  return list;
}

// Returns true if it added a failure or NOT_ASSESSABLE, as all below.
bool TestPresent(const forms::v1::Rule& rule, const Sections& sections,
                 const forms::v1::Phrases& phrases, Findings* findings) {
  if (!sections.any()) {
    // Its headings were not recognised at all; that is no proof of anything.
    AddNotFound(rule, phrases, findings);
    return true;
  }
  bool added = false;
  for (const SectionTitle& title : sections.titles()) {
    if (sections.Find(title.kind()) != nullptr) continue;
    added = true;
    if (sections.truncated()) {
      AddNotFound(rule, phrases, findings)->set_section(title.kind());
      continue;
    }
    Finding* finding = AddFinding(rule, v1::RULE_RESULT_FAIL, findings);
    finding->set_section(title.kind());
    SetMessage(rule.message(), rule.message_en(),
               {{"section", title.titles(0)},
                {"section_en", std::string(Key(title.kind()))},
                {"expected", ExpectedHeading(title)}},
               finding);
  }
  return added;
}

bool TestOrder(const forms::v1::Rule& rule, const Sections& sections,
               Findings* findings) {
  const SectionList& known = sections.Known();
  auto before = [&sections](const v1::Section* a, const v1::Section* b) {
    return sections.TitleOf(a->kind())->ordinal() <
           sections.TitleOf(b->kind())->ordinal();
  };
  if (std::is_sorted(known.begin(), known.end(), before)) return false;
  SectionList sorted = known;
  std::sort(sorted.begin(), sorted.end(), before);
  Finding* finding = AddFinding(rule, v1::RULE_RESULT_FAIL, findings);
  for (const v1::Section* section : known) AddPlace(*section, finding);
  // The first one that stands where another belongs.
  for (size_t i = 0; i < known.size(); ++i) {
    if (known[i] == sorted[i]) continue;
    finding->set_section(known[i]->kind());
    break;
  }
  SetMessage(rule.message(), rule.message_en(),
             {{"section", ListHeadings(known, " → ")},
              {"section_en", ListHeadings(known, " → ")},
              {"expected", ListHeadings(sorted, " → ")}},
             finding);
  return true;
}

bool TestOrdinals(const forms::v1::Rule& rule, const Sections& sections,
                  Findings* findings) {
  SectionList wrong;
  std::string expected;
  for (const v1::Section* section : sections.Known()) {
    const SectionTitle& title = *sections.TitleOf(section->kind());
    if (section->ordinal() == 0 || section->ordinal() == title.ordinal()) {
      continue;
    }
    wrong.push_back(section);
    absl::StrAppend(&expected, expected.empty() ? "" : "；",
                    ExpectedHeading(title));
  }
  if (wrong.empty()) return false;
  // One finding for all: where one ordinal is left out, all that follow are
  // wrong for the same reason.
  Finding* finding = AddFinding(rule, v1::RULE_RESULT_FAIL, findings);
  finding->set_section(wrong.front()->kind());
  for (const v1::Section* section : wrong) AddPlace(*section, finding);
  SetMessage(rule.message(), rule.message_en(),
             {{"section", ListHeadings(wrong, "；")},
              {"section_en", ListHeadings(wrong, "; ")},
              {"expected", expected}},
             finding);
  return true;
}

bool TestContent(const forms::v1::Rule& rule, const Sections& sections,
                 const forms::v1::Phrases& phrases, Findings* findings) {
  bool added = false;
  for (const forms::v1::SectionFloor& floor : rule.section_check().floors()) {
    const v1::Section* section = sections.Find(floor.section());
    // That it is missing is another rule's business.
    if (section == nullptr) continue;
    const int minimum = floor.min_chinese_characters();
    const int count = CountChinese(section->text(), minimum);
    if (count >= minimum) continue;
    added = true;
    if (sections.CutOff(*section)) {
      AddNotFound(rule, phrases, findings)->set_section(floor.section());
      continue;
    }
    Finding* finding = AddFinding(rule, v1::RULE_RESULT_FAIL, findings);
    if (floor.severity() != v1::SEVERITY_UNSPECIFIED) {
      finding->set_severity(floor.severity());
    }
    finding->set_section(floor.section());
    if (section->has_place()) *finding->add_places() = section->place();
    const SectionTitle* title = sections.TitleOf(floor.section());
    SetMessage(rule.message(), rule.message_en(),
               {{"section", PrintedHeading(*section)},
                {"section_en", std::string(Key(floor.section()))},
                {"expected", title == nullptr ? "" : ExpectedHeading(*title)},
                {"count", absl::StrCat(count)},
                {"minimum", absl::StrCat(minimum)}},
               finding);
  }
  return added;
}

bool TestNumbering(const forms::v1::Rule& rule,
                   const std::vector<v1::Quotation>& restarts,
                   Findings* findings) {
  if (restarts.empty()) return false;
  Finding* finding = AddFinding(rule, v1::RULE_RESULT_FAIL, findings);
  finding->set_section(restarts.front().section());
  std::string list;
  for (const v1::Quotation& quotation : restarts) {
    absl::StrAppend(&list, list.empty() ? "" : "；", quotation.text());
    *finding->add_quotations() = quotation;
    if (quotation.has_place()) *finding->add_places() = quotation.place();
  }
  SetMessage(rule.message(), rule.message_en(),
             {{"section", list},
              {"section_en", list},
              {"count", absl::StrCat(restarts.size())}},
             finding);
  return true;
}

// True if the test has something to look at.
bool Applies(forms::v1::SectionTest test, const Sections& sections) {
  if (test == forms::v1::SECTION_TEST_PRESENT) return true;
  const SectionList& known = sections.Known();
  if (test != forms::v1::SECTION_TEST_ORDINAL &&
      test != forms::v1::SECTION_TEST_NUMBERING) {
    return !known.empty();
  }
  return std::any_of(
      known.begin(), known.end(),
      [](const v1::Section* section) { return section->ordinal() != 0; });
}

class SectionChecker : public Checker {
 public:
  SectionChecker(const forms::v1::Rule& rule, const catalog::Catalog& catalog)
      : rule_(rule),
        catalog_(catalog),
        numbering_(catalog),
        sections_(catalog) {}

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    sections_.Load(subject.report());
    const forms::v1::SectionTest test = rule_.section_check().test();
    if (Add(test, sections_, subject.report(), findings)) {
      return findings->back().result();
    }
    return Applies(test, sections_) ? v1::RULE_RESULT_PASS
                                    : v1::RULE_RESULT_SKIPPED;
  }

 private:
  // True if it added findings.
  bool Add(forms::v1::SectionTest test, const Sections& sections,
           const v1::Report& report, Findings* findings) const {
    const forms::v1::Phrases& phrases = catalog_.proto().phrases();
    switch (test) {
      case forms::v1::SECTION_TEST_PRESENT:
        return TestPresent(rule_, sections, phrases, findings);
      case forms::v1::SECTION_TEST_ORDER:
        return TestOrder(rule_, sections, findings);
      case forms::v1::SECTION_TEST_ORDINAL:
        return TestOrdinals(rule_, sections, findings);
      case forms::v1::SECTION_TEST_CONTENT:
        return TestContent(rule_, sections, phrases, findings);
      case forms::v1::SECTION_TEST_NUMBERING:
        return TestNumbering(rule_, numbering_.Restarts(report), findings);
      default:
        return false;
    }
  }

  const forms::v1::Rule& rule_;
  const catalog::Catalog& catalog_;
  const Numbering numbering_;
  Sections sections_;
};

}  // namespace

std::unique_ptr<Checker> MakeSectionChecker(const forms::v1::Rule& rule,
                                            const Engine& engine) {
  return std::make_unique<SectionChecker>(rule, engine.catalog);
}

}  // namespace gongkai::validate
