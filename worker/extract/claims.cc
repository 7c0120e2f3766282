// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/claims.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "worker/extract/claim_facts.h"
#include "worker/extract/claim_grammar.h"
#include "worker/extract/claim_text.h"
#include "worker/extract/title.h"
#include "worker/extract/utf8.h"

namespace gongkai::extract {
namespace {

// What Quotation.text promises.
constexpr size_t kMaxQuotation = 240;

// digits / 10^scale as a decimal.
std::string DecimalOf(int64_t digits, int scale) {
  if (scale == 0) return absl::StrCat(digits);
  std::string text = absl::StrCat(digits < 0 ? -digits : digits);
  if (text.size() <= static_cast<size_t>(scale)) {
    text.insert(0, scale + 1 - text.size(), '0');
  }
  text.insert(text.size() - scale, ".");
  if (digits < 0) text.insert(0, "-");
  return text;
}

}  // namespace

class ClaimReader::Impl {
 public:
  explicit Impl(const catalog::Catalog& catalog)
      : grammar_(catalog.proto().claim_grammar()),
        words_(grammar_),
        facts_(grammar_, words_),
        without_form_(grammar_, words_, nullptr) {
    for (const catalog::Form& form : catalog.forms()) {
      plans_.try_emplace(form.template_id(), grammar_, words_, &form);
    }
  }

  void Read(const catalog::ReadText& text, ProsePlace place_of,
            v1::Report* report) {
    report->clear_claims();
    const auto found = plans_.find(report->template_());
    facts_.Start(found == plans_.end() ? without_form_ : found->second,
                 report->year(), report->body());
    if (report->has_preface()) {
      ReadSection(report->preface(), text.preface(), place_of, report);
    }
    for (int i = 0; i < report->sections_size(); ++i) {
      ReadSection(report->sections(i), text.section(i), place_of, report);
    }
  }

 private:
  void ReadSection(const v1::Section& section, const catalog::CodedText& text,
                   ProsePlace place_of, v1::Report* report) {
    if (section.paragraphs().empty()) return;
    facts_.StartSection();
    text_.Read(words_, text);
    size_t begin = text.Find(section.paragraphs(0).begin());
    for (int p = 0; p < section.paragraphs_size(); ++p) {
      const size_t end =
          p + 1 < section.paragraphs_size()
              ? text.Find(section.paragraphs(p + 1).begin(), begin)
              : text.size;
      facts_.Read(text_, begin, end);
      if (!facts_.facts().empty()) Write(section, place_of, report);
      begin = end;
    }
  }

  void Write(const v1::Section& section, ProsePlace place_of,
             v1::Report* report) {
    const std::vector<ClaimFact>& facts = facts_.facts();
    written_.assign(facts.size(), 0);
    for (size_t f = 0; f < facts.size(); ++f) {
      const ClaimFact& fact = facts[f];
      if (IsClaim(fact)) written_[f] = 1;
    }
    int next = report->claims_size();
    for (size_t f = 0; f < facts.size(); ++f) {
      const ClaimFact& fact = facts[f];
      const bool relative = IsRelative(fact);
      if (relative) {
        written_[f] = fact.whole >= 0 && written_[fact.whole] != 0;
      }
      if (written_[f] != 0) written_[f] = ++next;
    }
    for (size_t f = 0; f < facts.size(); ++f) {
      if (written_[f] == 0) continue;
      WriteClaim(facts[f], section, place_of, report->add_claims());
    }
  }

  static bool IsRelative(const ClaimFact& fact) {
    return fact.kind == v1::CLAIM_KIND_SHARE ||
           fact.kind == v1::CLAIM_KIND_GROWTH;
  }

  static bool IsClaim(const ClaimFact& fact) {
    return !IsRelative(fact) && (fact.plan != nullptr || fact.whole >= 0);
  }

  void WriteClaim(const ClaimFact& fact, const v1::Section& section,
                  ProsePlace place_of, v1::Claim* claim) {
    const auto& facts = facts_.facts();
    const ClaimSubjectPlan* plan =
        IsRelative(fact) ? facts[fact.whole].plan : fact.plan;
    if (plan != nullptr) {
      claim->set_subject(plan->subject->key());
      if (!IsRelative(fact)) {
        for (const std::string& reading : plan->readings) {
          claim->add_readings(reading);
        }
      }
    }
    claim->set_kind(fact.kind);
    claim->set_value(DecimalOf(fact.digits, fact.scale));
    const std::string_view unit = TrimSpaces(UnitOf(fact));
    claim->set_unit(unit.data(), unit.size());
    claim->set_verb(fact.verb.data(), fact.verb.size());
    claim->set_scope(fact.scope);
    claim->set_year(fact.year);
    claim->set_approximate(fact.approximate);
    const int whole = WholeOf(fact);
    if (whole >= 0) claim->set_whole(written_[whole]);
    claim->set_open_list(fact.open_list);
    const std::string_view clause =
        TrimSpaces(text_.Part(fact.clause_begin, fact.clause_end));
    const int begin = static_cast<int>(clause.data() - section.text().data());
    v1::Quotation* quotation = claim->mutable_quotation();
    quotation->set_section(section.kind());
    quotation->set_begin(begin);
    quotation->set_end(begin + static_cast<int>(clause.size()));
    const std::string_view quoted = Prefix(clause, kMaxQuotation);
    quotation->set_text(quoted.data(), quoted.size());
    place_of(section, begin, quotation->end(), quotation->mutable_place());
  }

  // The fact that it is a part or a share of; -1 for none.
  int WholeOf(const ClaimFact& fact) const {
    const auto& facts = facts_.facts();
    if (fact.kind == v1::CLAIM_KIND_GROWTH) return -1;
    if (fact.kind != v1::CLAIM_KIND_SHARE) return fact.whole;
    const ClaimFact& part = facts[fact.whole];
    if (part.whole >= 0 || part.plan == nullptr) return part.whole;
    const auto& keys = part.plan->subject->share_of();
    for (int f = fact.whole - 1; f >= 0; --f) {
      if (written_[f] == 0 || facts[f].plan == nullptr) continue;
      if (facts[f].kind == v1::CLAIM_KIND_COUNT &&
          std::find(keys.begin(), keys.end(), facts[f].plan->subject->key()) !=
              keys.end()) {
        return f;
      }
    }
    return -1;
  }

  std::string_view UnitOf(const ClaimFact& fact) const {
    if (fact.unit_role == forms::v1::WORD_ROLE_UNSPECIFIED) return {};
    return text_.Part(fact.unit, fact.end);
  }

  const forms::v1::ClaimGrammar& grammar_;
  const ClaimWords words_;
  ClaimFactReader facts_;
  const ClaimPlans without_form_;
  std::map<v1::Template, ClaimPlans> plans_;
  // The section that is read, and the number of the claim made of each fact of
  // the paragraph at hand; 0 for none.
  ClaimText text_;
  std::vector<int> written_;
};

ClaimReader::ClaimReader(const catalog::Catalog& catalog)
    : impl_(std::make_unique<Impl>(catalog)) {}

ClaimReader::~ClaimReader() = default;

void ClaimReader::Read(const catalog::ReadText& text, ProsePlace place_of,
                       v1::Report* report) {
  impl_->Read(text, place_of, report);
}

}  // namespace gongkai::extract
