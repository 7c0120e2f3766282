// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/docx_runs.h
//
// Prints text as the runs of a Word paragraph.

#ifndef GONGKAI_TESTS_GENERATOR_DOCX_RUNS_H_
#define GONGKAI_TESTS_GENERATOR_DOCX_RUNS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "tests/generator/random.h"

namespace gongkai::generator {

class RunPrinter {
 public:
  // A messy printer splits the text over runs with everything around and
  // between them that Word may put there without a reader seeing it.
  RunPrinter(bool messy, Random* random) : messy_(messy), random_(*random) {}

  // The text as runs of this size (in half points), as XML.
  std::string Print(absl::string_view text, absl::string_view size);

 private:
  std::string Run(absl::string_view text);
  std::string Wrapped(absl::string_view text);

  const bool messy_;
  Random& random_;
  absl::string_view size_;
  int id_ = 100;
};

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_DOCX_RUNS_H_
