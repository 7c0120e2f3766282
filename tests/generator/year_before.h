// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/year_before.h
//
// The figures of the report of the year before.

#ifndef GONGKAI_TESTS_GENERATOR_YEAR_BEFORE_H_
#define GONGKAI_TESTS_GENERATOR_YEAR_BEFORE_H_

#include "tests/generator/facts.h"
#include "tests/generator/form.h"
#include "tests/generator/numbers.h"
#include "tests/generator/random.h"

namespace gongkai::generator {

// The form of the year before this one; years before 2019 have none.
Form FormOfYear(int year);

// Figures from which a report with these goes on: what was carried out then is
// carried in now, and the stocks of documents and of items follow. The figures
// must be plausible (MakePlausible); so are the result's, but that more may be
// carried over.
Numbers NumbersBefore(Form form, const Numbers& numbers, Form form_before,
                      Scale scale, BodyKind kind, Random* random);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_YEAR_BEFORE_H_
