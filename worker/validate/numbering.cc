// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/numbering.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "worker/validate/text_scanner.h"

namespace gongkai::validate {
namespace {

// The first ordinal of the top level, as the form prints it.
constexpr absl::string_view kFirst = "一、";

// So many known sections with an ordinal show that the report numbers them.
constexpr int kMinNumbered = 3;

// False for most lines: those that begin neither with the first byte of kFirst
// nor with a space or the first byte of U+3000.
bool MayRestart(absl::string_view line) {
  return !line.empty() &&
         (line[0] == kFirst[0] || line[0] == ' ' || line[0] == '\xE3');
}

v1::Quotation Cite(const v1::Report& report, const v1::Section& section,
                   absl::string_view line) {
  TextMatch match;
  match.area = TextAreaOf(section.kind());
  match.section = &section;
  match.text = section.text();
  return Quote(report, match, line);
}

v1::Quotation CiteHeading(const v1::Section& section) {
  v1::Quotation quotation;
  quotation.set_text(absl::StartsWith(section.heading(), kFirst)
                         ? section.heading()
                         : std::string(kFirst) + section.heading());
  if (section.has_heading_place()) {
    *quotation.mutable_place() = section.heading_place();
  }
  return quotation;
}

}  // namespace

Numbering::Numbering(const catalog::Catalog& catalog) : catalog_(catalog) {
  static_assert(v1::SectionKind_ARRAYSIZE <= 64);
  for (const forms::v1::SectionTitle& title : catalog.proto().sections()) {
    known_ |= uint64_t{1} << title.kind();
  }
  auto add = [&](const auto& labels) {
    for (const std::string& label : labels) {
      std::string normal = catalog.normalizer().Normalize(label);
      if (absl::StartsWith(label, kFirst)) labels_.push_back(std::move(normal));
    }
  };
  for (const catalog::Form& form : catalog.forms()) {
    for (const catalog::FormRow& row : form.rows()) {
      add(row.declaration->labels());
      add(row.declaration->groups());
    }
  }
}

bool Numbering::IsKnown(const v1::Section& section) const {
  const auto kind = static_cast<unsigned>(section.kind());
  return kind < v1::SectionKind_ARRAYSIZE && (known_ >> kind & 1) != 0;
}

bool Numbering::Restarts(absl::string_view line) const {
  if (!absl::StartsWith(line, kFirst)) return false;
  const std::string normal = catalog_.normalizer().Normalize(line);
  return std::none_of(labels_.begin(), labels_.end(),
                      [&normal](const std::string& label) {
                        return absl::StartsWith(normal, label);
                      });
}

std::vector<v1::Quotation> Numbering::Restarts(const v1::Report& report) const {
  int numbered = 0;
  const v1::Section* last = nullptr;
  for (const v1::Section& section : report.sections()) {
    if (!IsKnown(section)) continue;
    last = &section;
    if (section.ordinal() != 0) ++numbered;
  }
  if (numbered < kMinNumbered) return {};
  std::vector<v1::Quotation> restarts;
  bool inside = false;
  for (const v1::Section& section : report.sections()) {
    const bool known = IsKnown(section);
    inside = inside || known;
    // In the last section an annex may follow, with numbers of its own.
    if (&section == last) break;
    if (!inside) continue;
    if (!known && section.ordinal() == 1) {
      restarts.push_back(CiteHeading(section));
    }
    const absl::string_view text = section.text();
    for (size_t begin = 0; begin < text.size();) {
      const size_t end = std::min(text.find('\n', begin), text.size());
      absl::string_view line = text.substr(begin, end - begin);
      begin = end + 1;
      if (!MayRestart(line)) continue;
      while (absl::ConsumePrefix(&line, " ") ||
             absl::ConsumePrefix(&line, "\u3000")) {
      }
      if (Restarts(line)) {
        restarts.push_back(Cite(report, section, SentenceAround(line, line)));
      }
    }
  }
  return restarts;
}

}  // namespace gongkai::validate
