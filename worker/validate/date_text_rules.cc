// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "worker/validate/date_rules.h"
#include "worker/validate/text_scanner.h"

namespace gongkai::validate {
namespace {

using forms::v1::DateTest;

// A finding quotes at most so many passages.
constexpr int kMostQuotations = 8;

bool Names(absl::string_view text, int year) {
  return absl::StrContains(text, absl::StrCat(year));
}

// What stands in the sentence before the match.
absl::string_view Before(const TextMatch& match) {
  return match.sentence.substr(0, match.match.data() - match.sentence.data());
}

// The year that belongs where `found` is printed; 0 if that is no fault.
int Expected(DateTest test, const TextMatch& match, int found, int year) {
  switch (test) {
    case forms::v1::DATE_TEST_WORK_YEAR:
      // Years farther away are history. A sentence that names the report's
      // year, too, compares.
      return (found == year - 1 || found == year + 1) &&
                     !Names(match.sentence, year)
                 ? year
                 : 0;
    case forms::v1::DATE_TEST_CARRY_YEAR:
      // "结转至" the report's own year is right for what came from the year
      // before.
      return found == year + 1 || Names(Before(match), found - 1) ? 0
                                                                  : year + 1;
    case forms::v1::DATE_TEST_PLAN_YEAR:
      return found > year || Names(match.sentence, year + 1) ? 0 : year + 1;
    default:
      return 0;
  }
}

// Years in certain phrases of the text.
class TextYearChecker : public Checker {
 public:
  TextYearChecker(const forms::v1::Rule& rule, const Engine& engine)
      : rule_(rule),
        catalog_(engine.catalog),
        search_(engine.scanner.Add(rule.date_check().text())) {}

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    const v1::Report& report = subject.report();
    if (!subject.text.HasText(search_)) return v1::RULE_RESULT_SKIPPED;
    // Few sentences name a year that could be wrong; only they are searched.
    if (rule_.date_check().test() == forms::v1::DATE_TEST_WORK_YEAR &&
        report.year() != 0) {
      const int period = PeriodYear(report);
      if ((period == 0 || period == report.year()) &&
          !NamesYearBeside(subject)) {
        return v1::RULE_RESULT_PASS;
      }
    }
    const auto matches = subject.text.matches(search_);
    if (matches.empty()) return v1::RULE_RESULT_PASS;
    if (report.year() == 0) {
      AddNotFound(rule_, catalog_.proto().phrases(), findings);
      return v1::RULE_RESULT_NOT_ASSESSABLE;
    }
    const int period = PeriodYear(report);
    if (period != 0 && period != report.year()) {
      return v1::RULE_RESULT_SKIPPED;
    }
    Finding* finding = nullptr;
    for (const TextMatch& match : matches) {
      int found = 0;
      if (!absl::SimpleAtoi(match.group, &found)) continue;
      const int expected =
          Expected(rule_.date_check().test(), match, found, report.year());
      if (expected == 0) continue;
      if (finding == nullptr) {
        finding = AddFinding(rule_, v1::RULE_RESULT_FAIL, findings);
        SetMessage(rule_.message(), rule_.message_en(),
                   {{"quote", std::string(match.match)},
                    {"year", absl::StrCat(report.year())},
                    {"found", absl::StrCat(found)},
                    {"found_en", absl::StrCat(found)},
                    {"expected", absl::StrCat(expected)},
                    {"expected_en", absl::StrCat(expected)}},
                   finding);
      }
      *finding->add_quotations() = Quote(report, match, match.match);
      if (finding->quotations().size() == kMostQuotations) break;
    }
    return finding == nullptr ? v1::RULE_RESULT_PASS : v1::RULE_RESULT_FAIL;
  }

