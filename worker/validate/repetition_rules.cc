// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "worker/catalog/read_text.h"
#include "worker/validate/checker.h"
#include "worker/validate/match_findings.h"
#include "worker/validate/text_scanner.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace gongkai::validate {
namespace {

constexpr int kMaxWindow = 16;

// True for Chinese characters of the common range.
bool IsChinese(char16_t c) { return c >= 0x4000 && c < 0xA000; }

constexpr size_t kBlock = 64;

// A bit for each character of the block that is the same as the one `distance`
// before it.
uint64_t SameAs(const char16_t* block, size_t distance) {
  uint64_t same = 0;
#ifdef __SSE2__
  const auto compare = [distance](const char16_t* p) {
    return _mm_cmpeq_epi16(
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(p)),
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(p - distance)));
  };
  constexpr size_t kAtOnce = 16;
#pragma GCC unroll 4
  for (size_t i = 0; i < kBlock; i += kAtOnce) {
    const __m128i bytes =
        _mm_packs_epi16(compare(block + i), compare(block + i + kAtOnce / 2));
    same |= static_cast<uint64_t>(_mm_movemask_epi8(bytes)) << i;
  }
#else
  for (size_t i = 0; i < kBlock; ++i) {
    same |= uint64_t{block[i] == block[i - distance]} << i;
  }
#endif
  return same;
}

// Looks for words printed twice running. Only where two characters running are
// the same as those a word's length before them is there anything to compare.
class Repeats {
 public:
  Repeats(int min_characters, int max_characters)
      : shortest_(static_cast<size_t>(min_characters)),
        longest_(static_cast<size_t>(std::min(max_characters, kMaxWindow))) {}

  // Calls found(begin, size) for each repetition, of two words of so many
  // characters. After found() returned true, what overlaps is passed over.
  template <typename Found>
  void Find(const catalog::CodedText& text, const Found& found) {
    done_ = 0;
    std::array<uint64_t, kMaxWindow + 1> last_same = {};
    for (size_t block = 0; block < text.size; block += kBlock) {
      uint64_t pairs = 0;
      for (size_t size = shortest_; size <= longest_; ++size) {
        const uint64_t same = SameAs(text.codes + block, size);
        pairs |= same & (same << 1 | last_same[size]);
        last_same[size] = same >> (kBlock - 1);
      }
      for (; pairs != 0; pairs &= pairs - 1) {
        const size_t second =
            block + static_cast<size_t>(std::countr_zero(pairs));
        if (second >= text.size) break;
        if (second > done_ + shortest_) Compare(text, second - 1, found);
      }
    }
  }

 private:
  // Looks for words of Chinese characters that begin at `at` and stood right
  // before it, the shortest first.
  template <typename Found>
  void Compare(const catalog::CodedText& text, size_t at, const Found& found) {
    const char16_t* const p = text.codes + at;
    const char16_t* const end = text.codes + text.size;
    size_t chinese = 0;
    while (chinese < std::min(at, longest_) && IsChinese(*(p - 1 - chinese))) {
      ++chinese;
    }
    for (size_t size = shortest_; size <= chinese; ++size) {
      if (at < done_ + size || static_cast<size_t>(end - p) < size ||
          !std::equal(p, p + size, p - size) || !found(at - size, size)) {
        continue;
      }
      const char16_t* q = p + size;
      while (q != end && *q == q[-static_cast<ptrdiff_t>(size)]) ++q;
      done_ = static_cast<size_t>(q - text.codes);
    }
  }

  const size_t shortest_;
  const size_t longest_;
  // What was found ends here.
  size_t done_ = 0;
};

class RepetitionChecker : public Checker {
 public:
  explicit RepetitionChecker(const forms::v1::Rule& rule)
      : rule_(rule),
        ignored_(catalog::Utf16Of(rule.repetition().ignored_characters())),
        repeats_(rule.repetition().min_characters(),
                 rule.repetition().max_characters()) {}

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    const v1::Report& report = subject.report();
    const catalog::ReadText& text = subject.text.text();
    faults_.clear();
    bool any = Look(forms::v1::TEXT_AREA_PREFACE, nullptr, text.preface());
    for (int i = 0; i < report.sections_size(); ++i) {
      any |= Look(forms::v1::TEXT_AREA_FURTHER, &report.sections(i),
                  text.section(i));
    }
    if (!any) return v1::RULE_RESULT_SKIPPED;
    if (faults_.empty()) return v1::RULE_RESULT_PASS;
    AddMatchFindings(rule_, report, faults_, /*together=*/false, findings);
    return v1::RULE_RESULT_FAIL;
  }

 private:
  // Returns true if there is any text.
  bool Look(forms::v1::TextArea area, const v1::Section* section,
            const catalog::CodedText& coded) {
    const absl::string_view text(coded.text.data(), coded.text.size());
    repeats_.Find(coded, [&](size_t begin, size_t size) {
      const std::u16string_view word(coded.codes + begin, size);
      if (word.find_first_not_of(ignored_) == std::u16string_view::npos) {
        return false;
      }
      const std::string_view part = coded.Part(begin, begin + 2 * size);
      const absl::string_view repeated(part.data(), part.size());
      if (IsAllowed(text, repeated)) return false;
      faults_.push_back(
          {{area, section, text, SentenceAround(text, repeated), repeated, {}},
           repeated.substr(repeated.size() / 2)});
      return true;
    });
    return !text.empty();
  }

  bool IsAllowed(absl::string_view text, absl::string_view repeated) const {
    const forms::v1::Repetition& repetition = rule_.repetition();
    return std::find(repetition.allowed().begin(), repetition.allowed().end(),
                     repeated) != repetition.allowed().end() ||
           std::any_of(repetition.within().begin(), repetition.within().end(),
                       [&](absl::string_view literal) {
                         return StandsAround(text, repeated, literal);
                       });
  }

  const forms::v1::Rule& rule_;
  // Words of nothing else are no fault.
  const std::u16string ignored_;
  Repeats repeats_;
  std::vector<TextFault> faults_;
};

}  // namespace

std::unique_ptr<Checker> MakeRepetitionChecker(const forms::v1::Rule& rule,
                                               const Engine& /*engine*/) {
  return std::make_unique<RepetitionChecker>(rule);
}

}  // namespace gongkai::validate
