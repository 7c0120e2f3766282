// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "worker/validate/checker.h"
#include "worker/validate/narrative.h"
#include "worker/validate/similarity.h"
#include "worker/validate/text_scanner.h"

namespace gongkai::validate {

const forms::v1::SimilarityGrade* GradeOf(
    const forms::v1::Similarity& similarity, int percent) {
  const forms::v1::SimilarityGrade* highest = nullptr;
  for (const forms::v1::SimilarityGrade& grade : similarity.grades()) {
    if (percent >= grade.percent() &&
        (highest == nullptr || grade.percent() > highest->percent())) {
      highest = &grade;
    }
  }
  return highest;
}

namespace {

// A quotation shows so many characters of the narrative at most.
constexpr size_t kMaxQuoted = 40;

// True unless the reports say that one is not of the year before the other:
// a report given as its own predecessor is no copy.
bool MayFollow(const v1::Report& report, const v1::Report& previous) {
  return report.year() == 0 || previous.year() == 0 ||
         previous.year() == report.year() - 1;
}

bool SameForm(const Subject& subject) {
  return subject.current.form != nullptr && subject.previous != nullptr &&
         subject.previous->form == subject.current.form;
}

// Of two narratives, how many of the grams of one stand in the other.
class TextChecker : public Checker {
 public:
  TextChecker(const forms::v1::Rule& rule, const Engine& engine)
      : rule_(rule),
        phrases_(engine.catalog.proto().phrases()),
        reader_(engine.catalog.proto().narrative_masks()) {}

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    if (subject.previous == nullptr) {
      if (!subject.previous_unread) return v1::RULE_RESULT_SKIPPED;
      AddNotFound(rule_, phrases_, findings);
      return v1::RULE_RESULT_NOT_ASSESSABLE;
    }
    const v1::Report& report = subject.report();
    const v1::Report& previous = *subject.previous->report;
    if (!MayFollow(report, previous)) return v1::RULE_RESULT_SKIPPED;
    reader_.Read(report, &narrative_);
    const forms::v1::Similarity& similarity = rule_.similarity();
    if (narrative_.count < similarity.min_characters()) {
      return v1::RULE_RESULT_SKIPPED;
    }
    reader_.Read(previous, &previous_narrative_);
    CollectGrams(narrative_, &grams_);
    CollectGrams(previous_narrative_, &previous_grams_);
    common_.clear();
    std::set_intersection(grams_.begin(), grams_.end(), previous_grams_.begin(),
                          previous_grams_.end(), std::back_inserter(common_));
    const int percent = static_cast<int>(100 * common_.size() /
                                         std::max<size_t>(1, grams_.size()));
    const forms::v1::SimilarityGrade* grade = GradeOf(similarity, percent);
    if (grade == nullptr) return v1::RULE_RESULT_PASS;

    Finding* finding = AddFinding(rule_, v1::RULE_RESULT_FAIL, findings);
    finding->set_severity(grade->severity());
    *finding->add_quotations() = LongestInCommon(report);
    SetMessage(rule_.message(), rule_.message_en(),
               {{"percent", absl::StrCat(percent)},
                {"other", previous.title()},
                {"year", absl::StrCat(previous.year())},
                {"quote", finding->quotations()[0].text()},
                {"count", "1"}},
               finding);
    return v1::RULE_RESULT_FAIL;
  }

 private:
  // The longest run within a paragraph whose grams are all in common_; of a
  // long one the beginning.
  v1::Quotation LongestInCommon(const v1::Report& report) const {
    size_t longest = 0;
    size_t longest_begin = 0;
    size_t run = 0;
    for (size_t i = 0; i < narrative_.characters.size(); ++i) {
      if (i > 0 && Between(report, i - 1, i).find('\n') != Text::npos) run = 0;
      const bool common =
          narrative_.HasGram(i) &&
          std::binary_search(common_.begin(), common_.end(),
                             GramHash(narrative_.characters, i));
      run = common ? run + 1 : 0;
      if (run > longest) {
        longest = run;
        longest_begin = i + 1 - run;
      }
    }
    const size_t characters =
        std::min(longest + kGramCharacters - 1, kMaxQuoted);
    Text passage = Between(report, longest_begin, longest_begin + characters);
    passage = passage.substr(0, passage.find('\n'));
    const v1::Section& section =
        report.sections(narrative_.origins[longest_begin].section);
    TextMatch match;
    match.area = forms::v1::TEXT_AREA_OVERVIEW;
    match.section = &section;
    match.text = section.text();
    return Quote(report, match, passage);
  }

