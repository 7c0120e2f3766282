// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/check_claims.h"

#include <map>
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/cell_sum.h"

namespace gongkai::catalog {
namespace {

using forms::v1::ClaimGrammar;
using forms::v1::ClaimSubject;
using forms::v1::WordClass;

// Lower-case words joined by these.
bool IsKey(absl::string_view key, absl::string_view joints) {
  char before = joints.front();
  for (char c : key) {
    const bool joint = joints.find(c) != absl::string_view::npos;
    if (!absl::ascii_islower(c) && !joint) return false;
    if (joint && joints.find(before) != absl::string_view::npos) return false;
    before = c;
  }
  return joints.find(before) == absl::string_view::npos;
}

class GrammarChecker {
 public:
  explicit GrammarChecker(Faults* faults) : faults_(*faults) {}

  void CheckWords(const ClaimGrammar& grammar, const Locator& at) {
    for (int i = 0; i < grammar.words_size(); ++i) {
      const WordClass& entry = grammar.words(i);
      const Locator entry_at = at.Nested(ClaimGrammar::kWordsFieldNumber, i);
      const std::string place = entry_at.Place(WordClass::kKeyFieldNumber);
      if (!IsKey(entry.key(), "-")) {
        faults_.Fault(place, "the key \"", entry.key(),
                      "\" is not made of lower-case words joined by '-'");
      }
      faults_.NeedNew(&classes_, entry.key(), place, "the class of words");
      if (NamesWordClass(entry.role()) &&
          ++named_ == kMaxNamedWordClasses + 1) {
        faults_.Fault(place, "there are more than ", kMaxNamedWordClasses,
                      " classes of words that subjects can name");
      }
      faults_.CheckWords(entry_at, WordClass::kWordsFieldNumber, entry.words());
      for (int k = 0; k < entry.words_size(); ++k) {
        faults_.NeedNew(&words_, entry.words(k),
                        entry_at.Place(WordClass::kWordsFieldNumber, k),
                        absl::StrCat("the word \"", entry.words(k), "\""));
      }
      if (entry.reach() != forms::v1::WORD_REACH_UNSPECIFIED &&
          entry.scope() == v1::CLAIM_SCOPE_UNSPECIFIED) {
        faults_.Fault(entry_at.Place(WordClass::kReachFieldNumber),
                      "reach belongs to classes with a scope");
      }
    }
  }

  void CollectSubjects(const ClaimGrammar& grammar) {
    for (const ClaimSubject& subject : grammar.subjects()) {
      subjects_.insert(subject.key());
    }
  }

  void CheckSubjects(const ClaimGrammar& grammar, const Locator& at) {
    for (int i = 0; i < grammar.subjects_size(); ++i) {
      CheckSubject(grammar.subjects(i),
                   at.Nested(ClaimGrammar::kSubjectsFieldNumber, i));
    }
  }

 private:
  void CheckSubject(const ClaimSubject& subject, const Locator& at) {
    if (!IsKey(subject.key(), ".-")) {
      faults_.Fault(at.Place(ClaimSubject::kKeyFieldNumber), "the key \"",
                    subject.key(),
                    "\" is not made of lower-case words joined by '.' or '-'");
    }
    faults_.Need(at, ClaimSubject::kNameFieldNumber, subject.name(), "name");
    faults_.Need(at, ClaimSubject::kNameEnFieldNumber, subject.name_en(),
                 "name_en");
    if (subject.all_of().empty()) {
      faults_.Fault(at.Place(ClaimSubject::kAllOfFieldNumber),
                    "all_of is not set");
    }
    CheckClasses(at, ClaimSubject::kAllOfFieldNumber, subject.all_of());
    CheckClasses(at, ClaimSubject::kAnyOfFieldNumber, subject.any_of());
    CheckClasses(at, ClaimSubject::kNoneOfFieldNumber, subject.none_of());
    CheckClasses(at, ClaimSubject::kAboutFieldNumber, subject.about());
    CheckClasses(at, ClaimSubject::kUnitsFieldNumber, subject.units());
    CheckClasses(at, ClaimSubject::kRegardlessOfFieldNumber,
                 subject.regardless_of());
    CheckClasses(at, ClaimSubject::kNotWithFieldNumber, subject.not_with());
    CheckKeys(at, ClaimSubject::kAfterFieldNumber, subject.after());
    CheckKeys(at, ClaimSubject::kShareOfFieldNumber, subject.share_of());
    for (int i = 0; i < subject.readings_size(); ++i) {
      const absl::Status sum = CheckCellSum(subject.readings(i));
      if (!sum.ok()) {
        faults_.Fault(at.Place(ClaimSubject::kReadingsFieldNumber, i),
                      "the reading \"", subject.readings(i),
                      "\" is no sum of cells: ", sum.message());
      }
    }
  }

  template <typename Keys>
  void CheckClasses(const Locator& at, int field, const Keys& keys) {
    for (int i = 0; i < keys.size(); ++i) {
      if (classes_.count(keys[i]) == 0) {
        faults_.Fault(at.Place(field, i), "no class of words has the key \"",
                      keys[i], "\"");
      }
    }
  }

  template <typename Keys>
  void CheckKeys(const Locator& at, int field, const Keys& keys) {
    for (int i = 0; i < keys.size(); ++i) {
      if (subjects_.count(keys[i]) == 0) {
        faults_.Fault(at.Place(field, i), "no subject has the key \"", keys[i],
                      "\"");
      }
    }
  }

  Faults& faults_;
  int named_ = 0;
  // What was declared, and where.
  std::map<std::string, std::string> classes_;
  std::map<std::string, std::string> words_;
  std::set<std::string> subjects_;
};

}  // namespace

void CheckClaimGrammar(absl::Span<const std::unique_ptr<Source>> sources,
                       Faults* faults) {
  constexpr int kGrammar = forms::v1::Catalog::kClaimGrammarFieldNumber;
  GrammarChecker checker(faults);
  for (const auto& source : sources) {
    if (!source->proto.has_claim_grammar()) continue;
    checker.CheckWords(source->proto.claim_grammar(),
                       Locator(*source).Nested(kGrammar));
    checker.CollectSubjects(source->proto.claim_grammar());
  }
  for (const auto& source : sources) {
    if (!source->proto.has_claim_grammar()) continue;
    checker.CheckSubjects(source->proto.claim_grammar(),
                          Locator(*source).Nested(kGrammar));
  }
}

}  // namespace gongkai::catalog
