// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/break_numbers.h
//
// Puts faults into the figures of a report and into its printed cells.

#ifndef GONGKAI_TESTS_GENERATOR_BREAK_NUMBERS_H_
#define GONGKAI_TESTS_GENERATOR_BREAK_NUMBERS_H_

#include "tests/generator/facts.h"
#include "tests/generator/faults.h"
#include "tests/generator/numbers.h"
#include "tests/generator/random.h"
#include "tests/generator/tables.h"

namespace gongkai::generator {

// True if the fault is one of figures and could be put in; names the cells.
bool BreakNumbers(Fault fault, Form form, int year, BodyKind kind,
                  Random* random, Numbers* numbers, InjectedFault* injected);

// True if the fault is one of printed cells and could be put in. The truth
// about the cells changes with them.
bool BreakCells(Fault fault, Random* random, Tables* tables,
                InjectedFault* injected);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_BREAK_NUMBERS_H_
