// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "worker/validate/checker.h"
#include "worker/validate/match_findings.h"
#include "worker/validate/text_scanner.h"

namespace gongkai::validate {
namespace {

// A Chinese character of the common range takes three bytes.
constexpr ptrdiff_t kBytes = 3;
constexpr unsigned kMaxWindow = 16;

// True for the first byte of such a character.
bool IsChineseLead(uint32_t lead) { return lead >= 0xE4 && lead <= 0xE9; }

bool Same(const char* a, const char* b) {
  return std::memcmp(a, b, kBytes) == 0;
}

// Looks for words printed twice running. What stands at a place is compared
// with the places shortly before where the same two characters stood last, so
// the text is gone over once whatever the length of the words.
class Repeats {
 public:
  Repeats(int min_characters, int max_characters)
      : min_(static_cast<unsigned>(min_characters)),
        max_(std::min(static_cast<unsigned>(max_characters), kMaxWindow)) {}

  // Calls found(view of both words) for each repetition; the word takes half
  // of the view. After found() returned true, what overlaps is passed over.
  template <typename Found>
  void Find(absl::string_view text, const Found& found) {
    last_.fill(0);
    // Pairs of Chinese characters are numbered in the order of the text, with
    // gaps so that none before something else is within reach of one behind it.
    constexpr unsigned kGap = kMaxWindow + 1;
    unsigned number = kGap;
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const char* done = begin;
    for (const char* p = begin; end - p >= 2 * kBytes;) {
      // Six bytes in two loads: put together in memory they would be waited
      // for.
      uint32_t head;
      uint16_t tail;
      std::memcpy(&head, p, sizeof(head));
      std::memcpy(&tail, p + sizeof(head), sizeof(tail));
      if (!IsChineseLead(head & 0xFF)) {
        ++p;
        number += kGap;
        continue;
      }
      if (!IsChineseLead(head >> 24)) {
        p += kBytes;
        number += kGap;
        continue;
      }
      const uint64_t pair = head | static_cast<uint64_t>(tail) << 32;
      unsigned& last = last_[pair * 0x9E3779B97F4A7C15u >> 56];
      unsigned at = last;
      before_[number % before_.size()] = at;
      last = number;
      for (; number - at <= max_; at = before_[at % before_.size()]) {
        const ptrdiff_t distance = static_cast<ptrdiff_t>(number - at) * kBytes;
        if (number - at < min_ || p - done < distance) continue;
        const char* q = p;
        while (end - q >= kBytes && Same(q, q - distance)) q += kBytes;
        if (q - p < distance) continue;
        const char* const word = p - distance;
        if (found(absl::string_view(word, 2 * distance))) done = q;
      }
      p += kBytes;
      ++number;
    }
  }

 private:
  const unsigned min_;
  const unsigned max_;
  // By a hash of two characters: the number of the last place they stood at.
  std::array<unsigned, 256> last_;
  // By the last digits of a place's number: the place before with that hash.
  std::array<unsigned, 2 * kMaxWindow> before_;
};

class RepetitionChecker : public Checker {
 public:
  explicit RepetitionChecker(const forms::v1::Rule& rule)
      : rule_(rule),
        repeats_(rule.repetition().min_characters(),
                 rule.repetition().max_characters()) {}

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    const v1::Report& report = subject.report();
    faults_.clear();
    bool any =
        Look(forms::v1::TEXT_AREA_PREFACE, nullptr, report.preface().text());
    for (const v1::Section& section : report.sections()) {
      any |= Look(forms::v1::TEXT_AREA_FURTHER, &section, section.text());
    }
    if (!any) return v1::RULE_RESULT_SKIPPED;
    if (faults_.empty()) return v1::RULE_RESULT_PASS;
    AddMatchFindings(rule_, report, faults_, /*together=*/false, findings);
    return v1::RULE_RESULT_FAIL;
  }

 private:
  // Returns true if there is any text.
  bool Look(forms::v1::TextArea area, const v1::Section* section,
            absl::string_view text) {
    repeats_.Find(text, [&](absl::string_view repeated) {
      if (IsNoFault(text, repeated)) return false;
      faults_.push_back(
          {{area, section, text, SentenceAround(text, repeated), repeated, {}},
           repeated.substr(repeated.size() / 2)});
      return true;
    });
    return !text.empty();
  }

  bool IsNoFault(absl::string_view text, absl::string_view repeated) const {
    const forms::v1::Repetition& repetition = rule_.repetition();
    const absl::string_view ignored = repetition.ignored_characters();
    bool all_ignored = true;
    for (size_t i = 0; i < repeated.size(); i += kBytes) {
      all_ignored = all_ignored && ignored.find(repeated.substr(i, kBytes)) !=
                                       absl::string_view::npos;
    }
    return all_ignored ||
           std::find(repetition.allowed().begin(), repetition.allowed().end(),
                     repeated) != repetition.allowed().end() ||
           std::any_of(repetition.within().begin(), repetition.within().end(),
                       [&](absl::string_view literal) {
                         return StandsAround(text, repeated, literal);
                       });
  }

  const forms::v1::Rule& rule_;
  Repeats repeats_;
  std::vector<TextFault> faults_;
};

}  // namespace

std::unique_ptr<Checker> MakeRepetitionChecker(const forms::v1::Rule& rule,
                                               const Engine& /*engine*/) {
  return std::make_unique<RepetitionChecker>(rule);
}

}  // namespace gongkai::validate
