// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/match.h"
#include "re2/re2.h"
#include "worker/catalog/read_text.h"
#include "worker/validate/checker.h"
#include "worker/validate/match_findings.h"
#include "worker/validate/report_text.h"
#include "worker/validate/text_scanner.h"

namespace gongkai::validate {
namespace {

bool IsSpace(char16_t c) {
  return c == ' ' || c == '\t' || c == '\r' || c == 0x3000 || c == 0xA0;
}

// The end of a paragraph that is quoted.
absl::string_view Tail(absl::string_view text) {
  constexpr size_t kMaxCharacters = 12;
  size_t at = text.size();
  for (size_t count = 0; at > 0 && count < kMaxCharacters;) {
    count += (text[--at] & 0xC0) != 0x80 ? 1 : 0;
  }
  return text.substr(at);
}

class ParagraphEndChecker : public Checker {
 public:
  explicit ParagraphEndChecker(const forms::v1::Rule& rule)
      : rule_(rule), heading_(rule.paragraph_end().heading()) {
    for (int area : rule.paragraph_end().areas()) areas_ |= 1u << area;
    marks_ = catalog::Utf16Of(rule.paragraph_end().marks());
  }

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    const v1::Report& report = subject.report();
    const catalog::ReadText& text = subject.text.text();
    faults_.clear();
    bool any = Look(forms::v1::TEXT_AREA_PREFACE, nullptr, text.preface());
    for (int i = 0; i < report.sections_size(); ++i) {
      const v1::Section& section = report.sections(i);
      any |= Look(TextAreaOf(section.kind()), &section, text.section(i));
    }
    // Where many paragraphs end so, the lines of the document are none.
    if (!any ||
        static_cast<int>(faults_.size()) > rule_.paragraph_end().at_most()) {
      return v1::RULE_RESULT_SKIPPED;
    }
    if (faults_.empty()) return v1::RULE_RESULT_PASS;
    AddMatchFindings(rule_, report, faults_, /*together=*/false, findings);
    return v1::RULE_RESULT_FAIL;
  }

 private:
  // Returns true if there is text in an area of the rule.
  bool Look(forms::v1::TextArea area, const v1::Section* section,
            const catalog::CodedText& text) {
    if (text.size == 0 || (areas_ >> area & 1) == 0) return false;
    for (size_t begin = 0; begin < text.size;) {
      const size_t next = text.Next(u'\n', begin, text.size) + 1;
      size_t end = next - 1;
      while (end > begin && IsSpace(text.codes[end - 1])) --end;
      if (end > begin && MayEndInside(text.codes[end - 1])) {
        const absl::string_view line = View(text.Part(begin, end));
        if (EndsInside(line)) {
          faults_.push_back(
              {{area, section, View(text.text), {}, Tail(line), {}}, {}});
        }
      }
      begin = next;
    }
    return true;
  }

  // True for a last character that ends no sentence.
  bool MayEndInside(char16_t last) const {
    return (last >= 0x3400 && last <= 0x9FFF) ||
           marks_.find(last) != std::u16string::npos;
  }

  // True if the paragraph, which ends in such a character, is one of text.
  bool EndsInside(absl::string_view line) const {
    const forms::v1::ParagraphEnd& end = rule_.paragraph_end();
    if (!HasCharacters(line, end.min_characters())) return false;
    if (std::any_of(end.except().begin(), end.except().end(),
                    [line](absl::string_view literal) {
                      return absl::StrContains(line, literal);
                    })) {
      return false;
    }
    const re2::StringPiece piece(line.data(), line.size());
    return SentenceAround(line, line.substr(0, 1)).size() < line.size() ||
           !RE2::PartialMatch(piece, heading_);
  }

  const forms::v1::Rule& rule_;
  // A paragraph of one sentence that begins so is a heading.
  const RE2 heading_;
  uint32_t areas_ = 0;
  std::u16string marks_;
  std::vector<TextFault> faults_;
};

}  // namespace

std::unique_ptr<Checker> MakeParagraphEndChecker(const forms::v1::Rule& rule,
                                                 const Engine& /*engine*/) {
  return std::make_unique<ParagraphEndChecker>(rule);
}

}  // namespace gongkai::validate
