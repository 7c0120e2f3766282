// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/date_rules.h"

#include <memory>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "worker/validate/text_scanner.h"

namespace gongkai::validate {
namespace {

// A text that never names the report's year and names another one so often was
// written in that year.
constexpr int kFewestMentions = 2;

std::string Chinese(const v1::Date& date) {
  return absl::StrCat(date.year(), "年", date.month(), "月", date.day(), "日");
}

std::string English(const v1::Date& date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(),
                         date.day());
}

v1::Date DateOf(int year, int month, int day) {
  v1::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

// The only year of this century that the title names; 0 if it names none or
// several.
int TitleYear(absl::string_view title) {
  int found = 0;
  for (size_t at = 0; (at = title.find("20", at)) != absl::string_view::npos;) {
    size_t end = at;
    while (end < title.size() && absl::ascii_isdigit(title[end])) ++end;
    int year = 0;
    if (end - at == 4 && absl::SimpleAtoi(title.substr(at, 4), &year)) {
      if (found != 0 && found != year) return 0;
      found = year;
    }
    at = end;
  }
  return found;
}

// Fails with what was found and expected.
Finding* Fail(const forms::v1::Rule& rule, MessageArguments arguments,
              const v1::Report& report, Findings* findings) {
  arguments.emplace_back("year", absl::StrCat(report.year()));
  Finding* finding = AddFinding(rule, v1::RULE_RESULT_FAIL, findings);
  SetMessage(rule.message(), rule.message_en(), arguments, finding);
  return finding;
}

v1::RuleResult CheckPeriod(const forms::v1::Rule& rule,
                           const v1::Report& report, Findings* findings) {
  if (!report.has_period()) return v1::RULE_RESULT_SKIPPED;
  const v1::Date& first = report.period().first_date();
  const v1::Date& last = report.period().last_date();
  if (first.year() == last.year() && first.month() == 1 && first.day() == 1 &&
      last.month() == 12 && last.day() == 31) {
    return v1::RULE_RESULT_PASS;
  }
  const int year = report.year() != 0 ? report.year() : last.year();
  const v1::Date from = DateOf(year, 1, 1);
  const v1::Date to = DateOf(year, 12, 31);
  Finding* finding =
      Fail(rule,
           {{"found", absl::StrCat(Chinese(first), "至", Chinese(last))},
            {"found_en", absl::StrCat(English(first), " to ", English(last))},
            {"expected", absl::StrCat(Chinese(from), "至", Chinese(to))},
            {"expected_en", absl::StrCat(English(from), " to ", English(to))}},
           report, findings);
  if (report.period().has_place()) {
    *finding->add_places() = report.period().place();
  }
  return v1::RULE_RESULT_FAIL;
}

// True if a section's text names the year.
bool TextNames(const v1::Report& report, int year) {
  const std::string digits = absl::StrCat(year);
  for (const v1::Section& section : report.sections()) {
    if (absl::StrContains(section.text(), digits)) return true;
  }
  return false;
}

// Title against period; and title, or else period, against the text.
class YearsAgreeChecker : public Checker {
 public:
  YearsAgreeChecker(const forms::v1::Rule& rule, const Engine& engine)
      : rule_(rule), search_(engine.scanner.Add(rule.date_check().text())) {}

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    const v1::Report& report = subject.report();
    const int title = TitleYear(report.title());
    const int period = PeriodYear(report);
    if (title != 0 && period != 0 && title != period) {
      Finding* finding =
          Fail(rule_,
               {{"found",
                 absl::StrCat("标题写", title, "年，统计期限写", period, "年")},
                {"found_en", absl::StrCat("the title says ", title,
                                          ", the period says ", period)}},
               report, findings);
      AddPlaces(report, finding);
      return v1::RULE_RESULT_FAIL;
    }
    const int stated = title != 0 ? title : period;
    if (stated == 0) return v1::RULE_RESULT_SKIPPED;
    if (TextNames(report, stated)) return v1::RULE_RESULT_PASS;
    const int work = WorkYear(subject.text);
    if (work == 0 || work == stated) {
      return title != 0 && period != 0 ? v1::RULE_RESULT_PASS
                                       : v1::RULE_RESULT_SKIPPED;
    }
    Finding* finding = Fail(
        rule_,
        {{"found", absl::StrCat(title != 0 ? "标题写" : "统计期限写", stated,
                                "年，正文却只写", work, "年的工作")},
         {"found_en",
          absl::StrCat("the ", title != 0 ? "title" : "period", " says ",
                       stated, ", the text tells only of ", work)}},
        report, findings);
    AddPlaces(report, finding);
    for (const TextMatch& match : subject.text.matches(search_)) {
      *finding->add_quotations() = Quote(report, match, match.match);
      if (finding->quotations().size() == kFewestMentions) break;
    }
    return v1::RULE_RESULT_FAIL;
  }

 private:
  // The one year whose work the text tells of; 0 if there are several or it is
  // not named often enough.
  int WorkYear(const TextScanner& text) const {
    int found = 0;
    int mentions = 0;
    for (const TextMatch& match : text.matches(search_)) {
      int year = 0;
      if (!absl::SimpleAtoi(match.group, &year)) continue;
      if (found != 0 && found != year) return 0;
      found = year;
      ++mentions;
    }
    return mentions >= kFewestMentions ? found : 0;
  }

  static void AddPlaces(const v1::Report& report, Finding* finding) {
    if (report.has_title_place()) {
      *finding->add_places() = report.title_place();
    }
    if (report.period().has_place()) {
      *finding->add_places() = report.period().place();
    }
  }

  const forms::v1::Rule& rule_;
  const int search_;
};

Finding* FailPublished(const forms::v1::Rule& rule, const v1::Date& expected,
                       const v1::Report& report, Findings* findings) {
  const v1::Date& found = report.publication_date();
  Finding* finding = Fail(rule,
                          {{"found", Chinese(found)},
                           {"found_en", English(found)},
                           {"expected", Chinese(expected)},
                           {"expected_en", English(expected)}},
                          report, findings);
  if (report.has_signature_place()) {
    *finding->add_places() = report.signature_place();
  }
  return finding;
}

v1::RuleResult CheckPublishedEarly(const forms::v1::Rule& rule,
                                   const v1::Report& report,
                                   Findings* findings) {
  if (!report.has_publication_date() || report.year() == 0) {
    return v1::RULE_RESULT_SKIPPED;
  }
  const v1::Date first = DateOf(report.year() + 1, 1, 1);
  if (Ordered(report.publication_date(), 31) >= Ordered(first, 1)) {
    return v1::RULE_RESULT_PASS;
  }
  FailPublished(rule, first, report, findings);
  return v1::RULE_RESULT_FAIL;
}

// Where the last section is not in the document, neither is what stands behind
// it.
bool HasEnd(const v1::Report& report) {
  for (const v1::Section& section : report.sections()) {
    if (section.kind() == v1::SECTION_KIND_OTHER_MATTERS) return true;
  }
  return false;
}

v1::RuleResult CheckPublishedLate(const forms::v1::Rule& rule,
                                  const catalog::Catalog& catalog,
                                  const v1::Report& report,
                                  Findings* findings) {
  if (report.year() == 0) return v1::RULE_RESULT_SKIPPED;
  // That there is no date is told by the test of the signature.
  if (!report.has_publication_date() && HasEnd(report)) {
    return v1::RULE_RESULT_SKIPPED;
  }
  // A date that lies years behind is that of a page which was moved, or a
  // misprint: it tells nothing of the day on which the report came out.
  if (!report.has_publication_date() ||
      report.publication_date().year() > report.year() + 1) {
    AddNotFound(rule, catalog.proto().phrases(), findings);
    return v1::RULE_RESULT_NOT_ASSESSABLE;
  }
  const forms::v1::DateCheck& check = rule.date_check();
  const v1::Date last = DateOf(report.year() + 1, check.month(), check.day());
  if (Ordered(report.publication_date(), 1) <= Ordered(last, 1)) {
    return v1::RULE_RESULT_PASS;
  }
  FailPublished(rule, last, report, findings);
  return v1::RULE_RESULT_FAIL;
}

v1::RuleResult CheckSignature(const forms::v1::Rule& rule,
                              const v1::Report& report, Findings* findings) {
  if (!HasEnd(report)) return v1::RULE_RESULT_SKIPPED;
  const bool body = !report.signature().empty();
  const bool date = report.has_publication_date();
  if (body && date) return v1::RULE_RESULT_PASS;
  Fail(rule,
       {{"missing", body   ? "日期"
                    : date ? "署名机关"
                           : "署名机关和日期"},
        {"missing_en", body   ? "date"
                       : date ? "body"
                              : "body and date"}},
       report, findings);
  return v1::RULE_RESULT_FAIL;
}

// The tests of dates that were read already.
class DateChecker : public Checker {
 public:
  DateChecker(const forms::v1::Rule& rule, const catalog::Catalog& catalog)
      : rule_(rule), catalog_(catalog) {}

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    const v1::Report& report = subject.report();
    switch (rule_.date_check().test()) {
      case forms::v1::DATE_TEST_PERIOD:
        return CheckPeriod(rule_, report, findings);
      case forms::v1::DATE_TEST_PUBLISHED_EARLY:
        return CheckPublishedEarly(rule_, report, findings);
      case forms::v1::DATE_TEST_PUBLISHED_LATE:
        return CheckPublishedLate(rule_, catalog_, report, findings);
      case forms::v1::DATE_TEST_SIGNATURE:
        return CheckSignature(rule_, report, findings);
      default:
        return v1::RULE_RESULT_SKIPPED;
    }
  }