 private:
  // True if a sentence that may match names the year before the report's or
  // the one after it, and not its own.
  bool NamesYearBeside(const Subject& subject) const {
    const int year = subject.report().year();
    // Most years have all but their last digit in common with their neighbours.
    const std::string begin = absl::StrCat(year / 10);
    const int last = year % 10;
    const std::string own = absl::StrCat(year);
    const std::string before = absl::StrCat(year - 1);
    const std::string after = absl::StrCat(year + 1);
    return subject.text.MayMatchIn(search_, [&](absl::string_view sentence) {
      if (year >= 10 && last > 0 && last < 9 &&
          !absl::StrContains(sentence, begin)) {
        return false;
      }
      return (absl::StrContains(sentence, before) ||
              absl::StrContains(sentence, after)) &&
             !absl::StrContains(sentence, own);
    });
  }

  const forms::v1::Rule& rule_;
  const catalog::Catalog& catalog_;
  const int search_;
};

// Events that had not happened when the report was written, and events that
// had happened before its year began and are said to be yet to come.
class EventsChecker : public Checker {
 public:
  EventsChecker(const forms::v1::Rule& rule, const Engine& engine)
      : rule_(rule) {
    for (const forms::v1::Event& event : rule.date_check().events()) {
      events_.push_back(
          {&event, engine.scanner.Add(event.text()),
           event.has_ahead() ? engine.scanner.Add(event.ahead()) : -1});
    }
  }

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    const v1::Report& report = subject.report();
    if (report.year() == 0) return v1::RULE_RESULT_SKIPPED;
    const int written = LatestWriting(report);
    bool failed = false;
    for (const PreparedEvent& event : events_) {
      const v1::Date& date = event.event->date();
      if (Ordered(date, 1) > written) {
        failed |= Fail(subject, event, event.text, findings);
      } else if (event.ahead >= 0 && report.year() > date.year()) {
        failed |= Fail(subject, event, event.ahead, findings);
      }
    }
    return failed ? v1::RULE_RESULT_FAIL : v1::RULE_RESULT_PASS;
  }

 private:
  struct PreparedEvent {
    const forms::v1::Event* event;
    int text;
    int ahead;
  };

  // The last day on which it can have been written: that of publication, or
  // the end of the year after the report's. A date of publication before that
  // year is a misprint.
  static int LatestWriting(const v1::Report& report) {
    v1::Date end;
    end.set_year(report.year() + 1);
    if (report.publication_date().year() > report.year()) {
      return Ordered(report.publication_date(), 31);
    }
    return Ordered(end, 31);
  }

  bool Fail(const Subject& subject, const PreparedEvent& event, int search,
            Findings* findings) {
    const auto matches = subject.text.matches(search);
    if (matches.empty()) return false;
    const v1::Date& date = event.event->date();
    const std::string month = absl::StrCat(
        date.year(), "-", date.month() < 10 ? "0" : "", date.month());
    Finding* finding = AddFinding(rule_, v1::RULE_RESULT_FAIL, findings);
    SetMessage(
        rule_.message(), rule_.message_en(),
        {{"quote", std::string(matches[0].match)},
         {"year", absl::StrCat(subject.report().year())},
         {"found", event.event->name()},
         {"found_en", event.event->name()},
         {"expected", absl::StrCat(date.year(), "年", date.month(), "月")},
         {"expected_en", month}},
        finding);
    const int count =
        std::min(static_cast<int>(matches.size()), kMostQuotations);
    for (int i = 0; i < count; ++i) {
      *finding->add_quotations() =
          Quote(subject.report(), matches[i], matches[i].match);
    }
    return true;
  }

  const forms::v1::Rule& rule_;
  std::vector<PreparedEvent> events_;
};

}  // namespace

std::unique_ptr<Checker> MakeDateTextChecker(const forms::v1::Rule& rule,
                                             const Engine& engine) {
  if (rule.date_check().test() == forms::v1::DATE_TEST_EVENTS) {
    return std::make_unique<EventsChecker>(rule, engine);
  }
  return std::make_unique<TextYearChecker>(rule, engine);
}

}  // namespace gongkai::validate
