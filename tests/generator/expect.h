// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/expect.h
//
// Compares what was read from a generated report with the truth.
//
//   Comparison c = Compare(report, truth);
//   EXPECT_EQ(c.wrong, 0) << c.Summary();

#ifndef GONGKAI_TESTS_GENERATOR_EXPECT_H_
#define GONGKAI_TESTS_GENERATOR_EXPECT_H_

#include <string>
#include <vector>

#include "gongkai/v1/report.pb.h"
#include "tests/generator/generator.h"

namespace gongkai::generator {

struct Comparison {
  // As a perfect reader says it.
  int right = 0;
  // A value that is not the true one, a value read where none is printed, or a
  // cell given twice. There must never be any.
  int wrong = 0;
  // A printed value that was not read.
  int unread = 0;
  // No value is claimed falsely and none is lost, but the state is another,
  // or a cell is absent that must be there without a value.
  int other_state = 0;
  bool template_right = false;
  bool year_right = false;
  bool body_right = false;
  // Every wrong cell, and the first few other differences.
  std::vector<std::string> notes;

  // Everything in one line, then the notes.
  std::string Summary() const;
};

Comparison Compare(const v1::Report& report, const GeneratedReport& truth);

// True for layouts from which every printed value can be read and every state
// told; in B2 this holds of what is left, in H2 and I nothing is promised but
// that no value is wrong.
bool IsReadable(Layout layout);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_EXPECT_H_
