// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/dates.h"

#include <initializer_list>

namespace gongkai::extract {
namespace {

constexpr std::string_view kYear = "年";
constexpr std::string_view kMonth = "月";
constexpr std::string_view kDay = "日";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

void SkipSpaces(std::string_view text, size_t* at) {
  while (*at < text.size() && (text[*at] == ' ' || text[*at] == '\n')) ++*at;
}

bool Skip(std::string_view text, std::string_view word, size_t* at) {
  if (text.compare(*at, word.size(), word) != 0) return false;
  *at += word.size();
  return true;
}

bool SkipAny(std::string_view text,
             std::initializer_list<std::string_view> words, size_t* at) {
  for (std::string_view word : words) {
    if (Skip(text, word, at)) return true;
  }
  return false;
}

// Reads up to `digits` digits; 0 if there are none.
int ReadNumber(std::string_view text, int digits, size_t* at) {
  int number = 0;
  for (int i = 0; i < digits && *at < text.size() && IsDigit(text[*at]); ++i) {
    number = number * 10 + (text[(*at)++] - '0');
  }
  return number;
}

bool ReadYear(std::string_view text, size_t* at, int* year) {
  if (text.size() - *at < 4) return false;
  for (size_t i = 0; i < 4; ++i) {
    if (!IsDigit(text[*at + i])) return false;
  }
  *year = ReadNumber(text, 4, at);
  return *year >= 2000 && *year < 2100;
}

// "1月1日", "1-1", "1.1"; without its counters "11日" or "1231日".
bool ReadMonthAndDay(std::string_view text, size_t* at, CalendarDate* date) {
  size_t next = *at;
  SkipSpaces(text, &next);
  if (next == text.size() || !IsDigit(text[next])) return false;
  const size_t start = next;
  int month = ReadNumber(text, 2, &next);
  SkipSpaces(text, &next);
  if (SkipAny(text, {kMonth, "-", ".", "/"}, &next)) {
    SkipSpaces(text, &next);
    const int day = ReadNumber(text, 2, &next);
    if (month < 1 || month > 12 || day < 1 || day > 31) return false;
    size_t behind = next;
    SkipSpaces(text, &behind);
    if (Skip(text, kDay, &behind)) next = behind;
    *at = next;
    date->month = month;
    date->day = day;
    return true;
  }
  next = start;
  size_t digits = 0;
  while (next + digits < text.size() && IsDigit(text[next + digits])) ++digits;
  size_t behind = next + digits;
  if ((digits != 2 && digits != 4) || !Skip(text, kDay, &behind)) return false;
  const int width = static_cast<int>(digits) / 2;
  month = ReadNumber(text, width, &next);
  const int day = ReadNumber(text, width, &next);
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  *at = behind;
  date->month = month;
  date->day = day;
  return true;
}

// A date whose year begins at *at.
bool ReadDate(std::string_view text, size_t* at, CalendarDate* date) {
  *date = CalendarDate();
  size_t next = *at;
  if (!ReadYear(text, &next, &date->year)) return false;
  size_t behind = next;
  SkipSpaces(text, &behind);
  const bool separated = SkipAny(text, {kYear, "-", ".", "/"}, &behind);
  size_t month_at = separated ? behind : next;
  if (ReadMonthAndDay(text, &month_at, date)) {
    *at = month_at;
    return true;
  }
  // Four digits followed by more are another number.
  if (next < text.size() && IsDigit(text[next])) return false;
  *at =
      text.compare(next, kYear.size(), kYear) == 0 ? next + kYear.size() : next;
  return true;
}

bool IsDocumentNumber(std::string_view text, size_t year) {
  constexpr std::string_view kBrackets[] = {"〔", "[", "［", "﹝", "【"};
  for (std::string_view bracket : kBrackets) {
    if (year >= bracket.size() &&
        text.compare(year - bracket.size(), bracket.size(), bracket) == 0) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool FindDate(std::string_view text, size_t from, DateSpan* span) {
  while (true) {
    const size_t begin = text.find("20", from);
    if (begin == std::string_view::npos) return false;
    from = begin + 1;
    if ((begin > 0 && IsDigit(text[begin - 1])) ||
        IsDocumentNumber(text, begin)) {
      continue;
    }
    size_t at = begin;
    if (!ReadDate(text, &at, &span->date)) continue;
    span->begin = begin;
    span->end = at;
    return true;
  }
}

bool FindPeriod(std::string_view text, PeriodSpan* span) {
  DateSpan first;
  size_t from = 0;
  while (FindDate(text, from, &first)) {
    from = first.end;
    if (first.date.day == 0) continue;
    size_t at = first.end;
    SkipSpaces(text, &at);
    SkipAny(text, {"起", "开始"}, &at);
    SkipSpaces(text, &at);
    if (!SkipAny(text, {"至", "到", "—", "–", "-", "~", "～"}, &at)) continue;
    while (SkipAny(text, {"—", "-", " "}, &at)) {
    }
    CalendarDate last;
    if (!ReadDate(text, &at, &last)) {
      last.year = first.date.year;
      if (!ReadMonthAndDay(text, &at, &last)) continue;
    }
    if (last.day == 0) continue;
    span->first = first.date;
    span->last = last;
    span->begin = first.begin;
    span->end = at;
    return true;
  }
  return false;
}

}  // namespace gongkai::extract