 private:
  const forms::v1::Rule& rule_;
  const catalog::Catalog& catalog_;
};

}  // namespace

int PeriodYear(const v1::Report& report) {
  const int year = report.period().first_date().year();
  return year == report.period().last_date().year() ? year : 0;
}

int Ordered(const v1::Date& date, int month_or_day_missing) {
  constexpr int kMonths = 100;
  constexpr int kYears = 100 * kMonths;
  const int month = date.month() != 0 ? date.month() : month_or_day_missing;
  const int day = date.day() != 0 ? date.day() : month_or_day_missing;
  return date.year() * kYears + month * kMonths + day;
}

std::unique_ptr<Checker> MakeDateChecker(const forms::v1::Rule& rule,
                                         const Engine& engine) {
  switch (rule.date_check().test()) {
    case forms::v1::DATE_TEST_YEARS_AGREE:
      return std::make_unique<YearsAgreeChecker>(rule, engine);
    case forms::v1::DATE_TEST_WORK_YEAR:
    case forms::v1::DATE_TEST_CARRY_YEAR:
    case forms::v1::DATE_TEST_PLAN_YEAR:
    case forms::v1::DATE_TEST_EVENTS:
      return MakeDateTextChecker(rule, engine);
    default:
      return std::make_unique<DateChecker>(rule, engine.catalog);
  }
}

}  // namespace gongkai::validate
