// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/bench/allocations.h
//
// Counts what a program takes from the heap. Linking this library replaces
// the global operator new.

#ifndef GONGKAI_TESTS_BENCH_ALLOCATIONS_H_
#define GONGKAI_TESTS_BENCH_ALLOCATIONS_H_

#include <cstdint>

namespace gongkai::bench {

// Calls of operator new in this thread so far.
int64_t AllocationsOfThisThread();

}  // namespace gongkai::bench

#endif  // GONGKAI_TESTS_BENCH_ALLOCATIONS_H_
