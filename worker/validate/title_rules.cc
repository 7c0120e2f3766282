// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "worker/validate/checker.h"

namespace gongkai::validate {
namespace {

using forms::v1::TitlePart;

// Removes one character of the list from the front.
bool ConsumeAny(absl::string_view* text,
                std::initializer_list<absl::string_view> characters) {
  for (absl::string_view character : characters) {
    if (absl::ConsumePrefix(text, character)) return true;
  }
  return false;
}

// True if a normalised text begins with a year of this century, in digits or
// in Chinese numerals. The word for "year" need not follow: crawlers lose it.
bool StartsWithYear(absl::string_view text) {
  if (absl::ConsumePrefix(&text, "20")) {
    return text.size() >= 2 && absl::ascii_isdigit(text[0]) &&
           absl::ascii_isdigit(text[1]);
  }
  if (!absl::ConsumePrefix(&text, "二") ||
      !ConsumeAny(&text, {"〇", "○", "零", "0", "O", "o"})) {
    return false;
  }
  for (int i = 0; i < 2; ++i) {
    if (!ConsumeAny(&text, {"〇", "○", "零", "0", "O", "o", "一", "二", "三",
                            "四", "五", "六", "七", "八", "九"})) {
      return false;
    }
  }
  return true;
}

bool HoldsYear(absl::string_view normal) {
  for (size_t i = 0; i < normal.size(); ++i) {
    if (StartsWithYear(normal.substr(i))) return true;
  }
  return false;
}

bool Holds(absl::string_view text, const TitlePart& part) {
  if (part.year()) return HoldsYear(text);
  return std::any_of(part.any_of().begin(), part.any_of().end(),
                     [text](absl::string_view phrase) {
                       return absl::StrContains(text, phrase);
                     });
}

// The title may have been one of the lines that were removed.
bool LinesWereRemoved(const v1::Report& report) {
  return std::any_of(report.diagnostics().begin(), report.diagnostics().end(),
                     [](const v1::Diagnostic& diagnostic) {
                       return diagnostic.kind() ==
                              v1::DIAGNOSTIC_KIND_LINES_DEDUPLICATED;
                     });
}

v1::RuleResult CheckTitle(const forms::v1::Rule& rule,
                          const catalog::Catalog& catalog,
                          const v1::Report& report, Findings* findings) {
  const forms::v1::TitleCheck& check = rule.title_check();
  if (report.title().empty()) {
    if (LinesWereRemoved(report)) {
      AddNotFound(rule, catalog.proto().phrases(), findings);
      return v1::RULE_RESULT_NOT_ASSESSABLE;
    }
    Finding* finding = AddFinding(rule, v1::RULE_RESULT_FAIL, findings);
    SetMessage(check.absent_message(), check.absent_message_en(), {}, finding);
    return v1::RULE_RESULT_FAIL;
  }
  // Nearly all titles hold every part as it stands in the catalogue.
  auto holds = [](absl::string_view text) {
    return [text](const TitlePart& part) { return Holds(text, part); };
  };
  if (std::all_of(check.parts().begin(), check.parts().end(),
                  holds(report.title()))) {
    return v1::RULE_RESULT_PASS;
  }
  const std::string normal = catalog.normalizer().Normalize(report.title());
  std::string missing;
  std::string missing_en;
  for (const TitlePart& part : check.parts()) {
    if (Holds(normal, part)) continue;
    absl::StrAppend(&missing, missing.empty() ? "" : "、", part.name());
    absl::StrAppend(&missing_en, missing_en.empty() ? "" : " and ",
                    part.name_en());
  }
  if (missing.empty()) {
    return v1::RULE_RESULT_PASS;
  }
  Finding* finding = AddFinding(rule, v1::RULE_RESULT_FAIL, findings);
  if (report.has_title_place()) *finding->add_places() = report.title_place();
  SetMessage(rule.message(), rule.message_en(),
             {{"title", report.title()},
              {"missing", missing},
              {"missing_en", missing_en}},
             finding);
  return v1::RULE_RESULT_FAIL;
}

v1::RuleResult CheckTemplateYear(const forms::v1::Rule& rule,
                                 const catalog::Catalog& catalog,
                                 const v1::Report& report, Findings* findings) {
  const catalog::Form* found = catalog.form(report.template_());
  if (report.year() == 0 || found == nullptr) {
    AddNotFound(rule, catalog.proto().phrases(), findings);
    return v1::RULE_RESULT_NOT_ASSESSABLE;
  }
  const forms::v1::Form* required = nullptr;
  for (const forms::v1::Form& form : catalog.proto().forms()) {
    if (form.first_year() <= report.year() &&
        (form.last_year() == 0 || report.year() <= form.last_year())) {
      required = &form;
    }
  }
  if (required == nullptr) {
    // A year before the first form: no form of the catalogue is asked for.
    return v1::RULE_RESULT_SKIPPED;
  }
  if (required->template_() == report.template_()) {
    return v1::RULE_RESULT_PASS;
  }
  Finding* finding = AddFinding(rule, v1::RULE_RESULT_FAIL, findings);
  SetMessage(rule.message(), rule.message_en(),
             {{"year", absl::StrCat(report.year())},
              {"found", found->proto().name()},
              {"found_en", found->proto().name_en()},
              {"required", required->name()},
              {"required_en", required->name_en()}},
             finding);
  return v1::RULE_RESULT_FAIL;
}

// A rule that looks at the report as a whole.
template <auto check>
class ReportChecker : public Checker {
 public:
  ReportChecker(const forms::v1::Rule& rule, const catalog::Catalog& catalog)
      : rule_(rule), catalog_(catalog) {}

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    return check(rule_, catalog_, subject.report(), findings);
  }

 private:
  const forms::v1::Rule& rule_;
  const catalog::Catalog& catalog_;
};

}  // namespace

std::unique_ptr<Checker> MakeTitleChecker(const forms::v1::Rule& rule,
                                          const Engine& engine) {
  return std::make_unique<ReportChecker<CheckTitle>>(rule, engine.catalog);
}

std::unique_ptr<Checker> MakeTemplateYearChecker(const forms::v1::Rule& rule,
                                                 const Engine& engine) {
  return std::make_unique<ReportChecker<CheckTemplateYear>>(rule,
                                                            engine.catalog);
}

}  // namespace gongkai::validate
