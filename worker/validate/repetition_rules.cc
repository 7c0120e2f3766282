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
constexpr int kMaxWindow = 16;

// True for the first byte of such a character.
bool IsChineseLead(char byte) {
  const unsigned char lead = static_cast<unsigned char>(byte);
  return lead >= 0xE4 && lead <= 0xE9;
}

bool Same(const char* a, const char* b) {
  return std::memcmp(a, b, kBytes) == 0;
}

// Looks for words printed twice running. Only where the same two characters
// stood shortly before is there anything to compare, so the text is gone over
// once whatever the length of the words.
class Repeats {
 public:
  Repeats(int min_characters, int max_characters)
      : min_bytes_(min_characters * kBytes),
        max_bytes_(std::min(max_characters, kMaxWindow) * kBytes) {}

  // Calls found(view of both words) for each repetition; the word takes half
  // of the view. After found() returned true, what overlaps is passed over.
  template <typename Found>
  void Find(absl::string_view text, const Found& found) {
    last_.fill(0);
    done_ = text.data();
    if (text.size() < 2 * kBytes) return;
    const char* const end = text.data() + text.size();
    const char* const last_pair = end - 2 * kBytes;
    for (const char* p = text.data(); p <= last_pair;) {
      if (!IsChineseLead(*p)) {
        ++p;
        continue;
      }
      // So that no place is within reach of the zeros that last_ begins with.
      ptrdiff_t place = p - text.data() + max_bytes_ + 1;
      const char* const run = p;
      for (; p <= last_pair && IsChineseLead(p[kBytes]);
           p += kBytes, place += kBytes) {
        uint32_t& last = last_[PairIndex(p)];
        const ptrdiff_t distance = place - last;
        last = static_cast<uint32_t>(place);
        if (distance <= max_bytes_) [[unlikely]] {
          Compare(run, p, end, found);
        }
      }
      p += kBytes;
    }
  }

 private:
  // Of the pair of characters at p, six bytes in two loads: put together in
  // memory they would be waited for.
  static size_t PairIndex(const char* p) {
    uint32_t head;
    uint16_t tail;
    std::memcpy(&head, p, sizeof(head));
    std::memcpy(&tail, p + sizeof(head), sizeof(tail));
    const uint64_t pair = head | static_cast<uint64_t>(tail) << 32;
    return pair * 0x9E3779B97F4A7C15u >> (64 - kIndexBits);
  }

  // Looks for words that begin at p and stood right before it, no further back
  // than `run`, the shortest first.
  template <typename Found>
  void Compare(const char* run, const char* p, const char* end,
               const Found& found) {
    const ptrdiff_t longest = std::min(max_bytes_, p - run);
    for (ptrdiff_t size = min_bytes_; size <= longest; size += kBytes) {
      if (p - done_ < size || !Same(p, p - size)) continue;
      const char* q = p;
      while (end - q >= kBytes && Same(q, q - size)) q += kBytes;
      if (q - p < size) continue;
      const char* const word = p - size;
      if (found(absl::string_view(word, 2 * size))) done_ = q;
    }
  }

  static constexpr int kIndexBits = 10;

  const ptrdiff_t min_bytes_;
  const ptrdiff_t max_bytes_;
  // By a hash of two characters: the last place they stood at.
  std::array<uint32_t, 1 << kIndexBits> last_;
  // What was found ends here.
  const char* done_ = nullptr;
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
