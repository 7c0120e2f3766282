// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>
#include <vector>

#include "re2/re2.h"
#include "worker/validate/checker.h"
#include "worker/validate/match_findings.h"
#include "worker/validate/text_scanner.h"

namespace gongkai::validate {
namespace {

using forms::v1::Correction;
using forms::v1::Pattern;
using forms::v1::TextTest;

constexpr int kNoSearch = -1;

// A test for all the wrong words, in the areas of the rule.
TextTest TestOf(const Pattern& pattern) {
  TextTest test;
  *test.mutable_areas() = pattern.text().areas();
  *test.mutable_except() = pattern.text().except();
  for (const Correction& correction : pattern.corrections()) {
    test.add_patterns(RE2::QuoteMeta(correction.wrong()));
  }
  return test;
}

class PatternChecker : public Checker {
 public:
  PatternChecker(const forms::v1::Rule& rule, const Engine& engine)
      : rule_(rule) {
    const Pattern& pattern = rule.pattern();
    if (!pattern.text().patterns().empty()) {
      text_ = engine.scanner.Add(pattern.text());
    }
    if (pattern.has_unless()) {
      unless_ = engine.scanner.AddWhether(pattern.unless());
    }
    if (!pattern.corrections().empty()) {
      corrections_test_ = TestOf(pattern);
      corrections_ = engine.scanner.Add(corrections_test_);
    }
  }

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    const TextScanner& text = subject.text;
    const bool any = (text_ != kNoSearch && text.Found(text_)) ||
                     (corrections_ != kNoSearch && text.Found(corrections_));
    if (!any) {
      return text.HasText(text_ != kNoSearch ? text_ : corrections_)
                 ? v1::RULE_RESULT_PASS
                 : v1::RULE_RESULT_SKIPPED;
    }
    if (unless_ != kNoSearch && text.Found(unless_)) {
      return v1::RULE_RESULT_PASS;
    }
    std::vector<TextFault> faults;
    if (text_ != kNoSearch) {
      for (const TextMatch& match : text.matches(text_)) {
        faults.push_back({match, {}});
      }
    }
    if (corrections_ != kNoSearch) AddCorrected(text, &faults);
    const int at_least = std::max(rule_.pattern().at_least(), 1);
    if (static_cast<int>(faults.size()) < at_least) {
      return v1::RULE_RESULT_PASS;
    }
    AddMatchFindings(rule_, subject.report(), faults,
                     rule_.pattern().together(), findings);
    return v1::RULE_RESULT_FAIL;
  }

 private:
  void AddCorrected(const TextScanner& text,
                    std::vector<TextFault>* faults) const {
    for (const TextMatch& match : text.matches(corrections_)) {
      const auto& corrections = rule_.pattern().corrections();
      const auto correction = std::find_if(
          corrections.begin(), corrections.end(),
          [&match](const Correction& c) { return match.match == c.wrong(); });
      if (correction == corrections.end()) continue;
      const bool no_fault = std::any_of(
          correction->within().begin(), correction->within().end(),
          [&match](absl::string_view literal) {
            return StandsAround(match.sentence, match.match, literal);
          });
      if (!no_fault) faults->push_back({match, correction->right()});
    }
  }

  const forms::v1::Rule& rule_;
  TextTest corrections_test_;
  int text_ = kNoSearch;
  int unless_ = kNoSearch;
  int corrections_ = kNoSearch;
};

}  // namespace

std::unique_ptr<Checker> MakePatternChecker(const forms::v1::Rule& rule,
                                            const Engine& engine) {
  return std::make_unique<PatternChecker>(rule, engine);
}

}  // namespace gongkai::validate
