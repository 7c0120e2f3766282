// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "worker/validate/checker.h"
#include "worker/validate/text_scanner.h"

namespace gongkai::validate {
namespace {

// The number in digits or Chinese numerals up to 十九; 0 if it is none.
int NumberOf(absl::string_view text) {
  constexpr absl::string_view kNumerals[] = {"一", "二", "三", "四", "五",
                                             "六", "七", "八", "九", "十"};
  int number = 0;
  if (absl::SimpleAtoi(text, &number)) return number;
  while (!text.empty()) {
    int digit = 0;
    while (digit < 10 && !absl::StartsWith(text, kNumerals[digit])) ++digit;
    if (digit == 10) return 0;
    text.remove_prefix(kNumerals[digit].size());
    number += digit + 1;
  }
  return number;
}

// A number of parts announced against the parts that are named.
class EnumerationChecker : public Checker {
 public:
  EnumerationChecker(const forms::v1::Rule& rule, const Engine& engine)
      : rule_(rule), normalizer_(engine.catalog.normalizer()) {
    const forms::v1::Enumeration& check = rule.enumeration();
    *text_.mutable_patterns() = check.patterns();
    *text_.mutable_areas() = check.areas();
    search_ = engine.scanner.Add(text_);
    for (const std::string& lead : check.leads()) {
      leads_.push_back(normalizer_.Normalize(lead));
    }
    for (const std::string& separator : check.separators()) {
      marks_.emplace_back(normalizer_.Normalize(separator), "\n");
    }
    for (const std::string& name : check.joined()) {
      joined_.emplace_back(normalizer_.Normalize(name), "-");
    }
    for (const auto& section : engine.catalog.proto().sections()) {
      std::vector<std::string>& titles = sections_.emplace_back();
      for (const std::string& title : section.titles()) {
        titles.push_back(normalizer_.Normalize(title));
      }
    }
  }

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    v1::RuleResult result = v1::RULE_RESULT_SKIPPED;
    for (const TextMatch& match : subject.text.matches(search_)) {
      const int claimed = NumberOf(match.group);
      const absl::string_view before =
          match.sentence.substr(0, match.match.data() - match.sentence.data());
      const Count named = CountParts(before);
      // One part is no list, and a list without any section of a report is
      // none of its parts.
      if (claimed == 0 || named.parts < 2 || named.sections == 0) continue;
      // Too many parts may also be names that hold a separator, unless all of
      // them are known.
      if (named.parts == claimed ||
          (named.parts > claimed && named.parts != named.sections)) {
        if (result == v1::RULE_RESULT_SKIPPED) result = v1::RULE_RESULT_PASS;
        continue;
      }
      result = v1::RULE_RESULT_FAIL;
      Finding* finding = AddFinding(rule_, result, findings);
      SetMessage(rule_.message(), rule_.message_en(),
                 {{"quote", std::string(match.match)},
                  {"claimed", absl::StrCat(claimed)},
                  {"named", absl::StrCat(named.parts)}},
                 finding);
      *finding->add_quotations() =
          Quote(subject.report(), match, match.sentence);
    }
    return result;
  }

 private:
  struct Count {
    int parts = 0;
    // How many of the six sections are among them.
    int sections = 0;
  };

  Count CountParts(absl::string_view before) const {
    std::string list = normalizer_.Normalize(before);
    size_t begin = std::string::npos;
    for (const std::string& lead : leads_) {
      const size_t at = list.rfind(lead);
      if (at == std::string::npos) continue;
      if (begin == std::string::npos || at + lead.size() > begin) {
        begin = at + lead.size();
      }
    }
    if (begin == std::string::npos) return {};
    list.erase(0, begin);
    Count count;
    for (const std::vector<std::string>& titles : sections_) {
      count.sections += std::any_of(titles.begin(), titles.end(),
                                    [&](const std::string& title) {
                                      return absl::StrContains(list, title);
                                    });
    }
    list = absl::StrReplaceAll(absl::StrReplaceAll(list, joined_), marks_);
    bool inside = false;
    for (char c : list) {
      if (c != '\n' && !inside) ++count.parts;
      inside = c != '\n';
    }
    count.parts = std::max(count.parts, count.sections);
    return count;
  }

  using Replacements = std::vector<std::pair<std::string, std::string>>;

  const forms::v1::Rule& rule_;
  const catalog::LabelNormalizer& normalizer_;
  forms::v1::TextTest text_;
  int search_;
  std::vector<std::string> leads_;
  Replacements marks_;
  Replacements joined_;
  // The normalised titles of each of the six.
  std::vector<std::vector<std::string>> sections_;
};

}  // namespace

std::unique_ptr<Checker> MakeEnumerationChecker(const forms::v1::Rule& rule,
                                                const Engine& engine) {
  return std::make_unique<EnumerationChecker>(rule, engine);
}

}  // namespace gongkai::validate