  using Text = absl::string_view;

  // The text of the section from one character of the narrative to another,
  // which stands further down in it.
  Text Between(const v1::Report& report, size_t from, size_t to) const {
    const Narrative::Origin& begin = narrative_.origins[from];
    const Narrative::Origin& end = narrative_.origins[to];
    if (begin.section != end.section) return {};
    return Text(report.sections(begin.section).text())
        .substr(begin.begin, end.begin - begin.begin);
  }

  const forms::v1::Rule& rule_;
  const forms::v1::Phrases& phrases_;
  const NarrativeReader reader_;
  // Of the check at hand; their memory is used again.
  Narrative narrative_;
  Narrative previous_narrative_;
  std::vector<uint64_t> grams_;
  std::vector<uint64_t> previous_grams_;
  std::vector<uint64_t> common_;
};

class FiguresChecker : public Checker {
 public:
  FiguresChecker(const forms::v1::Rule& rule, const Engine& engine)
      : rule_(rule), phrases_(engine.catalog.proto().phrases()) {}

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    if (subject.previous == nullptr && subject.previous_unread) {
      AddNotFound(rule_, phrases_, findings);
      return v1::RULE_RESULT_NOT_ASSESSABLE;
    }
    if (!SameForm(subject) ||
        !MayFollow(subject.report(), *subject.previous->report)) {
      return v1::RULE_RESULT_SKIPPED;
    }
    int figures = 0;
    int same = 0;
    for (size_t i = 0; i < subject.current.form->cells().size(); ++i) {
      const auto cell = static_cast<catalog::CellIndex>(i);
      if (subject.current.cells.state(cell) != v1::CELL_STATE_VALUE ||
          subject.previous->cells.state(cell) != v1::CELL_STATE_VALUE) {
        continue;
      }
      const v1::Cell& now = *subject.current.cells.cell(cell);
      const v1::Cell& before = *subject.previous->cells.cell(cell);
      if (IsZero(now) && IsZero(before)) continue;
      ++figures;
      if (now.count() == before.count() && now.decimal() == before.decimal()) {
        ++same;
      }
    }
    const forms::v1::Similarity& similarity = rule_.similarity();
    if (figures < similarity.min_figures()) return v1::RULE_RESULT_SKIPPED;
    const forms::v1::SimilarityGrade* grade =
        GradeOf(similarity, 100 * same / figures);
    if (grade == nullptr) return v1::RULE_RESULT_PASS;
    Finding* finding = AddFinding(rule_, v1::RULE_RESULT_FAIL, findings);
    finding->set_severity(grade->severity());
    SetMessage(rule_.message(), rule_.message_en(),
               {{"percent", absl::StrCat(100 * same / figures)},
                {"other", subject.previous->report->title()},
                {"year", absl::StrCat(subject.previous->report->year())},
                {"quote", ""},
                {"count", absl::StrCat(same)}},
               finding);
    return v1::RULE_RESULT_FAIL;
  }

 private:
  static bool IsZero(const v1::Cell& cell) {
    return cell.count() == 0 &&
           cell.decimal().find_first_of("123456789") == std::string::npos;
  }

  const forms::v1::Rule& rule_;
  const forms::v1::Phrases& phrases_;
};

// Needs a collection, which applies the rule itself.
class CollectionOnlyChecker : public Checker {
 public:
  v1::RuleResult Check(const Subject&, Findings*) override {
    return v1::RULE_RESULT_SKIPPED;
  }
};

}  // namespace

std::unique_ptr<Checker> MakeSimilarityChecker(const forms::v1::Rule& rule,
                                               const Engine& engine) {
  switch (rule.similarity().of()) {
    case forms::v1::SIMILARITY_OF_TEXT_WITH_PREVIOUS:
      return std::make_unique<TextChecker>(rule, engine);
    case forms::v1::SIMILARITY_OF_FIGURES_WITH_PREVIOUS:
      return std::make_unique<FiguresChecker>(rule, engine);
    default:
      return std::make_unique<CollectionOnlyChecker>();
  }
}

}  // namespace gongkai::validate
