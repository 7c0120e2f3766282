// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/rich_document.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/generator/rich_prose.h"

namespace gongkai::generator {
namespace {

constexpr absl::string_view kOrdinals[] = {"一", "二", "三", "四",
                                           "五", "六", "七"};
constexpr int kProblems = 5;
constexpr int kOtherMatters = 6;

// The heading's words, without its ordinal.
std::string Words(int section) {
  const std::string heading(SectionHeadings()[section - 1].front());
  const absl::string_view stop = "、";
  return heading.substr(heading.find(std::string(stop)) + stop.size());
}

std::string Heading(int section, int ordinal) {
  return absl::StrCat(kOrdinals[ordinal - 1], "、", Words(section));
}

}  // namespace

std::vector<Part> ComposeRich(const Body& body, const Numbers& numbers,
                              int64_t received_before, Tables tables,
                              std::optional<Fault> fault, Random* random,
                              GeneratedReport* report) {
  const int year = report->year;
  RichProse prose(body, year, report->form, numbers, received_before, fault,
                  random);
  std::vector<Part> parts;
  const auto add = [&parts](std::string line) {
    parts.push_back({std::move(line), {}});
  };
  const auto add_all = [&add](const std::vector<std::string>& lines) {
    for (const std::string& line : lines) add(line);
  };
  std::optional<InjectedFault> injected;
  const auto inject = [&injected, fault](std::string mark) {
    injected = InjectedFault{*fault, {}, "", std::move(mark)};
  };

  const bool no_year = fault == Fault::kTitleWithoutYear;
  const std::string tail = "政府信息公开工作年度报告";
  report->title =
      absl::StrCat(body.name, no_year ? "" : absl::StrCat(year, "年"), tail);
  if (no_year) inject("");
  add(report->title);
  add_all(prose.Preface());

  std::vector<int> sections = {1, 2, 3, 4, kProblems, kOtherMatters};
  if (fault == Fault::kSectionMissing) {
    const int missing = random->Percent(50) ? kProblems : kOtherMatters;
    sections.erase(std::find(sections.begin(), sections.end(), missing));
    inject(Words(missing));
  } else if (fault == Fault::kSectionsExchanged) {
    std::swap(sections[4], sections[5]);
    inject(Words(kOtherMatters));
  }
  int ordinal = 0;
  for (const int section : sections) {
    ++ordinal;
    report->sections.push_back(section);
    if (fault == Fault::kOrdinalWrong && section == kProblems) {
      ++ordinal;
      inject(Words(section));
    }
    add(Heading(section, ordinal));
    add_all(prose.Section(section));
    if (section == 2) parts.push_back({"", std::move(tables.disclosure)});
    if (section == 3) parts.push_back({"", std::move(tables.requests)});
    if (section == 4 && !tables.disputes.rows.empty()) {
      parts.push_back({"", std::move(tables.disputes)});
    }
  }
  if (random->Percent(30)) add("");
  add_all(prose.Signature());

  if (!prose.faulty().empty()) {
    // What is left out stands in no sentence, and the date at the end is none.
    const bool absent =
        fault == Fault::kAspectMissing || fault == Fault::kFeesNotStated ||
        fault == Fault::kProblemsEmpty || fault == Fault::kPublishedEarly ||
        fault == Fault::kPublishedLate || fault == Fault::kSignatureMissing;
    // The period has fields of its own and is told without its sentence.
    const std::string mark = fault == Fault::kPeriodCutShort ? "12月21日"
                             : fault == Fault::kYearsDisagree
                                 ? absl::StrCat(year - 1, "年")
                                 : "";
    injected = InjectedFault{*fault, {}, absent ? "" : prose.faulty(), mark};
  }
  if (injected.has_value()) report->injected = injected;
  return parts;
}

}  // namespace gongkai::generator
