// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/date_rules.h
//
// What the two halves of the rules about years and dates share: those that
// compare dates (date_rules.cc) and those that look for years in the text
// (date_text_rules.cc). Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_DATE_RULES_H_
#define GONGKAI_WORKER_VALIDATE_DATE_RULES_H_

#include <memory>

#include "gongkai/v1/report.pb.h"
#include "worker/validate/checker.h"

namespace gongkai::validate {

// The year of the stated period; 0 if none is stated or it spans years.
int PeriodYear(const v1::Report& report);

// The date as one number that grows with it; a month or day that is not
// printed counts as this one.
int Ordered(const v1::Date& date, int month_or_day_missing);

// The checkers of DATE_TEST_WORK_YEAR, _CARRY_YEAR, _PLAN_YEAR and _EVENTS.
std::unique_ptr<Checker> MakeDateTextChecker(const forms::v1::Rule& rule,
                                             const Engine& engine);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_DATE_RULES_H_
