// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/dates.h
//
// Years, dates and periods as reports print them, also with spaces around the
// digits and with counters lost next to digits ("202411日至20241231日").

#ifndef GONGKAI_WORKER_EXTRACT_DATES_H_
#define GONGKAI_WORKER_EXTRACT_DATES_H_

#include <cstddef>
#include <string_view>

namespace gongkai::extract {

// A date as far as a text names it: month and day are 0 if it does not.
struct CalendarDate {
  int year = 0;
  int month = 0;
  int day = 0;
};

struct DateSpan {
  CalendarDate date;
  // The bytes of the text that it takes.
  size_t begin = 0;
  size_t end = 0;
};

// Finds the first year from 2000 to 2099 at or behind `from`, with its month
// and day if they follow. False if there is none. Document numbers such as
// "〔2021〕30号" are not years.
bool FindDate(std::string_view text, size_t from, DateSpan* span);

struct PeriodSpan {
  CalendarDate first;
  CalendarDate last;
  size_t begin = 0;
  size_t end = 0;
};

// Finds the first period: two days joined by a word or dash, the second with
// or without its year. False if there is none.
bool FindPeriod(std::string_view text, PeriodSpan* span);

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_DATES_H_
