// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "re2/re2.h"
#include "worker/validate/checker.h"
#include "worker/validate/match_findings.h"
#include "worker/validate/report_text.h"
#include "worker/validate/text_scanner.h"

namespace gongkai::validate {
namespace {

// A character of UTF-8 as a number, its bytes from the first on; their order is
// that of the characters.
constexpr uint32_t Packed(absl::string_view character) {
  uint32_t packed = 0;
  for (char byte : character) {
    packed = packed << 8 | static_cast<unsigned char>(byte);
  }
  return packed;
}

// The last character of a text that is not empty, and how many bytes it has.
struct Last {
  explicit Last(absl::string_view text) {
    // So many bytes are a character even if it is not valid.
    const size_t most = std::min<size_t>(text.size(), sizeof(packed));
    uint32_t byte;
    do {
      byte = static_cast<unsigned char>(text[text.size() - 1 - size]);
      packed |= byte << (8 * size);
      ++size;
    } while (size < most && (byte & 0xC0) == 0x80);
  }

  uint32_t packed = 0;
  size_t size = 0;
};

void StripTrailingSpace(absl::string_view* text) {
  while (!text->empty()) {
    const Last last(*text);
    if (last.packed != ' ' && last.packed != '\t' && last.packed != '\r' &&
        last.packed != Packed("\u3000") && last.packed != Packed("\u00A0")) {
      return;
    }
    text->remove_suffix(last.size);
  }
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
    absl::string_view marks = rule.paragraph_end().marks();
    while (!marks.empty()) {
      const Last mark(marks);
      marks_.push_back(mark.packed);
      marks.remove_suffix(mark.size);
    }
  }

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    const v1::Report& report = subject.report();
    faults_.clear();
    bool any =
        Look(forms::v1::TEXT_AREA_PREFACE, nullptr, report.preface().text());
    for (const v1::Section& section : report.sections()) {
      any |= Look(TextAreaOf(section.kind()), &section, section.text());
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
            absl::string_view text) {
    if (text.empty() || (areas_ >> area & 1) == 0) return false;
    for (size_t begin = 0; begin < text.size();) {
      const size_t end = std::min(text.find('\n', begin), text.size());
      absl::string_view line = text.substr(begin, end - begin);
      begin = end + 1;
      StripTrailingSpace(&line);
      if (!EndsInside(line)) continue;
      faults_.push_back({{area, section, text, {}, Tail(line), {}}, {}});
    }
    return true;
  }

  // True if the paragraph ends in a character that ends no sentence.
  bool EndsInside(absl::string_view line) const {
    const forms::v1::ParagraphEnd& end = rule_.paragraph_end();
    const size_t minimum = static_cast<size_t>(end.min_characters());
    if (line.size() < minimum) return false;
    if (line.empty()) return false;
    const uint32_t last = Last(line).packed;
    const bool chinese = last >= Packed("㐀") && last <= Packed("鿿");
    if (!chinese &&
        std::find(marks_.begin(), marks_.end(), last) == marks_.end()) {
      return false;
    }
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
  // ParagraphEnd.marks, one by one.
  std::vector<uint32_t> marks_;
  std::vector<TextFault> faults_;
};

}  // namespace

std::unique_ptr<Checker> MakeParagraphEndChecker(const forms::v1::Rule& rule,
                                                 const Engine& /*engine*/) {
  return std::make_unique<ParagraphEndChecker>(rule);
}

}  // namespace gongkai::validate
